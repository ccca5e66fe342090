using System.Globalization;
using Conformance.Testing.Edits;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Drivers;

/// <summary>
/// Changes to a data packet: <c>outer ECN = CE; inner ECN = ECT(0); inner source = link-local</c>. <c>outer Destination Options</c> and
/// <c>outer Hop-by-Hop Options</c> add an extension header to the tunnel header: <c>Tunnel Encapsulation Limit 4</c>, or its options in
/// hexadecimal octets.
/// </summary>
public sealed class PacketEdits
{
    private const string TunnelEncapsulationLimit = "Tunnel Encapsulation Limit ";

    private static readonly string[] _names = ["ECN", "Hop Limit", "source"];
    private static readonly string[] _headers = ["outer Destination Options", "outer Hop-by-Hop Options"];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ScenarioFaultException">A part does not name a header field of a data packet.</exception>
    public PacketEdits(EditList edits)
    {
        foreach (var edit in edits.Edits)
        {
            if (
                edit is not Edit.Set(_, var field, var value)
                || (
                    !_headers.Contains(field, StringComparer.OrdinalIgnoreCase)
                    && (
                        field.Split(' ', 2) is not ["inner" or "outer", var name]
                        || !_names.Contains(name, StringComparer.OrdinalIgnoreCase)
                    )
                )
            )
            {
                throw new ScenarioFaultException(
                    "A data packet is changed by 'inner' or 'outer', then ECN, Hop Limit or source, or by 'outer Destination Options' or "
                        + "'outer Hop-by-Hop Options', then '=' and a value."
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

    /// <summary>The options of an extension header after the outer header (RFC 8200, Section 4.2); null if it has none.</summary>
    /// <param name="name">Destination Options or Hop-by-Hop Options.</param>
    /// <exception cref="ScenarioFaultException">The words are neither an option nor hexadecimal octets.</exception>
    public byte[]? OuterOptions(string name) =>
        Of("outer", name) is not { } text ? null
        : text.StartsWith(TunnelEncapsulationLimit, StringComparison.Ordinal)
            // RFC 2473, Section 4.1.1.
            ? [4, 1, (byte)OptionWords.Number(text[TunnelEncapsulationLimit.Length..], byte.MaxValue)]
        : OptionWords.Octets(text);

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
