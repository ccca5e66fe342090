using System.Globalization;
using System.Text.Json.Nodes;
using Conformance.Testing.Domains;

namespace Conformance.TestBeds.External;

/// <summary>How the answer to a question becomes a value of a profile.</summary>
public enum AnswerKind
{
    Text,
    Number,

    /// <summary>Names, separated by commas.</summary>
    List,

    /// <summary>The name of an interface, and of a VLAN after a space.</summary>
    Port,
}

/// <summary>A question for a value of a profile.</summary>
/// <param name="Path">The keys down to the value.</param>
/// <param name="Default">What an empty answer means; null if the value is left out then.</param>
public sealed record ProfileQuestion(IReadOnlyList<string> Path, string Text, string? Default = null, AnswerKind Kind = AnswerKind.Text)
{
    private static readonly IReadOnlyDictionary<string, string> _ofProxy = new Dictionary<string, string>
    {
        ["LMA1"] = "2001:db8:100::1",
        ["LMA1-home"] = "2001:db8:200::1",
        ["MAG1"] = "2001:db8:100::a1",
        ["MAG2"] = "2001:db8:100::a2",
        ["MAG3"] = "2001:db8:100::a3",
        ["CN1"] = "2001:db8:200::c1",
    };

    /// <summary>What a mobile node has elsewhere: a correspondent node that is not on the home link.</summary>
    private static readonly Dictionary<string, string> _ofMobileNode = new() { ["CN1"] = "2001:db8:300::c1" };

    private static readonly IReadOnlyDictionary<string, string> _ofMobility = new Dictionary<string, string>
    {
        ["HA1"] = "2001:db8:200::1",
        ["HA1-core"] = "2001:db8:100::1",
        ["CN1"] = "2001:db8:100::c1",
        ["CN2"] = "2001:db8:200::c2",
        ["core router"] = "2001:db8:100::ff",
        ["R1"] = "2001:db8:101::ff",
        ["R2"] = "2001:db8:102::ff",
        ["R3"] = "2001:db8:103::ff",
    };

    /// <summary>The path as the reader of profiles writes it.</summary>
    public string Key => string.Join('.', Path);

    /// <summary>The questions about the network and the mobile nodes of a device, in their order.</summary>
    public static IReadOnlyList<ProfileQuestion> Of(NodeRole role) =>
        [.. Ports(role), .. Addresses(role), .. Identities(role), .. Prefixes(role), .. Agreements(role), .. Waits()];

    /// <summary>The value of an answer that is not empty.</summary>
    public JsonNode ValueOf(string answer)
    {
        switch (Kind)
        {
            case AnswerKind.Number:
                return int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : answer;
            case AnswerKind.List:
                return new JsonArray([.. Split(answer, ',').Select(name => (JsonNode)name)]);
            case AnswerKind.Port:
                var words = Split(answer, ' ');
                var port = new JsonObject { ["interface"] = words.Length > 2 ? answer : words[0] };
                if (words is [_, var vlan])
                {
                    port["vlan"] = int.TryParse(vlan, NumberStyles.None, CultureInfo.InvariantCulture, out var tag) ? tag : vlan;
                }

                return port;
            default:
                return answer;
        }
    }

    private static string[] Split(string answer, char separator) =>
        answer.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<ProfileQuestion> Ports(NodeRole role) =>
        ProfileKeys
            .PortsByRole[role]
            .Select(
                (port, index) =>
                {
                    var isOptional = ProfileKeys.OptionalPorts.GetValueOrDefault(role)?.Contains(port) == true;
                    return new ProfileQuestion(
                        ["ports", port],
                        $"Interface of this machine for the port {port}, with the number of a VLAN after a space"
                            + (isOptional ? "; empty if there is none" : string.Empty),
                        isOptional ? null : $"eth{index + 1}",
                        AnswerKind.Port
                    );
                }
            );

    private static IEnumerable<ProfileQuestion> Addresses(NodeRole role) =>
        ProfileKeys
            .AddressKeysOf(role)
            .Where(key => key.RequiredBy.Contains(role))
            .Select(key => new ProfileQuestion(
                ["addresses", key.Name],
                $"Address of {key.Name} on the link {key.Link}{(key.Role == role ? ", which the device has" : string.Empty)}",
                role == NodeRole.Mn && _ofMobileNode.TryGetValue(key.Name, out var own)
                    ? own
                    : (ProfileKeys.IsMobility(role) ? _ofMobility : _ofProxy)[key.Name]
            ));

    private static IEnumerable<ProfileQuestion> Identities(NodeRole role)
    {
        if (!ProfileKeys.IsMobility(role))
        {
            yield return new(["identities", "identifier"], "Pattern of the MN-Identifiers", "{mac}@{kind}.pmip.example");
        }
        else if (role == NodeRole.Mn)
        {
            yield return new(["identities", "homeAddress"], "Home address of the device", "2001:db8:200::5e00:1");
            yield break;
        }
        else
        {
            yield return new(["identities", "homeAddress"], "Pattern of the home addresses", "2001:db8:200::5e00:{n}");
            yield return new(["identities", "careOfAddress"], "Pattern of the care-of addresses", "2001:db8:100::5e{k}:{n}");
        }

        yield return new(["identities", "linkLayer"], "Pattern of the link-layer addresses of mobile nodes", "02:5e:00:00:{n}");
        yield return new(["identities", "count"], "Number of mobile nodes that the device is set up for", "500", AnswerKind.Number);
    }

    private static IEnumerable<ProfileQuestion> Prefixes(NodeRole role)
    {
        if (ProfileKeys.IsMobility(role))
        {
            yield return new(["prefixes", "home"], "Prefix of the home link", "2001:db8:200::/64");
        }
        else
        {
            yield return new(["prefixes", "owned"], "Prefix from which home network prefixes are assigned", "2001:db8:8000::/48");
            yield return new(["prefixes", "unassigned"], "A prefix of it that no mobile node is assigned; empty if there is none");
        }

        yield return new(["prefixes", "foreign"], "A prefix that the device does not own", "2001:db8:dead::/64");
    }

    private static IEnumerable<ProfileQuestion> Agreements(NodeRole role)
    {
        if (role == NodeRole.Lma)
        {
            yield return new(["authorizedGateways"], "MAGs that the LMA serves", "MAG1, MAG2", AnswerKind.List);
        }

        if (role is NodeRole.Ha or NodeRole.Mn)
        {
            yield return new(["bindings"], "Bindings without security associations are", "unprotected by agreement");
        }
    }

    private static IEnumerable<ProfileQuestion> Waits() =>
        [
            new(["waits", "tolerance"], "Added to time limits, in ms", "100", AnswerKind.Number),
            new(["waits", "answer"], "Time for an answer, in ms", "3000", AnswerKind.Number),
            new(["waits", "silence"], "Time until silence is reported, in ms", "3000", AnswerKind.Number),
        ];
}
