using System.Net;
using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Pmip.Node;

/// <summary>
/// The IPv6 addresses that the role configures on its links. Neither the kernel nor the node may send from a tentative address
/// (RFC 4862, Section 5.4): messages from such an address wait for the end of the test.
/// </summary>
internal sealed class RoleAddresses(RouteNetlink netlink, NodeLog log)
{
    private const byte PrefixLength = 64;

    private readonly Dictionary<(int Link, IPAddress Address), Queue<Action>?> _addresses = [];

    /// <summary>Adds an address, with or without duplicate address detection.</summary>
    public void Add(NodeLink link, IPAddress address, bool performDad)
    {
        var key = (link.Index, address);
        if (_addresses.TryGetValue(key, out var waiting) && (waiting is null || performDad))
        {
            return;
        }

        if (waiting is not null)
        {
            KernelMarks.IgnoreGone(() => netlink.Addresses.Remove(link.Index, address, PrefixLength));
        }
        _addresses[key] = performDad ? new Queue<Action>() : null;
        var flags = performDad ? KernelAddressFlags.None : KernelAddressFlags.NoDuplicateDetection;
        netlink.Addresses.Add(link.Index, address, PrefixLength, flags, KernelMarks.Protocol);
        while (waiting is not null && waiting.TryDequeue(out var send))
        {
            send();
        }
    }

    public void Remove(NodeLink link, IPAddress address)
    {
        if (_addresses.Remove((link.Index, address)))
        {
            KernelMarks.IgnoreGone(() => netlink.Addresses.Remove(link.Index, address, PrefixLength));
        }
    }

    /// <summary>Sends a message from an address: now, or when the address is no longer tentative.</summary>
    public void WhenUsable(NodeLink link, IPAddress address, Action send)
    {
        if (_addresses.TryGetValue((link.Index, address), out var waiting) && waiting is not null)
        {
            waiting.Enqueue(send);
        }
        else
        {
            send();
        }
    }

    /// <summary>
    /// The kernel has reported a change of an address. If a test for uniqueness has ended with it: whether the address is unique.
    /// </summary>
    public bool? Handle(KernelAddress changed)
    {
        var key = (changed.LinkIndex, changed.Address);
        if (!_addresses.TryGetValue(key, out var waiting) || waiting is null)
        {
            return null;
        }

        if (changed.Flags.HasFlag(KernelAddressFlags.DuplicateDetected))
        {
            waiting.Clear();
            log.Write("DuplicateAddress", $"{changed.Address} belongs to another node and is not used");
            return false;
        }
        if (changed.IsTentative)
        {
            return null;
        }

        _addresses[key] = null;
        while (waiting.TryDequeue(out var send))
        {
            send();
        }
        return true;
    }

    /// <summary>Restores the addresses that an interface has lost by being switched off.</summary>
    public void Restore(NodeLink link)
    {
        foreach (var (key, waiting) in _addresses.Where(entry => entry.Key.Link == link.Index))
        {
            try
            {
                netlink.Addresses.Add(
                    key.Link,
                    key.Address,
                    PrefixLength,
                    waiting is null ? KernelAddressFlags.NoDuplicateDetection : KernelAddressFlags.None,
                    KernelMarks.Protocol
                );
            }
            catch (LinuxException exists) when (exists.ErrorNumber == Errno.Exists)
            {
                // The kernel has kept the address.
            }
        }
    }
}
