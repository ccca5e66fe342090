namespace Pmip.Wire;

/// <summary>Mobile Node Identifier option, RFC 4283, Section 3. No alignment.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |   Type = 8    |    Length     |    Subtype    | Identifier ...
/// +---------------+---------------+---------------+----------------
/// </code></remarks>
/// <param name="Subtype">The kind of identifier; <see cref="NaiSubtype"/> for an NAI.</param>
/// <param name="Identifier">At most 254 octets. With an empty identifier the Option Length is 1.</param>
/// <exception cref="ArgumentException">The identifier is longer.</exception>
public sealed record MobileNodeIdentifierOption(byte Subtype, OctetString Identifier) : MobilityOption
{
    /// <summary>RFC 4283, Section 3.1: a Network Access Identifier.</summary>
    public const byte NaiSubtype = 1;

    /// <summary>Maximum length of the identifier in octets.</summary>
    public const int MaximumIdentifierLength = MaximumDataLength - MobileNodeIdentifierData.IdentifierOffset;

    public OctetString Identifier
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Identifier);

    /// <summary>The identifier as text, for every subtype; see <see cref="OctetString.ToText"/>.</summary>
    public string Nai => Identifier.ToText();

    public override byte Type => (byte)MobilityOptionType.MobileNodeIdentifier;

    public override int DataLength => MobileNodeIdentifierData.IdentifierOffset + Identifier.Length;

    public override (int Multiple, int Offset) Alignment => MobileNodeIdentifierData.Alignment;

    /// <exception cref="ArgumentException">In UTF-8 the NAI is longer than 254 octets.</exception>
    public static MobileNodeIdentifierOption ForNai(string nai) => new(NaiSubtype, OctetString.FromText(nai));

    public override void WriteData(Span<byte> destination) => MobileNodeIdentifierData.Write(destination, Subtype, Identifier.Span);

    private static OctetString RequireLength(OctetString identifier) =>
        identifier.Length <= MaximumIdentifierLength
            ? identifier
            : throw new ArgumentException(
                $"An identifier of {identifier.Length} octets is longer than {MaximumIdentifierLength}.",
                nameof(identifier)
            );
}
