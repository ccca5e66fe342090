using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class MobileNodeIdentifierOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            08 0f 01
            6d 6e 31 40 65 78 61 6d 70 6c 65 2e 6f 72
            """;

    protected override MobilityOption Value => MobileNodeIdentifierOption.ForNai("mn1@example.or");

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new MobileNodeIdentifierOption(1, default), new MobileNodeIdentifierOption(255, new OctetString(new byte[254]))];

    protected override Arrival TooShort => Refused("08 00", "OptionLength", 0);

    protected override Arrival TooLong => Refused("08 10 01  6d 6e 31 40 65 78 61 6d 70 6c 65 2e 6f 72", "OptionTruncated", 0);

    [Fact]
    public void Identifier_OfLengthZero_LeavesTheSubtypeAlone()
    {
        MobilityOption.TryParse([8, 1, 1], out var option, out _).Should().BeTrue();

        option.Should().Be(new MobileNodeIdentifierOption(MobileNodeIdentifierOption.NaiSubtype, default));
        option.As<MobileNodeIdentifierOption>().Nai.Should().BeEmpty();
    }

    [Fact]
    public void Identifier_Of255Octets_Throws()
    {
        var create = () => MobileNodeIdentifierOption.ForNai(new string('x', 255));

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Nai_WithOctetsThatAreNotUtf8_ShowsThemEscaped() =>
        new MobileNodeIdentifierOption(1, new OctetString([0x61, 0xff, 0xc3, 0xa4])).Nai.Should().Be("a\\xffä");
}
