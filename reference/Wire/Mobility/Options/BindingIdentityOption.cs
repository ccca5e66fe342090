using System.Net;
using System.Net.Sockets;

namespace Pmip.Wire;

/// <summary>
/// The common part of the two editions of the option that identifies a binding of a mobile node. The flags octet differs: the same bit
/// has different meanings in <see cref="BindingIdentifierOption"/> and <see cref="BindingUniqueIdentifierOption"/>.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |     Type      |    Length     |
/// +-------------------------------+---------------+---------------+
/// |       Binding ID (BID)        |    Status     |     Flags     |
/// +-------------------------------+---------------+---------------+
/// |               Care-of Address (0, 4 or 16) ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="BindingId">1-65535; zero is reserved, but preserved.</param>
/// <param name="Status">The status of this binding in a Binding Acknowledgement; with zero, the status of the message applies.</param>
public abstract record BindingIdentityOption(ushort BindingId, BindingStatus Status) : MobilityOption
{
    /// <summary>The care-of address, or null if the option has none.</summary>
    public abstract IPAddress? CareOfAddress { get; init; }

    public override int DataLength => BindingIdentityData.LengthOf(AddressLength);

    public override (int Multiple, int Offset) Alignment => BindingIdentityData.AlignmentOf(AddressLength);

    /// <summary>The octet after the status, with reserved bits of zero.</summary>
    private protected abstract byte Flags { get; }

    private int AddressLength =>
        CareOfAddress?.AddressFamily switch
        {
            null => 0,
            AddressFamily.InterNetwork => Ipv4Octets.Length,
            _ => Ipv6Octets.Length,
        };

    public override void WriteData(Span<byte> destination)
    {
        Span<byte> address = stackalloc byte[Ipv6Octets.Length];
        CareOfAddress?.TryWriteBytes(address, out _);
        BindingIdentityData.Write(destination, BindingId, Status, Flags, address[..AddressLength]);
    }

    /// <summary>The record of the option in this layout.</summary>
    internal static BindingIdentityOption Of(BindingIdentityData data, BindingIdentifierLayout layout, byte type)
    {
        var careOfAddress = data.CareOfAddress.IsEmpty ? null : new IPAddress(data.CareOfAddress);
        return layout == BindingIdentifierLayout.Draft04
            ? new BindingUniqueIdentifierOption(data.BindingId, data.Status, data.Overwrite, data.HomeBinding, careOfAddress)
            {
                OptionType = type,
            }
            : new BindingIdentifierOption(data.BindingId, data.Status, data.SimultaneousHomeAndForeign, careOfAddress);
    }
}
