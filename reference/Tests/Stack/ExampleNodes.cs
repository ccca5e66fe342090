using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Stack;

/// <summary>The nodes of the tests, and their addresses.</summary>
internal static class ExampleNodes
{
    public static readonly LinkId Core = new("core");
    public static readonly LinkId Home = new("home");
    public static readonly LinkId Access = new("access");
    public static readonly LinkId Access2 = new("access2");

    public static readonly IPAddress LmaAddress = IPAddress.Parse("2001:db8:100::1");
    public static readonly IPAddress LmaHomeAddress = IPAddress.Parse("2001:db8:200::1");
    public static readonly IPAddress MagAddress = IPAddress.Parse("2001:db8:100::a1");
    public static readonly IPAddress CnAddress = IPAddress.Parse("2001:db8:200::c1");
    public static readonly IPAddress MnAddress = IPAddress.Parse("2001:db8:8000::1234");
    public static readonly IPAddress Mn2Address = IPAddress.Parse("2001:db8:8000:1::1234");
    public static readonly IPAddress MagLinkLocal = IPAddress.Parse("fe80::a");
    public static readonly Ipv6Prefix Hnp = Ipv6Prefix.Parse("2001:db8:8000::/64");
    public static readonly Ipv6Prefix Hnp2 = Ipv6Prefix.Parse("2001:db8:8000:1::/64");
    public static readonly Tunnel LmaTunnel = new(LmaAddress, MagAddress);
    public static readonly Tunnel MagTunnel = new(MagAddress, LmaAddress);

    public static readonly MacAddress LmaCoreMac = Mac(1);
    public static readonly MacAddress LmaHomeMac = Mac(2);
    public static readonly MacAddress MagCoreMac = Mac(3);
    public static readonly MacAddress MagAccessMac = Mac(4);
    public static readonly MacAddress MagAccess2Mac = Mac(5);
    public static readonly MacAddress CnMac = Mac(6);
    public static readonly MacAddress MnMac = Mac(7);
    public static readonly MacAddress Mn2Mac = Mac(8);

    public static MacAddress Mac(byte last) => new([0x02, 0x5e, 0, 0, 0, last]);

    /// <summary>A local mobility anchor with one binding.</summary>
    public static IpNodeSettings Lma { get; } =
        new()
        {
            Name = "LMA",
            IsRouter = true,
            VerifyReversePathOfTunnels = true,
            Interfaces =
            [
                new InterfaceSettings(Core, LmaCoreMac) { Addresses = [new ConfiguredAddress(LmaAddress)] },
                new InterfaceSettings(Home, LmaHomeMac) { Addresses = [new ConfiguredAddress(LmaHomeAddress)] },
            ],
        };

    public static ScriptedRole LmaRole() =>
        new ScriptedRole().Ask(
            new RoleAction.AddTunnel(LmaTunnel),
            new RoleAction.AddRoute(new Route(Hnp, new RouteTarget.IntoTunnel(LmaTunnel)))
        );

    /// <summary>A mobile access gateway with a binding on each of two access links.</summary>
    public static IpNodeSettings Mag { get; } =
        new()
        {
            Name = "MAG",
            IsRouter = true,
            Interfaces =
            [
                new InterfaceSettings(Core, MagCoreMac) { Addresses = [new ConfiguredAddress(MagAddress)] },
                new InterfaceSettings(Access, MagAccessMac) { ForwardOnlyBySourceRoute = true },
                new InterfaceSettings(Access2, MagAccess2Mac) { ForwardOnlyBySourceRoute = true },
            ],
        };

    public static ScriptedRole MagRole() =>
        new ScriptedRole().Ask(
            new RoleAction.AddTunnel(MagTunnel),
            new RoleAction.AddAddress(Access, MagLinkLocal, PerformDad: false),
            new RoleAction.AddAddress(Access2, MagLinkLocal, PerformDad: false),
            new RoleAction.AddRoute(new Route(Hnp, new RouteTarget.OnLink(Access))),
            new RoleAction.AddRoute(new Route(Ipv6Prefix.AllZero, new RouteTarget.IntoTunnel(MagTunnel)) { From = Hnp }),
            new RoleAction.AddRoute(new Route(Hnp2, new RouteTarget.OnLink(Access2))),
            new RoleAction.AddRoute(new Route(Ipv6Prefix.AllZero, new RouteTarget.IntoTunnel(MagTunnel)) { From = Hnp2 })
        );

    /// <summary>A host with an address and a default router, both configured.</summary>
    public static IpNodeSettings Host(string name, LinkId link, MacAddress mac, IPAddress address, IPAddress router) =>
        new()
        {
            Name = name,
            Interfaces = [new InterfaceSettings(link, mac) { Addresses = [new ConfiguredAddress(address)] }],
            Routes = [new StaticRoute(Ipv6Prefix.AllZero, link, router)],
        };

    public static IpNodeSettings Cn { get; } = Host("CN", Home, CnMac, CnAddress, LmaHomeAddress);

    public static IpNodeSettings Mn { get; } = Host("MN", Access, MnMac, MnAddress, MagLinkLocal);

    public static IpNodeSettings Mn2 { get; } = Host("MN2", Access2, Mn2Mac, Mn2Address, MagLinkLocal);

    /// <summary>A host with stateless autoconfiguration.</summary>
    public static IpNodeSettings Roamer { get; } =
        new() { Name = "Roamer", Interfaces = [new InterfaceSettings(Access, MnMac) { Autoconfigure = true }] };

    /// <summary>An Echo Request as a packet.</summary>
    public static Ipv6Packet Echo(IPAddress source, IPAddress destination, int dataLength = 8) =>
        new(
            source,
            destination,
            IpProtocol.Icmpv6,
            new EchoRequest(1, 1, new OctetString(new byte[dataLength])).ToBytes(source, destination)
        );

    /// <summary>An encapsulated packet.</summary>
    public static Ipv6Packet Wrap(IPAddress source, IPAddress destination, Ipv6Packet inner) =>
        new(source, destination, IpProtocol.Ipv6, inner.ToBytes());
}
