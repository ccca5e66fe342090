using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node.Configuration;

/// <summary>An object of a configuration while its keys are read one by one; keys that are not read are unknown.</summary>
internal sealed class ConfigurationSection
{
    private readonly LocatedValue _value;
    private readonly HashSet<string> _read = [];

    /// <exception cref="NodeConfigurationException">The value is not an object.</exception>
    public ConfigurationSection(LocatedValue value) =>
        _value = value.Type == JsonTokenType.StartObject ? value : throw value.Error("is not an object in braces");

    /// <summary>The value of a key, or a default if the key is absent.</summary>
    public T Optional<T>(string name, Func<LocatedValue, T> read, T absent)
    {
        _read.Add(name);
        return _value.Members.TryGetValue(name, out var value) && value.Type != JsonTokenType.Null ? read(value) : absent;
    }

    /// <inheritdoc cref="Optional{T}"/>
    public T? Nullable<T>(string name, Func<LocatedValue, T> read)
        where T : struct => Optional<T?>(name, value => read(value), null);

    /// <exception cref="NodeConfigurationException">The key is missing.</exception>
    public T Required<T>(string name, Func<LocatedValue, T> read) =>
        _value.Members.ContainsKey(name) ? Optional(name, read, default!) : throw Error(name, $"is missing{Misspelled(name)}");

    /// <param name="key">The key of a member or a nested member, such as <c>Interfaces[1].Link</c>; not necessarily present.</param>
    public NodeConfigurationException Error(string key, string reason)
    {
        var nearest = _value;
        foreach (var name in key.Split('.', '['))
        {
            var inside = name.EndsWith(']')
                ? nearest.Items.ElementAtOrDefault(int.Parse(name[..^1], CultureInfo.InvariantCulture))
                : nearest.Members.GetValueOrDefault(name);
            if (inside is null)
            {
                break;
            }
            nearest = inside;
        }

        var error = nearest.Error(reason);
        return new NodeConfigurationException(error.File, error.Line, _value.KeyOf(key), reason);
    }

    /// <exception cref="NodeConfigurationException">There is a key that was not read.</exception>
    public void RefuseUnknown()
    {
        foreach (var (name, value) in _value.Members)
        {
            if (!_read.Contains(name))
            {
                throw value.Error($"is an unknown key; known keys: {string.Join(", ", _read)}");
            }
        }
    }

    /// <summary>A hint at an unknown key that may be a misspelling of this one.</summary>
    private string Misspelled(string name)
    {
        const int alike = 4;
        return
            _value.Members.FirstOrDefault(member =>
                !_read.Contains(member.Key)
                && member.Key.StartsWith(name[..Math.Min(alike, name.Length)], StringComparison.OrdinalIgnoreCase)
            )
                is { Key: { } other, Value: var value }
            ? string.Create(CultureInfo.InvariantCulture, $"; line {value.Line} has an unknown key '{other}'")
            : "";
    }

    public static string Text(LocatedValue value) =>
        value.Type == JsonTokenType.String ? value.Text : throw value.Error("is not a text in quotes");

