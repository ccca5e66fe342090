using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Update that is sent until it is acknowledged, RFC 6275, Section 11.8.</summary>
/// <param name="peer">To whom it is sent.</param>
/// <param name="items">The bindings that it is about; none to remove all by a message without Binding Identifier option.</param>
public sealed class MobileNodeUpdate(MobileNodePeer peer, IReadOnlyList<MobileNodeUpdateItem> items)
{
    public MobileNodePeer Peer { get; } = peer;

    public IReadOnlyList<MobileNodeUpdateItem> Items { get; } = items;

    /// <summary>All bindings of the peer are removed.</summary>
    public bool RemovesAll => Items.Count == 0;

    /// <summary>The bindings are removed, not registered.</summary>
    public bool IsRemoval => Items.All(item => item.CareOf is null);

    /// <summary>The message has Binding Identifier options.</summary>
    public bool HasBindingIds => Items.Any(item => item.Binding.BindingId is not null);

    /// <summary>The message has been sent, at least once.</summary>
    public bool IsSent { get; private set; }

    /// <summary>The rate of messages holds the next transmission back.</summary>
    public bool IsHeldBack { get; set; }

    /// <summary>That of the last transmission, as are the following.</summary>
    public ushort SequenceNumber { get; private set; }

    public Instant SentAt { get; private set; }

    public ushort LifetimeUnits { get; private set; }

    /// <summary>The message had the O flag of the edition.</summary>
    public bool Overwrites { get; private set; }

    /// <summary>Source address of the first IP header.</summary>
    public IPAddress? Source { get; private set; }

    /// <summary>The key of the authenticator; null at the home agent.</summary>
    public BindingManagementKey? Key { get; private set; }

    /// <summary>The address that the authenticator covers besides that of the correspondent node.</summary>
    public IPAddress? AuthorizedAddress { get; private set; }

    /// <summary>The time until the next transmission.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>How often the number has been out of the window.</summary>
    public int OutOfWindow { get; set; }

    /// <summary>The message has been sent.</summary>
    internal void Record(MobileNodeUpdateDraft draft, Instant now)
    {
        (IsSent, SentAt) = (true, now);
        (SequenceNumber, LifetimeUnits, Overwrites) = (draft.SequenceNumber, draft.LifetimeUnits, draft.Overwrites);
        (Source, Key, AuthorizedAddress) = (draft.Source, draft.Key, draft.AuthorizedAddress);
    }
}
