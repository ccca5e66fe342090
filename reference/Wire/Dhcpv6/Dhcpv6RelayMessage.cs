using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pmip.Wire;

/// <summary>Relay-forward or Relay-reply, RFC 8415, Section 9.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   msg-type    |   hop-count   |                               |
/// +---------------+---------------+                               +
/// |                       link-address (16)                       |
/// +                               +-------------------------------+
/// |                               |                               |
/// +-------------------------------+                               +
/// |                       peer-address (16)                       |
/// +                               +-------------------------------+
/// |                               |           options ...
/// +-------------------------------+--------------------------------
/// </code></remarks>
/// <param name="Type">Relay-forward or Relay-reply.</param>
/// <param name="HopCount">The number of relay agents that have already relayed the message.</param>
/// <param name="LinkAddress">An IPv6 address of the client's link, or ::.</param>
/// <param name="PeerAddress">The IPv6 address from which the relayed message came or to which it goes.</param>
/// <param name="Options">
/// The options, with a <see cref="Dhcpv6RelayMessageOption"/> and without a <see cref="Dhcpv6IaAddressOption"/>.
/// </param>
/// <exception cref="ArgumentException">
/// The type is not that of a relay agent message, an address is not IPv6, the relayed message is missing, or an option is not
/// allowed here.
/// </exception>
public sealed record Dhcpv6RelayMessage(
    Dhcpv6MessageType Type,
    byte HopCount,
    IPAddress LinkAddress,
    IPAddress PeerAddress,
    Dhcpv6OptionList Options
) : Dhcpv6Message
{
    internal const int OptionsOffset = 34;

    private const int HopCountOffset = 1;
    private const int LinkAddressOffset = 2;
    private const int PeerAddressOffset = 18;

    public override Dhcpv6MessageType Type { get; } = RequireType(Type);

    public IPAddress LinkAddress
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(LinkAddress);

    public IPAddress PeerAddress
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(PeerAddress);

    public override Dhcpv6OptionList Options
    {
        get;
        init => field = RequireRelayMessage(value);
    } = RequireRelayMessage(Options);

    /// <summary>The octets of the relayed message.</summary>
    public OctetString Relayed => Options.First<Dhcpv6RelayMessageOption>()!.Message;

    private protected override int FixedLength => OptionsOffset;

    /// <summary>Reads the relayed message, which may itself be a relay agent message.</summary>
    /// <param name="error">As in <see cref="Dhcpv6Message.TryParse"/>; offsets count from the start of the relayed message.</param>
    public bool TryGetRelayed([NotNullWhen(true)] out Dhcpv6Message? message, [NotNullWhen(false)] out WireError? error) =>
        TryParse(Relayed.Span, out message, out error);

    internal static Dhcpv6RelayMessage? Read(ReadOnlySpan<byte> bytes, Dhcpv6OptionList options, out WireError? error)
    {
        error = options.Has<Dhcpv6RelayMessageOption>() ? null : new WireError(OptionsOffset, "RelayMessage", "no relayed message");
        return error is not null
            ? null
            : new Dhcpv6RelayMessage(
                (Dhcpv6MessageType)bytes[TypeOffset],
                bytes[HopCountOffset],
                Ipv6Octets.Read(bytes[LinkAddressOffset..]),
                Ipv6Octets.Read(bytes[PeerAddressOffset..]),
                options
            );
    }

    private protected override void WriteFixed(Span<byte> message)
    {
        message[HopCountOffset] = HopCount;
        Ipv6Octets.Write(LinkAddress, message[LinkAddressOffset..]);
        Ipv6Octets.Write(PeerAddress, message[PeerAddressOffset..]);
    }

    private static Dhcpv6MessageType RequireType(Dhcpv6MessageType type) =>
        IsRelayed(type) ? type : throw new ArgumentException($"{type} is not a relay agent message.", nameof(type));

    private static Dhcpv6OptionList RequireRelayMessage(Dhcpv6OptionList options) =>
        options.RequireIn(Dhcpv6OptionPlace.Message).Has<Dhcpv6RelayMessageOption>()
            ? options
            : throw new ArgumentException("The options contain no relayed message.", nameof(options));
}
