using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Fields;

/// <summary>Extension headers and their options (RFC 8200, Section 4; RFC 2473, Section 4.1.1; RFC 6275, Sections 6.3 and 6.4).</summary>
internal static class ExtensionHeaderFields
{
    private const int Pad1 = 0;
    private const int PadN = 1;
    private const int TunnelEncapsulationLimit = 4;
    private const int RouterAlert = 5;
    private const int HomeAddress = 201;

    public static void Read(FieldReader reader, HeaderPlace header)
    {
        var (at, end) = (header.Offset, header.Offset + header.Length);
        var next = Protocols.Text((int)reader.Number(at, 1));
        switch (header.Type)
        {
            case PacketOctets.HopByHop or PacketOctets.DestinationOptions:
                reader.Layer(
                    at,
                    2,
                    header.Type == PacketOctets.HopByHop ? "Hop-by-Hop Options" : "Destination Options",
                    Invariant($"next header {next}, {header.Length} octets")
                );
                Options(reader, at + 2, end);
                break;
            case PacketOctets.Routing:
                reader.Layer(
                    at,
                    8,
                    "Routing header",
                    Invariant($"next header {next}, type {reader.Number(at + 2, 1)}, segments left {reader.Number(at + 3, 1)}")
                );
                for (var address = at + 8; address + 16 <= end; address += 16)
                {
                    reader.Field(address, 16, "Address", reader.Address(address).ToString());
                }

                break;
            case PacketOctets.Fragment:
                var word = reader.Number(at + 2, 2);
                reader.Layer(
                    at,
                    8,
                    "Fragment header",
                    Invariant($"next header {next}, offset {word >> 3 << 3}, {((word & 1) != 0 ? "more fragments" : "last fragment")}, ")
                        + Invariant($"identification 0x{reader.Number(at + 4, 4):x8}")
                );
                break;
            default:
                reader.Layer(at, header.Length, Protocols.Text(header.Type), Invariant($"next header {next}, {header.Length} octets"));
                break;
        }
    }

    private static void Options(FieldReader reader, int at, int end)
    {
        while (at < end)
        {
            var type = (int)reader.Number(at, 1);
            if (type == Pad1)
            {
                reader.Field(at++, 1, "Pad1", string.Empty);
                continue;
            }

            var length = (int)reader.Number(at + 1, 1);
            if (at + 2 + length > end)
            {
                reader.Fault(at, end - at, Invariant($"Option {type}"), "runs past the end of its header");
                return;
            }

            var (name, value) = (type, length) switch
            {
                (PadN, _) => ("PadN", Invariant($"{length + 2} octets")),
                (TunnelEncapsulationLimit, 1) => ("Tunnel Encapsulation Limit", Invariant($"{reader.Number(at + 2, 1)}")),
                (RouterAlert, 2) => ("Router Alert", Invariant($"{reader.Number(at + 2, 2)}")),
                (HomeAddress, 16) => ("Home Address", reader.Address(at + 2).ToString()),
                _ => (Invariant($"Option {type}"), Invariant($"{length} octets")),
            };
            reader.Field(at, length + 2, name, value);
            at += length + 2;
        }
    }
}
