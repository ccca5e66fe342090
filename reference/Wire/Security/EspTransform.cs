using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>The algorithms and keys that encrypt and authenticate the ESP packets of a security association, RFC 4303.</summary>
/// <remarks><code>
/// +---------------------------------------------------------------+ --
/// |               Security Parameters Index (SPI)                 |  |
/// +---------------------------------------------------------------+  |
/// |                        Sequence Number                        |  |
/// +---------------------------------------------------------------+  | authenticated
/// |                 Initialization Vector (if any)                |  |
/// +---------------------------------------------------------------+  | --
/// |                       Payload (variable)                      |  |  |
/// +               +-----------------------------------------------+  |  | encrypted
/// |               |     Padding: 1, 2, 3 ... (0-255)              |  |  |
/// +---------------+---------------+---------------+---------------+  |  |
/// |                               |  Pad Length   |  Next Header  |  |  |
/// +-------------------------------+---------------+---------------+ -- --
/// |                Integrity Check Value (ICV, 16)                |
/// +---------------------------------------------------------------+
/// </code></remarks>
public abstract record EspTransform
{
    /// <summary>RFC 4106, Section 6, and RFC 4868, Section 2.1.2: the ICV of every supported transform has 128 bits.</summary>
    public const int IntegrityCheckValueLength = 16;

    private const int TrailerLength = 2;
    private const int PadLengthFromEnd = 2;

    private protected EspTransform() { }

    /// <summary>Length of the initialization vector of each packet in octets; zero if the transform has none.</summary>
    public abstract int InitializationVectorLength { get; }

    /// <summary>
    /// The encrypted part is a multiple of this many octets: 4 (RFC 4303, Section 2.4), or the block length of the cipher.
    /// </summary>
    private protected abstract int BlockLength { get; }

    private int EncryptedOffset => EspHeader.Length + InitializationVectorLength;

    /// <summary>Encrypts and authenticates a packet, with as little padding as possible.</summary>
    /// <param name="initializationVector">
    /// <see cref="InitializationVectorLength"/> octets. The caller must never reuse a vector under the same AES-GCM key, and must use
    /// unpredictable vectors for AES-CBC.
    /// </param>
    /// <param name="highSequenceNumber">
    /// The upper half of an extended sequence number, which is authenticated but not sent; null for a sequence number of 32 bits.
    /// </param>
    /// <returns>The payload of an IP packet of the protocol <see cref="EspHeader.Protocol"/>.</returns>
    /// <exception cref="ArgumentException">The initialization vector has a different length.</exception>
    public byte[] Seal(EspPacket packet, ReadOnlySpan<byte> initializationVector, uint? highSequenceNumber = null)
    {
        if (initializationVector.Length != InitializationVectorLength)
        {
            throw new ArgumentException(
                $"The initialization vector must have {InitializationVectorLength} octets, not {initializationVector.Length}.",
                nameof(initializationVector)
            );
        }

        var plain = Pad(packet);
        var bytes = new byte[EncryptedOffset + plain.Length + IntegrityCheckValueLength];
        packet.Header.Write(bytes);
        initializationVector.CopyTo(bytes.AsSpan(EspHeader.Length));
        Protect(plain, bytes, highSequenceNumber);
        return bytes;
    }

    /// <summary>Opens a packet whose sequence number has 32 bits.</summary>
    /// <inheritdoc cref="TryOpen(ReadOnlySpan{byte}, uint?, out EspPacket?, out WireError?)"/>
    public bool TryOpen(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EspPacket? packet, [NotNullWhen(false)] out WireError? error) =>
        TryOpen(bytes, null, out packet, out error);

