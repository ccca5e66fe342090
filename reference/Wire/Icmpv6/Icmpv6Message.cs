using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Pmip.Wire;

/// <summary>An ICMPv6 message without its checksum, RFC 4443, Section 2.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Type      |     Code      |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |                       Message Body ...
/// +----------------------------------------------------------------
/// </code></remarks>
public abstract record Icmpv6Message
{
    /// <summary>Length of the fields before the body in octets.</summary>
    public const int HeaderLength = 4;

    /// <summary>The header of an error with the field before the packet that it quotes.</summary>
    private const int ErrorHeaderLength = 8;

    private const int TypeOffset = 0;
    private const int CodeOffset = 1;
    private const int ChecksumOffset = 2;

    private protected Icmpv6Message() { }

    /// <summary>See <see cref="Icmpv6Type"/>.</summary>
    public abstract byte Type { get; }

    public abstract byte Code { get; }

    /// <summary>Length of the whole message in octets.</summary>
    public int Length => HeaderLength + BodyLength;

    private protected abstract int BodyLength { get; }

    /// <summary>The octets of a packet that an error quotes: as many as fit into the minimum IPv6 MTU (RFC 4443, Section 2.4(c)).</summary>
    public static OctetString Quote(ReadOnlySpan<byte> packet) =>
        new(packet[..Math.Min(packet.Length, Ipv6Packet.MinimumMtu - Ipv6Packet.HeaderLength - ErrorHeaderLength)]);

    /// <summary>
    /// Reads one message that fills <paramref name="bytes"/>. The checksum is not verified: see <see cref="HasValidChecksum"/>.
    /// </summary>
    /// <param name="bytes">The octets from the type on.</param>
    /// <param name="message">An <see cref="UnknownIcmpv6Message"/> if the type has no dedicated record.</param>
    /// <param name="error">
    /// <c>Truncated</c>; <c>Code</c>: not 0 in a neighbour discovery message; or a rule of <see cref="NdOption.TryParse"/>.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Icmpv6Message? message,
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
            Icmpv6Type.DestinationUnreachable => DestinationUnreachable.ReadBody(code, body, out error),
            Icmpv6Type.PacketTooBig => PacketTooBig.ReadBody(body, out error),
            Icmpv6Type.TimeExceeded => TimeExceeded.ReadBody(code, body, out error),
            Icmpv6Type.ParameterProblem => ParameterProblem.ReadBody(code, body, out error),
            Icmpv6Type.EchoRequest => EchoRequest.ReadBody(body, out error),
            Icmpv6Type.EchoReply => EchoReply.ReadBody(body, out error),
            Icmpv6Type.RouterSolicitation => RouterSolicitation.ReadBody(code, body, out error),
            Icmpv6Type.RouterAdvertisement => RouterAdvertisement.ReadBody(code, body, out error),
            Icmpv6Type.NeighborSolicitation => NeighborSolicitation.ReadBody(code, body, out error),
            Icmpv6Type.NeighborAdvertisement => NeighborAdvertisement.ReadBody(code, body, out error),
            Icmpv6Type.MobilePrefixSolicitation => MobilePrefixSolicitation.ReadBody(body, out error),
            Icmpv6Type.MobilePrefixAdvertisement => MobilePrefixAdvertisement.ReadBody(body, out error),
            _ => new UnknownIcmpv6Message(type, code, new OctetString(body)),
        };
        return message is not null;
    }

    /// <summary>Whether the checksum is correct for these addresses; false for fewer than four octets.</summary>
    public static bool HasValidChecksum(IPAddress source, IPAddress destination, ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength && InternetChecksum.ComputeWithPseudoHeader(source, destination, IpProtocol.Icmpv6, bytes) == 0;

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

    /// <summary>The message with its checksum for these addresses.</summary>
    public byte[] ToBytes(IPAddress source, IPAddress destination)
    {
        var bytes = new byte[Length];
        Write(bytes);
        var checksum = InternetChecksum.ComputeWithPseudoHeader(source, destination, IpProtocol.Icmpv6, bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(ChecksumOffset), checksum);
        return bytes;
    }

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
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

    /// <summary>RFC 4861, Sections 6.1 and 7.1: the code is 0, the fixed part is complete, and options fill the rest.</summary>
    private protected static bool TryReadNeighborDiscovery(
        byte code,
        ReadOnlySpan<byte> body,
        int fixedLength,
        [NotNullWhen(true)] out NdOptionList? options,
        out WireError? error
    )
    {
        options = null;
        if (code != 0)
        {
            error = new WireError(CodeOffset, "Code", $"code {code}, not 0");
            return false;
        }

        return TryReadOptions(body, fixedLength, out options, out error);
    }

    /// <summary>The fixed part is complete, and options in the format of RFC 4861, Section 4.6, fill the rest.</summary>
    private protected static bool TryReadOptions(
        ReadOnlySpan<byte> body,
        int fixedLength,
        [NotNullWhen(true)] out NdOptionList? options,
        out WireError? error
    )
    {
        options = null;
        if (!HasFixedPart(body, fixedLength, out error))
        {
            return false;
        }
        if (NdOptionList.TryParse(body[fixedLength..], out options, out error))
        {
            return true;
        }

        error = error.Shifted(HeaderLength + fixedLength);
        return false;
    }
}
