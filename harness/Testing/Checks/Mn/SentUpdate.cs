using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Mn;

/// <summary>A Binding Update of the mobile node under test, and the acknowledgement that the tester has sent to it.</summary>
/// <param name="message">The update as it was judged.</param>
internal sealed class SentUpdate(NodeMessage message)
{
    private const int Unit = 4;

    public Packet Packet { get; } = message.Packet;

    public MobilityOctets Message { get; } = message.Message;

    /// <summary>The peer; the IPv6 address of the home agent, whatever the way of the update is.</summary>
    public IPAddress Peer { get; } = message.IsToHomeAgent ? message.Addresses.HomeAgent : message.Destination;

    public IPAddress Source { get; } = message.Source;

    public DateTimeOffset At { get; } = message.At;

    public IReadOnlyList<BindingIdentity> Identities { get; } = message.Identities;

    public IReadOnlyList<IPAddress> CareOfAddresses { get; } = [.. message.CareOfAddresses];

    public bool IsRemoval { get; } = message.IsRemoval;

    public bool Overwrites { get; } = message.Overwrites;

    public TimeSpan Lifetime => LifetimeOf(Message);

    /// <summary>
    /// The acknowledgement that the mobile node has to take as the answer to this update; null if none was sent, or if it may be one that
    /// the mobile node has to ignore.
    /// </summary>
    public Packet? Answer { get; set; }

    /// <summary>True if the tester has sent anything that may be meant as an answer.</summary>
    public bool IsAnswered { get; set; }

    public static TimeSpan LifetimeOf(MobilityOctets message) => TimeSpan.FromSeconds(message.LifetimeUnits * Unit);

    /// <summary>
    /// The status that counts for a BID (RFC 5648, Section 5.7): that of its option in the answer unless it is 0, or that of the answer.
    /// </summary>
    public byte StatusOf(int? bid, IReadOnlyList<BindingIdentity> answered) =>
        answered.FirstOrDefault(option => option.Bid == bid) is { Status: not 0 and var own } ? own : Answer!.Mobility!.Status;

    /// <summary>True for the same request: the same bindings at the same peer, whatever the number of the update is.</summary>
    public bool IsSameAs(SentUpdate other) =>
        Peer.Equals(other.Peer)
        && Source.Equals(other.Source)
        && Message.LifetimeUnits == 0 == other.IsRemoval
        && Identities.Select(identity => identity.Bid).SequenceEqual(other.Identities.Select(identity => identity.Bid))
        && CareOfAddresses.SequenceEqual(other.CareOfAddresses);

    /// <summary>True if both are about the same binding.</summary>
    public bool Touches(SentUpdate other) =>
        Peer.Equals(other.Peer)
        && (
            Identities.Count == 0
            || other.Identities.Count == 0
            || Identities.Any(one => other.Identities.Any(another => another.Bid == one.Bid))
        );
}
