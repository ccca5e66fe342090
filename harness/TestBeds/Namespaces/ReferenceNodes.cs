using Conformance.TestBeds.Simulated;
using Conformance.Testing.Session;
using Pmip.Node.Configuration;
using Pmip.Protocol.LocalMobilityAnchor;

namespace Conformance.TestBeds.Namespaces;

/// <summary>The nodes of the reference implementation as <c>pmip-node</c> configurations. Each interface is named after its link.</summary>
public static class ReferenceNodes
{
    /// <summary>2 s instead of 10 s, to keep a run short that tests the deletion of bindings.</summary>
    private static readonly TimeSpan _minDelayBeforeBCEDelete = TimeSpan.FromSeconds(2);

    /// <summary>
    /// RFC 5213, Section 9.1, requires TimestampValidityWindow to fit the deployment. If the MAG and the LMA have just started, the
    /// code for the first request is compiled at both ends after the request got its timestamp, which delays it.
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
