using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class PacketTooBigTests : Icmpv6MessageFormatTests
{
    protected override string Figure =>
        """
            02 00 00 00
            00 00 05 b4
            60 00 00 00
            """;

    protected override Icmpv6Message Value => new PacketTooBig(1460, new OctetString([0x60, 0, 0, 0]));

    protected override IEnumerable<Icmpv6Message> OtherValues => [new PacketTooBig(uint.MaxValue, default)];

    protected override Arrival TooShort => Refused("02 00 00 00  00 00 05", "Truncated", 7);

    protected override Arrival TooLong =>
        Read("02 00 00 00  00 00 05 b4  60 00 00 00 01", new PacketTooBig(1460, new OctetString([0x60, 0, 0, 0, 1])));
}
