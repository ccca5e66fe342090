using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node.Configuration;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Reference.Tests.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>
/// RFC 5213, Section 6.11, with programs that know nothing of Proxy Mobile IPv6: the DHCPv6 client of ISC on an access link, its server on
/// the core, and nodes in between. The client's kernel is the mobile node.
/// </summary>
public sealed class Dhcpv6ProgramsTests : IDisposable
{
    private static readonly Ipv6Prefix _homeNetworkPrefix = Ipv6Prefix.Parse("2001:db8:8000:5::/64");

    private static readonly NodeConfiguration _anchor = NodeBench.AnchorConfiguration with
    {
        Interfaces = [NodeBench.AnchorConfiguration.Interfaces[0]],
        LocalMobilityAnchor = NodeBench.AnchorConfiguration.LocalMobilityAnchor! with
        {
            MobileNodes = [new MobileNodePolicy { IdentifierPattern = "*@pmip.example", AuthorizedPrefixes = [_homeNetworkPrefix] }],
        },
    };

    private static readonly NodeConfiguration _gateway = NodeBench.GatewayConfiguration with
    {
        MobileAccessGateway = NodeBench.GatewayConfiguration.MobileAccessGateway! with
        {
            Dhcpv6Servers = [IPAddress.Parse(NodeBench.Anchor)],
        },
    };

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("pmip-dhcpv6-");

    public void Dispose() => _files.Delete(recursive: true);

    [Fact]
    public void Client_GetsAnAddressOfItsHomeNetworkPrefix_FromTheServerThatTheGatewayRelaysTo()
    {
        Privilege.Require();
        var (client, server) = (DebianProgram.Require("dhclient", "isc-dhcp-client"), DebianProgram.Require("dhcpd", "isc-dhcp-server"));
        using NetworkNamespace host = NetworkNamespace.CreateAnonymous(),
            gateway = NetworkNamespace.CreateAnonymous(),
            anchor = NetworkNamespace.CreateAnonymous();
        using var links = gateway.Run(RouteNetlink.Open);
        using var mobile = host.Run(RouteNetlink.Open);
        links.Links.AddVethPair(new VethEnd("core"), new VethEnd("core") { Namespace = anchor });
        links.Links.AddVethPair(new VethEnd("link1"), new VethEnd("eth0") { Namespace = host });
        links.Links.AddVethPair(new VethEnd("link2"), new VethEnd("unused"));
        WithoutOffloads(anchor, "core");
        WithoutOffloads(gateway, "core", "link1");
        WithoutOffloads(host, "eth0");
        using var addresses = host.Run(() => NetlinkSubscription.Open(NetlinkTopics.Addresses));
        using var anchorNode = TestedNode.Start(anchor, _anchor);
        using var gatewayNode = TestedNode.Start(gateway, _gateway);

        mobile.Links.SetUp(mobile.Links.Get("eth0").Index);
        Patience.Next<NetlinkEvent>(
            addresses,
            addresses.TryTake,
            happened => happened is NetlinkEvent.AddressChanged { Address.Address: var address } && _homeNetworkPrefix.Contains(address)
        );
        using var serving = DebianProgram.Start(
            anchor,
            server,
            "-6",
            "-f",
            "-d",
            "--no-pid",
            "-cf",
            Server(),
            "-lf",
            Empty("leases"),
            "core"
        );
        serving.WaitFor("Server starting service");
        using var asking = DebianProgram.Start(
            host,
            client,
            ["-6", "-d", "-v", "-sf", "/bin/true", "-cf", Empty("client"), "-lf", NameOf("bound"), "-pf", NameOf("pid"), "eth0"]
        );

        serving
            .WaitFor($"Relay-forward message from {NodeBench.Gateway}")
            .Should()
            .Contain($"link address {_homeNetworkPrefix.Network}".TrimEnd(':'), "the server finds the prefix by it");
        asking.WaitFor("IAADDR 2001:db8:8000:5::d1c");
        asking.WaitFor("Bound to lease");
    }

    private static void WithoutOffloads(NetworkNamespace node, params string[] interfaces) =>
        node.Run(() =>
        {
            foreach (var name in interfaces)
            {
                InterfaceOffloads.Set(name, Offloads.TransmitChecksum, on: false);
                if (!name.StartsWith("link", StringComparison.Ordinal))
                {
                    KernelAddressTest.SwitchOff(name);
                }
            }
        });

    /// <summary>The configuration of the server: it serves the prefixes that the LMA assigns, and has a foreign link, too.</summary>
    private string Server() =>
        Write(
            "server",
            $$"""
            default-lease-time 600;
            subnet6 2001:db8:100::/64 { }
            subnet6 2001:db8:8000:4::/64 { range6 2001:db8:8000:4::d1c0 2001:db8:8000:4::d1c9; }
            subnet6 {{_homeNetworkPrefix}} { range6 2001:db8:8000:5::d1c0 2001:db8:8000:5::d1c9; }
            """
        );

    private string Empty(string name) => Write(name, string.Empty);

    private string Write(string name, string text)
    {
        File.WriteAllText(NameOf(name), text);
        return NameOf(name);
    }

    private string NameOf(string name) => Path.Combine(_files.FullName, name);
}
