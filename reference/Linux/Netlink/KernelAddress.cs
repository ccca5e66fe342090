using System.Net;
using System.Runtime.InteropServices;

namespace Pmip.Linux.Netlink;

/// <summary>An address of an interface: RTM_NEWADDR, struct ifaddrmsg.</summary>
/// <param name="Address">Without a scope ID: <paramref name="LinkIndex"/> gives the interface.</param>
public sealed record KernelAddress(int LinkIndex, IPAddress Address, byte PrefixLength, KernelAddressFlags Flags)
{
    /// <summary>linux/if_addr.h: IFA_*.</summary>
    internal const ushort AddressAttribute = 1,
        LocalAttribute = 2,
        FlagsAttribute = 8,
        ProtocolAttribute = 11;

    /// <summary>The origin of the address, IFAPROT_*; 0 if unspecified, and on kernels before 5.18.</summary>
    public byte Protocol { get; init; }

    /// <summary>Duplicate Address Detection is in progress.</summary>
    public bool IsTentative => Flags.HasFlag(KernelAddressFlags.Tentative);

    /// <summary>Null if the family is neither IPv4 nor IPv6.</summary>
    internal static KernelAddress? Read(ReadOnlySpan<byte> payload)
    {
        var attributes = AttributeReader.After<Header>(payload, out var header);
        var (address, local, flags, protocol) = (default(IPAddress), default(IPAddress), (uint)header.Flags, (byte)0);
        while (attributes.TryNext(out var attribute))
        {
            switch (attribute.Type)
            {
                case AddressAttribute when Family.IsInternet(header.Family):
                    address = new IPAddress(attribute.Data);
                    break;
                case LocalAttribute when Family.IsInternet(header.Family):
                    local = new IPAddress(attribute.Data);
                    break;
                case FlagsAttribute:
                    flags = attribute.UInt32;
                    break;
                case ProtocolAttribute:
                    protocol = attribute.Data[0];
                    break;
            }
        }

        // If the address has a peer, as on point-to-point links of IPv4, the other attribute is the peer's address.
        return (local ?? address) is { } own
            ? new KernelAddress(header.LinkIndex, own, header.PrefixLength, (KernelAddressFlags)flags) { Protocol = protocol }
            : null;
    }

    /// <summary>struct ifaddrmsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        internal byte Family;
        internal byte PrefixLength;
        internal byte Flags;
        internal byte Scope;
        internal int LinkIndex;
    }
}

/// <summary>linux/if_addr.h: IFA_F_*.</summary>
[Flags]
public enum KernelAddressFlags
{
    None = 0,
    Secondary = 0x01,
    NoDuplicateDetection = 0x02,
    Optimistic = 0x04,
    DuplicateDetected = 0x08,
    Deprecated = 0x20,
    Tentative = 0x40,
    Permanent = 0x80,
    NoPrefixRoute = 0x200,
}
