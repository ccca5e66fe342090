using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>Collects the mistakes in one profile.</summary>
internal sealed class MistakeList(string file)
{
    private readonly List<ProfileMistake> _mistakes = [];

    public IReadOnlyList<ProfileMistake> All => [.. _mistakes.OrderBy(mistake => mistake.Line)];

    public void Add(int line, string key, string message) => _mistakes.Add(new ProfileMistake(file, line, key, message));
}

/// <summary>
/// An object of a profile while it is read. Every value is read by its key. A missing or wrong value is added to the list of
/// mistakes and replaced by a default, so that one pass finds all mistakes.
/// </summary>
internal sealed class ProfileSection
{
    private readonly LocatedJson _value;
    private readonly string _path;
    private readonly MistakeList _mistakes;
    private readonly Dictionary<string, LocatedJson> _members = new(StringComparer.Ordinal);

    /// <param name="path">The path of the object; empty for the whole file.</param>
    /// <param name="keys">The allowed keys; null if the writer chooses them.</param>
    public ProfileSection(LocatedJson value, string path, IReadOnlyList<string>? keys, MistakeList mistakes)
    {
        (_value, _path, _mistakes) = (value, path, mistakes);
        foreach (var (key, member) in value.Members)
        {
            if (!_members.TryAdd(key, member))
            {
                mistakes.Add(member.Line, KeyOf(key), "the key occurs twice");
            }
            else if (keys is not null && !keys.Contains(key))
            {
                mistakes.Add(member.Line, KeyOf(key), $"there is no such key{Meant(key, keys)}; known keys: {string.Join(", ", keys)}");
            }
        }
    }

    public IReadOnlyCollection<string> Keys => _members.Keys;

    public bool Has(string key) => _members.ContainsKey(key);

    /// <summary>True if the value is there and of this kind.</summary>
    public bool Is(string key, JsonValueKind kind) => _members.GetValueOrDefault(key)?.Kind == kind;

    /// <summary>Adds a mistake in a value, or its absence, to the list.</summary>
    public void Mistake(string key, string message) =>
        _mistakes.Add(_members.TryGetValue(key, out var member) ? member.Line : _value.Line, KeyOf(key), message);

    /// <summary>The message for an unknown name, with the known names.</summary>
    public static string Unknown(string what, string written, IReadOnlyCollection<string> known) =>
        $"there is no {what} '{written}'{Meant(written, known)}; known: {string.Join(", ", known)}";

    /// <summary>An object; an empty object if it is missing.</summary>
    public ProfileSection Section(string key, IReadOnlyList<string>? keys, bool required = true)
    {
        var nothing = new LocatedJson(_value.Line, JsonValueKind.Object, string.Empty, [], []);
        var member = Member(key, JsonValueKind.Object, "an object, { ... }", required);
        return new ProfileSection(member ?? nothing, KeyOf(key), keys, _mistakes);
    }

    public string? Text(string key, string what, bool required = true)
    {
        var member = Member(key, JsonValueKind.String, what, required);
        if (member is { Text.Length: 0 })
        {
            Mistake(key, $"the text is empty; expected {what}");
            return null;
        }

        return member?.Text;
    }

    /// <summary>A string that is one of the allowed ones; null if it is missing or wrong.</summary>
    public string? Choice(string key, IReadOnlyCollection<string> allowed, bool required = true)
    {
        var text = Text(key, $"one of {string.Join(", ", allowed)}", required);
        if (text is not null && !allowed.Contains(text))
        {
            Mistake(key, $"'{text}' is not allowed{Meant(text, allowed)}; expected one of {string.Join(", ", allowed)}");
            return null;
        }

        return text;
    }

    /// <summary>A whole number; null if it is missing or wrong.</summary>
    public int? Number(string key, int least, int most, bool required = false)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");
        if (Member(key, JsonValueKind.Number, allowed, required) is not { } member)
        {
            return null;
        }