    /// <summary>
    /// Verifies and decrypts a packet that fills <paramref name="bytes"/>. To detect replays, use an
    /// <see cref="AntiReplayWindow"/>.
    /// </summary>
    /// <param name="bytes">
    /// The packet from the Security Parameters Index on. The value of the index is not compared with the security association.
    /// </param>
    /// <param name="highSequenceNumber">The upper half of an extended sequence number; null for a sequence number of 32 bits.</param>
    /// <param name="packet">The contents of the packet.</param>
    /// <param name="error">
    /// A rule of <see cref="EspHeader.TryParse"/>; <c>Truncated</c>; <c>Alignment</c>: the encrypted part does not end on a block
    /// boundary; <c>IntegrityCheck</c>: the ICV does not match these octets and this key; <c>PadLength</c>: longer than the encrypted
    /// part; <c>Padding</c>: the octets are not 1, 2, 3 and so on.
    /// </param>
    public bool TryOpen(
        ReadOnlySpan<byte> bytes,
        uint? highSequenceNumber,
        [NotNullWhen(true)] out EspPacket? packet,
        [NotNullWhen(false)] out WireError? error
    )
    {
        packet = null;
        if (!EspHeader.TryParse(bytes, out var header, out error))
        {
            return false;
        }

        error = CheckExtent(bytes.Length);
        if (error is not null)
        {
            return false;
        }

        var plain = new byte[bytes.Length - EncryptedOffset - IntegrityCheckValueLength];
        if (!TryUncover(bytes, plain, highSequenceNumber))
        {
            error = new WireError(
                bytes.Length - IntegrityCheckValueLength,
                "IntegrityCheck",
                "the ICV does not match these octets and this key"
            );
            return false;
        }

        error = CheckPadding(plain)?.Shifted(EncryptedOffset);
        if (error is not null)
        {
            return false;
        }

        packet = new EspPacket(header, plain[^1], plain.AsMemory(0, plain.Length - TrailerLength - plain[^PadLengthFromEnd]));
        return true;
    }

    /// <summary>Keeps the keys out of logs.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Writes the encrypted part and the ICV into a packet that holds its header and initialization vector.</summary>
    private protected abstract void Protect(ReadOnlySpan<byte> plain, Span<byte> packet, uint? highSequenceNumber);

    /// <summary>Decrypts a packet of valid length if its ICV is correct.</summary>
    private protected abstract bool TryUncover(ReadOnlySpan<byte> packet, Span<byte> plain, uint? highSequenceNumber);

    private protected static ReadOnlySpan<byte> Authenticated(ReadOnlySpan<byte> packet) => packet[..^IntegrityCheckValueLength];

    private protected static Span<byte> IntegrityCheckValue(Span<byte> packet) => packet[^IntegrityCheckValueLength..];

    private protected static ReadOnlySpan<byte> IntegrityCheckValue(ReadOnlySpan<byte> packet) => packet[^IntegrityCheckValueLength..];

    private protected ReadOnlySpan<byte> InitializationVector(ReadOnlySpan<byte> packet) => packet[EspHeader.Length..EncryptedOffset];

    private protected Span<byte> Encrypted(Span<byte> packet) => packet[EncryptedOffset..^IntegrityCheckValueLength];

    private protected ReadOnlySpan<byte> Encrypted(ReadOnlySpan<byte> packet) => packet[EncryptedOffset..^IntegrityCheckValueLength];

    private protected static OctetString RequireAesKey(OctetString key) =>
        key.Length is 16 or 24 or 32
            ? key
            : throw new ArgumentException($"An AES key has 16, 24 or 32 octets, not {key.Length}.", nameof(key));

    private byte[] Pad(EspPacket packet)
    {
        var used = packet.Payload.Length + TrailerLength;
        var padLength = (BlockLength - used % BlockLength) % BlockLength;
        var plain = new byte[used + padLength];
        packet.Payload.Span.CopyTo(plain);
        for (var i = 0; i < padLength; i++)
        {
            plain[packet.Payload.Length + i] = (byte)(i + 1);
        }
        plain[^PadLengthFromEnd] = (byte)padLength;
        plain[^1] = packet.NextHeader;
        return plain;
    }

    private WireError? CheckExtent(int length)
    {
        var shortest = EncryptedOffset + BlockLength + IntegrityCheckValueLength;
        if (length < shortest)
        {
            return WireError.Truncated(length, shortest, length);
        }

        var encrypted = length - EncryptedOffset - IntegrityCheckValueLength;
        return encrypted % BlockLength == 0
            ? null
            : new WireError(
                length - IntegrityCheckValueLength,
                "Alignment",
                $"{encrypted} encrypted octets, not a multiple of {BlockLength}"
            );
    }

    private static WireError? CheckPadding(ReadOnlySpan<byte> plain)
    {
        var padLength = plain[^PadLengthFromEnd];
        var payloadLength = plain.Length - TrailerLength - padLength;
        if (payloadLength < 0)
        {
            return new WireError(
                plain.Length - PadLengthFromEnd,
                "PadLength",
                $"{padLength} octets of padding announced, {plain.Length - TrailerLength} octets present"
            );
        }

        for (var i = 0; i < padLength; i++)
        {
            if (plain[payloadLength + i] != i + 1)
            {
                return new WireError(payloadLength + i, "Padding", $"octet {i + 1} of the padding is {plain[payloadLength + i]}");
            }
        }

        return null;
    }
}
