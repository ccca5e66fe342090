using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>RFC 5227: an IPv4 address is probed before use, announced, and defended while it is used.</summary>
/// <param name="host">The node that has the addresses.</param>
/// <param name="isRouter">The node keeps an address that another node uses as well (Section 2.4 c).</param>
public sealed class AddressConflictDetection(IAddressHost host, bool isRouter, Random random)
{
    /// <summary>RFC 5227, Section 1.1: PROBE_WAIT, PROBE_NUM, PROBE_MIN, PROBE_MAX.</summary>
    private static readonly TimeSpan _probeWait = TimeSpan.FromSeconds(1);

    private const int ProbeNum = 3;
    private static readonly TimeSpan _probeMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _probeMax = TimeSpan.FromSeconds(2);

    /// <summary>RFC 5227, Section 1.1: ANNOUNCE_WAIT, ANNOUNCE_NUM, ANNOUNCE_INTERVAL.</summary>
    private static readonly TimeSpan _announceWait = TimeSpan.FromSeconds(2);

    private const int AnnounceNum = 2;
    private static readonly TimeSpan _announceInterval = TimeSpan.FromSeconds(2);

    /// <summary>RFC 5227, Section 1.1: MAX_CONFLICTS, RATE_LIMIT_INTERVAL.</summary>
    private const int MaxConflicts = 10;

    private static readonly TimeSpan _rateLimitInterval = TimeSpan.FromSeconds(60);

    /// <summary>RFC 5227, Section 1.1: DEFEND_INTERVAL.</summary>
    private static readonly TimeSpan _defendInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<AddressClaim, int> _sent = [];
    private readonly Dictionary<AddressClaim, Instant> _defended = [];
    private readonly Dictionary<LinkId, int> _conflicts = [];

    /// <summary>Starts to probe an address (Section 2.1.1), without a carrier when there is one.</summary>
    public void Begin(AddressClaim claim, Now now)
    {
        host.Set(claim, AddressState.Tentative);
        var wait = _conflicts.GetValueOrDefault(claim.Link) < MaxConflicts ? Between(TimeSpan.Zero, _probeWait) : _rateLimitInterval;
        _sent[claim] = 0;
        if (host.IsUp(claim.Link))
        {
            host.SetTimer(claim, now.Monotonic + wait);
        }
    }

    /// <summary>The next probe or announcement is due (Sections 2.1.1 and 2.3).</summary>
    public void HandleTimeout(AddressClaim claim, Now now)
    {
        var sent = ++_sent[claim];
        if (sent <= ProbeNum)
        {
            host.Ask(claim.Link, IPAddress.Any, claim.Address);
            host.SetTimer(claim, now.Monotonic + (sent < ProbeNum ? Between(_probeMin, _probeMax) : _announceWait));
            return;
        }

        if (host.StateOf(claim) == AddressState.Tentative)
        {
            host.Set(claim, AddressState.Assigned);
            host.Tested(claim, isUnique: true, now);
        }
        host.Ask(claim.Link, claim.Address, claim.Address);
        if (sent < ProbeNum + AnnounceNum)
        {
            host.SetTimer(claim, now.Monotonic + _announceInterval);
        }
        else
        {
            _sent.Remove(claim);
        }
    }

    /// <summary>An ARP packet of another node: it may use, or probe, an address of this node (Sections 2.1.1 and 2.4).</summary>
    public void Receive(LinkId link, ArpPacket arp, Now now)
    {
        ArgumentNullException.ThrowIfNull(arp);
        var sender = new AddressClaim(link, arp.SenderAddress);
        switch (host.StateOf(sender))
        {
            case AddressState.Tentative:
                GiveUp(sender, now);
                break;
            case AddressState.Assigned:
                Defend(sender, now);
                break;
        }

        var isProbe = arp.Operation == ArpOperation.Request && arp.SenderAddress.Equals(IPAddress.Any);
        var target = new AddressClaim(link, arp.TargetAddress);
        if (isProbe && host.StateOf(target) == AddressState.Tentative)
        {
            GiveUp(target, now);
        }
    }

    /// <summary>The link has no carrier: an unfinished test starts anew with the next one (Section 2.1).</summary>
    public void LinkDown(LinkId link)
    {
        foreach (var claim in ClaimsOf(link))
        {
            host.CancelTimer(claim);
        }
    }

    /// <summary>The link may be another one.</summary>
    public void LinkUp(LinkId link, Now now)
    {
        foreach (var claim in ClaimsOf(link))
        {
            Begin(claim, now);
        }
    }

    /// <summary>The address is to be used without a test, or is not to be used any more.</summary>
    public void Cancel(AddressClaim claim)
    {
        host.CancelTimer(claim);
        _sent.Remove(claim);
        _defended.Remove(claim);
    }

    private List<AddressClaim> ClaimsOf(LinkId link) =>
        [.. _sent.Keys.Where(claim => claim.Link == link && host.StateOf(claim) == AddressState.Tentative)];

    // Section 2.4 b: a host gives the address up at the second conflict within DEFEND_INTERVAL. Section 2.4 c: a router keeps it.
    private void Defend(AddressClaim claim, Now now)
    {
        if (!_defended.TryGetValue(claim, out var last) || now.Monotonic - last >= _defendInterval)
        {
            _defended[claim] = now.Monotonic;
            host.Ask(claim.Link, claim.Address, claim.Address);
        }
        else if (!isRouter)
        {
            GiveUp(claim, now);
        }
    }

    private void GiveUp(AddressClaim claim, Now now)
    {
        Cancel(claim);
        _conflicts[claim.Link] = _conflicts.GetValueOrDefault(claim.Link) + 1;
        host.Set(claim, AddressState.Duplicate);
        host.Tested(claim, isUnique: false, now);
    }

    private TimeSpan Between(TimeSpan shortest, TimeSpan longest) => shortest + ((longest - shortest) * random.NextDouble());
}
