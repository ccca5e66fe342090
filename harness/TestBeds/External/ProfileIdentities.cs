using System.Globalization;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>Reads the patterns by which mobile nodes get their identities.</summary>
internal static class ProfileIdentities
{
    private const string KindsKey = "kinds";
    private const string NumberPlaceholder = "{n}";
    private const string Ordinary = "dynamic",
        Several = "two-prefix";
    private const string PrefixExample = "\"2001:db8:8000:{n}::/64\"";

    private static readonly string[] _ofIpv4 =
    [
        Ixit.DualKind,
        Ixit.Ipv4OnlyKind,
        Ixit.Ipv6OnlyKind,
        Ixit.FixedIpv4Kind,
        Ixit.TwoIpv4Kind,
        Ixit.OverIpv6Kind,
    ];

    private const string LinkLayerExample = "a link-layer address with {n} for two of its octets, such as \"02:5e:00:00:{n}\"";

    public static string IdentifierPattern(ProfileSection identities, IReadOnlyList<string> kinds)
    {
        const string Allowed = "a Network Access Identifier with {mac} or {n}, and {kind}, such as \"{mac}@{kind}.example\"";
        var pattern = identities.Text("identifier", Allowed) ?? string.Empty;
        if (
            pattern.Length > 0
            && !pattern.Contains("{mac}", StringComparison.Ordinal)
            && !pattern.Contains(NumberPlaceholder, StringComparison.Ordinal)
        )
        {
            identities.Mistake(
                "identifier",
                $"'{pattern}' is the same for every mobile node: {{mac}} or {{n}} is missing; expected {Allowed}"
            );
        }

        if (pattern.Length > 0 && kinds.Count > 1 && !pattern.Contains("{kind}", StringComparison.Ordinal))
        {
            identities.Mistake(
                "identifier",
                $"'{pattern}' does not distinguish the kinds of mobile nodes ({string.Join(", ", kinds)}): "
                    + $"{{kind}} is missing; expected {Allowed}"
            );
        }

        return pattern;
    }

    /// <summary>The kinds of mobile nodes that the device is provisioned for.</summary>
    /// <param name="hasFixedPrefix">True if the profile names the prefix of the mobile nodes of the kind fixed-prefix.</param>
    /// <param name="ipv4">The IPv4 home network; null if the profile has none.</param>
    public static IReadOnlyList<string> Kinds(ProfileSection identities, bool hasFixedPrefix, Ipv4HomeNetwork? ipv4 = null)
    {
        if (!identities.Has(KindsKey))
        {
            return
            [
                .. Ixit.UsualKinds,
                .. hasFixedPrefix ? [Ixit.FixedPrefixKind] : (string[])[],
                .. ipv4 is null ? [] : (string[])[Ixit.DualKind, Ixit.Ipv4OnlyKind, Ixit.Ipv6OnlyKind],
                .. ipv4?.Fixed is null ? [] : (string[])[Ixit.FixedIpv4Kind],
            ];
        }

        var kinds = identities.Texts(KindsKey, $"kinds of mobile nodes, out of {string.Join(", ", Ixit.AllKinds)}");
        foreach (var kind in kinds.Where(kind => !Ixit.AllKinds.Contains(kind)))
        {
            identities.Mistake(KindsKey, ProfileSection.Unknown("kind of mobile node", kind, Ixit.AllKinds));
        }

        if (kinds.Contains(Ixit.FixedPrefixKind) && !hasFixedPrefix)
        {
            identities.Mistake(KindsKey, $"{Ixit.FixedPrefixKind} mobile nodes need the prefix that they may use in 'prefixes.fixed'");
        }

        if (kinds.FirstOrDefault(kind => ipv4 is null && _ofIpv4.Contains(kind)) is { } served)
        {
            identities.Mistake(KindsKey, $"{served} mobile nodes need the IPv4 home network in 'ipv4'");
        }

        if (kinds.Contains(Ixit.FixedIpv4Kind) && ipv4 is { Fixed: null })
        {
            identities.Mistake(KindsKey, $"{Ixit.FixedIpv4Kind} mobile nodes need the address that they may use in 'ipv4.fixed'");
        }

        if (!kinds.Contains(Ordinary))
        {
            identities.Mistake(KindsKey, $"the device must serve mobile nodes of the kind '{Ordinary}': every scenario needs them");
        }

        return kinds;
    }

