using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class Icmpv4ParameterProblemTests : Icmpv4MessageFormatTests
{
    protected override string Figure =>
        """
            0c 00 00 00
            14 00 00 00
            45 00
            """;

    protected override Icmpv4Message Value =>
        new Icmpv4ParameterProblem(Icmpv4ParameterProblem.PointerShowsError, 20, new OctetString([0x45, 0]));

    protected override IEnumerable<Icmpv4Message> OtherValues =>
        [new Icmpv4ParameterProblem(1, 0, default), new Icmpv4ParameterProblem(255, 255, new OctetString(new byte[576]))];

    protected override Arrival TooShort => Refused("0c 00 00 00  14 00 00", "Truncated", 7);

    protected override Arrival TooLong => Read(Figure + "01", new Icmpv4ParameterProblem(0, 20, new OctetString([0x45, 0, 1])));
}
