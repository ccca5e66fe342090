using Conformance.Testing.Octets.Words;
using Conformance.Testing.Options;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Fields;

/// <summary>
/// Decodes a Mobility Header field by field, with the tables that edits of messages use (<see cref="MessageFields"/>,
/// <see cref="MobilityOptionKind"/>).
/// </summary>
internal static class MobilityFields
{
    private const int Unit = 8;

    public static void Read(FieldReader reader, MobilityOctets message)
    {
        var at = message.Offset;
        reader.Layer(
            at,
            MessageFields.ChecksumOffset,
            MobilityWords.Long(message),
            Invariant($"Payload Proto {IpProtocols.Text(message.PayloadProto)}, Header Len {message.HeaderLength / Unit - 1} ")
                + Invariant($"({message.HeaderLength} octets), MH Type {message.Type}, Reserved {message.Reserved}")
        );
        Fixed(reader, message);

        // Readers who look for a misaligned option need to see the padding.
        foreach (var option in message.Layout)
        {
            Option(reader, at + option.Offset, option);
        }

        if (message.Overrun is { } overrun)
        {
            reader.Fault(
                at + overrun,
                Math.Min(message.End - at, message.HeaderLength) - overrun,
                MobilityOptionKind.OfType(message.Span[overrun]).Name,
                "runs past the end of the message"
            );
        }

        if (message.End > at + message.HeaderLength)
        {
            reader.Fault(
                at + message.HeaderLength,
                message.End - at - message.HeaderLength,
                "After the message",
                Invariant($"{message.End - at - message.HeaderLength} octets that Header Len does not cover")
            );
        }
        else if (message.End < at + message.HeaderLength)
        {
            reader.Fault(
                at + 1,
                1,
                "Header Len",
                Invariant($"says {message.HeaderLength} octets, but only {message.End - at} are present")
            );
        }
    }

    private static void Fixed(FieldReader reader, MobilityOctets message)
    {
        var flags = new List<string>();
        foreach (var field in MessageFields.Of(message.Type).Where(field => field.Bit >= MessageFields.ChecksumOffset * Unit))
        {
            var at = message.Offset + (field.Bit / Unit);
            if (at >= message.End)
            {
                reader.Fault(message.End, 0, field.Name, "cut off");
                return;
            }

            var length = Math.Max(1, field.Width / Unit);
            if (field.Width == 1)
            {
                flags.Add(Invariant($"{field.Name} {message.Part.Bits(field.Bit, 1)}"));
            }
            else if (field.Name == MessageFields.Checksum)
            {
                reader.Checksum(at, message.Part.Word(field.Bit / Unit), message.HasRightChecksum);
            }
            else if (field.Width % Unit == 0)
            {
                reader.Field(at, length, field.Name, Value(message.Part.Slice(field.Bit / Unit, length), field.Name, flags));
            }
        }
    }

    private static string Value(FramePart part, string name, List<string> flags)
    {
        if (part.Length > sizeof(ulong))
        {
            return part.Ipv6Address(0).ToString();
        }

        var number = part.Number(0, part.Length);
        return name switch
        {
            MessageFields.Status => MobilityWords.Status((int)number),
            "Flags" => string.Join(", ", flags),
            MessageFields.Lifetime => Invariant($"{number} ({number * 4} s)"),
            _ when part.Length > 4 => Invariant($"0x{number:x16}"),
            _ => Invariant($"{number}"),
        };
    }

    private static void Option(FieldReader reader, int at, OptionOctets option)
    {
        if (option.IsPadding)
        {
            var isOne = option.TotalLength == 1;
            reader.Field(at, option.TotalLength, isOne ? "Pad1" : "PadN", isOne ? string.Empty : Invariant($"{option.TotalLength} octets"));
            return;
        }

        var kind = MobilityOptionKind.OfType(option.Type);
        var name = kind.Fields.Count > 2 ? Invariant($"{kind.Name} ({option.Type})") : kind.Name;
        var (multiple, offset) = kind.Alignment(option.Length);
        if (option.Length < kind.FieldOctets)
        {
            reader.Fault(at, option.TotalLength, name, Invariant($"too short: length {option.Length}"));
        }
        else if (option.Offset % multiple == offset % multiple)
        {
            reader.Field(at, option.TotalLength, name, kind.Value(option));
        }
        else
        {
            reader.Fault(
                at,
                option.TotalLength,
                name,
                kind.Value(option)
                    + Invariant($", not aligned to {multiple}n+{offset}: it starts at octet {option.Offset} of the Mobility Header")
            );
        }
    }
}
