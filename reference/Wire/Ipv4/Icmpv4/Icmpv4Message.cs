using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pmip.Wire;

/// <summary>An ICMPv4 message, RFC 792; the checksum is computed in <see cref="ToBytes"/> and not stored.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Type      |     Code      |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                       Message Body ...
/// +----------------------------------------------------------------
/// </code></remarks>
public abstract record Icmpv4Message
{
    /// <summary>Length of the fields before the body in octets.</summary>
    public const int HeaderLength = 4;

    /// <summary>RFC 1812, Section 4.3.2.5: the Type of Service of a packet with an error, its precedence.</summary>
    public const byte ErrorPrecedence = 0xC0;

    private const int TypeOffset = 0;
    private const int CodeOffset = 1;
    private const int ChecksumOffset = 2;

    private protected Icmpv4Message() { }

    /// <summary>See <see cref="Icmpv4Type"/>.</summary>
    public abstract byte Type { get; }

    public abstract byte Code { get; }

    /// <summary>Length of the whole message in octets.</summary>
    public int Length => HeaderLength + BodyLength;

    private protected abstract int BodyLength { get; }

    /// <summary>
    /// Reads one message that fills <paramref name="bytes"/>. The checksum is not verified: see <see cref="HasValidChecksum"/>.
    /// </summary>
    /// <param name="bytes">The octets from the type on.</param>
    /// <param name="message">An <see cref="UnknownIcmpv4Message"/> if the type has no dedicated record.</param>
    /// <param name="error"><c>Truncated</c>.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Icmpv4Message? message,
        [NotNullWhen(false)] out WireError? error
    )
    {
        (message, error) = (null, null);
        if (bytes.Length < HeaderLength)
        {
            error = WireError.Truncated(bytes.Length, HeaderLength, bytes.Length);
            return false;
        }

        var (type, code) = (bytes[TypeOffset], bytes[CodeOffset]);
        var body = bytes[HeaderLength..];
        message = type switch
        {
            Icmpv4Type.EchoReply => Icmpv4EchoReply.ReadBody(body, out error),
            Icmpv4Type.DestinationUnreachable when code == Icmpv4FragmentationNeeded.FragmentationNeededCode =>
                Icmpv4FragmentationNeeded.ReadBody(body, out error),
            Icmpv4Type.DestinationUnreachable => Icmpv4DestinationUnreachable.ReadBody(code, body, out error),
            Icmpv4Type.EchoRequest => Icmpv4EchoRequest.ReadBody(body, out error),
            Icmpv4Type.TimeExceeded => Icmpv4TimeExceeded.ReadBody(code, body, out error),
            Icmpv4Type.ParameterProblem => Icmpv4ParameterProblem.ReadBody(code, body, out error),
            _ => new UnknownIcmpv4Message(type, code, new OctetString(body)),
        };
        return message is not null;
    }

    /// <summary>Whether the checksum, which has no pseudo-header, is correct; false for fewer than four octets.</summary>
    public static bool HasValidChecksum(ReadOnlySpan<byte> bytes) => bytes.Length >= HeaderLength && InternetChecksum.Compute(bytes) == 0;

    /// <summary>Writes the message with a checksum of zero and returns its <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        var length = Length;
        if (destination.Length < length)
        {
            throw new ArgumentException($"The message has {length} octets, the destination {destination.Length}.", nameof(destination));
        }

        destination[TypeOffset] = Type;
        destination[CodeOffset] = Code;
        destination.Slice(ChecksumOffset, sizeof(ushort)).Clear();
        WriteBody(destination[HeaderLength..length]);
        return length;
    }

    /// <summary>The message with its checksum.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Write(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(ChecksumOffset), InternetChecksum.Compute(bytes));
        return bytes;
    }

    /// <summary><c>ToString</c> leaves out the members of this base class.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>Writes every octet after the checksum.</summary>
    private protected abstract void WriteBody(Span<byte> body);

    private protected static bool HasFixedPart(ReadOnlySpan<byte> body, int length, out WireError? error)
    {
        error =
            body.Length >= length
                ? null
                : WireError.Truncated(HeaderLength + body.Length, HeaderLength + length, HeaderLength + body.Length);
        return error is null;
    }
}
