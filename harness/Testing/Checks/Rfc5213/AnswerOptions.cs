using Conformance.Testing.Octets;
using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>Forms of checks that many options of an acknowledgement share.</summary>
internal static class AnswerOptions
{
    public static Check<Answer>[] Copied(int type, string present, string copied, string zero)
    {
        var name = MobilityOptionKind.OfType(type).Name;
        var option = $"{Article(name)} {name} option";
        return
        [
            new($"{name} option", present, answer => new(answer.Has(type), option, "none", answer.Given(type))),
            new(
                $"{name} 0",
                zero,
                answer =>
                    answer.Asks(type) || answer.Given(type) is not { } given
                        ? null
                        : new(given.Value == 0, $"{option} with value 0, as the request had none", $"value {given.Value}", given)
            ),
            Both(
                type,
                $"the request's {name}",
                copied,
                (asked, given) => new(given.Value == asked.Value, $"the request's {name} {asked.Value}", $"{given.Value}", given)
            ),
        ];
    }

    public static Check<Answer>[] LinkLayerIdentifier() =>
        [
            .. AsAsked(MobileNodeLinkLayerIdentifierKind.Type, "rfc5213-5.3.6-k19", "rfc5213-5.3.6-k20"),
            Both(
                MobileNodeLinkLayerIdentifierKind.Type,
                "the request's link-layer identifier",
                "rfc5213-5.3.6-k21",
                (asked, given) =>
                    new(
                        given.LinkLayerIdentifier.Span.SequenceEqual(asked.LinkLayerIdentifier.Span),
                        $"the request's identifier {Convert.ToHexStringLower(asked.LinkLayerIdentifier.Span)}",
                        Convert.ToHexStringLower(given.LinkLayerIdentifier.Span),
                        given
                    )
            ),
        ];

    public static Check<Answer>[] AsAsked(int type, string present, string absent)
    {
        var name = MobilityOptionKind.OfType(type).Name;
        return
        [
            new(
                $"{name} option, as asked",
                present,
                answer =>
                    answer.Asks(type)
                        ? new(answer.Has(type), $"{Article(name)} {name} option, as in the request", "none", answer.Given(type))
                        : null
            ),
            new(
                $"no {name} option unasked",
                absent,
                answer =>
                    answer.Asks(type)
                        ? null
                        : new(
                            !answer.Has(type),
                            $"no {name} option, as the request had none",
                            $"{Article(name)} {name} option",
                            answer.Given(type)
                        )
            ),
        ];
    }

    /// <summary>
    /// A check that applies if both the request and the answer have the option. The wrong length of an option is a finding of its own.
    /// </summary>
    public static Check<Answer> Both(
        int type,
        string name,
        string statement,
        Func<Answer, OptionOctets, OptionOctets, CheckResult?> judge
    ) =>
        new(
            name,
            statement,
            answer =>
                answer.Asked(type) is { } asked && answer.Given(type) is { HasWrongLength: false } given
                    ? judge(answer, asked, given)
                    : null
        );

    public static Check<Answer> Both(int type, string name, string statement, Func<OptionOctets, OptionOctets, CheckResult> judge) =>
        Both(type, name, statement, (_, asked, given) => judge(asked, given));

    private static string Article(string name) => name[0] is 'A' ? "an" : "a";
}
