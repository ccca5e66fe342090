using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>How a mobile node constructs Binding Updates: RFC 6275, Sections 11.7.1, 11.7.2 and 11.5.5.</summary>
internal static class MobileNodeUpdateRules
{
    public static RuleList<MobileNodeUpdateDraft> HomeAgent { get; } =
        new(
            new("RFC 6275 11.7.1", "SourceAddress", SourceAddress),
            new("RFC 6275 11.7.1", "HomeAddressOption", HomeAddressOption),
            new("RFC 6275 11.5.5", "HomeLink", HomeLink),
            new("RFC 6275 11.7.1", "AcknowledgeRequested", AcknowledgeRequested),
            new("RFC 6275 11.7.1", "HomeRegistration", HomeRegistration),
            new("RFC 6275 11.7.1", "SequenceNumber", SequenceNumber),
            new("RFC 6275 11.7.1", "Lifetime", Lifetime),
            new("RFC 6275 11.7.1", "AlternateCareOfAddress", AlternateCareOfAddress),
            new("RFC 6275 5.1", "Protection", Protection)
        );

    public static RuleList<MobileNodeUpdateDraft> Correspondent { get; } =
        new(
            new("RFC 6275 11.7.2", "SourceAddress", SourceAddress),
            new("RFC 6275 11.7.2", "HomeAddressOption", HomeAddressOption),
            new("RFC 6275 11.7.2", "AcknowledgeRequested", AcknowledgeRequested),
            new("RFC 6275 11.7.2", "SequenceNumber", SequenceNumber),
            new("RFC 6275 11.7.2", "Lifetime", Lifetime),
            new("RFC 6275 11.7.2", "LifetimeOfHomeRegistration", LifetimeOfHomeRegistration),
            new("RFC 6275 5.2.6", "LifetimeOfReturnRoutability", LifetimeOfReturnRoutability),
            new("RFC 6275 5.2.6", "NonceIndices", NonceIndices),
            new("RFC 6275 6.2.7", "Authorization", Authorization)
        );

    /// <summary>
    /// The first care-of address that is registered. A removal comes from the home address at home, otherwise from any address that can be
    /// used.
    /// </summary>
    private static RuleOutcome SourceAddress(MobileNodeUpdateDraft draft)
    {
        draft.Source =
            draft.Node.Attachment == MobileNodeAttachment.Home
                ? draft.Node.Settings.HomeAddress
                : draft.Update.Items.FirstOrDefault(item => item is { CareOf: not null, IsHome: false })?.CareOf?.Address
                    ?? AnyCareOfAddress(draft);
        return draft.Source is null ? RuleOutcome.Stop : RuleOutcome.Continue;
    }

    private static RuleOutcome HomeAddressOption(MobileNodeUpdateDraft draft)
    {
        var home = draft.Node.Settings.HomeAddress;
        draft.HomeAddress = home.Equals(draft.Source) ? null : home;
        return RuleOutcome.Continue;
    }

    /// <summary>The home agent is a neighbour on the home link.</summary>
    private static RuleOutcome HomeLink(MobileNodeUpdateDraft draft)
    {
        draft.Link = draft.HomeAddress is null ? draft.Node.HomeLink?.Link : null;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AcknowledgeRequested(MobileNodeUpdateDraft draft)
    {
        draft.Flags |= BindingUpdateFlags.Acknowledge;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HomeRegistration(MobileNodeUpdateDraft draft)
    {
        draft.Flags |= BindingUpdateFlags.HomeRegistration;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SequenceNumber(MobileNodeUpdateDraft draft)
    {
        draft.SequenceNumber = ++draft.Peer.SequenceNumber;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Lifetime(MobileNodeUpdateDraft draft)
    {
        draft.LifetimeUnits = draft.Update.IsRemoval ? (ushort)0 : LifetimeField.Units(draft.Node.Settings.Lifetime);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AlternateCareOfAddress(MobileNodeUpdateDraft draft)
    {
        if (draft.Source is { } source)
        {
            draft.Options.Add(new AlternateCareOfAddressOption(source));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Protection(MobileNodeUpdateDraft draft)
    {
        draft.ProtectedFor = draft.Node.Settings.ProtectionRequired ? draft.Peer.Address : null;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LifetimeOfHomeRegistration(MobileNodeUpdateDraft draft)
    {
        var binding = draft.Node.HomeAgent.Acknowledged.FirstOrDefault(binding => Equals(binding.Registered, CareOf(draft)?.Address));
        if (!draft.Update.IsRemoval && binding?.EndsAt is { } end)
        {
            var rest = Math.Max(LifetimeField.Units(end - draft.Now), (ushort)1);
            draft.LifetimeUnits = Math.Min(draft.LifetimeUnits, rest);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LifetimeOfReturnRoutability(MobileNodeUpdateDraft draft)
    {
        var longest = LifetimeField.Units(MobileNodeSettings.MaximumReturnRoutabilityBindingLifetime);
        draft.LifetimeUnits = Math.Min(draft.LifetimeUnits, longest);
        return RuleOutcome.Continue;
    }

    /// <summary>In a removal the care-of nonce index is zero.</summary>
    private static RuleOutcome NonceIndices(MobileNodeUpdateDraft draft)
    {
        var careOf = CareOf(draft) is { } address ? draft.Peer.CareOfTestOf(address).NonceIndex : (ushort)0;
        draft.Options.Add(new NonceIndicesOption(draft.Peer.HomeTest?.NonceIndex ?? 0, careOf));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Authorization(MobileNodeUpdateDraft draft)
    {
        if (draft.Peer.HomeTest?.Token is not { } home)
        {
            return RuleOutcome.Stop;
        }
        if (CareOf(draft) is not { } careOf)
        {
            (draft.Key, draft.AuthorizedAddress) = (BindingManagementKey.ForDeletion(home), draft.Node.Settings.HomeAddress);
        }
        else if (draft.Peer.CareOfTestOf(careOf).Token is { } token)
        {
            (draft.Key, draft.AuthorizedAddress) = (BindingManagementKey.ForRegistration(home, token), careOf.Address);
        }
        return RuleOutcome.Continue;
    }

    private static CareOfAddress? CareOf(MobileNodeUpdateDraft draft) =>
        draft.Update.Items.Select(item => item.CareOf).FirstOrDefault(careOf => careOf is not null);

    /// <summary>One that the home agent knows, if there is one.</summary>
    private static IPAddress? AnyCareOfAddress(MobileNodeUpdateDraft draft)
    {
        var usable = draft.Node.CareOf.Usable.Select(careOf => careOf.Address).ToList();
        return usable.Find(address => draft.Node.HomeAgent.Acknowledged.Any(binding => address.Equals(binding.Registered)))
            ?? usable.FirstOrDefault();
    }
}
