using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// What a correspondent node with several care-of addresses does besides: RFC 5648 and draft-ietf-monami6-multiplecoa-04. The steps that it
/// shares with a home agent are in <see cref="McoaRules"/>.
/// </summary>
internal static class CorrespondentMcoaRules
{
    /// <summary>Adds the rules of an edition to those of Mobile IPv6.</summary>
    public static Func<CorrespondentNodeRules, CorrespondentNodeRules> Of(McoaEdition edition) =>
        edition switch
        {
            McoaEdition.Rfc5648 => WithRfc5648,
            McoaEdition.Draft04 => WithDraft04,
            _ => rules => rules,
        };

    private static CorrespondentNodeRules WithRfc5648(CorrespondentNodeRules rules) =>
        rules with
        {
            Mcoa = McoaVocabulary.Rfc5648,
            CareOfAddress = CareOfAddressOfRfc5648,
            BindingIdentifiers = Steps(McoaEdition.Rfc5648, "RFC 5648 6.2 b3"),
            CareOfTest = WithRule(rules.CareOfTest, new("RFC 5648 4.3", "BindingIdentifierReturned", BindingIdentifierReturned)),
            Caching = WithOthersRemoved(rules.Caching, "RFC 5648 6.2"),
            Acknowledgement = WithIdentifiers(rules.Acknowledgement, "RFC 5648 6.2"),
            RefreshRequest = WithIdentifier(rules.RefreshRequest, "RFC 5648 6.4"),
        };

    /// <summary>Each binding has Sequence Numbers of its own (Section 5.4).</summary>
    private static CorrespondentNodeRules WithDraft04(CorrespondentNodeRules rules) =>
        rules with
        {
            Mcoa = McoaVocabulary.Draft04,
            CareOfAddress = CareOfAddressOfDraft04,
            SequenceScope = SequenceWindow.OfBinding,
            BindingIdentifiers = Steps(McoaEdition.Draft04, "draft 04 6.3 b4"),
            CareOfTest = WithRule(
                WithRule(rules.CareOfTest, new("draft 04 6.2 b2", "NoTokenForFlags", NoTokenForFlags)),
                new("draft 04 6.2 b3, b4", "BindingIdentifierReturned", BindingIdentifierReturned)
            ),
            Caching = WithOthersRemoved(rules.Caching, "draft 04 6.3")
                .InsertingBefore("RegistrationAccepted", new("draft 04 6.3 b9.b2", "BindingWithoutBindingIdRemoved", PlainBindingRemoved)),
            Acknowledgement = WithIdentifiers(rules.Acknowledgement, "draft 04 6.3"),
            RefreshRequest = WithIdentifier(rules.RefreshRequest, "draft 04 6.4"),
        };

    /// <summary>A correspondent node refuses several options, and has the result of one in the status of the answer.</summary>
    private static RuleList<CorrespondentRegistration> Steps(McoaEdition edition, string bulk) =>
        new([
            .. McoaRules
                .Of<CorrespondentRegistration>(edition)
                .InsertingBefore("RemovedBindingKnown", new(bulk, "OneBindingIdentifier", OneBindingIdentifier)),
            new(bulk, "RefusedOptionAnswered", RefusedOptionAnswered),
        ]);

    private static RuleList<ReturnRoutabilityTest> WithRule(RuleList<ReturnRoutabilityTest> rules, NamedRule<ReturnRoutabilityTest> rule) =>
        new([.. rules, rule]);

    private static RuleList<CorrespondentRegistration> WithOthersRemoved(RuleList<CorrespondentRegistration> rules, string section) =>
        rules.InsertingBefore("PathPreferred", new(section, "OtherBindingsReplaced", OtherBindingsReplaced));

    private static RuleList<CorrespondentAcknowledgement> WithIdentifiers(RuleList<CorrespondentAcknowledgement> rules, string section) =>
        rules.InsertingBefore("Authorization", new(section, "BindingIdentifiersReturned", BindingIdentifiersReturned));

