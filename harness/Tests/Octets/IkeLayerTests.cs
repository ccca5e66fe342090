using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Octets;

/// <summary>The header of IKEv2.</summary>
public sealed class IkeLayerTests
{
    /// <summary>SPIs, Next Payload 33, version 2.0, IKE_SA_INIT, from the initiator, Message ID 0, Length 28.</summary>
    private static readonly byte[] _initial = [1, 2, 3, 4, 5, 6, 7, 8, .. new byte[8], 33, 0x20, 34, 0x08, 0, 0, 0, 0, 0, 0, 0, 28];

    [Fact]
    public void Initial_Request_IsRead()
    {
        var ike = Read(_initial);

        (ike.MajorVersion, ike.ExchangeType, ike.IsInitialRequest).Should().Be((2, 34, true));
        PacketStack.Of(Frame(_initial)).Words(AddressNames.Instance).Head.Should().Be("IKEv2 IKE_SA_INIT");
    }

    [Theory]
    [InlineData(0, 0, "no SPI of the initiator")]
    [InlineData(15, 1, "an SPI of the responder")]
    [InlineData(17, 0x10, "version 1")]
    [InlineData(18, 35, "IKE_AUTH")]
    [InlineData(19, 0x20, "a response")]
    public void OtherMessage_IsNoInitialRequest(int at, byte value, string what)
    {
        byte[] octets = [.. _initial];
        if (at == 0)
        {
            octets.AsSpan(0, 8).Clear();
        }

        octets[at] = value;
        Read(octets).IsInitialRequest.Should().BeFalse(what);
    }

    [Fact]
    public void ShortMessage_IsAFault() => PacketStack.Of(Frame(_initial[..27])).Fault!.Reason.Should().Be("cut off");

    internal static byte[] Initial() => [.. _initial];

    private static IkeLayer Read(byte[] octets) => PacketStack.Of(Frame(octets)).Layers.OfType<IkeLayer>().Single();

    private static byte[] Frame(byte[] octets) =>
        Frames.Ethernet(Frames.Packet6(17, new UdpDatagram(500, 500, octets).ToBytes(Frames.Client6, Frames.Server6)));
}
