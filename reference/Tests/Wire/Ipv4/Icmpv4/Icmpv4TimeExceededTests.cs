using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class Icmpv4TimeExceededTests : Icmpv4MessageFormatTests
{
    protected override string Figure =>
        """
            0b 01 00 00
            00 00 00 00
            45 00
            """;

    protected override Icmpv4Message Value => new Icmpv4TimeExceeded(Icmpv4TimeExceeded.ReassemblyTimeExceeded, new OctetString([0x45, 0]));

    protected override IEnumerable<Icmpv4Message> OtherValues =>
        [new Icmpv4TimeExceeded(0, default), new Icmpv4TimeExceeded(255, new OctetString(new byte[576]))];

    protected override Arrival TooShort => Refused("0b 01 00 00  00 00 00", "Truncated", 7);

    protected override Arrival TooLong => Read(Figure + "01", new Icmpv4TimeExceeded(1, new OctetString([0x45, 0, 1])));
}
