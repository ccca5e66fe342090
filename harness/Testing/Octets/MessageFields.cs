namespace Conformance.Testing.Octets;

/// <summary>
/// The fixed fields of the mobility messages, as the tester knows them (RFC 6275, Section 6.1; flags of RFC 4140, RFC 3963, RFC
/// 5213, RFC 5555, RFC 5845 and RFC 5648).
/// </summary>
public static class MessageFields
{
    public const string Checksum = "Checksum";
    public const string ReservedFlags = "Reserved Flags";
    public const string SequenceNumber = "Sequence Number";
    public const string Status = "Status";
    public const string Lifetime = "Lifetime";
    public const string HomeInitCookie = "Home Init Cookie";
    public const string CareOfInitCookie = "Care-of Init Cookie";
    public const string HomeNonceIndex = "Home Nonce Index";
    public const string CareOfNonceIndex = "Care-of Nonce Index";
    public const string HomeKeygenToken = "Home Keygen Token";
    public const string CareOfKeygenToken = "Care-of Keygen Token";
    public const string HomeAddress = "Home Address";

    /// <summary>The number of octets of the header before the checksum.</summary>
    public const int ChecksumOffset = 4;

    private const int BitsPerOctet = 8;

    private static readonly OctetField[] _header =
    [
        new("Payload Proto", 0, 8),
        new("Header Len", 8, 8),
        new("MH Type", 16, 8),
        new("Reserved", 24, 8),
        new(Checksum, 32, 16),
    ];

    private static readonly OctetField[][] _byType =
    [
        [.. _header, new("Data Reserved", 48, 16)],
        [.. _header, new("Data Reserved", 48, 16), new(HomeInitCookie, 64, 64)],
        [.. _header, new("Data Reserved", 48, 16), new(CareOfInitCookie, 64, 64)],
        [.. _header, new(HomeNonceIndex, 48, 16), new(HomeInitCookie, 64, 64), new(HomeKeygenToken, 128, 64)],
        [.. _header, new(CareOfNonceIndex, 48, 16), new(CareOfInitCookie, 64, 64), new(CareOfKeygenToken, 128, 64)],
        [
            .. _header,
            new(SequenceNumber, 48, 16),
            .. Flags("AHLKMRPFTO", 64),
            new(ReservedFlags, 74, 6),
            new("Flags", 64, 16),
            new(Lifetime, 80, 16),
        ],
        [
            .. _header,
            new(Status, 48, 8),
            .. Flags("KRPT", 56),
            new(ReservedFlags, 60, 4),
            new("Flags", 56, 8),
            new(SequenceNumber, 64, 16),
            new(Lifetime, 80, 16),
        ],
        [.. _header, new(Status, 48, 8), new("Data Reserved", 56, 8), new(HomeAddress, 64, 128)],
    ];

    /// <summary>The fields of a message of this MH Type; the fields of the header if the type is unknown.</summary>
    public static IReadOnlyList<OctetField> Of(byte type) => type < _byType.Length ? _byType[type] : _header;

    /// <summary>The field with a name, in any case; null if messages of this MH Type have none.</summary>
    public static OctetField? Find(byte type, string name) =>
        Of(type).FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The number of octets before the options; null if the type is unknown.</summary>
    public static int? LengthOf(byte type) =>
        type < _byType.Length ? _byType[type].Max(field => field.Bit + field.Width) / BitsPerOctet : null;

    private static IEnumerable<OctetField> Flags(string names, int bit) =>
        names.Select((name, index) => new OctetField($"{name}", bit + index, 1));
}
