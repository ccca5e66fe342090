using System.Net;
using Pmip.Wire;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Fields;

/// <summary>
/// Decodes a Mobility Header field by field, with the tables that edits of messages use (<see cref="MessageFields"/>,
/// <see cref="OptionForm"/>).
/// </summary>
internal static class MobilityFields
{
    private const int Unit = 8;
    private const int NaiSubtype = 1;

    private static readonly string[] _handoffIndicators =
    [
        "reserved",
        "attachment over a new interface",
        "handoff between two interfaces of the mobile node",
        "handoff between mobile access gateways for the same interface",
        "handoff state unknown",
        "handoff state not changed (re-registration)",
    ];

    private static readonly string[] _accessTechnologies = ["reserved", "virtual", "PPP", "IEEE 802.3", "IEEE 802.11a/b/g", "IEEE 802.16e"];

    public static void Read(FieldReader reader, PacketOctets packet)
    {
        var at = packet.UpperOffset;
        var message = new MobilityOctets(packet.Upper, at);
        reader.Layer(
            at,
            MessageFields.ChecksumOffset,
            MessageNames.Long(message),
            Invariant($"Payload Proto {Protocols.Text(message.PayloadProto)}, Header Len {message.HeaderLength / Unit - 1} ")
                + Invariant($"({message.HeaderLength} octets), MH Type {message.Type}, Reserved {message.Reserved}")
        );
        Fixed(reader, packet, message);

        // MobilityOctets omits padding, but readers who look for a misaligned option need to see it.
        var end = Math.Min(packet.End, at + message.HeaderLength);
        var option = at + message.OptionsOffset;
        while (option < end)
        {
            var length = reader.Number(option, 1) == OptionType.Pad1 ? 1 : OptionForm.HeaderLength + (int)reader.Number(option + 1, 1);
            if (option + length > end)
            {
                reader.Fault(
                    option,
                    end - option,
                    OptionForm.OfType((int)reader.Number(option, 1), WireEdition.Default).Name,
                    "runs past the end of the message"
                );
                break;
            }

            Option(reader, option, length, option - at);
            option += length;
        }

        if (packet.End > at + message.HeaderLength)
        {
            reader.Fault(
                at + message.HeaderLength,
                packet.End - at - message.HeaderLength,
                "After the message",
                Invariant($"{packet.End - at - message.HeaderLength} octets that Header Len does not cover")
            );
        }
        else if (packet.End < at + message.HeaderLength)
        {
            reader.Fault(at + 1, 1, "Header Len", Invariant($"says {message.HeaderLength} octets, but only {packet.End - at} are present"));
        }
    }

    private static void Fixed(FieldReader reader, PacketOctets packet, MobilityOctets message)
    {
        var flags = new List<string>();
        foreach (var field in MessageFields.Of(message.Type).Where(field => field.Bit >= MessageFields.ChecksumOffset * Unit))
        {
            var at = packet.UpperOffset + (field.Bit / Unit);
            if (at >= packet.End)
            {
                reader.Fault(packet.End, 0, field.Name, "cut off");
                return;
            }

            var length = Math.Max(1, field.Width / Unit);
            if (field.Width == 1)
            {
                var isSet = (reader.Number(at, 1) & (0x80u >> (field.Bit % Unit))) != 0;
                flags.Add(Invariant($"{field.Name} {(isSet ? 1 : 0)}"));
            }
            else if (field.Name == MessageFields.Checksum)
            {
                reader.Checksum(at, packet);
            }
            else if (field.Width % Unit == 0)
            {
                reader.Field(at, length, field.Name, Value(reader, field, at, length, flags));
            }
        }
    }

    private static string Value(FieldReader reader, OctetField field, int at, int length, List<string> flags)
    {
        if (length > sizeof(ulong))
        {
            return reader.Address(at).ToString();
        }

        var number = reader.Number(at, length);
        return field.Name switch
        {
            "Status" => MessageNames.Status((int)number),
            "Flags" => string.Join(", ", flags),
            "Lifetime" => Invariant($"{number} ({number * 4} s)"),
            _ when length > 4 => Invariant($"0x{number:x16}"),
            _ => Invariant($"{number}"),
        };
    }