        if (
            int.TryParse(member.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        Mistake(key, $"{member.Text} is out of range; expected {allowed}");
        return null;
    }

    public IPAddress? Address(string key, bool required = true)
    {
        const string Allowed = "a unicast IPv6 address that is not link-local, such as \"2001:db8::1\"";
        if (Text(key, Allowed, required) is not { } text)
        {
            return null;
        }

        if (
            IPAddress.TryParse(text, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6
            && !text.Contains('%', StringComparison.Ordinal)
            && !address.IsIPv6Multicast
            && !address.IsIPv6LinkLocal
            && !address.Equals(IPAddress.IPv6None)
            && !address.Equals(IPAddress.IPv6Loopback)
        )
        {
            return address;
        }

        Mistake(key, $"'{text}' cannot be used; expected {Allowed}");
        return null;
    }

    /// <summary>A prefix with a limited length and no bits set beyond it; null if it is missing or wrong.</summary>
    public Ipv6Prefix? Prefix(string key, int longest, bool required = true)
    {
        var allowed = string.Create(
            CultureInfo.InvariantCulture,
            $"an IPv6 prefix with a length of 16 to {longest}, such as \"2001:db8:8000::/48\""
        );
        if (Text(key, allowed, required) is not { } text)
        {
            return null;
        }

        if (!Ipv6Prefix.TryParse(text, out var prefix) || prefix.Length < 16 || prefix.Length > longest)
        {
            Mistake(key, $"'{text}' cannot be used; expected {allowed}");
            return null;
        }

        if (!prefix.Network.Equals(IPAddress.Parse(text.Split('/')[0])))
        {
            Mistake(key, $"'{text}' has bits set beyond its length; did you mean {prefix}?");
            return null;
        }

        return prefix;
    }

    /// <summary>A list of strings; empty if it is missing.</summary>
    public IReadOnlyList<string> Texts(string key, string what, bool required = true)
    {
        if (Member(key, JsonValueKind.Array, $"a list of {what}", required) is not { } member)
        {
            return [];
        }

        foreach (var item in member.Items.Where(item => item.Kind != JsonValueKind.String || item.Text.Length == 0))
        {
            _mistakes.Add(item.Line, KeyOf(key), $"{Written(item)} is not allowed in the list; expected {what}");
        }

        return [.. member.Items.Where(item => item.Kind == JsonValueKind.String && item.Text.Length > 0).Select(item => item.Text)];
    }

    /// <summary>A program and its arguments, with placeholders in braces; null if it is missing.</summary>
    public IReadOnlyList<string>? Command(string key, IReadOnlyList<string> placeholders, bool required = false)
    {
        if (!Has(key) && !required)
        {
            return null;
        }

        var before = _mistakes.All.Count;
        var arguments = Texts(key, "the program and its arguments, each a string", required);
        if (arguments.Count == 0 && Has(key) && _mistakes.All.Count == before)
        {
            Mistake(key, "the list is empty; its first string must be the program");
        }

        CheckPlaceholders(key, arguments, placeholders);
        return arguments.Count > 0 ? arguments : null;
    }

    /// <summary>A required text with placeholders in braces; null if it is missing.</summary>
    public string? Line(string key, string what, IReadOnlyList<string> placeholders)
    {
        var line = Text(key, what);
        CheckPlaceholders(key, line is null ? [] : [line], placeholders);
        return line;
    }

    private void CheckPlaceholders(string key, IEnumerable<string> texts, IReadOnlyList<string> placeholders)
    {
        foreach (var placeholder in texts.SelectMany(Placeholders).Where(name => !placeholders.Contains(name)))
        {
            Mistake(key, Unknown("placeholder", placeholder, placeholders));
        }
    }

    private static IEnumerable<string> Placeholders(string argument) =>
        argument
            .Split('{')
            .Skip(1)
            .Where(part => part.Contains('}', StringComparison.Ordinal))
            .Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)]);

    private static string Meant(string written, IEnumerable<string> known) =>
        NearestName.Of(written, known) is { } name ? $" (did you mean '{name}'?)" : string.Empty;

    private static string Written(LocatedJson json) =>
        json.Kind switch
        {
            JsonValueKind.String => $"\"{json.Text}\"",
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            _ => json.Text,
        };

    private LocatedJson? Member(string key, JsonValueKind kind, string allowed, bool required)
    {
        if (!_members.TryGetValue(key, out var member))
        {
            if (required)
            {
                Mistake(key, $"the value is missing; expected {allowed}");
            }

            return null;
        }

        if (member.Kind != kind)
        {
            Mistake(key, $"{Written(member)} is not allowed; expected {allowed}");
            return null;
        }

        return member;
    }

    private string KeyOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
