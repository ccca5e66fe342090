using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The Binding Identifier options of Binding Updates: RFC 5648, Sections 5.1 to 5.6, and draft -04, Sections 5.3 to 5.5.</summary>
internal static class MobileNodeMcoaUpdateRules
{
    public static RuleOutcome Overwrite(MobileNodeUpdateDraft draft)
    {
        draft.Overwrites = draft.Peer.Overwrites && draft.Update is { HasBindingIds: true, IsRemoval: false };
        return RuleOutcome.Continue;
    }

    /// <summary>A home binding of the draft is added by a message of its own.</summary>
    public static RuleOutcome OverwriteForeign(MobileNodeUpdateDraft draft) =>
        draft.Update.Items.Any(item => item.IsHome) ? RuleOutcome.Continue : Overwrite(draft);

    public static RuleOutcome OverwriteFlag(MobileNodeUpdateDraft draft)
    {
        if (draft.Overwrites)
        {
            draft.Flags |= BindingUpdateFlags.BulkOverwrite;
        }
        return RuleOutcome.Continue;
    }

    public static RuleOutcome BindingIdentifiers(MobileNodeUpdateDraft draft)
    {
        foreach (var item in draft.Update.Items)
        {
            if (draft.Node.Rules.Mcoa is { } vocabulary && item.Binding.BindingId is { } bid)
            {
                var identity = new BindingIdentity(bid)
                {
                    CareOf = item.CareOf is { } careOf && draft.Node.Rules.NamesCareOfAddress(draft, item) ? careOf.Address : null,
                    Home = item.IsHome,
                    Overwrite = draft.Overwrites,
                };
                draft.Options.Add(vocabulary.Register(identity));
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>RFC 5648, Sections 5.1 and 5.6.3: a care-of address that the peer does not have yet, and the home address always.</summary>
    public static bool NamesNewCareOfAddress(MobileNodeUpdateDraft draft, MobileNodeUpdateItem item) =>
        item.IsHome || item.Binding is { NeedsCareOfAddress: true } or { IsRegistered: false };

    /// <summary>Draft -04, Section 4.2.1: C is for the home agent, which has the home address already.</summary>
    public static bool NamesToHomeAgent(MobileNodeUpdateDraft draft, MobileNodeUpdateItem item) => draft.Peer.IsHomeAgent && !item.IsHome;

    /// <summary>Draft -04, Section 5.5: the binding of the interface is de-registered, with the H flag.</summary>
    public static RuleOutcome HomeBindingLifetime(MobileNodeUpdateDraft draft)
    {
        if (draft.Update.Items.Any(item => item.IsHome))
        {
            draft.LifetimeUnits = 0;
        }
        return RuleOutcome.Continue;
    }

    public static RuleOutcome LinkLayerAddress(MobileNodeUpdateDraft draft)
    {
        if (
            draft.Update.Items.FirstOrDefault(item => item.IsHome)?.CareOf is { } home
            && draft.Node.Settings.LinkLayerAddresses.TryGetValue(home.Link, out var address)
        )
        {
            draft.Options.Add(
                new MobilityHeaderLinkLayerAddressOption(
                    MobilityHeaderLinkLayerAddressOption.MobileNodeCode,
                    new OctetString(address.ToArray())
                )
            );
        }
        return RuleOutcome.Continue;
    }
}
