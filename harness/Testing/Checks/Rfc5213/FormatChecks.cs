using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>The checks of the format of a binding message: RFC 5213, Sections 8.1 to 8.8.</summary>
/// <remarks>
/// RFC 5213 sends its messages in IPv6 packets, in clear or protected by ESP (Section 4), and RFC 5844 in UDP over IPv4, too (Section 4).
/// Other messages in IPv4 packets, or those behind an Authentication Header, are those of other protocols, and are not judged.
/// </remarks>
internal sealed class FormatChecks : ICheckSet
{
    private const string UpdateConstruction = "rfc5213-6.9.1.5-k1";
    private const string AnswerConstruction = "rfc5213-5.3.6-k1";
    private const int HeaderLenOffset = 1;

    private static readonly int[] _once =
    [
        HandoffIndicatorKind.Type,
        AccessTechnologyTypeKind.Type,
        MobileNodeLinkLayerIdentifierKind.Type,
        LinkLocalAddressKind.Type,
        TimestampKind.Type,
        MobileNodeIdentifierKind.Type,
    ];

    public Edition Edition => Edition.Rfc5213;

    public IReadOnlyList<string> Roles { get; } = ["LMA", "MAG", "E2E"];

    public IReadOnlyList<Check> Checks { get; } =
    [
        .. Construction("checksum", Checksum),
        .. Construction("Payload Proto", PayloadProto),
        .. Construction("Header Len", HeaderLen),
        .. Construction("options inside the message", Overrun),
        Length(HomeNetworkPrefixKind.Type, "rfc5213-8.3-k1"),
        Aligned(HomeNetworkPrefixKind.Type, "rfc5213-8.3-d1"),
        Reserved(HomeNetworkPrefixKind.Type, "rfc5213-8.3-k2"),
        Length(HandoffIndicatorKind.Type, "rfc5213-8.4-k1"),
        Reserved(HandoffIndicatorKind.Type, "rfc5213-8.4-k2"),
        Length(AccessTechnologyTypeKind.Type, "rfc5213-8.5-k1"),
        Reserved(AccessTechnologyTypeKind.Type, "rfc5213-8.5-k2"),
        Aligned(MobileNodeLinkLayerIdentifierKind.Type, "rfc5213-8.6-k1"),
        Reserved(MobileNodeLinkLayerIdentifierKind.Type, "rfc5213-8.6-k2"),
        Length(LinkLocalAddressKind.Type, "rfc5213-8.7-k1"),
        Aligned(LinkLocalAddressKind.Type, "rfc5213-8.7-d1"),
        Length(TimestampKind.Type, "rfc5213-8.8-k1"),
        Aligned(TimestampKind.Type, "rfc5213-8.8-d1"),
        Once("rfc5213-8.1-d1", isUpdate: true),
        Once("rfc5213-8.2-d1", isUpdate: false),
    ];

    /// <summary>A check that judges another statement for an update than for an acknowledgement.</summary>
    private static Check<MessageForm>[] Construction(string name, Func<MessageForm, CheckResult?> judge) =>
        [
            new($"{name} of an update", UpdateConstruction, form => form.IsUpdate && IsJudged(form) ? judge(form) : null),
            new($"{name} of an acknowledgement", AnswerConstruction, form => !form.IsUpdate && IsJudged(form) ? judge(form) : null),
        ];

    private static bool IsJudged(CheckedMessage message) =>
        message.Packet.IsMessageInUdp
        || (message.Packet.Ip is Ipv6Layer ip && ip.Headers.All(header => header.Type != IpProtocols.Authentication));

    /// <summary>A part of a packet shows neither the checksum nor the length of its message.</summary>
    private static bool IsWhole(MessageForm form) => form.Packet.Ip is { IsComplete: true, IsFragment: false };

    /// <summary>Right behind UDP, another checksum is demanded (RFC 5844, Section 4.2.2.1).</summary>
    private static CheckResult? Checksum(MessageForm form) =>
        IsWhole(form) && form.Packet.Ip is Ipv6Layer
            ? new(
                form.Packet.Ip!.FitsChecksum,
                "a Mobility Header with a correct checksum",
                "the checksum is wrong",
                MessageFields.ChecksumOffset
            )
            : null;

    private static CheckResult PayloadProto(MessageForm form) =>
        new(
            form.Message.PayloadProto == IpProtocols.NoNextHeader,
            "Payload Proto 59",
            $"Payload Proto {form.Message.PayloadProto}",
            Octet: 0
        );

    private static CheckResult? HeaderLen(MessageForm form)
    {
        var (says, has) = (form.Message.HeaderLength, form.Message.Part.Length);
        return IsWhole(form)
            ? new(
                says == has,
                "a Header Len that covers the message",
                $"Header Len says {says} octets, but the message has {has}",
                HeaderLenOffset
            )
            : null;
    }

    /// <summary>Behind an option of a wrong length, which is a finding of its own, nothing is known of the options.</summary>
    private static CheckResult? Overrun(MessageForm form) =>
        IsWhole(form) && form.Message.DoubtfulFrom is null
            ? new(
                form.Message.Overrun is null,
                "options that end inside the message",
                "an option runs past the end of the message",
                form.Message.Overrun ?? 0
            )
            : null;

    private static Check<OptionInMessage> Length(int type, string statement) =>
        Of(
            type,
            "length",
            statement,
            (option, kind) =>
                new(
                    option.Length == kind.FixedLength,
                    $"{kind.Name} option of length {kind.FixedLength}",
                    $"length {option.Length}",
                    option.Offset + 1
                )
        );

    private static Check<OptionInMessage> Aligned(int type, string statement) =>
        Of(
            type,
            "alignment",
            statement,
            (option, kind) =>
            {
                var (multiple, offset) = kind.Alignment(option.Length);
                return new(
                    option.Offset % multiple == offset,
                    $"{kind.Name} option aligned to {multiple}n+{offset}",
                    $"it starts at octet {option.Offset} of the Mobility Header",
                    option.Offset
                );
            }
        );

    private static Check<OptionInMessage> Reserved(int type, string statement) =>
        Of(
            type,
            "reserved field",
            statement,
            (option, kind) =>
                option.Length < kind.ReservedOctets
                    ? null
                    : new(
                        !option.Data.Span[..kind.ReservedOctets].ContainsAnyExcept((byte)0),
                        $"the reserved field of the {kind.Name} option set to 0",
                        $"it is {Convert.ToHexStringLower(option.Data.Span[..kind.ReservedOctets])}",
                        option.Offset + 2
                    )
        );

    private static Check<OptionInMessage> Of(
        int type,
        string what,
        string statement,
        Func<OptionOctets, MobilityOptionKind, CheckResult?> judge
    )
    {
        var kind = MobilityOptionKind.OfType(type);
        return new(
            $"{what} of the {kind.Name} option",
            statement,
            message => message.Option.Type == type && IsJudged(message) ? judge(message.Option, kind) : null
        );
    }

    private static Check<OptionsOfMessage> Once(string statement, bool isUpdate) =>
        new(
            $"options at most once in {(isUpdate ? "an update" : "an acknowledgement")}",
            statement,
            message =>
            {
                if (message.IsUpdate != isUpdate || !IsJudged(message))
                {
                    return null;
                }

                var repeated = _once.FirstOrDefault(type => message.Message.All(type).Skip(1).Any());
                return new(
                    repeated == 0,
                    "each option but Home Network Prefix at most once",
                    $"{message.Message.All(repeated).Count()} {MobilityOptionKind.OfType(repeated).Name} options",
                    message.Message.All(repeated).LastOrDefault()
                );
            }
        );
}
