using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>Requests to cache a binding, RFC 6275, Section 9.5.2, after the tests of <see cref="CorrespondentUpdateRules"/>.</summary>
internal static class CorrespondentCachingRules
{
    public static RuleList<CorrespondentRegistration> Default { get; } =
        new(
            new("RFC 6275 9.5.2", "BindingsCached", BindingsCached),
            new("RFC 6275 9.5.1", "CareOfAddressOfUpdate", CareOfAddressOfUpdate),
            new("RFC 6275 6.1.8", "AwayFromHome", AwayFromHome),
            new("RFC 6275 5.2.6, 9.5.2", "LifetimeGranted", LifetimeGranted),
            new("RFC 6275 9.5.2", "EntryCached", EntryCached),
            new("RFC 5648 3", "PathPreferred", PathPreferred),
            new("RFC 6275 9.5.2", "RegistrationAccepted", request => request.Answer(BindingStatus.ACCEPTED))
        );

    private static RuleOutcome BindingsCached(CorrespondentRegistration request) =>
        request.Node.Settings.AcceptsBindings ? RuleOutcome.Continue : request.Answer(BindingStatus.ADMINISTRATIVELY_PROHIBITED);

    private static RuleOutcome CareOfAddressOfUpdate(CorrespondentRegistration request)
    {
        foreach (var item in request.Items)
        {
            item.CareOf ??= request.CareOf;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Who is at home has no binding.</summary>
    private static RuleOutcome AwayFromHome(CorrespondentRegistration request) =>
        request.Items.Any(item => request.Home.Equals(item.CareOf))
            ? request.Answer(BindingStatus.INVALID_CARE_OF_ADDRESS)
            : RuleOutcome.Continue;

    private static RuleOutcome LifetimeGranted(CorrespondentRegistration request)
    {
        request.GrantedLifetimeUnits = Math.Min(request.Update.LifetimeUnits, LifetimeField.Units(request.Node.Settings.MaximumLifetime));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome EntryCached(CorrespondentRegistration request)
    {
        var (node, now) = (request.Node, request.Now.Monotonic);
        foreach (var item in request.Items)
        {
            var end = now + LifetimeField.Unit * request.GrantedLifetimeUnits;
            node.Put(new MobileBinding(item.Key, item.CareOf ?? request.CareOf, request.Update.SequenceNumber, end), now);
            node.SequenceNumbers.Accept(item.Key, request.Update.SequenceNumber);
        }

        node.NonceUses.Prune(index => node.Recognized(index, now) is not null);
        if (request.NonceUse is { } use)
        {
            node.NonceUses.Record(use, request.Update.SequenceNumber);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Until it is heard elsewhere, the mobile node is where its last signal came from.</summary>
    private static RuleOutcome PathPreferred(CorrespondentRegistration request)
    {
        foreach (var item in request.Items)
        {
            request.Node.Actions.Add(new RoleAction.PreferPath(request.Home, item.CareOf ?? request.CareOf));
        }
        return RuleOutcome.Continue;
    }
}
