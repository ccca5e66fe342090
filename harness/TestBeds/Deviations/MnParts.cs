using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Parts of which deviating and unusual mobile nodes are made.</summary>
internal static class MnParts
{
    /// <summary>A mobile node with any change.</summary>
    public static Deviation Any(string name, string description, string statement, Func<Implementation, Implementation> change) =>
        Deviation.Of(name, description, statement, change) with
        {
            Roles = ["MN"],
        };

    /// <summary>A mobile node with other rules.</summary>
    public static Deviation Rules(string name, string description, string statement, Func<MobileNodeRules, MobileNodeRules> change) =>
        Any(name, description, statement, mn => mn with { Changes = Changes.To(change) });

    /// <summary>A mobile node that asks its host for other actions.</summary>
    public static Deviation Acting(string name, string description, string statement, Func<RoleAction, IEnumerable<RoleAction>> change) =>
        Any(name, description, statement, mn => mn with { Around = (_, create) => new ActingRole(create(), change) });

    /// <summary>A mobile node whose updates to the home agent are edited when they are complete.</summary>
    public static Deviation ToHomeAgent(string name, string description, string statement, Action<MobileNodeUpdateDraft> edit) =>
        Rules(name, description, statement, rules => rules with { HomeAgentUpdate = rules.HomeAgentUpdate.Last(edit) });

    /// <summary>A mobile node whose updates to correspondent nodes are edited before their authenticator is made.</summary>
    public static Deviation ToCorrespondent(string name, string description, string statement, Action<MobileNodeUpdateDraft> edit) =>
        Rules(
            name,
            description,
            statement,
            rules => rules with { CorrespondentUpdate = rules.CorrespondentUpdate.Ahead("Authorization", edit) }
        );

    /// <summary>A mobile node that takes acknowledgements by other rules.</summary>
    public static Deviation Checks(
        string name,
        string description,
        string statement,
        Func<RuleList<MobileNodeAcknowledgement>, RuleList<MobileNodeAcknowledgement>> change
    ) => Rules(name, description, statement, rules => rules with { Acknowledgement = change(rules.Acknowledgement) });

    /// <summary>A mobile node that takes statuses by other rules.</summary>
    public static Deviation Statuses(
        string name,
        string description,
        string statement,
        Func<RuleList<MobileNodeOutcome>, RuleList<MobileNodeOutcome>> change
    ) => Rules(name, description, statement, rules => rules with { Outcome = change(rules.Outcome) });

    /// <summary>Changes the Binding Identifier options of a message, of either edition.</summary>
    public static void EditIdentities(this MobileNodeUpdateDraft draft, Func<BindingIdentityOption, MobilityOption> edit) =>
        draft.Options.EditIdentities(edit);

    /// <summary>Changes the Binding Identifier options in a list, of either edition.</summary>
    public static void EditIdentities(this List<MobilityOption> options, Func<BindingIdentityOption, MobilityOption> edit)
    {
        for (var at = 0; at < options.Count; at++)
        {
            options[at] = options[at] is BindingIdentityOption option ? edit(option) : options[at];
        }
    }

    /// <summary>The option with H set.</summary>
    public static MobilityOption AtHome(BindingIdentityOption option) =>
        option switch
        {
            BindingIdentifierOption known => known with { SimultaneousHomeAndForeign = true },
            BindingUniqueIdentifierOption known => known with { HomeBinding = true },
            _ => option,
        };

    /// <summary>The option of the draft with O set; that of RFC 5648 has no such flag.</summary>
    public static MobilityOption Overwriting(BindingIdentityOption option) =>
        option is BindingUniqueIdentifierOption known ? known with { Overwrite = true } : option;

    /// <summary>A rule that authorizes an update by tokens that no correspondent node has given.</summary>
    public static RuleOutcome Guess(MobileNodeUpdateDraft draft)
    {
        (draft.Key, draft.AuthorizedAddress) = (BindingManagementKey.ForRegistration(1, 2), draft.Source);
        return RuleOutcome.Continue;
    }

    /// <summary>The registration of several bindings, or the removal.</summary>
    public static bool IsBulk(this MobileNodeUpdateDraft draft) => draft.Update.Items.Count > 1;

    /// <summary>A rule that ends its list.</summary>
    public static RuleOutcome Stop<T>(T context) => RuleOutcome.Stop;

    /// <summary>A rule that does nothing.</summary>
    public static RuleOutcome Skip<T>(T context) => RuleOutcome.Continue;
}
