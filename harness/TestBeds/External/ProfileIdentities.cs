using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>Reads the patterns by which mobile nodes get their identities.</summary>
internal static class ProfileIdentities
{
    private const string LinkLayerExample = "a link-layer address with {n} for two of its octets, such as \"02:5e:00:00:{n}\"";

    public static string IdentifierPattern(ProfileSection identities)
    {
        const string Allowed = "a Network Access Identifier with {mac} and {kind}, such as \"{mac}@{kind}.example\"";
        var pattern = identities.Text("identifier", Allowed) ?? string.Empty;
        if (pattern.Length > 0 && !pattern.Contains("{mac}", StringComparison.Ordinal))
        {
            identities.Mistake("identifier", $"'{pattern}' is the same for every mobile node: {{mac}} is missing; expected {Allowed}");
        }

        if (pattern.Length > 0 && !pattern.Contains("{kind}", StringComparison.Ordinal))
        {
            identities.Mistake(
                "identifier",
                $"'{pattern}' does not distinguish the kinds of mobile nodes (dynamic, two-prefix, disabled, unknown): "
                    + $"{{kind}} is missing; expected {Allowed}"
            );
        }

        return pattern;
    }

    public static string LinkLayerPattern(ProfileSection identities)
    {
        var pattern = identities.Text("linkLayer", LinkLayerExample) ?? string.Empty;
        if (
            pattern.Length > 0
            && (
                !pattern.Contains("{n}", StringComparison.Ordinal)
                || !MacAddress.TryParse(pattern.Replace("{n}", "00:01", StringComparison.Ordinal), out var first)
                || (first.ToArray()[0] & 1) == 1
            )
        )
        {
            identities.Mistake("linkLayer", $"'{pattern}' does not produce unicast link-layer addresses; expected {LinkLayerExample}");
        }

        return pattern;
    }
}