    private static RuleList<RefreshRequestDraft> WithIdentifier(RuleList<RefreshRequestDraft> rules, string section) =>
        rules.InsertingBefore("RefreshRequestSent", new(section, "BindingIdentifierIncluded", BindingIdentifierIncluded));

    /// <summary>
    /// RFC 5648, Section 6.2: the address in the option, without one that of the binding. An Alternate Care-of Address option counts only
    /// in a message without BID. The address of an option that cannot be registered is not proved by a token.
    /// </summary>
    private static IPAddress CareOfAddressOfRfc5648(CorrespondentRegistration request)
    {
        if (!request.HasIdentities)
        {
            return request.CareOf;
        }

        var item = request.Items[0];
        return item.Identity?.CareOf is { } careOf
            ? (McoaRules.IsRoutable(careOf) ? careOf : request.Signal.Source)
            : request.Bindings.Find(item.Key)?.CareOf ?? request.Signal.Source;
    }

    /// <summary>Draft -04, Section 6.3: the address in the option, otherwise that of the message.</summary>
    private static IPAddress CareOfAddressOfDraft04(CorrespondentRegistration request) =>
        request.Items[0].Identity?.CareOf is { } careOf && McoaRules.IsRoutable(careOf) ? careOf : request.CareOf;

    private static RuleOutcome OneBindingIdentifier(CorrespondentRegistration request) =>
        request is { Items.Count: > 1, Vocabulary.BulkProhibited: var status } ? request.Answer(status) : RuleOutcome.Continue;

    private static RuleOutcome RefusedOptionAnswered(CorrespondentRegistration request) =>
        request.Items.FirstOrDefault(item => item.HasFailed) is { Status: var status } ? request.Answer(status) : RuleOutcome.Continue;

    /// <summary>A registration without BID, and one with the O flag, leave nothing else.</summary>
    private static RuleOutcome OtherBindingsReplaced(CorrespondentRegistration request)
    {
        if (!request.HasIdentities || request.Overwrites)
        {
            foreach (var other in Others(request))
            {
                request.Node.Remove(other.Key);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A binding without BID makes way for one with a BID; the status tells the mobile node that it was there.</summary>
    private static RuleOutcome PlainBindingRemoved(CorrespondentRegistration request) =>
        request is { HasIdentities: true, Vocabulary.PlainBindingExists: var status }
        && request.Node.Remove(new BindingKey(request.Home, BindingId: null))
            ? request.Answer(status)
            : RuleOutcome.Continue;

    private static RuleOutcome BindingIdentifiersReturned(CorrespondentAcknowledgement draft)
    {
        if (draft.Request is { HasIdentities: true, Vocabulary: { } vocabulary })
        {
            draft.Options.AddRange(
                draft
                    .Request.Items.Select(item => item.Identity)
                    .OfType<BindingIdentity>()
                    .Select(identity => vocabulary.Answer(identity, 0))
            );
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome BindingIdentifierIncluded(RefreshRequestDraft draft)
    {
        if (draft is { Binding.Key.BindingId: { } bid, Node.Rules.Mcoa: { } vocabulary })
        {
            draft.Options.Add(vocabulary.Answer(new BindingIdentity(bid), 0));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The field of the token cannot be left out.</summary>
    private static RuleOutcome NoTokenForFlags(ReturnRoutabilityTest test)
    {
        if (test.Identities.Any(IsRefused))
        {
            test.KeygenToken = 0;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome BindingIdentifierReturned(ReturnRoutabilityTest test)
    {
        if (test.Node.Rules.Mcoa is { } vocabulary)
        {
            test.Options.AddRange(
                test.Identities.Select(identity => vocabulary.Answer(identity, IsRefused(identity) ? vocabulary.Malformed : 0))
            );
        }
        return RuleOutcome.Continue;
    }

    private static bool IsRefused(BindingIdentity identity) =>
        !identity.HasRightLength || identity.Overwrite || identity.CareOf is not null;

    private static IEnumerable<MobileBinding> Others(CorrespondentRegistration request) =>
        request.Bindings.Of(request.Home).Where(binding => request.Items.All(item => item.Key != binding.Key));
}
