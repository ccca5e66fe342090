using Conformance.TestBeds.Simulated;
using Conformance.Testing.Session;
using Pmip.Node.Configuration;
using Pmip.Protocol.LocalMobilityAnchor;

namespace Conformance.TestBeds.Namespaces;

/// <summary>The reference implementation's nodes, as <c>pmip-node</c> is configured for them. Each interface is called by its link.</summary>
public static class ReferenceNodes
{
    /// <summary>2 s instead of 10, so that the deletion of bindings is tested in a run that somebody waits for.</summary>
    private static readonly TimeSpan _minDelayBeforeBCEDelete = TimeSpan.FromSeconds(2);

    /// <summary>
    /// RFC 5213, Section 9.1, wants TimestampValidityWindow to fit the deployment. Where gateways are programs that have just
    /// started, the first request is compiled after it has been stamped, and once more where it arrives.
    /// </summary>
    private static readonly TimeSpan _windowOfADomain = TimeSpan.FromSeconds(2);

    public static LocalMobilityAnchorSettings LmaSettings(NamedConfiguration configuration)
    {
        var settings = ReferenceSetup.Lma(configuration) with { MinDelayBeforeBCEDelete = _minDelayBeforeBCEDelete };
        return configuration.Topology == Topology.EndToEnd ? settings with { TimestampValidityWindow = _windowOfADomain } : settings;
    }

    public static NodeConfiguration Lma(NamedConfiguration configuration, int seed) =>
        new()
        {
            Name = "LMA1",
            Role = "lma",
            Interfaces =
            [
                new InterfaceConfiguration
                {
                    Link = "core",
                    Interface = "core",
                    Addresses = [new ConfiguredAddress(ReferenceSetup.Address("LMA1"), 64)],
                },
                new InterfaceConfiguration
                {
                    Link = "home",
                    Interface = "home",
                    Addresses = [new ConfiguredAddress(ReferenceSetup.Address("LMA1-home"), 64)],
                },
            ],
            LocalMobilityAnchor = LmaSettings(configuration),
            Seed = Seeds.For(seed, "LMA1"),
        };

    public static NodeConfiguration Mag(NamedConfiguration configuration, string name, IReadOnlyList<string> accessLinks, int seed) =>
        new()
        {
            Name = name,
            Role = "mag",
            Interfaces =
            [
                new InterfaceConfiguration
                {
                    Link = "core",
                    Interface = "core",
                    Addresses = [new ConfiguredAddress(ReferenceSetup.Address(name), 64)],
                },
                .. accessLinks.Select(link => new InterfaceConfiguration
                {
                    Link = link,
                    Interface = link,
                    IsAccessLink = true,
                }),
            ],
            MobileAccessGateway = ReferenceSetup.Mag(configuration, name, accessLinks),
            Seed = Seeds.For(seed, name),
        };
}
