using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Simulated;

/// <summary>
/// The networks of the simulated bed. In <c>lma</c> and <c>mag</c> the tester plays everything around one node; in <c>e2e</c> every
/// node is real and the tester only listens.
/// </summary>
internal static class SimulatedTopology
{
    /// <param name="identities">The number of mobile nodes.</param>
    /// <param name="times">An IXIT whose timers and waiting times replace those of the reference; null to keep them.</param>
    public static SimulatedBed Build(NamedConfiguration configuration, Implementation implementation, int seed, int identities, Ixit? times)
    {
        var ixit = ReferenceSetup.Ixit(configuration, ReferenceSetup.Lma(configuration));
        if (times is not null)
        {
            ixit = ixit with
            {
                Timers = times.Timers,
                AnswerWithinMilliseconds = times.AnswerWithinMilliseconds,
                GuardMilliseconds = times.GuardMilliseconds,
            };
            implementation = implementation.WithTimers(times);
        }

        var facts = new BedFacts("simulated", seed, TimeSpan.Zero, ixit, implementation.ClaimsIn(configuration));
        var network = new SimulatedNetwork(SimulatedBed.Epoch);
        var tested = new List<SimulatedNode>();
        switch (configuration.Topology)
        {
            case Topology.Lma:
                tested.Add(Lma(network, configuration, implementation, ixit, seed));
                break;
            case Topology.Mag:
                tested.Add(Mag(network, configuration, implementation, ixit, "MAG1", ReferenceSetup.AccessLinks, seed));
                break;
            case Topology.EndToEnd:
                tested.Add(Lma(network, configuration, implementation, ixit, seed));
                tested.Add(Mag(network, configuration, implementation, ixit, "MAG1", ["link1"], seed));
                tested.Add(Mag(network, configuration, implementation, ixit, "MAG2", ["link2"], seed));
                Host(
                    network,
                    ixit,
                    "CN1",
                    new InterfaceSettings(new LinkId("home"), ReferenceSetup.CorrespondentNode)
                    {
                        Addresses = [new ConfiguredAddress(Address(ixit, "CN1"))],
                    },
                    seed
                );
                Host(
                    network,
                    ixit,
                    "MN1",
                    new InterfaceSettings(SimulatedBed.MobileInterface, ReferenceSetup.MobileNode)
                    {
                        Autoconfigure = true,
                        InitiallyUp = false,
                    },
                    seed
                );
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        var bed = new SimulatedBed(facts, network, tested, configuration.Topology, identities);
        foreach (var node in tested)
        {
            node.Start();
        }

        network.Find("CN1")?.Start();
        network.Find("MN1")?.Start();
        return bed;
    }

    private static SimulatedNode Lma(
        SimulatedNetwork network,
        NamedConfiguration configuration,
        Implementation implementation,
        Ixit ixit,
        int seed
    )
    {
        var settings = implementation.LmaSettings(ReferenceSetup.Lma(configuration));
        var role =
            implementation.Role?.Invoke("LMA")
            ?? new LocalMobilityAnchor(
                settings,
                new Random(Seeds.For(seed, "LMA1")),
                implementation.LmaRules(LocalMobilityAnchorRules.Default)
            );
        var node = network.Add(
            new Ipv6NodeSettings
            {
                Name = "LMA1",
                IsRouter = true,
                VerifyReversePathOfTunnels = true,
                Interfaces =
                [
                    new InterfaceSettings(new LinkId("core"), ReferenceSetup.LmaOnCore)
                    {
                        Addresses = [new ConfiguredAddress(Address(ixit, "LMA1"))],
                    },
                    new InterfaceSettings(new LinkId("home"), ReferenceSetup.LmaOnHome)
                    {
                        Addresses = [new ConfiguredAddress(Address(ixit, "LMA1-home"))],
                    },
                ],
            },
            role,
            Seeds.For(seed, "LMA1 stack"),
            implementation.Output
        );
        node.Plug(new LinkId("core"), network.Link("core"));
        node.Plug(new LinkId("home"), network.Link("home"));
        return node;
    }

    private static SimulatedNode Mag(
        SimulatedNetwork network,
        NamedConfiguration configuration,
        Implementation implementation,
        Ixit ixit,
        string name,
        IReadOnlyList<string> accessLinks,
        int seed
    )
    {
        var settings = implementation.MagSettings(ReferenceSetup.Mag(configuration, name, accessLinks));
        var role =
            implementation.Role?.Invoke("MAG")
            ?? new MobileAccessGateway(
                settings,
                new Random(Seeds.For(seed, name)),
                implementation.MagRules(MobileAccessGatewayRules.Default)
            );
        var node = network.Add(
            new Ipv6NodeSettings
            {
                Name = name,
                IsRouter = true,
                Interfaces =
                [
                    new InterfaceSettings(new LinkId("core"), ReferenceSetup.MagOnCore(name))
                    {
                        Addresses = [new ConfiguredAddress(Address(ixit, name))],
                    },
                    .. accessLinks.Select(link => new InterfaceSettings(new LinkId(link), ReferenceSetup.MagOnAccessLinks)
                    {
                        ForwardOnlyBySourceRoute = true,
                        InitiallyUp = false,
                    }),
                ],
            },
            role,
            Seeds.For(seed, $"{name} stack"),
            implementation.Output
        );
        node.Plug(new LinkId("core"), network.Link("core"));
        foreach (var link in accessLinks)
        {
            node.Plug(new LinkId(link), network.Link(link));
        }

        return node;
    }

    private static void Host(SimulatedNetwork network, Ixit ixit, string name, InterfaceSettings @interface, int seed)
    {
        StaticRoute[] routes = @interface.Autoconfigure
            ? []
            : [new StaticRoute(Ipv6Prefix.AllZero, @interface.Link, Address(ixit, "LMA1-home"))];
        var node = network.Add(
            new Ipv6NodeSettings
            {
                Name = name,
                Interfaces = [@interface],
                Routes = routes,
            },
            role: null,
            Seeds.For(seed, name)
        );
        if (!@interface.Autoconfigure)
        {
            node.Plug(@interface.Link, network.Link(@interface.Link.Name));
        }
    }

    private static IPAddress Address(Ixit ixit, string name) => IPAddress.Parse(ixit.Addresses[name]);
}
