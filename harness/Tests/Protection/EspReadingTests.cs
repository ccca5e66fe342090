using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>What the tester reads of ESP packets, with and without their keys.</summary>
public sealed class EspReadingTests
{
    private const int Esp = 14 + 40;

    [Theory]
    [InlineData(EspNetwork.ToMag, 16)]
    [InlineData(EspNetwork.ToMag2, 0)]
    public void Message_IsReadThroughEsp_InThePlaceOfWhatProtectsIt(uint spi, int iv)
    {
        var packet = Read(EspNetwork.Frame(EspNetwork.Acknowledgement(spi == EspNetwork.ToMag2 ? EspNetwork.Mag2 : null), spi));

        packet.Mobility!.Offset.Should().Be(Esp + 8 + iv);
        (packet.Mobility.SequenceNumber, packet.Mobility.HasRightChecksum, packet.Mobility.HidesOptions).Should().Be((7, true, false));
        packet.Esp!.Association!.SecurityParametersIndex.Should().Be(spi);
        packet.IsInTunnelMode.Should().BeFalse();
        packet.Stack.Fault.Should().BeNull();
        packet.Stack.Layers.Select(layer => layer.Name).Should().EndWith(["ESP", "Proxy Binding Acknowledgement"]);
        packet
            .Stack.Words(AddressNames.Instance)
            .ToString()
            .Should()
            .StartWith("PBA seq 7, 0 ACCEPTED")
            .And.EndWith($"under ESP, SPI 0x{spi:x8}");
    }

    [Fact]
    public void ExtensionHeaders_AreRead_BeforeEspAndInIt()
    {
        byte[] options = [0, 0, 1, 4, 0, 0, 0, 0];
        var message = EspNetwork.Acknowledgement();
        byte[] inside = [135, .. options[1..], .. message.Payload.Span];
        byte[] payload = [50, .. options[1..], .. EspNetwork.Seal(EspNetwork.ToMag, 60, inside)];

        var packet = Read(Beds.Messages.Frame(message with { NextHeader = 60, Payload = payload }));

        packet.Headers.Select(header => header.Offset).Should().Equal(Esp, Esp + 8 + 8 + 16);
        packet.Mobility!.Offset.Should().Be(Esp + 8 + 8 + 16 + 8);
        packet.Mobility.HasRightChecksum.Should().BeTrue();
    }

    [Fact]
    public void Message_InTunnelMode_IsThatOfTheInnerPacket()
    {
        var packet = Read(EspNetwork.Frame(EspNetwork.Acknowledgement(), EspNetwork.ToMag, isTunnelMode: true));

        (packet.IsInTunnelMode, packet.Mobility!.SequenceNumber, packet.Inner).Should().Be((true, 7, null));
        packet.Esp!.Association.Should().NotBeNull();
        packet.Ip!.Destination.Should().Be(EspNetwork.Mag);
    }

    [Fact]
    public void DataPacket_InTunnelMode_IsATunnelPacket()
    {
        var inner = new Ipv6Packet(EspNetwork.Mag2, EspNetwork.Lma, 59, ReadOnlyMemory<byte>.Empty);
        var octets = EspNetwork.Seal(EspNetwork.ToMag, IpProtocol.Ipv6, inner.ToBytes());

        var packet = Read(Beds.Messages.Frame(new Ipv6Packet(EspNetwork.Lma, EspNetwork.Mag, IpProtocol.Esp, octets)));

        (packet.IsInTunnelMode, packet.Ip!.Source, packet.Inner!.Ip!.Source).Should().Be((false, EspNetwork.Lma, EspNetwork.Mag2));
    }

    [Fact]
    public void Message_UnderTheAssociationOfAnother_IsRead_AndSaysWhose()
    {
        var packet = Read(EspNetwork.Frame(EspNetwork.Acknowledgement(), EspNetwork.ToMag2));

        packet.Mobility.Should().NotBeNull();
        packet.Esp!.Association!.To.Should().Be("MAG2");
    }

    [Fact]
    public void Message_OfAWrongKeyOrUnknownSpi_IsNotRead()
    {
        var frame = EspNetwork.Frame(EspNetwork.Acknowledgement(), EspNetwork.ToMag);
        frame[^1] ^= 1;
        var wrong = Read(frame);
        (wrong.Mobility, wrong.Esp!.Association, wrong.Esp.Claimed!.To).Should().Be((null, null, "MAG1"));
        wrong.Stack.Fault.Should().Be(new LayerFault(frame.Length - 16, "the Integrity Check Value is not that of the key"));

        frame[Esp] = 0x99;
        var unknown = Read(frame);
        (unknown.Mobility, unknown.Esp!.Claimed, unknown.Stack.Fault).Should().Be((null, null, null));
        unknown.Stack.Words(AddressNames.Instance).ToString().Should().Be("ESP, SPI 0x99002001, seq 1");
    }

    [Fact]
    public void Frame_ThatIsDamagedAnywhere_IsReadWithoutException()
    {
        var whole = EspNetwork.Frame(EspNetwork.Acknowledgement(EspNetwork.Mag2), EspNetwork.ToMag2);
        for (var i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 0xff;
            foreach (var frame in (byte[][])[changed, whole[..i]])
            {
                var stack = PacketStack.Of(frame, EspNetwork.Opened);
                stack.Fields().Should().OnlyContain(field => field.Offset + field.Length <= frame.Length);
                stack.Words(AddressNames.Instance).ToString().Should().NotBeEmpty();
            }
        }
    }

    private static Packet Read(byte[] frame) =>
        Packet.Of(new Frame(Ports.Core, Direction.Received, 1, default, frame) { Associations = EspNetwork.Opened });
}
