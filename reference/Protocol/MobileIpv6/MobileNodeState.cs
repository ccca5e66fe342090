using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The state of a mobile node between two inputs, read and changed by its rules.</summary>
public sealed class MobileNodeState
{
    private readonly Random _random;
    private readonly Dictionary<IPAddress, ushort> _lastSequenceNumbers = [];

    internal MobileNodeState(MobileNodeSettings settings, MobileNodeRules rules, Random random)
    {
        _random = random;
        Settings = settings;
        Rules = rules;
        CareOf = new CareOfAddresses(settings);
        Forwarding = new Forwarding<IPAddress>(Actions);
        Ipv4Forwarding = new Forwarding<IPAddress>(Actions);
        HomeAgent = MakeHomeAgent();
    }

    public MobileNodeSettings Settings { get; }

    public MobileNodeRules Rules { get; }

    public ActionQueue Actions { get; } = new();

    public DeadlineQueue<MobileNodeDeadline> Deadlines { get; } = new();

    public MobileNodeMessageRate Rate { get; } = new();

    /// <summary>The addresses on foreign links.</summary>
    public CareOfAddresses CareOf { get; }

    /// <summary>The care-of address that is registered where only one is; null if there is none.</summary>
    public CareOfAddress? Primary { get; private set; }

    /// <summary>The home link; null if the node is not attached to it.</summary>
    public MobileNodeHomeLink? HomeLink { get; set; }

    /// <summary>The last default router of each link.</summary>
    public Dictionary<LinkId, MobileNodeRouter> Routers { get; } = [];

    public MobileNodePeer HomeAgent { get; private set; }

    /// <summary>The correspondent nodes with which care-of addresses are registered.</summary>
    public Dictionary<IPAddress, MobileNodePeer> Correspondents { get; } = [];

    /// <summary>The tunnels to the home agent, and the route into them.</summary>
    public Forwarding<IPAddress> Forwarding { get; }

    /// <summary>The route of packets from the IPv4 home address.</summary>
    public Forwarding<IPAddress> Ipv4Forwarding { get; }

    /// <summary>
    /// The UDP ports of the tunnels from the IPv4 care-of addresses that are behind a NAT, or for which the home agent demands UDP (RFC
    /// 5555, Section 4.2).
    /// </summary>
    public Dictionary<IPAddress, TunnelPorts> Ports { get; } = [];

    /// <summary>The IPv4 home address that the home agent has acknowledged; null if it has none (RFC 5555, Section 4.4.2).</summary>
    public IPAddress? Ipv4HomeAddress { get; set; }

    /// <summary>The IPv4 home address that the host uses; null if it uses none.</summary>
    public IPAddress? UsedIpv4HomeAddress { get; set; }

    /// <summary>The correspondent nodes and care-of addresses with which packets are sent directly.</summary>
    public HashSet<(IPAddress Peer, IPAddress CareOf)> Optimized { get; } = [];

    /// <summary>How the home address is used on the home link, and on which link.</summary>
    public (LinkId? Link, HomeAddressUse Use) HomeAddress { get; set; }

    /// <summary>The next hop on the home link whose link-layer address was given to the host; null if none.</summary>
    public (LinkId Link, MobileNodeRouter Router)? FixedRouter { get; set; }

    /// <summary>The home address is that of another node (status 134); it is not registered any more.</summary>
    public bool IsHomeAddressLost { get; set; }

    /// <summary>Where the node is, as its policy has it.</summary>
    public MobileNodeAttachment Attachment => Rules.Attachment(this);

    /// <summary>The home agent first.</summary>
    public IReadOnlyList<MobileNodePeer> Peers => [HomeAgent, .. Correspondents.Values];

    /// <summary>The peer with an address; null if it is none.</summary>
    public MobileNodePeer? Find(IPAddress address) =>
        HomeAgent.Address.Equals(address) ? HomeAgent : Correspondents.GetValueOrDefault(address);

    public MobileNodePeer AddCorrespondent(IPAddress address)
    {
        var peer = Rules.NewPeer(MakePeer(address, isHomeAgent: false), Settings);
        Correspondents.Add(address, peer);
        return peer;
    }

