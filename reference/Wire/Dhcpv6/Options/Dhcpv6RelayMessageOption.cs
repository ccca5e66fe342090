namespace Pmip.Wire;

/// <summary>Relay Message option, RFC 8415, Section 21.10.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |        option-code = 9        |          option-len           |
/// +-------------------------------+-------------------------------+
/// |                     DHCP-relay-message ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Message">The relayed message, unchanged and not parsed; at most 65535 octets.</param>
/// <exception cref="ArgumentException">The message is longer.</exception>
public sealed record Dhcpv6RelayMessageOption(OctetString Message) : Dhcpv6Option
{
    public OctetString Message
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Message);

    public override ushort Code => (ushort)Dhcpv6OptionCode.RelayMessage;

    public override int DataLength => Message.Length;

    public override void WriteData(Span<byte> destination) => Message.Span.CopyTo(destination);
}
