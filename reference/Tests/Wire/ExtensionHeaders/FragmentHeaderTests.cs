using System.Diagnostics.CodeAnalysis;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class FragmentHeaderTests : FormatTests<FragmentHeader>
{
    protected override string Figure =>
        """
            87 00 05 a9  12 34 56 78
            """;

    protected override FragmentHeader Value => new(IpProtocol.MobilityHeader, 181, MoreFragments: true, 0x12345678);

    protected override IEnumerable<FragmentHeader> OtherValues =>
        [new(0, 0, MoreFragments: false, 0), new(255, 0x1fff, MoreFragments: true, uint.MaxValue)];

    protected override Arrival TooShort => Refused("87 00 05 a9  12 34 56", "Truncated", 7);

    protected override Arrival TooLong => Refused("87 00 05 a9  12 34 56 78  00", "TrailingOctets", 8);

    [Fact]
    public void Reserved_Set_IsIgnored()
    {
        FragmentHeader.TryParse(Hex.Octets("87 ff 05 af  12 34 56 78"), out var header, out _).Should().BeTrue();

        header.Should().Be(Value);
    }

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, true, false)]
    [InlineData(1, false, false)]
    public void Fragment_WithoutOffsetAndWithoutMore_IsAtomic(ushort offset, bool more, bool atomic) =>
        new FragmentHeader(0, offset, more, 1).IsAtomic.Should().Be(atomic);

    [Fact]
    public void Offset_OfMoreThan13Bits_Throws()
    {
        var create = () => new FragmentHeader(0, 0x2000, MoreFragments: false, 1);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out FragmentHeader? value,
        [NotNullWhen(false)] out WireError? error
    ) => FragmentHeader.TryParse(octets, out value, out error);

    protected override int Write(FragmentHeader value, Span<byte> destination) => value.Write(destination);
}