    private static void Option(FieldReader reader, int at, int length, int place)
    {
        var type = (int)reader.Number(at, 1);
        if (type is OptionType.Pad1 or OptionType.PadN)
        {
            reader.Field(at, length, type == OptionType.Pad1 ? "Pad1" : "PadN", length == 1 ? string.Empty : Invariant($"{length} octets"));
            return;
        }

        var form = OptionForm.OfType(type, WireEdition.Default);
        var name = form.Name == "Option" ? Invariant($"Option {type}") : Invariant($"{form.Name} ({type})");
        var (multiple, offset) = form.Alignment(length - OptionForm.HeaderLength);
        var aligned =
            place % multiple == offset % multiple
                ? string.Empty
                : Invariant($", not aligned to {multiple}n+{offset}: it starts at octet {place} of the Mobility Header");
        if (form.Fields.Any(field => field.Width > 0 && field.Bit + field.Width > length * Unit))
        {
            reader.Fault(at, length, name, Invariant($"too short: length {length - OptionForm.HeaderLength}"));
        }
        else
        {
            var value = Value(reader, form, at, length) + aligned;
            if (aligned.Length > 0)
            {
                reader.Fault(at, length, name, value);
            }
            else
            {
                reader.Field(at, length, name, value);
            }
        }
    }

    private static string Value(FieldReader reader, OptionForm form, int at, int length)
    {
        var parts = new List<string>();
        foreach (var field in form.Fields.Skip(2))
        {
            var text = field switch
            {
                { Name: "Prefix Length" } => null,
                { Name: "Home Network Prefix" } => Invariant($"{reader.Address(at + 4)}/{reader.Number(at + 3, 1)}"),
                { Name: "Subtype" } => reader.Number(at + 2, 1) == NaiSubtype ? null : Invariant($"subtype {reader.Number(at + 2, 1)}"),
                { Name: "Identifier" } => Printable(reader.At(at + 3, length - 3)),
                { Name: "Handoff Indicator" } => Named(reader.Number(at + 3, 1), _handoffIndicators),
                { Name: "Access Technology Type" } => Named(reader.Number(at + 3, 1), _accessTechnologies),
                { Name: "Timestamp" } => Invariant($"{TimestampOctets.ToTime(reader.Number(at + 2, 8)):yyyy-MM-ddTHH:mm:ss.ffffff}Z"),
                { Name: "Reserved" } => Bits(reader, at, field) is var bits and not 0 ? Invariant($"Reserved 0x{bits:x}") : null,
                { Width: 0 } when length > field.Bit / Unit => Convert.ToHexStringLower(
                    reader.At(at + (field.Bit / Unit), length - (field.Bit / Unit))
                ),
                { Width: 0 } => null,
                { Width: 128 } => reader.Address(at + (field.Bit / Unit)).ToString(),
                { Width: 32 } when field.Name.StartsWith("IPv4", StringComparison.Ordinal) => new IPAddress(
                    reader.At(at + (field.Bit / Unit), 4)
                ).ToString(),
                _ => Invariant($"{field.Name} {Bits(reader, at, field)}"),
            };
            if (text is not null)
            {
                parts.Add(text);
            }
        }

        return parts.Count == 0 ? Convert.ToHexStringLower(reader.At(at + 2, length - 2)) : string.Join(", ", parts);
    }

    private static string Named(ulong value, string[] names) =>
        value < (ulong)names.Length ? Invariant($"{value} {names[value]}") : Invariant($"{value}");

    /// <summary>A field of up to 32 bits that may start at any bit.</summary>
    private static ulong Bits(FieldReader reader, int at, OctetField field)
    {
        var first = field.Bit / Unit;
        var octets = ((field.Bit + field.Width - 1) / Unit) - first + 1;
        return (reader.Number(at + first, octets) >> ((octets * Unit) - (field.Bit % Unit) - field.Width)) & ((1ul << field.Width) - 1);
    }
}
