using System.Net;

namespace Pmip.Wire;

/// <summary>Binding Error, RFC 6275, Section 6.1.9.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |    Status     |   Reserved    |
/// +-------------------------------+---------------+---------------+
/// |                       Home Address (16)                       |
/// +---------------------------------------------------------------+
/// |                       Mobility Options ...                    |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="Status">
/// 1: there is no binding for the Home Address option; 2: the sender of the Binding Error does not recognize the MH Type of the message
/// that it received.
/// </param>
/// <param name="HomeAddress">The address of the Home Address option, or :: if there was no such option.</param>
/// <exception cref="ArgumentException">The address is not IPv6, or the options do not fit into a Mobility Header.</exception>
public sealed record BindingError(byte Status, IPAddress HomeAddress, MobilityOptionList Options) : MobilityMessage
{
    public const byte UnknownBindingForHomeAddress = 1;
    public const byte UnrecognizedMobilityHeaderType = 2;

    public const int StatusOffset = 6;
    public const int ReservedOffset = 7;
    public const int HomeAddressOffset = 8;
    public const int OptionsOffset = 24;

    public IPAddress HomeAddress
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(HomeAddress);

    public MobilityOptionList Options
    {
        get;
        init => field = value.RequireRoom(OptionsOffset);
    } = Options.RequireRoom(OptionsOffset);

    public override byte Type => (byte)MobilityHeaderType.BindingError;

    public override int Length => Options.EndFrom(OptionsOffset);

    internal static BindingError Read(ReadOnlySpan<byte> message, MobilityOptionList options) =>
        new(message[StatusOffset], Ipv6Octets.Read(message[HomeAddressOffset..]), options);

    private protected override void WriteData(Span<byte> message)
    {
        message[StatusOffset] = Status;
        message[ReservedOffset] = 0;
        Ipv6Octets.Write(HomeAddress, message[HomeAddressOffset..]);
        Options.Write(message, OptionsOffset);
    }
}
