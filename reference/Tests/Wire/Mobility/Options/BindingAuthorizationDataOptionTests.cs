using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class BindingAuthorizationDataOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            05 0c
            01 02 03 04  05 06 07 08  09 0a 0b 0c
            """;

    protected override MobilityOption Value => new BindingAuthorizationDataOption(new OctetString([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new BindingAuthorizationDataOption(default), new BindingAuthorizationDataOption(new OctetString(new byte[255]))];

    protected override Arrival TooShort => Refused("05 0c 01 02", "OptionTruncated", 0);

    protected override Arrival TooLong => Refused("05 0c 0102 0304 0506 0708 090a 0b0c 00", "TrailingOctets", 14);

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(255)]
    public void Option_AtTheEndOfAMessage_HasNoPaddingBehindIt(int length)
    {
        var option = new BindingAuthorizationDataOption(new OctetString(Enumerable.Repeat((byte)0xff, length).ToArray()));
        var message = new BindingUpdate(1, BindingUpdateFlags.Acknowledge, 2, [new NonceIndicesOption(1, 2), option]);
        var octets = new byte[message.Length];

        message.Write(octets);

        var written = new byte[option.Length];
        option.Write(written);
        octets[^option.Length..].Should().Equal(written);
    }

    [Fact]
    public void Authenticator_Of256Octets_Throws()
    {
        var create = () => new BindingAuthorizationDataOption(new OctetString(new byte[256]));

        create.Should().Throw<ArgumentException>();
    }
}