    /// <summary>
    /// Ends what is known of peers that have no bindings any more while the node has no care-of address: it begins anew.
    /// </summary>
    public void ForgetPeers(Instant now)
    {
        if (CareOf.Usable.Count > 0 || HomeLink is not null)
        {
            return;
        }
        if (HomeAgent.Bindings.Count == 0 && HomeAgent.IsKnown)
        {
            _lastSequenceNumbers[HomeAgent.Address] = HomeAgent.SequenceNumber;
            HomeAgent = MakeHomeAgent();
        }
        foreach (var peer in Correspondents.Values.Where(peer => peer.Bindings.Count == 0).ToList())
        {
            Forget(peer);
        }
    }

    /// <summary>Ends what is known of a correspondent node, and what is awaited from it.</summary>
    public void Forget(MobileNodePeer correspondent)
    {
        ArgumentNullException.ThrowIfNull(correspondent);
        foreach (var update in correspondent.Pending)
        {
            Deadlines.Cancel(new MobileNodeDeadline.Retransmission(update));
        }
        foreach (var test in correspondent.Tests)
        {
            Deadlines.Cancel(new MobileNodeDeadline.TestRetransmission(test));
        }
        foreach (var binding in correspondent.Bindings.ToList())
        {
            End(correspondent, binding);
            correspondent.Forget(binding);
        }
        _lastSequenceNumbers[correspondent.Address] = correspondent.SequenceNumber;
        Correspondents.Remove(correspondent.Address);
    }

    /// <summary>A peer has a binding no more.</summary>
    public void End(MobileNodePeer peer, MobileNodeBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        binding.End();
        Deadlines.Cancel(new MobileNodeDeadline.EndOfBinding(peer, binding));
        Deadlines.Cancel(new MobileNodeDeadline.Refresh(peer, binding));
    }

    /// <summary>An update is not sent again, and no acknowledgement of it is awaited.</summary>
    public void End(MobileNodeUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        Deadlines.Cancel(new MobileNodeDeadline.Retransmission(update));
        foreach (var item in update.Items.Where(item => item.Binding.Pending == update))
        {
            item.Binding.Pending = null;
        }
        if (update.Peer.PendingRemoval == update)
        {
            update.Peer.PendingRemoval = null;
        }
    }

    /// <summary>Only one care-of address is registered with a peer from now on, without BID. It has none with a BID.</summary>
    public void StopUsingBindingIds(MobileNodePeer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        (peer.UsesBindingIds, peer.RegistersInBulk, peer.Overwrites) = (false, false, false);
        foreach (var update in peer.Pending.Where(update => update.HasBindingIds))
        {
            End(update);
        }
        foreach (var binding in peer.Bindings.Where(binding => binding.BindingId is not null).ToList())
        {
            End(peer, binding);
            peer.Forget(binding);
        }
    }

    /// <summary>
    /// Keeps the primary care-of address while it can be used, and takes the first that can otherwise, one of IPv6 if there is one (RFC
    /// 5555, Section 4.4.1).
    /// </summary>
    public void ChoosePrimary()
    {
        var usable = CareOf.Usable;
        Primary = usable.FirstOrDefault(address => address == Primary) ?? usable.OrderBy(address => address.Prefix.IsIpv4).FirstOrDefault();
    }

    /// <summary>A new cookie of a test init (RFC 6275, Section 5.2.2).</summary>
    public ulong NextCookie()
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        _random.NextBytes(octets);
        return BitConverter.ToUInt64(octets);
    }

    private MobileNodePeer MakeHomeAgent() => Rules.NewPeer(MakePeer(Settings.HomeAgent, isHomeAgent: true), Settings);

    /// <summary>The numbers go on where they were, as the peer may remember them longer than this node has its binding.</summary>
    private MobileNodePeer MakePeer(IPAddress address, bool isHomeAgent)
    {
        var last = _lastSequenceNumbers.TryGetValue(address, out var known) ? known : (ushort)_random.Next(ushort.MaxValue + 1);
        return new MobileNodePeer(address, isHomeAgent, last);
    }
}
