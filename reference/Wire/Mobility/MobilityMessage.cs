using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Pmip.Wire;

/// <summary>A mobility message: the contents of a Mobility Header without the checksum, RFC 6275, Section 6.1.</summary>
public abstract record MobilityMessage
{
    private protected MobilityMessage() { }

    /// <summary>The MH Type field, see <see cref="MobilityHeaderType"/>.</summary>
    public abstract byte Type { get; }

    /// <summary>Length of the message with its padding in octets, a multiple of 8 and at most 2048.</summary>
    public abstract int Length { get; }

    /// <summary>Reads one message in the edition <see cref="WireEdition.Default"/>.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, WireEdition, out MobilityMessage?, out WireError?)"/>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out MobilityMessage? message,
        [NotNullWhen(false)] out WireError? error
    ) => TryParse(bytes, WireEdition.Default, out message, out error);

    /// <summary>
    /// Reads one message that fills <paramref name="bytes"/>. The checksum is not verified: see
    /// <see cref="MobilityHeader.HasValidChecksum(IPAddress, IPAddress, ReadOnlySpan{byte})"/>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The checks follow the order of RFC 6275, Section 9.2: a message of a type above 7 is read as an
    /// <see cref="UnknownMobilityMessage"/> without a check of its Payload Proto field.
    /// </para>
    /// <para>
    /// To answer a malformed Binding Identifier option (RFC 5648, Section 6.2), a receiver reads the message again in an edition
    /// <c>with { BindingIdentifier = BindingIdentifierLayout.None }</c>, in which the option is unknown.
    /// </para>
    /// </remarks>
    /// <param name="bytes">The message from the Payload Proto field on.</param>
    /// <param name="edition">The edition that defines the known options and their layout.</param>
    /// <param name="message">The message, with unknown options and without padding.</param>
    /// <param name="error">
    /// <c>Truncated</c>, <c>TrailingOctets</c>, <c>PayloadProto</c>, <c>HeaderLength</c> (too short for the type), a rule of
    /// <see cref="MobilityOption.TryParse(ReadOnlySpan{byte}, WireEdition, out MobilityOption?, out WireError?)"/>, or
    /// <c>MessageLength</c>: the options, when aligned, do not fit.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        WireEdition edition,
        [NotNullWhen(true)] out MobilityMessage? message,
        [NotNullWhen(false)] out WireError? error
    )
    {
        message = MobilityMessageReader.TryRead(bytes, edition, out var reader, out error) ? reader.ToRecord() : null;
        return message is not null;
    }

    /// <summary>Writes the message with a checksum of zero and returns its <see cref="Length"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int Write(Span<byte> destination)
    {
        var length = Length;
        if (destination.Length < length)
        {
            throw new ArgumentException($"The message has {length} octets, the destination {destination.Length}.", nameof(destination));
        }

        MobilityHeader.Write(destination, Type, length);
        WriteData(destination[..length]);
        return length;
    }

    /// <summary>The message with its checksum for these addresses of the pseudo-header.</summary>
    /// <param name="source">The source address; with a Home Address option, the home address.</param>
    /// <param name="destination">The destination address; with a type 2 routing header, the home address in it.</param>
    public byte[] ToBytes(IPAddress source, IPAddress destination)
    {
        var bytes = new byte[Length];
        Write(bytes);
        MobilityHeader.FillChecksum(source, destination, bytes);
        return bytes;
    }

    /// <summary>Keeps members that follow from the type out of <c>ToString</c>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>Writes every octet after the Checksum field. Offsets count from the start of the message.</summary>
    private protected abstract void WriteData(Span<byte> message);
}
