namespace Conformance.Testing.Octets;

/// <summary>
/// The fixed fields of the mobility messages, as the tester knows them (RFC 6275, Section 6.1; flags of RFC 4140, RFC 3963, RFC
/// 5213, RFC 5555, RFC 5845 and RFC 5648).
/// </summary>
public static class MessageFields
{
    public const string Checksum = "Checksum";
    public const string ReservedFlags = "Reserved Flags";

    /// <summary>The number of octets of the header before the checksum.</summary>
    public const int ChecksumOffset = 4;

    private static readonly OctetField[] _header =
    [
        new("Payload Proto", 0, 8),
        new("Header Len", 8, 8),
        new("MH Type", 16, 8),
        new("Reserved", 24, 8),
        new(Checksum, 32, 16),
    ];

    private static readonly OctetField[][] _data =
    [
        [new("Data Reserved", 48, 16)],
        [new("Data Reserved", 48, 16), new("Home Init Cookie", 64, 64)],
        [new("Data Reserved", 48, 16), new("Care-of Init Cookie", 64, 64)],
        [new("Home Nonce Index", 48, 16), new("Home Init Cookie", 64, 64), new("Home Keygen Token", 128, 64)],
        [new("Care-of Nonce Index", 48, 16), new("Care-of Init Cookie", 64, 64), new("Care-of Keygen Token", 128, 64)],
        [
            new("Sequence Number", 48, 16),
            .. Flags("AHLKMRPFTO", 64),
            new(ReservedFlags, 74, 6),
            new("Flags", 64, 16),
            new("Lifetime", 80, 16),
        ],
        [
            new("Status", 48, 8),
            .. Flags("KRPT", 56),
            new(ReservedFlags, 60, 4),
            new("Flags", 56, 8),
            new("Sequence Number", 64, 16),
            new("Lifetime", 80, 16),
        ],
        [new("Status", 48, 8), new("Data Reserved", 56, 8), new("Home Address", 64, 128)],
    ];

    /// <summary>The fields of a message of this MH Type; the fields of the header if the type is unknown.</summary>
    public static IReadOnlyList<OctetField> Of(byte type) => type < _data.Length ? [.. _header, .. _data[type]] : _header;

    private static IEnumerable<OctetField> Flags(string names, int bit) =>
        names.Select((name, index) => new OctetField($"{name}", bit + index, 1));
}
