using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Reference.Tests.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>A namespace for a node, and the cables from the node to the test. Skips the test without the necessary privileges.</summary>
internal sealed class NodeBench : IDisposable
{
    internal const string Anchor = "2001:db8:100::1",
        Gateway = "2001:db8:100::a1",
        OtherGateway = "2001:db8:100::a2",
        Correspondent = "2001:db8:200::c1";

    /// <summary>RFC 6543, Section 4.</summary>
    internal static readonly MacAddress GatewayOnAccessLinks = MacAddress.Parse("00:00:5e:00:52:13");

    /// <summary>Added to the time limits of the specification, for a busy machine.</summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private readonly NetworkNamespace _tester = NetworkNamespace.CreateAnonymous();
    private readonly List<TestLink> _links = [];
    private TestedNode? _node;

    private NodeBench(NodeConfiguration configuration)
    {
        Configuration = configuration;
        Netlink = Namespace.Run(RouteNetlink.Open);

        // Different interface indices at both ends: only then does the kernel report a lost carrier immediately.
        for (var i = 0; i < configuration.Interfaces.Count; i++)
        {
            Netlink.Links.AddVethPair(new VethEnd($"spare{i}"), new VethEnd($"spare{i}-"));
        }
        foreach (var on in configuration.Interfaces)
        {
            Netlink.Links.AddVethPair(new VethEnd(on.Interface), new VethEnd($"to-{on.Interface}") { Namespace = _tester });
            Namespace.Run(() =>
            {
                InterfaceOffloads.Set(on.Interface, Offloads.TransmitChecksum, on: false);
                if (!on.IsAccessLink)
                {
                    KernelAddressTest.SwitchOff(on.Interface);
                }
            });
            var address =
                configuration.MobileAccessGateway?.AccessLinks.FirstOrDefault(link => link.Link.Name == on.Link)?.MacAddress
                ?? Netlink.Links.Get(on.Interface).Address!.Value;
            _links.Add(new TestLink(_tester, $"to-{on.Interface}", address));
        }
    }

    internal NetworkNamespace Namespace { get; } = NetworkNamespace.CreateAnonymous();

    internal NodeConfiguration Configuration { get; }

    /// <summary>The netlink socket of the node's namespace.</summary>
    internal RouteNetlink Netlink { get; }

    internal TestedNode Node => _node ?? throw new InvalidOperationException("The node has not been started.");

    internal TestLink Core => Link("core");

    internal TestLink Link(string name) => _links.Single(link => link.Name == $"to-{name}");

    /// <summary>A local mobility anchor between core and home; the test simulates all other nodes on both links.</summary>
    internal static NodeBench ForAnchor(Func<NodeConfiguration, NodeConfiguration>? change = null)
    {
        var network = Create(AnchorConfiguration, change);
        network.Core.Own(Gateway);
        network.Core.Own(OtherGateway);
        network.Link("home").Own(Correspondent);
        network.Core.Plug();
        network.Link("home").Plug();
        return network;
    }

    /// <summary>
    /// A mobile access gateway with two access links without mobile nodes; the test simulates the mobile nodes and the LMA.
    /// </summary>
    internal static NodeBench ForGateway(Func<NodeConfiguration, NodeConfiguration>? change = null)
    {
        var network = Create(GatewayConfiguration, change);
        network.Core.Own(Anchor);
        network.Core.Plug();
        return network;
    }

    /// <summary>A node with a role of Mobile IPv6; the test simulates all other nodes on its links.</summary>
    internal static NodeBench ForMobility(NodeConfiguration configuration)
    {
        var network = Create(configuration, change: null);
        network._links.ForEach(link => link.Plug());
        return network;
    }

    internal NodeBench Started()
    {
        _node = TestedNode.Start(Namespace, Configuration);
        foreach (var link in _links.Where(link => link.IsPlugged))
        {
            link.WaitUntilRunning();
        }
        return this;
    }