    /// <summary>The patterns of the prefixes that the device is provisioned with for each mobile node.</summary>
    /// <param name="count">The number of mobile nodes.</param>
    /// <param name="ofTwoPrefixNode">The number of prefixes of a two-prefix node.</param>
    public static IReadOnlyList<string> Prefixes(
        ProfileSection identities,
        IReadOnlyList<string> kinds,
        Ipv6Prefix? owned,
        int count,
        int ofTwoPrefixNode
    )
    {
        const string Key = "prefixes";
        var patterns = Patterns(identities, Key, owned, count);
        if (patterns.Count > 0 && kinds.Contains(Several) && patterns.Count < ofTwoPrefixNode)
        {
            identities.Mistake(
                Key,
                $"a {Several} mobile node needs {ofTwoPrefixNode} patterns; add one, or leave {Several} out of 'identities.kinds'"
            );
        }

        return patterns;
    }

    /// <summary>The patterns of the prefixes in the profile of each static mobile node.</summary>
    /// <param name="count">The number of mobile nodes.</param>
    public static IReadOnlyList<string> StaticPrefixes(ProfileSection identities, IReadOnlyList<string> kinds, Ipv6Prefix? owned, int count)
    {
        const string Key = "staticPrefixes";
        var patterns = Patterns(identities, Key, owned, count);
        if (kinds.Contains(Ixit.StaticKind) && patterns.Count == 0)
        {
            identities.Mistake(
                KindsKey,
                $"a {Ixit.StaticKind} mobile node needs the prefixes of its profile in 'identities.{Key}', such as {PrefixExample}"
            );
        }

        return patterns;
    }

    /// <summary>The patterns of a key, none if it is not there.</summary>
    private static IReadOnlyList<string> Patterns(ProfileSection identities, string key, Ipv6Prefix? owned, int count)
    {
        if (!identities.Has(key))
        {
            return [];
        }

        var patterns = identities.Texts(key, $"prefix patterns, such as {PrefixExample}");
        foreach (var pattern in patterns)
        {
            if (Parse(pattern, 1) is not { } first || Parse(pattern, count) is not { } last || first == last)
            {
                identities.Mistake(
                    key,
                    $"'{pattern}' does not produce a prefix for every mobile node; expected {{n}}, the number of the node in hexadecimal "
                        + $"digits, in a prefix such as {PrefixExample}"
                );
            }
            else if (owned is { } own && (!own.Contains(first) || !own.Contains(last)))
            {
                identities.Mistake(key, $"{first} to {last} are not part of {own}, the prefix in 'prefixes.owned'");
            }
        }

        return patterns;
    }

    private static Ipv6Prefix? Parse(string pattern, int number) =>
        Ipv6Prefix.TryParse(
            pattern.Replace(NumberPlaceholder, number.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal),
            out var prefix
        )
            ? prefix
            : null;

    /// <summary>The mobile node with several interfaces; null if the device is provisioned for none.</summary>
    public static MultihomedNode? Multihomed(ProfileSection identities)
    {
        const string Key = "multihomed",
            LinkLayers = "linkLayers",
            Expected = "the unicast link-layer addresses of two interfaces or more";
        if (!identities.Has(Key))
        {
            return null;
        }

        var section = identities.Section(Key, ProfileKeys.Multihomed);
        var identifier = section.Text("identifier", "the MN-Identifier of a mobile node with several interfaces") ?? string.Empty;
        var texts = section.Texts(LinkLayers, Expected);
        var addresses = texts.Select(text => MacAddress.TryParse(text, out var address) ? (MacAddress?)address : null).ToList();
        if (addresses.Exists(address => address is null or { IsMulticast: true }) || addresses.Distinct().Count() < 2)
        {
            section.Mistake(LinkLayers, $"'{string.Join(", ", texts)}' is not {Expected}");
        }

        return new MultihomedNode(identifier, [.. addresses.OfType<MacAddress>()])
        {
            StaticPrefix = section.Prefix("staticPrefix", longest: 64, required: false),
        };
    }

    public static string LinkLayerPattern(ProfileSection identities, IReadOnlyList<string> kinds)
    {
        var pattern = identities.Text("linkLayer", LinkLayerExample) ?? string.Empty;
        if (
            pattern.Length > 0
            && (
                !pattern.Contains("{n}", StringComparison.Ordinal)
                || !MacAddress.TryParse(
                    pattern.Replace("{n}", "00:01", StringComparison.Ordinal).Replace("{kind}", "00", StringComparison.Ordinal),
                    out var first
                )
                || (first.ToArray()[0] & 1) == 1
            )
        )
        {
            identities.Mistake("linkLayer", $"'{pattern}' does not produce unicast link-layer addresses; expected {LinkLayerExample}");
        }

        if (kinds.Contains(Ixit.TemporaryKind) && !pattern.Contains("{kind}", StringComparison.Ordinal))
        {
            identities.Mistake(
                KindsKey,
                $"a {Ixit.TemporaryKind} mobile node changes its link-layer address: {{kind}} is missing in 'identities.linkLayer'"
            );
        }

        return pattern;
    }
}
