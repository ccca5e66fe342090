using System.Net;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>
/// A mobile node of a scenario: a name bound to an identity that the implementation under test holds no state
/// of, and what the tester knows of its mobility session.
/// </summary>
public sealed class MobileNode(string name)
{
    private const int InterfaceIdentifierStart = 64;

    private Identity? _identity;

    public string Name { get; } = name;

    /// <summary>dynamic, two-prefix, disabled or unknown: how the implementation under test is provisioned for it.</summary>
    public string Kind { get; private set; } = "dynamic";

    public bool IsBound => _identity is not null;

    public Identity Identity => _identity ?? throw new InvalidOperationException($"{Name} has no identity yet.");

    /// <summary>The home network prefixes of its session, as last assigned; empty without a session.</summary>
    public IReadOnlyList<Ipv6Prefix> Prefixes { get; set; } = [];

    /// <summary>The prefixes the tester's anchor has assigned it, whether or not the gateway under test has taken them over.</summary>
    public IReadOnlyList<Ipv6Prefix> OfferedPrefixes { get; set; } = [];

    /// <summary>The prefixes it had before the last message that changed them.</summary>
    public IReadOnlyList<Ipv6Prefix> EarlierPrefixes { get; set; } = [];

    /// <summary>The access gateway that last registered it, whether or not it still does.</summary>
    public string? ServingMag { get; set; }

    /// <summary>True from an accepted registration to an accepted de-registration.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>The link-local address a session of the node was marked with: by it the session is known again.</summary>
    public IPAddress? Watermark { get; set; }

    /// <summary>The link-local address of the present session, which is another one if the marked session is gone.</summary>
    public IPAddress? SessionLinkLocal { get; set; }

    /// <summary>When its session ends unless it is extended: what the last acknowledgement granted.</summary>
    public DateTimeOffset RegisteredUntil { get; set; }

    /// <summary>How many sessions of the node the scenario started; only a lone one is known to be ended by a de-registration.</summary>
    public int Sessions { get; set; }

    /// <summary>Until when a session of the node may live that nothing in the scenario ends.</summary>
    public DateTimeOffset LeftoverUntil { get; set; }

    /// <summary>Until when a session may live that it was asked for: what counts where the answer may have been lost.</summary>
    public DateTimeOffset AskedUntil { get; set; }

    /// <summary>The Timestamp of its last accepted registration.</summary>
    public ulong LastTimestamp { get; set; }

    /// <summary>The Sequence Number of its last accepted request; null if a Timestamp ordered that one.</summary>
    public ushort? LastSequenceNumber { get; set; }

    /// <summary>The access link it is on; null if on none.</summary>
    public PortId? Link { get; set; }

    /// <summary>An address of the node in its first prefix.</summary>
    /// <exception cref="ScenarioFaultException">The scenario has not given it a prefix.</exception>
    /// <exception cref="StepFailedException">The implementation under test has given it none that is of use.</exception>
    public IPAddress HomeAddress =>
        Prefixes.Concat(OfferedPrefixes).FirstOrDefault(prefix => prefix.Length is > 0 and <= InterfaceIdentifierStart)
            is { Length: > 0 } prefix
            ? prefix.AddressWith(Identity.LinkLayer.InterfaceIdentifier())
        : Prefixes.Count > 0 || ServingMag is not null
            ? throw new StepFailedException(
                $"{Name} was assigned no prefix that an address can be formed in: {string.Join(", ", Prefixes)}"
            )
        : throw new ScenarioFaultException($"{Name} has no home network prefix at this point of the scenario.");

    /// <exception cref="ScenarioFaultException">The node was already used as one of another kind.</exception>
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

/// <summary>Who a mobile node is.</summary>
/// <param name="Number">Its number in the bed's pool; 0 for one that is bound to a port.</param>
public sealed record Identity(int Number, string Identifier, MacAddress LinkLayer);
