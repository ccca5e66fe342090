using System.Net;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>
/// A mobile node of a scenario: a name, bound to an identity for which the implementation under test holds no state, and the
/// tester's knowledge of the node's mobility session.
/// </summary>
public sealed class MobileNode(string name)
{
    private const int InterfaceIdentifierStart = 64;

    private Identity? _identity;

    public string Name { get; } = name;

    /// <summary>How the implementation under test is provisioned for the node: dynamic, two-prefix, disabled or unknown.</summary>
    public string Kind { get; private set; } = "dynamic";

    public bool IsBound => _identity is not null;

    public Identity Identity => _identity ?? throw new InvalidOperationException($"{Name} has no identity yet.");

    /// <summary>The home network prefixes of the session, as last assigned; empty without a session.</summary>
    public IReadOnlyList<Ipv6Prefix> Prefixes { get; set; } = [];

    /// <summary>
    /// The prefixes that the emulated LMA has assigned to the node, whether or not the MAG under test has accepted them.
    /// </summary>
    public IReadOnlyList<Ipv6Prefix> OfferedPrefixes { get; set; } = [];

    /// <summary>The prefixes of the node before the last accepted registration.</summary>
    public IReadOnlyList<Ipv6Prefix> EarlierPrefixes { get; set; } = [];

    /// <summary>The MAG that last registered the node, whether or not it still serves the node.</summary>
    public string? ServingMag { get; set; }

    /// <summary>True from an accepted registration to an accepted de-registration.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>The link-local address with which a session of the node was marked; it identifies that session.</summary>
    public IPAddress? Watermark { get; set; }

    /// <summary>The link-local address of the current session; it differs from the mark if the marked session is gone.</summary>
    public IPAddress? SessionLinkLocal { get; set; }

    /// <summary>The end of the session unless it is extended, as granted by the last acknowledgement.</summary>
    public DateTimeOffset RegisteredUntil { get; set; }

    /// <summary>
    /// The number of sessions of the node that the scenario started; a de-registration is known to end the session only if there is
    /// one.
    /// </summary>
    public int Sessions { get; set; }

    /// <summary>The time until which a session of the node may live if the scenario does not end it.</summary>
    public DateTimeOffset LeftoverUntil { get; set; }

    /// <summary>The latest end of a session according to the requests, for use if an answer may have been lost.</summary>
    public DateTimeOffset AskedUntil { get; set; }

    /// <summary>The Timestamp of the last accepted registration.</summary>
    public ulong LastTimestamp { get; set; }

    /// <summary>The Sequence Number of the last accepted request; null if that request was ordered by a Timestamp.</summary>
    public ushort? LastSequenceNumber { get; set; }

    /// <summary>The access link of the node; null if it is detached.</summary>
    public PortId? Link { get; set; }

    /// <summary>An address of the node in its first prefix.</summary>
    /// <exception cref="ScenarioFaultException">The scenario has not given the node a prefix.</exception>
    /// <exception cref="StepFailedException">The implementation under test has not given the node a usable prefix.</exception>
    public IPAddress HomeAddress =>
        Prefixes.Concat(OfferedPrefixes).FirstOrDefault(prefix => prefix.Length is > 0 and <= InterfaceIdentifierStart)
            is { Length: > 0 } prefix
            ? prefix.AddressWith(Identity.LinkLayer.InterfaceIdentifier())
        : Prefixes.Count > 0 || ServingMag is not null
            ? throw new StepFailedException(
                $"{Name} was assigned no prefix in which an address can be formed: {string.Join(", ", Prefixes)}"
            )
        : throw new ScenarioFaultException($"{Name} has no home network prefix at this point of the scenario.");

    /// <exception cref="ScenarioFaultException">The node was already used as a node of another kind.</exception>
    public void Is(string kind)
    {
        if (IsBound && kind != Kind)
        {
            throw new ScenarioFaultException($"{Name} was already used as a {Kind} mobile node.");
        }

        Kind = kind;
    }

    internal void Bind(Identity bound) => _identity = bound;
}

/// <summary>The identity of a mobile node.</summary>
/// <param name="Number">The number of the identity in the bed's pool; 0 for an identity that is bound to a port.</param>
public sealed record Identity(int Number, string Identifier, MacAddress LinkLayer);
