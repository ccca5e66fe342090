using System.Buffers.Binary;
using System.Net;

namespace Pmip.Wire;

/// <summary>The common header of all mobility messages, RFC 6275, Section 6.1.1.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// | Payload Proto |  Header Len   |    MH Type    |   Reserved    |
/// +---------------+---------------+---------------+---------------+
/// |           Checksum            |        Message Data ...
/// +-------------------------------+--------------------------------
/// </code></remarks>
public static class MobilityHeader
{
    /// <summary>The Next Header value that announces a Mobility Header.</summary>
    public const byte Protocol = IpProtocol.MobilityHeader;

    /// <summary>IPPROTO_NONE: nothing follows a Mobility Header.</summary>
    public const byte PayloadProtoNone = IpProtocol.NoNextHeader;

    /// <summary>Length of the fields before the message data in octets.</summary>
    public const int Length = 6;

    /// <summary>Header Len counts units of this number of octets, not including the first unit.</summary>
    public const int LengthUnit = OptionPadding.HeaderUnit;

    /// <summary>Maximum length of a message in octets: Header Len 255.</summary>
    public const int MaximumMessageLength = (byte.MaxValue + 1) * LengthUnit;

    public const int PayloadProtoOffset = 0;
    public const int HeaderLenOffset = 1;
    public const int TypeOffset = 2;
    public const int ReservedOffset = 3;
    public const int ChecksumOffset = 4;

    /// <summary>Writes the header of a message, with a checksum of zero.</summary>
    /// <param name="length">The length of the message in octets, a multiple of 8.</param>
    internal static void Write(Span<byte> message, byte type, int length)
    {
        message[PayloadProtoOffset] = PayloadProtoNone;
        message[HeaderLenOffset] = (byte)(length / LengthUnit - 1);
        message[TypeOffset] = type;
        message[ReservedOffset] = 0;
        message.Slice(ChecksumOffset, sizeof(ushort)).Clear();
    }

    /// <summary>Whether the checksum is correct for these addresses of the pseudo-header.</summary>
    /// <param name="source">The source address; with a Home Address option, the home address.</param>
    /// <param name="destination">The destination address; with a type 2 routing header, the home address in it.</param>
    /// <param name="message">The whole Mobility Header. The result is false for fewer than six octets.</param>
    public static bool HasValidChecksum(IPAddress source, IPAddress destination, ReadOnlySpan<byte> message) =>
        message.Length >= Length && InternetChecksum.ComputeWithPseudoHeader(source, destination, Protocol, message) == 0;

    /// <inheritdoc cref="HasValidChecksum(IPAddress, IPAddress, ReadOnlySpan{byte})"/>
    /// <param name="source">The sixteen octets of the source address; with a Home Address option, the home address.</param>
    /// <param name="destination">
    /// The sixteen octets of the destination address; with a type 2 routing header, the home address in it.
    /// </param>
    /// <exception cref="ArgumentException">An address has another length.</exception>
    public static bool HasValidChecksum(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> message) =>
        message.Length >= Length && InternetChecksum.ComputeWithPseudoHeader(source, destination, Protocol, message) == 0;

    /// <summary>Computes the checksum of a message and writes it into its field.</summary>
    /// <exception cref="ArgumentException"><paramref name="message"/> is shorter than the header.</exception>
    public static void FillChecksum(IPAddress source, IPAddress destination, Span<byte> message)
    {
        ClearChecksum(message);
        SetChecksum(message, InternetChecksum.ComputeWithPseudoHeader(source, destination, Protocol, message));
    }

    /// <inheritdoc cref="FillChecksum(IPAddress, IPAddress, Span{byte})"/>
    /// <param name="source">The sixteen octets of the source address; with a Home Address option, the home address.</param>
    /// <param name="destination">
    /// The sixteen octets of the destination address; with a type 2 routing header, the home address in it.
    /// </param>
    /// <exception cref="ArgumentException">The message is shorter than the header, or an address has another length.</exception>
    public static void FillChecksum(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, Span<byte> message)
    {
        ClearChecksum(message);
        SetChecksum(message, InternetChecksum.ComputeWithPseudoHeader(source, destination, Protocol, message));
    }

    private static void ClearChecksum(Span<byte> message)
    {
        if (message.Length < Length)
        {
            throw new ArgumentException($"A Mobility Header has at least {Length} octets, not {message.Length}.", nameof(message));
        }
        SetChecksum(message, 0);
    }

    private static void SetChecksum(Span<byte> message, ushort checksum) =>
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], checksum);
}
