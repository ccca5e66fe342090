using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Host A - left - router - right - host B, with IPv4 addresses.</summary>
internal static class Ipv4Example
{
    public static readonly LinkId Left = new("left");
    public static readonly LinkId Right = new("right");

    public static readonly IPAddress A = IPAddress.Parse("192.0.2.10");
    public static readonly IPAddress B = IPAddress.Parse("198.51.100.10");
    public static readonly IPAddress RouterLeft = IPAddress.Parse("192.0.2.1");
    public static readonly IPAddress RouterRight = IPAddress.Parse("198.51.100.1");

    public static readonly MacAddress AMac = Mac(0x0a);
    public static readonly MacAddress BMac = Mac(0x0b);
    public static readonly MacAddress LeftMac = Mac(0x01);
    public static readonly MacAddress RightMac = Mac(0x02);

    public static IpNodeSettings HostA { get; } = Host("A", Left, AMac, A, RouterLeft);

    public static IpNodeSettings HostB { get; } = Host("B", Right, BMac, B, RouterRight);

    public static IpNodeSettings Router { get; } =
        new()
        {
            Name = "R",
            IsRouter = true,
            Interfaces =
            [
                new InterfaceSettings(Left, LeftMac) { Addresses = [new ConfiguredAddress(RouterLeft, 24)] },
                new InterfaceSettings(Right, RightMac) { Addresses = [new ConfiguredAddress(RouterRight, 24)] },
            ],
        };

    /// <summary>The router with another MTU on its right link.</summary>
    public static IpNodeSettings RouterWith(uint rightMtu) =>
        Router with
        {
            Interfaces = [Router.Interfaces[0], Router.Interfaces[1] with { Mtu = rightMtu }],
        };

    public static Ipv4Packet Echo(IPAddress source, IPAddress destination, int dataLength = 8) =>
        new(source, destination, Ipv4Protocol.Icmp, new Icmpv4EchoRequest(1, 1, new OctetString(Data(dataLength))).ToBytes());

    /// <summary>Octets that differ from their neighbours, so that an exchange shows.</summary>
    public static byte[] Data(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i ^ (i >> 8)))];

    public static ArpPacket ArpRequest(MacAddress sender, IPAddress from, IPAddress target) =>
        new(ArpOperation.Request, sender, from, default, target);

    private static IpNodeSettings Host(string name, LinkId link, MacAddress mac, IPAddress address, IPAddress router) =>
        new()
        {
            Name = name,
            Interfaces = [new InterfaceSettings(link, mac) { Addresses = [new ConfiguredAddress(address, 24)] }],
            Routes = [new StaticRoute(IpPrefix.AllIpv4, link, router)],
        };
}
