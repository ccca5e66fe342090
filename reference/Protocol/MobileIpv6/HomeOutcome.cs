using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>RFC 5648, Section 6.2: where the statuses of the bindings of a message stand.</summary>
internal static class HomeOutcome
{
    /// <summary>Answers with the status that all bindings have in common, or lets each have its own in its option.</summary>
    public static RuleOutcome Answered(HomeRegistration request)
    {
        var statuses = request.Items.Select(item => item.Status).Distinct().ToList();
        if (request is { HasReplacedPlainBinding: true, Vocabulary.PlainBindingExists: var conflict })
        {
            request.HasOwnStatuses = statuses.Count > 1;
            return request.Answer(conflict);
        }
        if (statuses is [var only])
        {
            return request.Answer(only);
        }

        request.HasOwnStatuses = true;
        return request.Answer(
            request.Succeeding.Any()
                ? request.Vocabulary?.NotComplete ?? BindingStatus.ACCEPTED
                : request.Vocabulary?.NoneComplete ?? BindingStatus.REASON_UNSPECIFIED
        );
    }
}
