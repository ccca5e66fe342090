using Conformance.Testing.Octets;
using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>The checks of the format of a binding message: RFC 5213, Sections 8.1 to 8.8.</summary>
internal sealed class FormatChecks : ICheckSet
{
    private const string UpdateConstruction = "rfc5213-6.9.1.5-k1";
    private const string AnswerConstruction = "rfc5213-5.3.6-k1";
    private const int ChecksumOffset = 4;
    private const int HeaderLenOffset = 1;

    private static readonly int[] _once =
    [
        OptionType.HandoffIndicator,
        OptionType.AccessTechnologyType,
        OptionType.MobileNodeLinkLayerIdentifier,
        OptionType.LinkLocalAddress,
        OptionType.Timestamp,
        OptionType.MobileNodeIdentifier,
    ];

    public string Edition => "rfc5213";

    public IReadOnlyList<string> Roles { get; } = ["LMA", "MAG", "E2E"];

    public IReadOnlyList<Check> Checks { get; } =
    [
        .. Construction("checksum", Checksum),
        .. Construction("Payload Proto", PayloadProto),
        .. Construction("Header Len", HeaderLen),
        .. Construction("options inside the message", Overrun),
        Length(OptionType.HomeNetworkPrefix, "rfc5213-8.3-k1", 18),
        Aligned(OptionType.HomeNetworkPrefix, "rfc5213-8.3-d1", 8, 4),
        Reserved(OptionType.HomeNetworkPrefix, "rfc5213-8.3-k2", 1),
        Length(OptionType.HandoffIndicator, "rfc5213-8.4-k1", 2),
        Reserved(OptionType.HandoffIndicator, "rfc5213-8.4-k2", 1),
        Length(OptionType.AccessTechnologyType, "rfc5213-8.5-k1", 2),
        Reserved(OptionType.AccessTechnologyType, "rfc5213-8.5-k2", 1),
        Reserved(OptionType.MobileNodeLinkLayerIdentifier, "rfc5213-8.6-k2", 2),
        Length(OptionType.LinkLocalAddress, "rfc5213-8.7-k1", 16),
        Aligned(OptionType.LinkLocalAddress, "rfc5213-8.7-d1", 8, 6),
        Length(OptionType.Timestamp, "rfc5213-8.8-k1", 8),
        Aligned(OptionType.Timestamp, "rfc5213-8.8-d1", 8, 2),
        Once("rfc5213-8.1-d1", isUpdate: true),
        Once("rfc5213-8.2-d1", isUpdate: false),
    ];

    /// <summary>A check that judges another statement for an update than for an acknowledgement.</summary>
    private static Check<MessageForm>[] Construction(string name, Func<MessageForm, CheckResult> judge) =>
        [
            new($"{name} of an update", UpdateConstruction, form => form.IsUpdate ? judge(form) : null),
            new($"{name} of an acknowledgement", AnswerConstruction, form => form.IsUpdate ? null : judge(form)),
        ];

    private static CheckResult Checksum(MessageForm form) =>
        new(form.Packet.Ip!.FitsChecksum, "a Mobility Header with a correct checksum", "the checksum is wrong", ChecksumOffset);

    private static CheckResult PayloadProto(MessageForm form) =>
        new(
            form.Message.PayloadProto == IpProtocols.NoNextHeader,
            "Payload Proto 59",
            $"Payload Proto {form.Message.PayloadProto}",
            Octet: 0
        );

    private static CheckResult HeaderLen(MessageForm form)
    {
        var (says, has) = (form.Message.HeaderLength, form.Message.Span.Length);
        return new(
            says == has,
            "a Header Len that covers the message",
            $"Header Len says {says} octets, but the message has {has}",
            HeaderLenOffset
        );
    }

    private static CheckResult Overrun(MessageForm form) =>
        new(
            form.Message.Overrun is null,
            "options that end inside the message",
            "an option runs past the end of the message",
            form.Message.Overrun ?? 0
        );

    private static Check<OptionInMessage> Length(int type, string statement, int length) =>
        Of(
            type,
            "length",
            statement,
            (option, name) =>
                new(option.Length == length, $"{name} option of length {length}", $"length {option.Length}", option.Offset + 1)
        );

    private static Check<OptionInMessage> Aligned(int type, string statement, int multiple, int offset) =>
        Of(
            type,
            "alignment",
            statement,
            (option, name) =>
                new(
                    option.Offset % multiple == offset,
                    $"{name} option aligned to {multiple}n+{offset}",
                    $"it starts at octet {option.Offset} of the Mobility Header",
                    option.Offset
                )
        );

    private static Check<OptionInMessage> Reserved(int type, string statement, int octets) =>
        Of(
            type,
            "reserved field",
            statement,
            (option, name) =>
                option.Length < octets
                    ? null
                    : new(
                        !option.Data.Span[..octets].ContainsAnyExcept((byte)0),
                        $"the reserved field of the {name} option set to 0",
                        $"it is {Convert.ToHexStringLower(option.Data.Span[..octets])}",
                        option.Offset + 2
                    )
        );

    private static Check<OptionInMessage> Of(int type, string what, string statement, Func<OptionOctets, string, CheckResult?> judge)
    {
        var name = MobilityOptionKind.OfType(type).Name;
        return new($"{what} of the {name} option", statement, message => message.Option.Type == type ? judge(message.Option, name) : null);
    }

    private static Check<OptionsOfMessage> Once(string statement, bool isUpdate) =>
        new(
            $"options at most once in {(isUpdate ? "an update" : "an acknowledgement")}",
            statement,
            message =>
            {
                if (message.IsUpdate != isUpdate)
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
