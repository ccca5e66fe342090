using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class Icmpv4FragmentationNeededTests : Icmpv4MessageFormatTests
{
    protected override string Figure =>
        """
            03 04 00 00
            00 00 05 8c
            45 00
            """;

    protected override Icmpv4Message Value => new Icmpv4FragmentationNeeded(1420, new OctetString([0x45, 0]));

    protected override IEnumerable<Icmpv4Message> OtherValues =>
        [new Icmpv4FragmentationNeeded(0, default), new Icmpv4FragmentationNeeded(ushort.MaxValue, new OctetString(new byte[576]))];

    protected override Arrival TooShort => Refused("03 04 00 00  00 00 05", "Truncated", 7);

    protected override Arrival TooLong => Read(Figure + "01", new Icmpv4FragmentationNeeded(1420, new OctetString([0x45, 0, 1])));
}
