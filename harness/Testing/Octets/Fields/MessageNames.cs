using Pmip.Wire;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Fields;

/// <summary>Names of messages, as ladders and decoded fields show them.</summary>
public static class MessageNames
{
    private static readonly string[] _types =
    [
        "Binding Refresh Request",
        "Home Test Init",
        "Care-of Test Init",
        "Home Test",
        "Care-of Test",
        "Binding Update",
        "Binding Acknowledgement",
        "Binding Error",
    ];

    private static readonly string[] _shortTypes = ["BRR", "HoTI", "CoTI", "HoT", "CoT", "BU", "BA", "BE"];

    /// <summary>The name of a message by its MH Type and P flag: <c>Proxy Binding Update</c>.</summary>
    public static string Long(MobilityOctets message) => HasProxyFlag(message) ? $"Proxy {OfType(message.Type)}" : OfType(message.Type);

    /// <summary><c>PBU</c>, <c>PBA</c>, <c>BU</c>, or <c>MH type 20</c>.</summary>
    public static string Short(MobilityOctets message) =>
        message.Type >= _shortTypes.Length ? OfType(message.Type)
        : HasProxyFlag(message) ? $"P{_shortTypes[message.Type]}"
        : _shortTypes[message.Type];

    public static string OfType(int type) => type < _types.Length ? _types[type] : Invariant($"MH type {type}");

    /// <summary><c>161 MISSING_HANDOFF_INDICATOR_OPTION</c>, or the number alone if it has no name.</summary>
    public static string Status(int status) =>
        Enum.IsDefined((BindingStatus)status) ? Invariant($"{status} {(BindingStatus)status}") : Invariant($"{status}");

    private static bool HasProxyFlag(MobilityOctets message) =>
        message is { Type: MobilityOctets.BindingUpdateType or MobilityOctets.BindingAcknowledgementType, ProxyFlag: true };
}