    /// <summary>The first packet on a link for which <paramref name="read"/> returns a value; earlier packets are dropped.</summary>
    /// <param name="within">The time limit of the specification; <see cref="Tolerance"/> is added.</param>
    internal T Next<T>(TestLink on, Func<Ipv6Packet, T?> read, TimeSpan within = default)
        where T : class
    {
        var until = KernelTime.Now + within + Tolerance;
        while (true)
        {
            foreach (var link in _links)
            {
                link.Receive();
            }
            while (on.Inbox is [var packet, ..])
            {
                on.Inbox.RemoveAt(0);
                if (read(packet) is { } found)
                {
                    return found;
                }
            }

            if (Readiness.Wait(_links, until).Count == 0)
            {
                Assert.Fail(
                    $"expected a {typeof(T).Name} on {on.Name} within {(within + Tolerance).TotalSeconds} s; "
                        + $"the node's log: {string.Join(" | ", _node?.Log ?? [])}"
                );
            }
        }
    }

    public void Dispose()
    {
        _node?.Dispose();
        foreach (var link in _links)
        {
            link.Dispose();
        }
        Netlink.Dispose();
        Namespace.Dispose();
        _tester.Dispose();
    }

    internal static NodeConfiguration AnchorConfiguration { get; } =
        new()
        {
            Name = "LMA1",
            Role = NodeConfiguration.AnchorRole,
            Interfaces =
            [
                new InterfaceConfiguration
                {
                    Link = "core",
                    Interface = "core",
                    Addresses = [ConfiguredAddress.Parse($"{Anchor}/64")],
                },
                new InterfaceConfiguration
                {
                    Link = "home",
                    Interface = "home",
                    Addresses = [ConfiguredAddress.Parse("2001:db8:200::1/64")],
                },
            ],
            LocalMobilityAnchor = new LocalMobilityAnchorSettings
            {
                Address = IPAddress.Parse(Anchor),
                AuthorizedMobileAccessGateways = [IPAddress.Parse(Gateway), IPAddress.Parse(OtherGateway)],
                PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/48"),
                MobileNodes = [new MobileNodePolicy { IdentifierPattern = "*@pmip.example" }],

                // RFC 5213, Section 9.1: depends on the deployment. Here JIT compilation delays the first messages at both ends.
                TimestampValidityWindow = Tolerance,
            },
            Seed = 1,
        };

    internal static NodeConfiguration GatewayConfiguration { get; } =
        new()
        {
            Name = "MAG1",
            Role = NodeConfiguration.GatewayRole,
            Interfaces =
            [
                new InterfaceConfiguration
                {
                    Link = "core",
                    Interface = "core",
                    Addresses = [ConfiguredAddress.Parse($"{Gateway}/64")],
                },
                new InterfaceConfiguration
                {
                    Link = "link1",
                    Interface = "link1",
                    IsAccessLink = true,
                    MacAddress = GatewayOnAccessLinks,
                },
                new InterfaceConfiguration
                {
                    Link = "link2",
                    Interface = "link2",
                    IsAccessLink = true,
                    MacAddress = GatewayOnAccessLinks,
                },
            ],
            MobileAccessGateway = new MobileAccessGatewaySettings
            {
                ProxyCareOfAddress = IPAddress.Parse(Gateway),
                LocalMobilityAnchorAddress = IPAddress.Parse(Anchor),
                AccessLinks =
                [
                    new AccessLinkSettings { Link = new LinkId("link1"), MacAddress = GatewayOnAccessLinks },
                    new AccessLinkSettings { Link = new LinkId("link2"), MacAddress = GatewayOnAccessLinks },
                ],
                Identification = [new MobileNodeIdentification { MacPattern = "*", IdentifierFormat = "{mac}@pmip.example" }],

                // The time that the test has to answer for the LMA before a retransmission.
                InitialBindackTimeout = Tolerance,
            },
            Seed = 1,
        };

    private static NodeBench Create(NodeConfiguration configuration, Func<NodeConfiguration, NodeConfiguration>? change)
    {
        Privilege.Require();
        var changed = change is null ? configuration : change(configuration);
        changed.Interfaces.Should().NotBeEmpty();
        return new NodeBench(changed);
    }
}
