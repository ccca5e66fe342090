using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The configuration of a simulated node: its interfaces, whether it forwards, and its static routes.</summary>
public sealed record IpNodeSettings
{
    /// <summary>The name in logs and exceptions.</summary>
    public required string Name { get; init; }

    /// <summary>At least one, each with a different <see cref="LinkId"/>.</summary>
    public required IReadOnlyList<InterfaceSettings> Interfaces { get; init; }

    /// <summary>Forwards packets that are not for the node itself, and sets the Router flag in its Neighbor Advertisements.</summary>
    public bool IsRouter { get; init; }

    /// <summary>Routes in addition to those of the interfaces' prefixes.</summary>
    public IReadOnlyList<StaticRoute> Routes { get; init; } = [];

    /// <summary>
    /// A packet from a tunnel is accepted only if the route to its source leads back into that tunnel. A local mobility anchor
    /// does so to prevent a mobile access gateway from sending with prefixes that it does not serve.
    /// </summary>
    public bool VerifyReversePathOfTunnels { get; init; }

    /// <summary>
    /// The node with its role is a correspondent of mobile nodes: a Home Address option is processed in front of every upper layer (RFC
    /// 6275, Section 9.3.1). Otherwise only in front of a Mobility Header; elsewhere the option is unknown.
    /// </summary>
    public bool ProcessesHomeAddressOption { get; init; }

    /// <summary>The security associations of the node. Without any, a packet under ESP is answered as one of an unknown protocol.</summary>
    public SecuritySettings Security { get; init; } = new();

    /// <summary>The rules by which the node forwards packets.</summary>
    public ForwardingRules Forwarding { get; init; } = ForwardingRules.Default;

    /// <summary>
    /// Upper bound of the random delay before the first Router Solicitation. RFC 4861, Section 6.3.7, allows up to 1 s
    /// (MAX_RTR_SOLICITATION_DELAY); zero, the default, solicits immediately.
    /// </summary>
    public TimeSpan MaxSolicitationDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Validates the settings as a whole.</summary>
    /// <exception cref="ArgumentException">The settings are inconsistent; the message names the node and the error.</exception>
    public void Validate()
    {
        Require(Interfaces.Count > 0, "has no interface");
        Require(Interfaces.Select(i => i.Link).Distinct().Count() == Interfaces.Count, "has two interfaces with the same name");
        Require(Interfaces.All(i => i.Mtu >= Ipv6Packet.MinimumMtu), "has an interface with an MTU below 1280");
        Require(
            Interfaces.All(i => i.Addresses.All(a => a.PrefixLength >= 0 && a.PrefixLength <= IpPrefix.MaximumLengthOf(a.Address))),
            "has an address with a prefix length above 128, or above 32 for IPv4"
        );
        Require(Routes.All(r => Interfaces.Any(i => i.Link == r.Link)), "has a route over a missing interface");
        Require(MaxSolicitationDelay >= TimeSpan.Zero, "has a negative solicitation delay");
    }

    private void Require(bool condition, string contradiction)
    {
        if (!condition)
        {
            throw new ArgumentException($"The node {Name} {contradiction}.");
        }
    }
}
