namespace Pmip.Wire;

/// <summary>
/// Mobile Node Link-layer Identifier option, RFC 5213, Section 8.6. The alignment depends on the length of the identifier.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 25   |    Length     |           Reserved            |
/// +---------------+---------------+-------------------------------+
/// |                  Link-layer Identifier ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Identifier">The identifier, as in the link-layer address options of RFC 4861, Section 4.6; at most 253 octets.</param>
/// <exception cref="ArgumentException">The identifier is longer.</exception>
public sealed record MobileNodeLinkLayerIdentifierOption(OctetString Identifier) : MobilityOption
{
    /// <summary>Maximum length of the identifier in octets.</summary>
    public const int MaximumIdentifierLength = MaximumDataLength - MobileNodeLinkLayerIdentifierFormat.IdentifierOffset;

    public OctetString Identifier
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Identifier);

    public override byte Type => (byte)MobilityOptionType.MobileNodeLinkLayerIdentifier;

    public override int DataLength => MobileNodeLinkLayerIdentifierFormat.IdentifierOffset + Identifier.Length;

    public override (int Multiple, int Offset) Alignment => MobileNodeLinkLayerIdentifierFormat.AlignmentOf(Identifier.Length);

    public override void WriteData(Span<byte> destination) => MobileNodeLinkLayerIdentifierFormat.Write(destination, Identifier.Span);

    private static OctetString RequireLength(OctetString identifier) =>
        identifier.Length <= MaximumIdentifierLength
            ? identifier
            : throw new ArgumentException(
                $"An identifier of {identifier.Length} octets is longer than {MaximumIdentifierLength}.",
                nameof(identifier)
            );
}
