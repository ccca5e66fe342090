using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class ParameterProblemTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            04 00 00 00
            00 00 00 28
            60 00 00 00
            """;

    protected override Icmpv6Message Value =>
        new ParameterProblem(ParameterProblem.ErroneousHeaderField, 40, new OctetString([0x60, 0, 0, 0]));

    protected override IEnumerable<Icmpv6Message> OtherValues => [new ParameterProblem(255, uint.MaxValue, default)];

    protected override Arrival TooShort => Refused("04 00 00 00  00 00 00", "Truncated", 7);

    protected override Arrival TooLong =>
        Read(
            "04 01 00 00  00 00 00 28  60 00 00 00 01",
            new ParameterProblem(ParameterProblem.UnrecognizedNextHeader, 40, new OctetString([0x60, 0, 0, 0, 1]))
        );
}
