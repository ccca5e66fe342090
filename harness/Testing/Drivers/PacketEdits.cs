using System.Globalization;
using Conformance.Testing.Edits;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Drivers;

/// <summary>
/// Changes to a data packet: <c>outer ECN = CE; inner ECN = ECT(0); inner source = link-local; inner size = the tunnel MTU</c>.
/// <c>outer Destination Options</c>,
/// <c>inner Hop-by-Hop Options</c> and so on add an extension header: <c>Tunnel Encapsulation Limit 4</c>, or its options in hexadecimal
/// octets. <c>inner Fragment Offset = 1232</c> makes the packet the last fragment of one that is longer by that many octets.
/// <c>inner message = Binding Update</c> has such a message of Mobile IPv6 instead of an echo request. <c>inner DF = 1</c> sets the flag of
/// an IPv4 packet, whose Hop Limit is its Time to Live.
/// </summary>
public sealed class PacketEdits
{
    private const int FragmentUnit = 8;
    private const string TunnelEncapsulationLimit = "Tunnel Encapsulation Limit ";

    private static readonly string[] _names = ["ECN", "Hop Limit", "source", "Destination Options", "Hop-by-Hop Options"];
    private static readonly string[] _ofInner = ["Fragment Offset", "size", "message", "DF"];
    private static readonly string[] _ofIpv6 =
    [
        "inner Fragment Offset",
        "inner message",
        "inner Destination Options",
        "inner Hop-by-Hop Options",
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ScenarioFaultException">A part does not name a header field of a data packet.</exception>
    public PacketEdits(EditList edits)
    {
        foreach (var edit in edits.Edits)
        {
            if (
                edit is not Edit.Set(_, var field, var value)
                || field.Split(' ', 2) is not [("inner" or "outer") and var header, var name]
                || !(header == "inner" ? _names.Concat(_ofInner) : _names).Contains(name, StringComparer.OrdinalIgnoreCase)
            )
            {
                throw new ScenarioFaultException(
                    "A data packet is changed by 'inner' or 'outer', then ECN, Hop Limit, source, Destination Options or Hop-by-Hop "
                        + "Options, or by 'inner Fragment Offset', 'inner size', 'inner message' or 'inner DF', then '=' and a value."
                );
            }

            _values[field] = value;
        }
    }

    public static PacketEdits None { get; } = new(EditList.None);

    public string? Of(string header, string field) => _values.GetValueOrDefault($"{header} {field}");

    /// <exception cref="ScenarioFaultException">The value is not that of an octet.</exception>
    public byte? HopLimit(string header) =>
        Of(header, "Hop Limit") is not { } text ? null
        : byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw new ScenarioFaultException($"'{text}' is not a Hop Limit: say 0 to {byte.MaxValue}.");

    /// <summary>The options of an extension header after a header (RFC 8200, Section 4.2); null if it has none.</summary>
    /// <param name="name">Destination Options or Hop-by-Hop Options.</param>
    /// <exception cref="ScenarioFaultException">The words are neither an option nor hexadecimal octets.</exception>
    public byte[]? Options(string header, string name) =>
        Of(header, name) is not { } text ? null
        : text.StartsWith(TunnelEncapsulationLimit, StringComparison.Ordinal)
            // RFC 2473, Section 4.1.1.
            ? [4, 1, (byte)OptionWords.Number(text[TunnelEncapsulationLimit.Length..], byte.MaxValue)]
        : OptionWords.Octets(text);

    /// <summary>Where the inner packet stands, as a fragment, in the whole one, in units of 8 octets; null if it is whole.</summary>
    /// <exception cref="ScenarioFaultException">No fragment that is not the first begins there (RFC 8200, Section 4.5).</exception>
    public ushort? FragmentOffsetUnits =>
        Of("inner", "Fragment Offset") is not { } text ? null
        : OptionWords.Number(text, ushort.MaxValue) is > 0 and var octets && octets % FragmentUnit == 0 ? (ushort)(octets / FragmentUnit)
        : throw new ScenarioFaultException($"'{text}' is not the offset of a later fragment: say a multiple of {FragmentUnit}.");

    /// <summary>True if the packet has a Binding Update of Mobile IPv6 to a correspondent node.</summary>
    /// <exception cref="ScenarioFaultException">It has another message.</exception>
    public bool HasBindingUpdate =>
        Of("inner", "message") switch
        {
            null => false,
            "Binding Update" => true,
            var other => throw new ScenarioFaultException($"'{other}' is not a message of a data packet: say Binding Update."),
        };

    /// <summary>The flag Don't Fragment of an IPv4 packet.</summary>
    /// <exception cref="ScenarioFaultException">The value is not that of a flag.</exception>
    public bool DontFragment => Of("inner", "DF") is { } text && OptionWords.Number(text, 1) == 1;

    /// <exception cref="ScenarioFaultException">An edit is one that a packet of this family cannot have.</exception>
    public void RequireFor(bool isIpv4)
    {
        if (_values.Keys.FirstOrDefault(field => isIpv4 ? Has(_ofIpv6, field) : Has(["inner DF"], field)) is { } wrong)
        {
            throw new ScenarioFaultException($"'{wrong}' is no field of {(isIpv4 ? "an IPv4" : "an IPv6")} packet.");
        }

        static bool Has(string[] fields, string field) => fields.Contains(field, StringComparer.OrdinalIgnoreCase);
    }

    public Ecn Ecn(string header) =>
        Of(header, "ECN") switch
        {
            null or "Not-ECT" => Pmip.Wire.Ecn.NotEct,
            "ECT(0)" => Pmip.Wire.Ecn.Ect0,
            "ECT(1)" => Pmip.Wire.Ecn.Ect1,
            "CE" => Pmip.Wire.Ecn.Ce,
            var other => throw new ScenarioFaultException($"'{other}' is not an ECN value: say Not-ECT, ECT(0), ECT(1) or CE."),
        };
}
