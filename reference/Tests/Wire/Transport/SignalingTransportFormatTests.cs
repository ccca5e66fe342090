using System.Diagnostics.CodeAnalysis;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// Base class: the tests that every transport of signaling must pass. All figures contain the message whose checksum
/// InternetChecksumTests computes by hand.
/// </summary>
public abstract class SignalingTransportFormatTests : FormatTests<Signaled>
{
    protected static MobilityMessage Message { get; } =
        new BindingUpdate(1, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration, 150, []);

    protected abstract int Offset { get; }

    protected abstract SignalingTransport Answer { get; }

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Signaled? value,
        [NotNullWhen(false)] out WireError? error
    )
    {
        value = SignalingTransport.TryUnwrap(octets.ToArray(), MobilityPorts.Default, out var packet, out error)
            ? new Signaled(packet.Transport, new OctetString(packet.MobilityHeader.Span))
            : null;
        return value is not null;
    }

    protected override int Write(Signaled value, Span<byte> destination) =>
        EthernetFrameTests.Copy(value.Transport.Wrap(value.MobilityHeader.Span), destination);

    [Fact]
    public void MobilityHeader_OfTheFigure_IsAtItsOffset()
    {
        SignalingTransport.TryUnwrap(Hex.Octets(Figure), MobilityPorts.Default, out var packet, out _).Should().BeTrue();

        packet!.Offset.Should().Be(Offset);
        packet.ChecksumError.Should().BeNull();
        packet.Headers.Should().BeEmpty();
    }

    [Fact]
    public void Message_Wrapped_IsTheFigure() => Value.Transport.Wrap(Message).Should().Equal(Hex.Octets(Figure));

    /// <summary>The transport sets the checksum; the previous contents of the field do not matter.</summary>
    [Fact]
    public void Octets_WithAnotherChecksum_AreWrappedAlike()
    {
        var octets = Value.MobilityHeader.ToArray();
        octets[4] ^= 0xff;

        Value.Transport.Wrap(octets).Should().Equal(Hex.Octets(Figure));
    }

    [Fact]
    public void Octets_FewerThanAHeader_CannotBeWrapped()
    {
        var wrap = () => Value.Transport.Wrap(new byte[5]);

        wrap.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Reversed_IsTheWayBack()
    {
        Value.Transport.Reversed.Should().Be(Answer);
        Answer.Reversed.Should().Be(Value.Transport);
    }

    protected static WireError? ChecksumErrorOf(byte[] octets)
    {
        SignalingTransport.TryUnwrap(octets, MobilityPorts.Default, out var packet, out var error).Should().BeTrue(error?.ToString());
        return packet!.ChecksumError;
    }
}
