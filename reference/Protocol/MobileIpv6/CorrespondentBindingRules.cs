using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>What a correspondent node does about its bindings apart from Binding Updates.</summary>
internal static class CorrespondentBindingRules
{
    public static RuleList<CorrespondentBindingEvent> EndOfBinding { get; } =
        new(new NamedRule<CorrespondentBindingEvent>("RFC 6275 9.5.2", "EntryDeleted", EntryDeleted));

    public static RuleList<RefreshRequestDraft> RefreshRequest { get; } =
        new(new NamedRule<RefreshRequestDraft>("RFC 6275 9.5.5", "RefreshRequestSent", RefreshRequestSent));

    public static RuleList<UnverifiedCorrespondentPacket> Unverified { get; } =
        new(new NamedRule<UnverifiedCorrespondentPacket>("RFC 6275 9.3.3", "BindingErrorSent", BindingErrorSent));

    private static RuleOutcome EntryDeleted(CorrespondentBindingEvent ended)
    {
        ended.Node.Remove(ended.Binding.Key);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RefreshRequestSent(RefreshRequestDraft draft)
    {
        var path = new Ipv6Signaling(draft.Node.Settings.Address, draft.Destination);
        draft.Node.Actions.Send(path, new BindingRefreshRequest(new MobilityOptionList(draft.Options)));
        return RuleOutcome.Continue;
    }

    /// <summary>The addresses are those of the packet as received.</summary>
    private static RuleOutcome BindingErrorSent(UnverifiedCorrespondentPacket packet)
    {
        var (home, careOf) = (packet.Input.Home, packet.Input.CareOf);
        if (!careOf.IsIPv6Multicast && !careOf.Equals(IPAddress.IPv6Any))
        {
            var error = new BindingError(BindingError.UnknownBindingForHomeAddress, home, MobilityOptionList.Empty);
            packet.Node.Actions.Send(new Ipv6Signaling(packet.Input.Destination, careOf), error);
        }
        return RuleOutcome.Continue;
    }
}
