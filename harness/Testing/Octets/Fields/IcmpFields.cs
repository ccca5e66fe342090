using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Fields;

/// <summary>ICMPv6 messages and the options of neighbour discovery (RFC 4443; RFC 4861, Sections 4.1-4.6).</summary>
internal static class IcmpFields
{
    public const int EchoRequest = 128;
    public const int EchoReply = 129;
    public const int RouterSolicitation = 133;

    private const int HeaderLength = 4;
    private const int Redirect = 137;

    public static void Read(FieldReader reader, PacketOctets packet)
    {
        var (at, end) = (packet.UpperOffset, packet.End);
        if (end - at < HeaderLength)
        {
            reader.Fault(at, end - at, "ICMPv6", "cut off");
            return;
        }

        var type = (int)reader.Number(at, 1);
        reader.Layer(at, 2, "ICMPv6", Invariant($"type {type} {MessageNames.Icmp(type)}, code {reader.Number(at + 1, 1)}"));
        reader.Checksum(at + 2, packet);
        at += HeaderLength;
        switch (type)
        {
            case EchoRequest or EchoReply:
                reader.Field(at, 2, "Identifier");
                reader.Field(at + 2, 2, "Sequence Number");
                FrameFields.Rest(reader, at + 4, end, "Data");
                break;
            case RouterSolicitation:
                Options(reader, at + 4, end);
                break;
            case NeighborDiscoveryOctets.RouterAdvertisementType:
                Advertisement(reader, at);
                Options(reader, at + 12, end);
                break;
            case NeighborDiscoveryOctets.NeighborSolicitationType:
                reader.Field(at + 4, 16, "Target Address", reader.Address(at + 4).ToString());
                Options(reader, at + 20, end);
                break;
            case NeighborDiscoveryOctets.NeighborAdvertisementType:
                reader.Field(at, 1, "Flags", Flags((int)reader.Number(at, 1), "Router", "Solicited", "Override"));
                reader.Field(at + 4, 16, "Target Address", reader.Address(at + 4).ToString());
                Options(reader, at + 20, end);
                break;
            case Redirect:
                reader.Field(at + 4, 16, "Target Address", reader.Address(at + 4).ToString());
                reader.Field(at + 20, 16, "Destination Address", reader.Address(at + 20).ToString());
                Options(reader, at + 36, end);
                break;
            case 2:
                reader.Field(at, 4, "MTU");
                break;
            case 4:
                reader.Field(at, 4, "Pointer");
                break;
            case 1 or 3:
                break;
            default:
                FrameFields.Rest(reader, at, end, "Message");
                break;
        }
    }

    private static void Advertisement(FieldReader reader, int at)
    {
        reader.Field(at, 1, "Cur Hop Limit");
        reader.Field(at + 1, 1, "Flags", Flags((int)reader.Number(at + 1, 1), "Managed", "Other"));
        reader.Field(at + 2, 2, "Router Lifetime", Invariant($"{reader.Number(at + 2, 2)} s"));
        reader.Field(at + 4, 4, "Reachable Time", Invariant($"{reader.Number(at + 4, 4)} ms"));
        reader.Field(at + 8, 4, "Retrans Timer", Invariant($"{reader.Number(at + 8, 4)} ms"));
    }

    /// <summary>The flags, from the most significant bit on.</summary>
    private static string Flags(int value, params string[] names) =>
        string.Join(", ", names.Select((name, bit) => Invariant($"{name} {(value >> (7 - bit)) & 1}")));

    private static void Options(FieldReader reader, int at, int end)
    {
        while (at < end)
        {
            var type = (int)reader.Number(at, 1);
            var length = at + 1 < end ? (int)reader.Number(at + 1, 1) * 8 : 0;
            if (length == 0 || at + length > end)
            {
                reader.Fault(at, end - at, Name(type), length == 0 ? "has no length" : "runs past the end of the message");
                return;
            }

            reader.Field(at, length, Name(type), Value(reader, type, at, length));
            at += length;
        }
    }

    private static string Name(int type) =>
        type switch
        {
            1 => "Source Link-Layer Address",
            2 => "Target Link-Layer Address",
            3 => "Prefix Information",
            4 => "Redirected Header",
            5 => "MTU",
            14 => "Nonce",
            25 => "Recursive DNS Server",
            _ => Invariant($"Option {type}"),
        };

    private static string Value(FieldReader reader, int type, int at, int length) =>
        (type, length) switch
        {
            (1 or 2, 8) => string.Join(':', Convert.ToHexStringLower(reader.At(at + 2, 6)).Chunk(2).Select(pair => new string(pair))),
            (3, 32) => Invariant(
                $"{reader.Address(at + 16)}/{reader.Number(at + 2, 1)}, {Flags((int)reader.Number(at + 3, 1), "On-link", "Autonomous")}, "
            ) + Invariant($"valid {Lifetime(reader.Number(at + 4, 4))}, preferred {Lifetime(reader.Number(at + 8, 4))}"),
            (5, 8) => Invariant($"{reader.Number(at + 4, 4)}"),
            _ => Invariant($"{length} octets"),
        };

    private static string Lifetime(ulong seconds) => seconds == uint.MaxValue ? "infinity" : Invariant($"{seconds} s");
}
