using System.Diagnostics.CodeAnalysis;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Base class: the tests that every encapsulation must pass.</summary>
public abstract class EncapsulationFormatTests : FormatTests<Tunnelled>
{
    /// <summary>An IPv6 packet without a payload.</summary>
    protected const string Ipv6 = "60 00 00 00  00 00 3b 40  20010db8 02000000 00000000 000000c1  20010db8 80000001 00000000 00000001";

    /// <summary>An IPv4 packet without a payload.</summary>
    protected const string Ipv4 = "45 00 00 14  00 00 00 00  40 fd 7b 24  c0 00 02 c1  cb 00 71 07";

    protected abstract int Overhead { get; }

    protected abstract int InnerVersion { get; }

    protected override IEnumerable<Tunnelled> OtherValues =>
        [
            Value with
            {
                Inner = new OctetString(Hex.Octets(Ipv4)),
            },
            Value with
            {
                Inner = new OctetString(Hex.Octets(Ipv6)),
            },
            Value with
            {
                Inner = new OctetString([0x45]),
            },
            Value with
            {
                Encapsulation = Value.Encapsulation with { HopLimit = 0, TrafficClass = 255 },
            },
        ];

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Tunnelled? value,
        [NotNullWhen(false)] out WireError? error
    )
    {
        value = Encapsulation.TryUnwrap(octets.ToArray(), MobilityPorts.Default, out var packet, out error)
            ? new Tunnelled(packet.Encapsulation, new OctetString(packet.Inner.Span))
            : null;
        return value is not null;
    }

    protected override int Write(Tunnelled value, Span<byte> destination) =>
        EthernetFrameTests.Copy(value.Encapsulation.Wrap(value.Inner.Span), destination);

    [Fact]
    public void Inner_OfTheFigure_IsAtItsOffset()
    {
        Encapsulation.TryUnwrap(Hex.Octets(Figure), MobilityPorts.Default, out var packet, out _).Should().BeTrue();

        packet!.Version.Should().Be(InnerVersion);
        packet.Offset.Should().Be(Overhead);
        packet.Encapsulation.Overhead.Should().Be(Overhead);
        packet.ChecksumError.Should().BeNull();
    }

    [Fact]
    public void Inner_ThatIsNotAnIpPacket_CannotBeWrapped()
    {
        foreach (var inner in new byte[][] { [], [0x55] })
        {
            var wrap = () => Value.Encapsulation.Wrap(inner);

            wrap.Should().Throw<ArgumentException>();
        }
    }
}
