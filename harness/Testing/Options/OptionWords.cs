using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>Values in the words of scenarios that several options have.</summary>
internal static class OptionWords
{
    /// <summary>A decimal number, alone or followed by its name in capital letters, such as that of a status.</summary>
    public static int Number(string words, int most) =>
        words.Split(' ') is [var digits, .. var name]
        && name is [] or [[>= 'A' and <= 'Z', ..]]
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= most
            ? number
            : throw new ScenarioFaultException($"'{words}' is not a number from 0 to {most}.");

    /// <summary>The expectations in <c>1 or 4</c>.</summary>
    /// <exception cref="ScenarioFaultException">One of them is not a number from 0 to <paramref name="most"/>.</exception>
    public static IEnumerable<int> Numbers(string words, int most) =>
        [.. words.Split(" or ", StringSplitOptions.TrimEntries).Select(word => Number(word, most))];

    /// <summary>Hexadecimal octets, with or without colons or spaces.</summary>
    public static byte[] Octets(string words)
    {
        try
        {
            return Convert.FromHexString(
                words.Replace(":", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal)
            );
        }
        catch (FormatException)
        {
            throw new ScenarioFaultException($"'{words}' is not a sequence of hexadecimal octets.");
        }
    }

    /// <summary>
    /// An address, or the name of a node of the IXIT. Of a mobile node of RFC 6275: <c>CoA1</c>, <c>its home address</c>, <c>MN2's home
    /// address</c>, or <c>foreign</c>, one of no network of the home agent.
    /// </summary>
    public static IPAddress Address(string words, OptionContext context, AddressFamily family = AddressFamily.InterNetworkV6) =>
        OfMobileNode(words, context)
        ?? (context.Ixit.Domain.Find(words)?.Addresses ?? (IPAddress.TryParse(words, out var given) ? [given] : [])).FirstOrDefault(
            address => address.AddressFamily == family
        )
        ?? throw new ScenarioFaultException(
            $"'{words}' is neither an {(family == AddressFamily.InterNetwork ? "IPv4 " : string.Empty)}address nor a node of the IXIT."
        );

    private static IPAddress? OfMobileNode(string words, OptionContext context)
    {
        const string OfAnother = "'s home address";
        return context.Ixit.Mobility is null ? null
            : words.StartsWith("CoA", StringComparison.Ordinal) ? context.Node.AddressAt(CareOf.Read(words))
            : words == "its home address" ? context.Node.AddressAt(CareOf.Home)
            : words == "foreign" ? context.Ixit.ForeignPrefix.AddressWith(context.Node.AddressAt(CareOf.Home).GetAddressBytes().AsSpan(8))
            : words.EndsWith(OfAnother, StringComparison.Ordinal)
                ? context.Session.Nodes.Bound(words[..^OfAnother.Length]).AddressAt(CareOf.Home)
            : null;
    }

    /// <summary><c>192.0.2.1/24</c>.</summary>
    public static (IPAddress Address, byte PrefixLength) Ipv4Prefix(string words, OptionContext context) =>
        words.Split('/') is [var address, var length]
            ? (Address(address, context, AddressFamily.InterNetwork), (byte)Number(length, 32))
            : throw new ScenarioFaultException($"'{words}' is not an IPv4 address with a prefix length: say 192.0.2.1/24.");

    /// <summary>An octet sequence as a value of the codec.</summary>
    public static OctetString OctetString(string words) => new(Octets(words));
}
