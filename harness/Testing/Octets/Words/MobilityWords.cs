using Conformance.Testing.Options;
using Pmip.Wire;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Words;

/// <summary>Words for mobility messages, in tables of fields and in lines about a message.</summary>
public static class MobilityWords
{
    private const int SecondsPerUnit = 4;

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

    /// <summary><c>161 MISSING_HANDOFF_INDICATOR_OPTION</c>, or the number alone if it has no name.</summary>
    public static string Status(int status) =>
        Enum.IsDefined((BindingStatus)status) ? Invariant($"{status} {(BindingStatus)status}") : Invariant($"{status}");

    internal static LayerWords Of(MobilityOctets message, INodeNames names)
    {
        var name = Short(message);
        if (message.IsCutOff)
        {
            return new LayerWords(name);
        }

        var head = message.Type switch
        {
            MobilityOctets.BindingUpdateType => Invariant($"{name} seq {message.SequenceNumber}, {Lifetime(message)}"),
            MobilityOctets.BindingAcknowledgementType when message.Status >= MobilityOctets.FirstRejection => Invariant(
                $"{name} seq {message.SequenceNumber}, {Status(message.Status)}"
            ),
            MobilityOctets.BindingAcknowledgementType => Invariant(
                $"{name} seq {message.SequenceNumber}, {Status(message.Status)}, {Lifetime(message)}"
            ),
            MobilityOctets.BindingErrorType => Invariant($"{name} status {message.Status}, {names.NameOf(message.HomeAddress)}"),
            MobilityOctets.HomeTestType or MobilityOctets.CareOfTestType => Invariant($"{name} index {message.NonceIndex}"),
            _ => name,
        };
        return new LayerWords(
            head,
            [
                .. Flags(message),
                .. message.Options.Select(option => MobilityOptionKind.OfType(option.Type).Words(option, names)),
                .. Some(message.PayloadProto != IpProtocols.NoNextHeader, Invariant($"Payload Proto {message.PayloadProto}")),
                .. Some(
                    message.HeaderLength != message.Part.Length,
                    Invariant($"Header Len says {message.HeaderLength} octets of {message.Part.Length}")
                ),
                .. Some(message.HasRightChecksum == false, "wrong checksum"),
            ]
        );
    }

    /// <summary><c>PBU</c>, <c>PBA</c>, <c>BU</c>, or <c>MH type 20</c>.</summary>
    private static string Short(MobilityOctets message) =>
        message.Type >= _shortTypes.Length ? OfType(message.Type)
        : HasProxyFlag(message) ? $"P{_shortTypes[message.Type]}"
        : _shortTypes[message.Type];

    private static string OfType(int type) => type < _types.Length ? _types[type] : Invariant($"MH type {type}");

    private static string Lifetime(MobilityOctets message) =>
        message.LifetimeUnits > 0 ? Invariant($"{message.LifetimeUnits * SecondsPerUnit} s")
        : message.Type == MobilityOctets.BindingUpdateType ? "lifetime 0 (de-registration)"
        : "lifetime 0";

    /// <summary>The names of the flags that are set, followed by unassigned bits in hexadecimal.</summary>
    private static IEnumerable<string> Flags(MobilityOctets message)
    {
        if (message.Type is not (MobilityOctets.BindingUpdateType or MobilityOctets.BindingAcknowledgementType))
        {
            return [];
        }

        var fields = MessageFields.Of(message.Type);
        var set = string.Concat(
            fields.Where(field => field.Width == 1 && message.Part.Bits(field.Bit, 1) == 1).Select(field => field.Name)
        );
        var reserved = fields.First(field => field.Name == MessageFields.ReservedFlags);
        var rest = message.Part.Bits(reserved.Bit, reserved.Width);
        return
        [
            rest > 0 ? Invariant($"{set}+0x{rest:x}")
            : set.Length > 0 ? set
            : "no flags",
        ];
    }

    private static IEnumerable<string> Some(bool isSo, string what) => isSo ? [what] : [];

    private static bool HasProxyFlag(MobilityOctets message) =>
        message is { Type: MobilityOctets.BindingUpdateType or MobilityOctets.BindingAcknowledgementType, ProxyFlag: true };
}
