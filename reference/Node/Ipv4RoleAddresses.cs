using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>
/// The IPv4 addresses that the role configures on its links. The kernel neither tests nor defends addresses of IPv4; the node does so
/// with ARP packets of its own (RFC 5227).
/// </summary>
internal sealed class Ipv4RoleAddresses : IAddressHost, IDisposable
{
    /// <summary>An address is added without a subnet.</summary>
    private const byte PrefixLength = 32;

    private readonly RouteNetlink _netlink;
    private readonly IReadOnlyList<NodeLink> _links;
    private readonly NodeLog _log;
    private readonly Func<NodeLink, IPAddress, bool> _isProxied;
    private readonly ArpSocket _arp = ArpSocket.Open();
    private readonly AddressConflictDetection _conflicts;
    private readonly Dictionary<AddressClaim, AddressState> _addresses = [];
    private readonly DeadlineQueue<AddressClaim> _timers = new();
    private readonly Queue<RoleInput> _inputs = new();

    /// <param name="isProxied">Whether the node answers on a link for the address of another node.</param>
    public Ipv4RoleAddresses(
        RouteNetlink netlink,
        IReadOnlyList<NodeLink> links,
        Random random,
        NodeLog log,
        Func<NodeLink, IPAddress, bool> isProxied
    )
    {
        (_netlink, _links, _log, _isProxied) = (netlink, links, log, isProxied);
        _conflicts = new AddressConflictDetection(this, isRouter: true, random);
    }

    /// <summary>The source of ARP packets to wait for.</summary>
    public IReadable Source => _arp;

    /// <summary>When to call <see cref="Handle"/> next; null if there is no deadline.</summary>
    public Instant? NextTimeout => _timers.Next;

    /// <summary>Adds an address, now or after a test for uniqueness.</summary>
    /// <exception cref="LinuxException">The kernel refuses the address.</exception>
    public void Add(NodeLink link, IPAddress address, bool performDad, Now now)
    {
        var claim = new AddressClaim(link.Id, address);
        if (
            _addresses.TryGetValue(claim, out var state)
            && (state == AddressState.Assigned || (state == AddressState.Tentative && performDad))
        )
        {
            return;
        }

        if (performDad)
        {
            _conflicts.Begin(claim, now);
            return;
        }
        _conflicts.Cancel(claim);
        _netlink.Addresses.Add(link.Index, address, PrefixLength, KernelAddressFlags.None, KernelMarks.Protocol);
        _addresses[claim] = AddressState.Assigned;
    }

    /// <returns>True if the kernel has removed the routes of the link with the address, because it was the last one there.</returns>
    public bool Remove(NodeLink link, IPAddress address)
    {
        var claim = new AddressClaim(link.Id, address);
        _conflicts.Cancel(claim);
        if (!_addresses.Remove(claim, out var state) || state != AddressState.Assigned)
        {
            return false;
        }
        KernelMarks.IgnoreGone(() => _netlink.Addresses.Remove(link.Index, address, PrefixLength));
        return !Configured(link).Any() && _addresses.All(other => other.Key.Link != link.Id || other.Value != AddressState.Assigned);
    }

    /// <summary>Restores the addresses that an interface may have lost by being switched off.</summary>
    public void Restore(NodeLink link)
    {
        foreach (var (claim, _) in _addresses.Where(entry => entry.Key.Link == link.Id && entry.Value == AddressState.Assigned))
        {
            AddUnlessThere(link, claim.Address);
        }
    }

    /// <summary>The link has a carrier, of the same link as before or of another.</summary>
    public void LinkUp(NodeLink link, Now now) => _conflicts.LinkUp(link.Id, now);

    public void LinkDown(NodeLink link) => _conflicts.LinkDown(link.Id);

    /// <summary>Reads the ARP packets that have arrived, and sends those that are due.</summary>
    public void Handle(Now now)
    {
        while (_arp.TryReceive(out var index, out var packet))
        {
            if (_links.FirstOrDefault(link => link.Index == index) is { } on && packet.SenderHardware != on.Address)
            {
                _conflicts.Receive(on.Id, packet, now);
                Answer(on, packet);
            }
        }
        while (_timers.TryTakeDue(now.Monotonic, out var claim))
        {
            _conflicts.HandleTimeout(claim, now);
        }
    }

    /// <summary>A node that announces its own address does not ask for it.</summary>
    private void Answer(NodeLink on, ArpPacket question)
    {
        if (
            question.Operation == ArpOperation.Request
            && !question.SenderAddress.Equals(question.TargetAddress)
            && on.Address is { } own
            && _isProxied(on, question.TargetAddress)
        )
        {
            var answer = new ArpPacket(ArpOperation.Reply, own, question.TargetAddress, question.SenderHardware, question.SenderAddress);
            Try(() => _arp.Send(on.Index, question.SenderHardware, answer));
        }
    }

    /// <summary>Takes what is to be reported to the role.</summary>
    public bool TryTake([NotNullWhen(true)] out RoleInput? input) => _inputs.TryDequeue(out input);

    public void Dispose() => _arp.Dispose();

    bool IAddressHost.IsUp(LinkId link) => LinkOf(link).IsUp;

    AddressState? IAddressHost.StateOf(AddressClaim claim) =>
        _addresses.TryGetValue(claim, out var state) ? state
        : Configured(LinkOf(claim.Link)).Contains(claim.Address) ? AddressState.Assigned
        : null;

    void IAddressHost.Set(AddressClaim claim, AddressState state)
    {
        _addresses[claim] = state;
        if (state == AddressState.Assigned)
        {
            AddUnlessThere(LinkOf(claim.Link), claim.Address);
        }
    }

    void IAddressHost.Tested(AddressClaim claim, bool isUnique, Now now)
    {
        if (!isUnique)
        {
            _log.Write("DuplicateAddress", $"{claim.Address} belongs to another node and is not used");
        }
        _inputs.Enqueue(new RoleInput.AddressTested(claim.Link, claim.Address, isUnique));
    }

    void IAddressHost.Ask(LinkId link, IPAddress sender, IPAddress target)
    {
        var on = LinkOf(link);
        if (on.Address is not { } own)
        {
            return;
        }
        Try(() => _arp.Broadcast(on.Index, new ArpPacket(ArpOperation.Request, own, sender, default, target)));
    }

    void IAddressHost.SetTimer(AddressClaim claim, Instant at) => _timers.Set(claim, at);

    void IAddressHost.CancelTimer(AddressClaim claim) => _timers.Cancel(claim);

    private static IEnumerable<IPAddress> Configured(NodeLink link) =>
        link.Settings.Addresses.Select(own => own.Address).Where(own => own.AddressFamily == AddressFamily.InterNetwork);

    private void AddUnlessThere(NodeLink link, IPAddress address) =>
        Try(() =>
        {
            try
            {
                _netlink.Addresses.Add(link.Index, address, PrefixLength, KernelAddressFlags.None, KernelMarks.Protocol);
            }
            catch (LinuxException exists) when (exists.ErrorNumber == Errno.Exists)
            {
                // The kernel has kept the address.
            }
        });

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (LinuxException failed)
        {
            _log.Write("ActionFailed", failed.Message);
        }
    }

    private NodeLink LinkOf(LinkId id) => _links.First(link => link.Id == id);
}
