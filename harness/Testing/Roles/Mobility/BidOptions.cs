using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mobility;

/// <summary>BID options in updates and their answers, in the layout of RFC 5648, Section 4.3, or of its draft.</summary>
internal static class BidOptions
{
    /// <summary>The offset of the status in the option, from its type on.</summary>
    public const int StatusOffset = MobilityOptionKind.HeaderLength + 2;

    /// <summary>The status that counts for a BID (RFC 5648, Section 5.7): that of its option, or else that of the message.</summary>
    /// <returns>Null if the answer is no rejection and says nothing about the BID.</returns>
    public static byte? StatusOf(MobilityOctets answer, int bid, WireEdition edition) =>
        BindingIdentity
            .In(answer, edition)
            .Where(option => option.Bid == bid)
            .Select(option => (byte?)option.Status)
            .FirstOrDefault() switch
        {
            null when answer.Status >= MobilityOctets.FirstRejection => answer.Status,
            0 => answer.Status,
            var own => own,
        };

    /// <summary>An option of a Binding Update. An edition without BIDs gets that of RFC 5648, which nobody there knows.</summary>
    public static MobilityOption Build(WireEdition edition, ushort bid, IPAddress? careOfAddress, bool isHome) =>
        edition.BindingIdentifier == BindingIdentifierLayout.Draft04
            ? new BindingUniqueIdentifierOption(bid, 0, Overwrite: false, isHome, careOfAddress)
            {
                OptionType = edition.BindingUniqueIdentifierType,
            }
            : new BindingIdentifierOption(bid, 0, isHome, careOfAddress);
}
