using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.MobileIpv6;

namespace Pmip.Node.Configuration;

/// <summary>
/// The configuration of a node: its role, its interfaces and the variables of its role. In JSON the keys are the names of the
/// variables in the RFCs, times are in milliseconds, and an unknown key is an error.
/// </summary>
public sealed record NodeConfiguration
{
    public const string AnchorRole = "lma",
        GatewayRole = "mag",
        HomeAgentRole = "ha",
        CorrespondentRole = "cn",
        MobileNodeRole = "mn",
        RouterRole = "router";

    /// <summary>The name in logs.</summary>
    public required string Name { get; init; }

    /// <summary>"lma", "mag", "ha", "cn", "mn" or "router"; the settings of this role are required.</summary>
    public required string Role { get; init; }

    public required IReadOnlyList<InterfaceConfiguration> Interfaces { get; init; }

    public IReadOnlyList<NodeRoute> Routes { get; init; } = [];

    public LocalMobilityAnchorSettings? LocalMobilityAnchor { get; init; }

    public MobileAccessGatewaySettings? MobileAccessGateway { get; init; }

    public HomeAgentSettings? HomeAgent { get; init; }

    public CorrespondentNodeSettings? CorrespondentNode { get; init; }

    /// <summary>
    /// In JSON without the link-layer addresses, which are those of the interfaces. The node forms its addresses on all interfaces from the
    /// advertisements of routers.
    /// </summary>
    public MobileNodeSettings? MobileNode { get; init; }

    /// <summary>Required for a router, optional for a home agent, which may be the router of the home link; null for other roles.</summary>
    public RouterSettings? Router { get; init; }

    /// <summary>
    /// True for a role of Mobile IPv6, whose node has an IP stack of its own: the kernel refuses the headers of that protocol.
    /// </summary>
    public bool HasOwnStack => Role is HomeAgentRole or CorrespondentRole or MobileNodeRole or RouterRole;

    /// <summary>The security associations; null if nothing is protected.</summary>
    public NodeSecurity? Security { get; init; }

    /// <summary>
    /// The implementation of tunnels: "kernel", "tun", or "auto" for the first available of these; "seg6" is the kernel's segment
    /// routing, which is fast and departs from the specifications as described in the log.
    /// </summary>
    public string DataPath { get; init; } = "auto";

    /// <summary>The path of a socket that reports the state and accepts commands; null for none.</summary>
    public string? ManagementSocket { get; init; }

    /// <summary>
    /// The directory in which variables are saved that system management sets, so that they survive restarts; null to forget them.
    /// </summary>
    public string? StateDirectory { get; init; }

    /// <summary>How far this node's time of day is ahead of the kernel's, to simulate a device with a wrong clock.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>The seed of the role's random values; null for different values at every start.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// The node fails at this Mobility Header message, counted from 1, so that a tester can be tested with a device that dies; null if it
    /// does not.
    /// </summary>
    public int? FailsAtMessage { get; init; }

    /// <summary>The link of a route: that of its next hop, if it names none. Null if its next hop is on no link.</summary>
    internal LinkId? LinkOf(NodeRoute route) =>
        route.Link is { } link
            ? new LinkId(link)
            : Interfaces.FirstOrDefault(on => on.Addresses.Any(own => route.Via is { } via && own.Prefix.Contains(via)))?.Id;

    /// <param name="file">The origin of the text, for exceptions.</param>
    /// <exception cref="NodeConfigurationException">The text is not a valid configuration of a node.</exception>
    public static NodeConfiguration Parse(string json, string file) => ConfigurationReader.Read(json, file);

    public string ToJson() => ConfigurationWriter.Write(this);
}
