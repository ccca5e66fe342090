using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mobility;

/// <summary>An option with a BID, in the layout of RFC 5648, Section 4.3, or of its draft.</summary>
/// <param name="Option">The option in its message.</param>
public sealed record BidOctets(OptionOctets Option, WireEdition Edition)
{
    /// <summary>The offset of the status in the option, from its type on.</summary>
    public const int StatusOffset = MobilityOptionKind.HeaderLength + StatusAt;

    private const int StatusAt = 2,
        FlagsAt = 3,
        AddressAt = 4,
        AddressLength = 16;

    private const byte OverwriteFlag = 0x40;

    public ushort Bid => Option.Length >= StatusAt ? (ushort)((Option.Data.Span[0] << 8) | Option.Data.Span[1]) : (ushort)0;

    public byte Status => Option.Length > StatusAt ? Option.Data.Span[StatusAt] : (byte)0;

    /// <summary>The H flag: a home binding.</summary>
    public bool IsHome => (Flags & (IsOfDraft ? 0x20 : 0x80)) != 0;

    /// <summary>The O flag of the draft: the new bindings take the place of all others.</summary>
    public bool Overwrites => IsOfDraft && (Flags & OverwriteFlag) != 0;

    /// <summary>The care-of address; null if the option has none of IPv6.</summary>
    public IPAddress? CareOfAddress =>
        Option.Length >= AddressAt + AddressLength ? new IPAddress(Option.Data.Span.Slice(AddressAt, AddressLength)) : null;

    private bool IsOfDraft => Edition.BindingIdentifier == BindingIdentifierLayout.Draft04;

    private byte Flags => Option.Length > FlagsAt ? Option.Data.Span[FlagsAt] : (byte)0;

    /// <summary>The options of a message. In an edition without BIDs, an option of RFC 5648 is found, which nobody there knows.</summary>
    public static IReadOnlyList<BidOctets> In(MobilityOctets message, WireEdition edition) =>
        [.. message.All(TypeIn(edition)).Select(option => new BidOctets(option, edition))];

    /// <summary>The status that counts for a BID (RFC 5648, Section 5.7): that of its option, or else that of the message.</summary>
    /// <returns>Null if the answer is no rejection and says nothing about the BID.</returns>
    public static byte? StatusOf(MobilityOctets answer, ushort bid, WireEdition edition) =>
        In(answer, edition).Where(option => option.Bid == bid).Select(option => (byte?)option.Status).FirstOrDefault() switch
        {
            null when answer.Status >= MobilityOctets.FirstRejection => answer.Status,
            0 => answer.Status,
            var own => own,
        };

    /// <summary>An option of a Binding Update.</summary>
    public static MobilityOption Build(WireEdition edition, ushort bid, IPAddress? careOfAddress, bool isHome) =>
        edition.BindingIdentifier == BindingIdentifierLayout.Draft04
            ? new BindingUniqueIdentifierOption(bid, 0, Overwrite: false, isHome, careOfAddress) { OptionType = (byte)TypeIn(edition) }
            : new BindingIdentifierOption(bid, 0, isHome, careOfAddress);

    private static int TypeIn(WireEdition edition) =>
        edition.BindingIdentifier == BindingIdentifierLayout.Draft04 ? edition.BindingUniqueIdentifierType : BindingIdentifierKind.Type;
}
