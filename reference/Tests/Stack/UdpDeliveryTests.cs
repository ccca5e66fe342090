using System.Net;
using FluentAssertions;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Datagrams to a port that is not open, and the source of packets to all nodes of a link.</summary>
public sealed class UdpDeliveryTests
{
    private readonly VirtualNetwork _network = new();

    [Fact]
    public void Datagram_ToAClosedPort_IsAnswered_OnlyIfItIsWholeAndItsChecksumIsRight()
    {
        _network.Add(Lma);
        _network.Add(Cn);
        var right = new UdpDatagram(4000, 4001, new byte[4]).ToBytes(CnAddress, LmaHomeAddress);
        var wrong = right.ToArray();
        wrong[^1] ^= 1;

        Inject(right.AsMemory(0, UdpDatagram.HeaderLength - 1));
        Inject(wrong);
        _network.Icmp<DestinationUnreachable>("home").Should().BeEmpty();

        Inject(right);
        _network.Icmp<DestinationUnreachable>("home").Should().ContainSingle();
    }

    [Fact]
    public void Broadcast_HasASourceOfItsFamily()
    {
        var address = IPAddress.Parse("198.51.100.1");
        var link = Lma.Interfaces[0] with { Addresses = [new ConfiguredAddress(LmaAddress), new ConfiguredAddress(address, 24)] };
        var host = _network.Add(Lma with { Interfaces = [link, Lma.Interfaces[1]] });

        host.Ping(IPAddress.Broadcast, 1, 1, _network.Now);
        _network.Settle();

        _network.Ip("core").OfType<Ipv4Packet>().Should().ContainSingle().Which.Source.Should().Be(address);
    }

    private void Inject(ReadOnlyMemory<byte> datagram) =>
        _network.Inject("home", LmaHomeMac, new Ipv6Packet(CnAddress, LmaHomeAddress, Ipv4Protocol.Udp, datagram));
}
