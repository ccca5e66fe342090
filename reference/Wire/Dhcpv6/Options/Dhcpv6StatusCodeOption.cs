using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>Status Code option, RFC 8415, Section 21.13.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |       option-code = 13        |          option-len           |
/// +-------------------------------+-------------------------------+
/// |          status-code          |       status-message ...
/// +-------------------------------+--------------------------------
/// </code></remarks>
/// <param name="Message">A text for users in UTF-8; at most 65533 octets.</param>
/// <exception cref="ArgumentException">The message is longer.</exception>
public sealed record Dhcpv6StatusCodeOption(Dhcpv6StatusCode Status, OctetString Message) : Dhcpv6Option
{
    private const int StatusOffset = 0;
    private const int MessageOffset = 2;

    public OctetString Message
    {
        get;
        init => field = RequireLength(value, MaximumDataLength - MessageOffset);
    } = RequireLength(Message, MaximumDataLength - MessageOffset);

    public override ushort Code => (ushort)Dhcpv6OptionCode.StatusCode;

    public override int DataLength => MessageOffset + Message.Length;

    public override void WriteData(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[StatusOffset..], (ushort)Status);
        Message.Span.CopyTo(destination[MessageOffset..]);
    }

    internal static Dhcpv6StatusCodeOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLengthFrom(data, MessageOffset, out error)
            ? new Dhcpv6StatusCodeOption(
                (Dhcpv6StatusCode)BinaryPrimitives.ReadUInt16BigEndian(data[StatusOffset..]),
                new OctetString(data[MessageOffset..])
            )
            : null;
}
