using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>RFC 5227: an IPv4 address is probed before use, announced, and defended while it is used.</summary>
internal sealed class AddressConflictDetection(StackParts parts)
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

    private readonly Dictionary<StackTimer.Claim, int> _sent = [];
    private readonly Dictionary<StackTimer.Claim, Instant> _defended = [];
    private readonly Dictionary<LinkId, int> _conflicts = [];

    /// <summary>Starts to probe an address (Section 2.1.1), without a carrier when there is one.</summary>
    public void Begin(NodeInterface on, IPAddress address, Now now)
    {
        on.Set(new InterfaceAddress(address, AddressState.Tentative));
        var wait = _conflicts.GetValueOrDefault(on.Link) < MaxConflicts ? Between(TimeSpan.Zero, _probeWait) : _rateLimitInterval;
        var claim = new StackTimer.Claim(on.Link, address);
        _sent[claim] = 0;
        if (on.IsUp)
        {
            parts.Timers.Set(claim, now.Monotonic + wait);
        }
    }

    /// <summary>The next probe or announcement is due (Sections 2.1.1 and 2.3).</summary>
    public void HandleTimeout(StackTimer.Claim claim, Now now)
    {
        var on = parts.Interfaces[claim.Link];
        var sent = ++_sent[claim];
        if (sent <= ProbeNum)
        {
            Broadcast(on, IPAddress.Any, claim.Address);
            parts.Timers.Set(claim, now.Monotonic + (sent < ProbeNum ? Between(_probeMin, _probeMax) : _announceWait));
            return;
        }

        if (on.Find(claim.Address) is { State: AddressState.Tentative } tentative)
        {
            on.Set(tentative with { State = AddressState.Assigned });
            parts.Tell(new RoleInput.AddressTested(on.Link, claim.Address, IsUnique: true), now);
        }
        Broadcast(on, claim.Address, claim.Address);
        if (sent < ProbeNum + AnnounceNum)
        {
            parts.Timers.Set(claim, now.Monotonic + _announceInterval);
        }
        else
        {
            _sent.Remove(claim);
        }
    }

    /// <summary>An ARP packet of another node: it may use, or probe, an address of this node (Sections 2.1.1 and 2.4).</summary>
    public void Receive(NodeInterface on, ArpPacket arp, Now now)
    {
        switch (on.Find(arp.SenderAddress)?.State)
        {
            case AddressState.Tentative:
                GiveUp(on, arp.SenderAddress, now);
                break;
            case AddressState.Assigned:
                Defend(on, arp.SenderAddress, now);
                break;
        }

        var isProbe = arp.Operation == ArpOperation.Request && arp.SenderAddress.Equals(IPAddress.Any);
        if (isProbe && on.Find(arp.TargetAddress) is { State: AddressState.Tentative })
        {
            GiveUp(on, arp.TargetAddress, now);
        }
    }

    /// <summary>The link has no carrier: an unfinished test starts anew with the next one (Section 2.1).</summary>
    public void LinkDown(NodeInterface on)
    {
        foreach (var claim in ClaimsOf(on))
        {
            parts.Timers.Cancel(claim);
        }
    }

    /// <summary>The link may be another one.</summary>
    public void LinkUp(NodeInterface on, Now now)
    {
        foreach (var claim in ClaimsOf(on))
        {
            Begin(on, claim.Address, now);
        }
    }

    /// <summary>The address is to be used without a test, or is not to be used any more.</summary>
    public void Cancel(NodeInterface on, IPAddress address)
    {
        var claim = new StackTimer.Claim(on.Link, address);
        parts.Timers.Cancel(claim);
        _sent.Remove(claim);
        _defended.Remove(claim);
    }

    private List<StackTimer.Claim> ClaimsOf(NodeInterface on) =>
        [.. _sent.Keys.Where(claim => claim.Link == on.Link && on.Find(claim.Address) is { State: AddressState.Tentative })];

    // Section 2.4 b: a host gives the address up at the second conflict within DEFEND_INTERVAL. Section 2.4 c: a router keeps it.
    private void Defend(NodeInterface on, IPAddress address, Now now)
    {
        var claim = new StackTimer.Claim(on.Link, address);
        if (!_defended.TryGetValue(claim, out var last) || now.Monotonic - last >= _defendInterval)
        {
            _defended[claim] = now.Monotonic;
            Broadcast(on, address, address);
        }
        else if (!parts.Settings.IsRouter)
        {
            GiveUp(on, address, now);
        }
    }

    private void GiveUp(NodeInterface on, IPAddress address, Now now)
    {
        Cancel(on, address);
        _conflicts[on.Link] = _conflicts.GetValueOrDefault(on.Link) + 1;
        if (on.Find(address) is { } conflicting)
        {
            on.Set(conflicting with { State = AddressState.Duplicate });
        }
        parts.Log("AddressConflict", $"another node on {on.Link} has {address}");
        parts.Tell(new RoleInput.AddressTested(on.Link, address, IsUnique: false), now);
    }

    private void Broadcast(NodeInterface on, IPAddress sender, IPAddress target) =>
        parts.Output.Send(on, MacAddress.Broadcast, new ArpPacket(ArpOperation.Request, on.Settings.MacAddress, sender, default, target));

    private TimeSpan Between(TimeSpan shortest, TimeSpan longest) => shortest + ((longest - shortest) * parts.Random.NextDouble());
}
