namespace Pmip.Protocol.Stack;

/// <summary>What a simulated node is: its interfaces, whether it forwards, and what it knows from the start.</summary>
public sealed record Ipv6NodeSettings
{
    /// <summary>For people: logs and exceptions.</summary>
    public required string Name { get; init; }

    /// <summary>At least one, each with a <see cref="LinkId"/> of its own.</summary>
    public required IReadOnlyList<InterfaceSettings> Interfaces { get; init; }

    /// <summary>Forwards packets that are not for itself, and says so in its Neighbor Advertisements.</summary>
    public bool IsRouter { get; init; }

    /// <summary>Beside the routes of the interfaces' prefixes, which need no mention.</summary>
    public IReadOnlyList<StaticRoute> Routes { get; init; } = [];

    /// <summary>
    /// A packet out of a tunnel is taken only if the route to its source leads back into that tunnel; what a local mobility
    /// anchor does to keep a mobile access gateway from sending with prefixes that it does not serve.
    /// </summary>
    public bool VerifyReversePathOfTunnels { get; init; }

    /// <summary>
    /// Upper end of the random delay before the first Router Solicitation. RFC 4861, Section 6.3.7 allows up to 1 s
    /// (MAX_RTR_SOLICITATION_DELAY); zero, the default, asks at once.
    /// </summary>
    public TimeSpan MaxSolicitationDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Judges the settings as a whole.</summary>
    /// <exception cref="ArgumentException">They contradict themselves; the message names the node and the contradiction.</exception>
    public void Validate()
    {
        Require(Interfaces.Count > 0, "has no interface");
        Require(Interfaces.Select(i => i.Link).Distinct().Count() == Interfaces.Count, "has two interfaces of one name");
        Require(Interfaces.All(i => i.Mtu >= InterfaceSettings.MinimumMtu), "has an interface with an MTU below 1280");
        Require(
            Interfaces.All(i => i.Addresses.All(a => a.PrefixLength is >= 0 and <= 128)),
            "has an address with a prefix length beyond 128"
        );
        Require(Routes.All(r => Interfaces.Any(i => i.Link == r.Link)), "has a route over an interface that it does not have");
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
