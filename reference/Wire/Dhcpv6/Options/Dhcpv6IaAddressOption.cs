using System.Buffers.Binary;
using System.Net;

namespace Pmip.Wire;

/// <summary>IA Address option, RFC 8415, Section 21.6. It is contained in an IA_NA option.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |        option-code = 5        |          option-len           |
/// +-------------------------------+-------------------------------+
/// |                       IPv6-address (16)                       |
/// +---------------------------------------------------------------+
/// |                      preferred-lifetime                       |
/// +---------------------------------------------------------------+
/// |                        valid-lifetime                         |
/// +---------------------------------------------------------------+
/// |                       IAaddr-options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Address">An IPv6 address.</param>
/// <param name="PreferredLifetimeSeconds">
/// All ones represents infinity. May be greater than the valid lifetime, although the option is then useless.
/// </param>
/// <param name="Options">The options, without a <see cref="Dhcpv6IaNaOption"/> or <see cref="Dhcpv6IaAddressOption"/>.</param>
/// <exception cref="ArgumentException">The address is not IPv6, an option is not allowed here, or the options do not fit.</exception>
public sealed record Dhcpv6IaAddressOption(
    IPAddress Address,
    uint PreferredLifetimeSeconds,
    uint ValidLifetimeSeconds,
    Dhcpv6OptionList Options
) : Dhcpv6Option
{
    private const int AddressOffset = 0;
    private const int PreferredLifetimeOffset = 16;
    private const int ValidLifetimeOffset = 20;
    private const int OptionsOffset = 24;

    public IPAddress Address
    {
        get;
        init => field = Ipv6Octets.Require(value);
    } = Ipv6Octets.Require(Address);

    public Dhcpv6OptionList Options
    {
        get;
        init => field = RequireOptions(value);
    } = RequireOptions(Options);

    public override ushort Code => (ushort)Dhcpv6OptionCode.IaAddress;

    public override int DataLength => OptionsOffset + Options.Length;

    public override void WriteData(Span<byte> destination)
    {
        Ipv6Octets.Write(Address, destination[AddressOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(destination[PreferredLifetimeOffset..], PreferredLifetimeSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(destination[ValidLifetimeOffset..], ValidLifetimeSeconds);
        Options.Write(destination[OptionsOffset..]);
    }

    internal static Dhcpv6IaAddressOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        TryReadOptions(data, OptionsOffset, Dhcpv6OptionPlace.IaAddress, out var options, out error)
            ? new Dhcpv6IaAddressOption(
                Ipv6Octets.Read(data[AddressOffset..]),
                BinaryPrimitives.ReadUInt32BigEndian(data[PreferredLifetimeOffset..]),
                BinaryPrimitives.ReadUInt32BigEndian(data[ValidLifetimeOffset..]),
                options
            )
            : null;

    private static Dhcpv6OptionList RequireOptions(Dhcpv6OptionList options) =>
        options.RequireIn(Dhcpv6OptionPlace.IaAddress).RequireRoom(MaximumDataLength - OptionsOffset);
}