    public static bool Boolean(LocatedValue value) =>
        value.Type switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw value.Error("is neither true nor false"),
        };

    public static int Integer(LocatedValue value) =>
        value.Type == JsonTokenType.Number
        && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw value.Error("is not a whole number");

    public static uint Count(LocatedValue value) => Integer(value) is >= 0 and var count ? (uint)count : throw value.Error("is negative");

    /// <summary>An MTU for IPv4, at least 68 octets (RFC 791, Section 3.2).</summary>
    public static ushort Mtu(LocatedValue value) =>
        Integer(value) is >= 68 and <= ushort.MaxValue and var mtu ? (ushort)mtu : throw value.Error("is not an MTU from 68 to 65535");

    public static double Fraction(LocatedValue value) =>
        value.Type == JsonTokenType.Number && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw value.Error("is not a number");

    public static TimeSpan Milliseconds(LocatedValue value) =>
        value.Type == JsonTokenType.Number
        && long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number < TimeSpan.MaxValue.TotalMilliseconds
        && number > TimeSpan.MinValue.TotalMilliseconds
            ? TimeSpan.FromTicks(number * TimeSpan.TicksPerMillisecond)
            : throw value.Error("is not a whole number of milliseconds");

    public static IPAddress Address(LocatedValue value) =>
        IPAddress.TryParse(Text(value), out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? address
            : throw value.Error($"'{value.Text}' is not an IPv6 address");

    /// <summary>An address that a node can have: neither multicast nor unspecified.</summary>
    public static IPAddress NodeAddress(LocatedValue value) => OfNode(value, Address(value));

    /// <summary>An address of either family that a node can have.</summary>
    public static IPAddress AnyNodeAddress(LocatedValue value) =>
        IPAddress.TryParse(Text(value), out var address) ? OfNode(value, address) : throw value.Error($"'{value.Text}' is not an address");

    /// <summary>An address of either family, also the unspecified one.</summary>
    public static IPAddress AnyAddress(LocatedValue value) =>
        IPAddress.TryParse(Text(value), out var address) ? address : throw value.Error($"'{value.Text}' is not an address");

    public static Ipv4HomeAddress HomeAddress(LocatedValue value) =>
        Ipv4HomeAddress.TryParse(Text(value), out var address)
            ? address
            : throw value.Error($"'{value.Text}' is not an IPv4 address with its prefix length, such as 192.0.2.1/24");

    public static ConfiguredAddress AddressWithLength(LocatedValue value) =>
        ConfiguredAddress.TryParse(Text(value), out var address)
            ? address with
            {
                Address = OfNode(value, address.Address),
            }
            : throw value.Error($"'{value.Text}' is not an address with its prefix length, such as 2001:db8:100::1/64");

    public static Ipv6Prefix Prefix(LocatedValue value)
    {
        if (!Ipv6Prefix.TryParse(Text(value), out var prefix))
        {
            throw value.Error($"'{value.Text}' is not an IPv6 prefix, such as 2001:db8::/32");
        }

        return IPAddress.Parse(value.Text.Split('/')[0]).Equals(prefix.Network)
            ? prefix
            : throw value.Error($"'{value.Text}' has bits behind its length; the prefix is {prefix}");
    }

    /// <summary>A prefix of either family.</summary>
    public static IpPrefix AnyPrefix(LocatedValue value) =>
        Text(value).Contains(':', StringComparison.Ordinal) ? Prefix(value)
        : IpPrefix.TryParse(value.Text, out var prefix) && IPAddress.Parse(value.Text.Split('/')[0]).Equals(prefix.Network) ? prefix
        : throw value.Error($"'{value.Text}' is not a prefix, such as 192.0.2.0/24");

    private static IPAddress OfNode(LocatedValue value, IPAddress address) =>
        address.IsIPv6Multicast ? throw value.Error($"'{value.Text}' is a multicast address")
        : address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Any)
            ? throw value.Error($"'{value.Text}' is the unspecified address")
        : address;

    public static MacAddress MacAddress(LocatedValue value) =>
        Wire.MacAddress.TryParse(Text(value), out var address)
            ? address
            : throw value.Error($"'{value.Text}' is not a MAC address, such as 02:5e:00:00:00:01");

    /// <summary>The name of a value, as in its enumeration.</summary>
    public static T OneOf<T>(LocatedValue value)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(value), out var named) && Enum.IsDefined(named)
            ? named
            : throw value.Error($"'{value.Text}' is not one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>All of the values of an array.</summary>
    public static Func<LocatedValue, IReadOnlyList<T>> ListOf<T>(Func<LocatedValue, T> read) =>
        value => value.Type == JsonTokenType.StartArray ? [.. value.Items.Select(read)] : throw value.Error("is not a list in brackets");

    /// <summary>An object without unknown keys.</summary>
    public static Func<LocatedValue, T> SectionOf<T>(Func<ConfigurationSection, T> read) =>
        value =>
        {
            var section = new ConfigurationSection(value);
            var result = read(section);
            section.RefuseUnknown();
            return result;
        };
}
