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

    /// <summary>The name of an ICMPv6 message (RFC 4443, 4861, 2710, 3810).</summary>
    public static string Icmp(int type) =>
        type switch
        {
            1 => "Destination Unreachable",
            2 => "Packet Too Big",
            3 => "Time Exceeded",
            4 => "Parameter Problem",
            128 => "Echo Request",
            129 => "Echo Reply",
            130 => "MLD Query",
            131 or 143 => "MLD Report",
            132 => "MLD Done",
            133 => "Router Solicitation",
            134 => "Router Advertisement",
            135 => "Neighbor Solicitation",
            136 => "Neighbor Advertisement",
            137 => "Redirect",
            _ => Invariant($"ICMPv6 type {type}"),
        };

    private static bool HasProxyFlag(MobilityOctets message) =>
        message is { Type: MobilityOctets.BindingUpdateType or MobilityOctets.BindingAcknowledgementType, ProxyFlag: true };
}
