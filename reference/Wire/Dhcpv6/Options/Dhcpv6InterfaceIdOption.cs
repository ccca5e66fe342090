namespace Pmip.Wire;

/// <summary>Interface-Id option, RFC 8415, Section 21.18.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |       option-code = 18        |          option-len           |
/// +-------------------------------+-------------------------------+
/// |                        interface-id ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Identifier">
/// The identifier of the interface on which the client's message arrived; only the relay agent interprets it. At most 65535 octets.
/// </param>
/// <exception cref="ArgumentException">The identifier is longer.</exception>
public sealed record Dhcpv6InterfaceIdOption(OctetString Identifier) : Dhcpv6Option
{
    public OctetString Identifier
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Identifier);

    public override ushort Code => (ushort)Dhcpv6OptionCode.InterfaceId;

    public override int DataLength => Identifier.Length;

    public override void WriteData(Span<byte> destination) => Identifier.Span.CopyTo(destination);
}
