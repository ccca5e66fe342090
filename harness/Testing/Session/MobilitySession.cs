using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Exchanges;
using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>A mobility session of a mobile node, as the tester knows it (RFC 5213, Section 2.2).</summary>
public sealed class MobilitySession
{
    /// <summary>The home network prefixes, as last assigned; empty if there is no session, or one of IPv4 alone.</summary>
    public IReadOnlyList<Ipv6Prefix> Prefixes { get; set; } = [];

    /// <summary>The IPv4 home addresses, as last assigned; empty if there is no session, or one of IPv6 alone.</summary>
    public IReadOnlyList<Ipv4HomeAddress> Ipv4Addresses { get; set; } = [];

    /// <summary>The prefixes that the session has given up while it went on with IPv4 alone; empty while it has prefixes.</summary>
    public IReadOnlyList<Ipv6Prefix> ReleasedPrefixes { get; private set; } = [];

    /// <summary>
    /// The IPv4 home addresses; those that the session has given up, if it goes on with IPv6 alone. With a MAG under test, those of the
    /// emulated LMA.
    /// </summary>
    public IReadOnlyList<IPAddress> AllIpv4 =>
        OfferedIpv4.Count > 0
            ? [.. OfferedIpv4.Select(offered => offered.Address)]
            : [.. (Ipv4Addresses.Count > 0 ? Ipv4Addresses : ReleasedIpv4Addresses).Select(assigned => assigned.Address)];

    private IReadOnlyList<Ipv4HomeAddress> ReleasedIpv4Addresses { get; set; } = [];

    /// <summary>The prefixes that the emulated LMA has assigned, whether or not the MAG under test has accepted them.</summary>
    public IReadOnlyList<Ipv6Prefix> OfferedPrefixes { get; set; } = [];

    /// <summary>
    /// The IPv4 home addresses in acknowledgements of the emulated LMA, whether or not they were granted and the MAG under test has
    /// accepted them.
    /// </summary>
    public IReadOnlyList<Ipv4Assignment> OfferedIpv4 { get; set; } = [];

    /// <summary>The prefix for regular access that the MAG under test has advertised to the node.</summary>
    public IReadOnlyList<Ipv6Prefix> VisitedPrefixes { get; set; } = [];

    /// <summary>The link-local address that an answer stated last; it differs from the node's mark if the marked session is gone.</summary>
    public IPAddress? LinkLocalAddress { get; set; }

    /// <summary>The link-local address that an accepted request told the LMA last; null if it had to generate one.</summary>
    public IPAddress? UploadedLinkLocalAddress { get; set; }

    /// <summary>
    /// True for a session with these prefixes and IPv4 home addresses: it has the same prefixes, or an IPv4 home address of these. A
    /// session can gain or lose one family and stay the same (RFC 5844, Sections 3.1.2.1, 3.1.2.4 and 3.1.2.5).
    /// </summary>
    public bool Has(IReadOnlyList<Ipv6Prefix> prefixes, IReadOnlyList<Ipv4HomeAddress> ipv4) =>
        ipv4.IntersectBy(Ipv4Addresses.Select(assigned => assigned.Address), given => given.Address).Any()
        || (prefixes.ToHashSet().SetEquals(Prefixes) && (prefixes.Count > 0 || (ipv4.Count == 0 && Ipv4Addresses.Count == 0)));

    /// <summary>Notes what the session has now.</summary>
    public void Become(IReadOnlyList<Ipv6Prefix> prefixes, IReadOnlyList<Ipv4HomeAddress> ipv4)
    {
        (ReleasedPrefixes, Prefixes) = (prefixes.Count > 0 ? [] : [.. Prefixes, .. ReleasedPrefixes], prefixes);
        (ReleasedIpv4Addresses, Ipv4Addresses) = (ipv4.Count > 0 ? [] : [.. Ipv4Addresses, .. ReleasedIpv4Addresses], ipv4);
    }
}

/// <summary>A binding of a mobile node at its anchor, as the tester knows it.</summary>
public sealed class Binding
{
    private readonly Dictionary<string, Exchange> _acceptedBy = new(StringComparer.Ordinal);

    /// <summary>The MAG that last registered the node, whether or not it still serves the node.</summary>
    public string? Gateway { get; set; }

    /// <summary>The emulated LMA that last accepted a registration of the node; null if none did.</summary>
    public string? Anchor { get; set; }

    /// <summary>True from an accepted registration to an accepted de-registration.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>True if the last answer of the emulated LMA was a rejection.</summary>
    public bool IsRefused { get; set; }

    /// <summary>
    /// True from an acceptance, from the rejection of an extension, or from the departure of the node, until the MAG has shown that the
    /// node is registered: meanwhile a MAG may register the node anew or extend the binding.
    /// </summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>The end of the binding unless it is extended, as granted by the last acknowledgement.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>The same end for a MAG that counts the lifetime from its request, as RFC 6275, Section 11.7.3, says.</summary>
    public DateTimeOffset UntilFromRequest { get; set; }

    /// <summary>The registration that was accepted last; null if none was.</summary>
    public Exchange? AcceptedRequest
    {
        get;
        set
        {
            field = value;
            if (value is not null)
            {
                _acceptedBy[value.Peer] = value;
            }
        }
    }

    /// <summary>The last registration by a MAG that was accepted, though another MAG may serve the node now; null if none was.</summary>
    public Exchange? AcceptedBy(string gateway) => _acceptedBy.GetValueOrDefault(gateway);

    /// <summary>When the last de-registration was accepted; null if none was.</summary>
    public DateTimeOffset? DeregisteredAt { get; set; }

    /// <summary>The Timestamp of the last accepted request.</summary>
    public ulong LastTimestamp { get; set; }

    /// <summary>The Sequence Number of the last accepted request; null if that request was ordered by a Timestamp.</summary>
    public ushort? LastSequenceNumber { get; set; }

    /// <summary>True once the emulated LMA has refused IPv4 to the node altogether (RFC 5844, Section 3.2.3.2).</summary>
    public bool IsWithoutIpv4 { get; set; }

    /// <summary>True once the emulated LMA has refused IPv6 to the node altogether.</summary>
    public bool IsWithoutIpv6 { get; set; }

    /// <summary>Notes that the emulated LMA has accepted a registration, which the MAG has not shown to have taken yet.</summary>
    public void Offer() => (IsRefused, IsInDoubt) = (false, !IsRegistered);

    /// <summary>Notes that the emulated LMA has rejected a registration.</summary>
    public void Refuse() => (IsRefused, IsInDoubt, IsRegistered) = (true, IsInDoubt || IsRegistered, false);

    /// <summary>Notes that the node leaves: what its MAG sends now may have been begun before.</summary>
    public void Leave() => (IsInDoubt, IsRegistered) = (true, false);

    /// <summary>Notes that the MAG has shown that the node is registered.</summary>
    public void Confirm()
    {
        if (!IsRefused)
        {
            (IsInDoubt, IsRegistered) = (false, true);
        }
    }

    /// <summary>Notes that the node attaches: its MAG has to register it.</summary>
    public void Renew() => (IsRefused, IsInDoubt, IsRegistered) = (false, false, false);
}

/// <summary>An interface of a mobile node.</summary>
public sealed class NodeInterface
{
    /// <summary>The access link of the interface; null if it is detached.</summary>
    public PortId? Link { get; set; }
}
