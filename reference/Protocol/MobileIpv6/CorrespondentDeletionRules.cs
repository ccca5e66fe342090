using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>Requests to delete a binding, RFC 6275, Section 9.5.3, after the tests of <see cref="CorrespondentUpdateRules"/>.</summary>
internal static class CorrespondentDeletionRules
{
    public static RuleList<CorrespondentRegistration> Default { get; } =
        new(
            new("RFC 6275 9.5.3", "NoncesSpent", NoncesSpent),
            new("RFC 6275 9.5.3", "BindingDeleted", BindingDeleted),
            new("RFC 6275 9.5.3", "DeletionAccepted", request => request.Answer(BindingStatus.ACCEPTED))
        );

    /// <summary>The next test has another nonce, so that the mobile node can come back at once.</summary>
    private static RuleOutcome NoncesSpent(CorrespondentRegistration request)
    {
        foreach (var binding in Named(request))
        {
            request.Node.NonceUses.Spend(request.Home, binding.CareOf);
            request.Node.Nonces.Renew();
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome BindingDeleted(CorrespondentRegistration request)
    {
        foreach (var binding in Named(request))
        {
            request.Node.Remove(binding.Key);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The bindings with a BID of the message, or all if it has none.</summary>
    private static IEnumerable<MobileBinding> Named(CorrespondentRegistration request) =>
        request.Bindings.Of(request.Home).Where(binding => !request.HasIdentities || request.Items.Any(item => item.Key == binding.Key));
}
