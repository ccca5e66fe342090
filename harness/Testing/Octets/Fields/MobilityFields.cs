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

        // MobilityOctets omits padding, but readers who look for a misaligned option need to see it.
        var part = message.Part.Slice(0, message.HeaderLength);
        for (var place = message.OptionsOffset; place < part.Length; )
        {
            var type = part.Octet(place);
            var length = type == MobilityOptionKind.Pad1 ? 1 : MobilityOptionKind.HeaderLength + part.Octet(place + 1);
            if (place + length > part.Length)
            {
                reader.Fault(at + place, part.Length - place, MobilityOptionKind.OfType(type).Name, "runs past the end of the message");
                break;
            }

            Option(reader, part.Slice(place, length), place);
            place += length;
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
            "Status" => MobilityWords.Status((int)number),
            "Flags" => string.Join(", ", flags),
            "Lifetime" => Invariant($"{number} ({number * 4} s)"),
            _ when part.Length > 4 => Invariant($"0x{number:x16}"),
            _ => Invariant($"{number}"),
        };
    }

    private static void Option(FieldReader reader, FramePart option, int place)
    {
        var (at, length) = (option.Offset, option.Length);
        var type = (int)option.Octet(0);
        if (type is MobilityOptionKind.Pad1 or MobilityOptionKind.PadN)
        {
            reader.Field(
                at,
                length,
                type == MobilityOptionKind.Pad1 ? "Pad1" : "PadN",
                length == 1 ? string.Empty : Invariant($"{length} octets")
            );
            return;
        }

        var kind = MobilityOptionKind.OfType(type);
        var name = kind.Fields.Count > 2 ? Invariant($"{kind.Name} ({type})") : kind.Name;
        var (multiple, offset) = kind.Alignment(length - MobilityOptionKind.HeaderLength);
        var aligned =
            place % multiple == offset % multiple
                ? string.Empty
                : Invariant($", not aligned to {multiple}n+{offset}: it starts at octet {place} of the Mobility Header");
        if (length - MobilityOptionKind.HeaderLength < kind.FieldOctets)
        {
            reader.Fault(at, length, name, Invariant($"too short: length {length - MobilityOptionKind.HeaderLength}"));
            return;
        }

        var value = kind.Value(new OptionOctets(type, place, option.From(MobilityOptionKind.HeaderLength).Octets)) + aligned;
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
