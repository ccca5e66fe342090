using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks;

/// <summary>
/// Checks the format of every mobility message that the implementation sends, octet by octet (RFC 5213, Sections 8.1-8.8).
/// </summary>
public sealed class MessageFormatCheck(TestSession session) : IFrameObserver
{
    private sealed record Format(
        int Type,
        string Section,
        int? Length,
        int? Multiple,
        int? Offset,
        int ReservedOctets,
        string LengthStatement,
        string? ReservedStatement,
        string? AlignmentStatement
    );

    private static readonly Format[] _formats =
    [
        new(OptionType.HomeNetworkPrefix, "8.3", 18, 8, 4, 1, "rfc5213-8.3-k1", "rfc5213-8.3-k2", "rfc5213-8.3-d1"),
        new(OptionType.HandoffIndicator, "8.4", 2, null, null, 1, "rfc5213-8.4-k1", "rfc5213-8.4-k2", null),
        new(OptionType.AccessTechnologyType, "8.5", 2, null, null, 1, "rfc5213-8.5-k1", "rfc5213-8.5-k2", null),
        new(OptionType.MobileNodeLinkLayerIdentifier, "8.6", null, null, null, 2, "rfc5213-8.6-k1", "rfc5213-8.6-k2", null),
        new(OptionType.LinkLocalAddress, "8.7", 16, 8, 6, 0, "rfc5213-8.7-k1", null, "rfc5213-8.7-d1"),
        new(OptionType.Timestamp, "8.8", 8, 8, 2, 0, "rfc5213-8.8-k1", null, "rfc5213-8.8-d1"),
    ];

    public void Observe(Packet packet)
    {
        if (
            packet.Frame.Direction != Direction.Received
            || packet.Mobility is not { } message
            || packet.Ip is not { } ip
            || message.Type is not (MobilityOctets.BindingUpdateType or MobilityOctets.BindingAcknowledgementType)
        )
        {
            return;
        }

        var construction = message.Type == MobilityOctets.BindingUpdateType ? "rfc5213-6.9.1.5-k1" : "rfc5213-5.3.6-k1";
        Judge(construction, ip.FitsChecksum, "a Mobility Header with a correct checksum", "the checksum is wrong", packet, 4);
        Judge(
            construction,
            message.PayloadProto == IpProtocols.NoNextHeader,
            "Payload Proto 59",
            $"Payload Proto {message.PayloadProto}",
            packet,
            0
        );
        Judge(
            construction,
            message.HeaderLength == message.Span.Length,
            "a Header Len that covers the message",
            $"Header Len says {message.HeaderLength} octets, but the message has {message.Span.Length}",
            packet,
            1
        );
        Judge(
            construction,
            message.Overrun is null,
            "options that end inside the message",
            "an option runs past the end of the message",
            packet,
            message.Overrun ?? 0
        );
        foreach (var option in message.Options)
        {
            Judge(option, packet);
        }

        JudgeCounts(message, packet);
    }

    private void Judge(OptionOctets option, Packet packet)
    {
        if (Array.Find(_formats, format => format.Type == option.Type) is not { } format)
        {
            return;
        }

        var name = Edits.FieldName.NameOf(option.Type);
        if (format.Length is { } length)
        {
            Judge(
                format.LengthStatement,
                option.Length == length,
                $"{name} option of length {length}",
                $"length {option.Length}",
                packet,
                option.Offset + 1
            );
        }

        if (format.AlignmentStatement is { } alignment)
        {
            Judge(
                alignment,
                option.Offset % format.Multiple == format.Offset,
                $"{name} option aligned to {format.Multiple}n+{format.Offset}",
                $"it starts at octet {option.Offset} of the Mobility Header",
                packet,
                option.Offset
            );
        }

        if (format.ReservedStatement is { } reserved && option.Length >= format.ReservedOctets)
        {
            var clear = !option.Data.Span[..format.ReservedOctets].ContainsAnyExcept((byte)0);
            Judge(
                reserved,
                clear,
                $"the reserved field of the {name} option set to 0",
                $"it is {Convert.ToHexStringLower(option.Data.Span[..format.ReservedOctets])}",
                packet,
                option.Offset + 2
            );
        }
    }

    private void JudgeCounts(MobilityOctets message, Packet packet)
    {
        var statement = message.Type == MobilityOctets.BindingUpdateType ? "rfc5213-8.1-d1" : "rfc5213-8.2-d1";
        var repeated = _formats
            .Select(format => format.Type)
            .Append(OptionType.MobileNodeIdentifier)
            .Where(type => type != OptionType.HomeNetworkPrefix)
            .FirstOrDefault(type => message.All(type).Skip(1).Any());
        var name = Edits.FieldName.NameOf(repeated);
        Judge(
            statement,
            repeated == 0,
            "each option but Home Network Prefix at most once",
            $"{message.All(repeated).Count()} {name} options",
            packet,
            repeated == 0 ? 0 : message.All(repeated).Last().Offset
        );
    }

    private void Judge(string statement, bool ok, string expected, string actual, Packet packet, int offset) =>
        session.Find(statement, ok, expected, ok ? "as expected" : actual, packet.Frame, ok ? null : packet.Mobility!.Offset + offset);
}
