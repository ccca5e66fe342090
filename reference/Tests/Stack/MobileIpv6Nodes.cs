using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using static Pmip.Reference.Tests.Stack.MobileNodeNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>
/// The nodes of a mobile node's world: two foreign links behind a router, the home link behind the home agent, and a core between them with
/// a correspondent node.
/// </summary>
internal static class MobileIpv6Nodes
{
    public static readonly LinkId[] Links = [Link1, Link2, HomeLink];
    public static readonly IPAddress CorrespondentAddress = IPAddress.Parse("2001:db8:100::c1");
    public static readonly MacAddress RouterMac1 = ExampleNodes.Mac(0xf1);
    public static readonly MacAddress RouterMac2 = ExampleNodes.Mac(0xf2);
    public static readonly MacAddress AgentMac = ExampleNodes.Mac(0x01);
    private static readonly LinkId _core = ExampleNodes.Core;
    private static readonly IPAddress _agentOnCore = IPAddress.Parse("2001:db8:100::1");
    private static readonly IPAddress _routerOnCore = IPAddress.Parse("2001:db8:100::ff");

    public static IpNodeSettings Router { get; } =
        new()
        {
            Name = "R",
            IsRouter = true,
            Interfaces =
            [
                On(Link1, RouterMac1, "2001:db8:101::ff"),
                On(Link2, RouterMac2, "2001:db8:102::ff"),
                On(_core, ExampleNodes.Mac(0xf0), $"{_routerOnCore}"),
            ],
            Routes = [new StaticRoute(HomePrefix, _core, _agentOnCore)],
        };

    public static IpNodeSettings HomeAgent { get; } =
        new()
        {
            Name = "HA",
            IsRouter = true,
            VerifyReversePathOfTunnels = true,
            ProcessesHomeAddressOption = true,
            Interfaces = [On(HomeLink, AgentMac, $"{AgentAddress}"), On(_core, ExampleNodes.Mac(0x02), $"{_agentOnCore}")],
            Routes = [new StaticRoute(Ipv6Prefix.AllZero, _core, _routerOnCore)],
        };

    public static IpNodeSettings Correspondent { get; } =
        ExampleNodes.Host("CN", _core, ExampleNodes.Mac(0xc1), CorrespondentAddress, _routerOnCore) with
        {
            ProcessesHomeAddressOption = true,
        };

    /// <summary>Without a carrier on any of its links.</summary>
    public static IpNodeSettings MobileNode { get; } =
        new()
        {
            Name = "MN",
            ProcessesHomeAddressOption = true,
            Interfaces = [.. Links.Select(link => new InterfaceSettings(link, MacOf(link)) { Autoconfigure = true, InitiallyUp = false })],
        };

    private static InterfaceSettings On(LinkId link, MacAddress mac, string address) =>
        new(link, mac) { Addresses = [new ConfiguredAddress(IPAddress.Parse(address), 64)] };
}
