namespace Pmip.Wire;

/// <summary>Nonce Indices option, RFC 6275, Section 6.2.6. Alignment 2n.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |   Type = 4    |  Length = 4   |
/// +-------------------------------+---------------+---------------+
/// |       Home Nonce Index        |      Care-of Nonce Index      |
/// +-------------------------------+-------------------------------+
/// </code></remarks>
/// <param name="HomeNonceIndex">The index received in the <see cref="HomeTest"/>.</param>
/// <param name="CareOfNonceIndex">The index received in the <see cref="CareOfTest"/>; has no meaning when a binding is deleted.</param>
public sealed record NonceIndicesOption(ushort HomeNonceIndex, ushort CareOfNonceIndex) : MobilityOption
{
    public override byte Type => (byte)MobilityOptionType.NonceIndices;

    public override int DataLength => NonceIndicesData.Length;

    public override (int Multiple, int Offset) Alignment => NonceIndicesData.Alignment;

    public override void WriteData(Span<byte> destination) => NonceIndicesData.Write(destination, HomeNonceIndex, CareOfNonceIndex);
}
