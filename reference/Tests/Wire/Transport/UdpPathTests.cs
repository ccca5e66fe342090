using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire.Transport;

public class UdpPathTests
{
    private static readonly UdpPath _ipv4 = new(Ipv4Samples.Gateway, UdpPort.DhcpServer, Ipv4Samples.Anchor, UdpPort.DhcpClient);
    private static readonly UdpPath _ipv6 = new(SampleMessages.Gateway, UdpPort.Dhcpv6Client, SampleMessages.Anchor, UdpPort.Dhcpv6Server);

    [Fact]
    public void Wrapped_PayloadIsADatagramOfTheFamily_WithItsChecksum()
    {
        byte[] payload = [1, 2, 3];
        foreach (var path in new[] { _ipv4, _ipv6 })
        {
            var packet = path.Wrap(payload);

            (packet.Source, packet.Destination, packet.Protocol).Should().Be((path.Source, path.Destination, 17));
            UdpDatagram.HasChecksum(packet.Payload.Span).Should().BeTrue();
            UdpDatagram.HasValidChecksum(path.Source, path.Destination, packet.Payload.Span).Should().BeTrue();
            UdpDatagram.TryParse(packet.Payload, out var datagram, out _).Should().BeTrue();
            (datagram!.SourcePort, datagram.DestinationPort).Should().Be((path.SourcePort, path.DestinationPort));
            datagram.Payload.ToArray().Should().Equal(payload);
        }

        _ipv4.Wrap(payload).Should().BeOfType<Ipv4Packet>();
        _ipv6.Wrap(payload).Should().BeOfType<Ipv6Packet>();
    }

    [Fact]
    public void Reversed_ExchangesAddressesAndPorts()
    {
        _ipv4.Reversed.Should().Be(new UdpPath(Ipv4Samples.Anchor, UdpPort.DhcpClient, Ipv4Samples.Gateway, UdpPort.DhcpServer));
        _ipv4.Reversed.Reversed.Should().Be(_ipv4);
    }

    [Fact]
    public void Addresses_OfTwoFamilies_AreRefused()
    {
        var mixed = () => new UdpPath(Ipv4Samples.Gateway, 1, SampleMessages.Anchor, 2);

        mixed.Should().Throw<ArgumentException>();
    }
}
