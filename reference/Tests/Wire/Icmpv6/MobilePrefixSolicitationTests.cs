using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class MobilePrefixSolicitationTests : Icmpv6MessageFormatTests
{
    protected override string Figure => "92 00 00 00  12 34 00 00";

    protected override Icmpv6Message Value => new MobilePrefixSolicitation(0x1234, NdOptionList.Empty);

    protected override IEnumerable<Icmpv6Message> OtherValues =>
        [
            new MobilePrefixSolicitation(0, NdOptionList.Empty),
            new MobilePrefixSolicitation(ushort.MaxValue, [new UnknownNdOption(14, new OctetString(new byte[6]))]),
        ];

    protected override Arrival TooShort => Refused("92 00 00 00  12 34 00", "Truncated", 7);

    protected override Arrival TooLong => Refused("92 00 00 00  12 34 00 00  01", "OptionTruncated", 8);

    [Fact]
    public void CodeAndReserved_Set_AreNotPartOfTheValue()
    {
        Icmpv6Message.TryParse(Hex.Octets("92 01 00 00  12 34 ff ff"), out var message, out _).Should().BeTrue();

        message.Should().Be(Value);
    }
}
