using System.Buffers.Binary;
using System.Net;

namespace Pmip.Wire;

/// <summary>Prefix Information option, RFC 4861, Section 4.6.2, with the R flag of RFC 6275, Section 7.2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+-+-+-+---------+
/// |   Type = 3    |  Length = 4   | Prefix Length |L|A|R|Reserved1|
/// +---------------+---------------+---------------+-+-+-----------+
/// |                        Valid Lifetime                         |
/// +---------------------------------------------------------------+
/// |                      Preferred Lifetime                       |
/// +---------------------------------------------------------------+
/// |                           Reserved2                           |
/// +---------------------------------------------------------------+
/// |                          Prefix (16)                          |
/// +---------------------------------------------------------------+
/// </code></remarks>
/// <param name="ValidLifetimeSeconds"><see cref="Infinite"/> represents infinity.</param>
/// <param name="PreferredLifetimeSeconds"><see cref="Infinite"/> represents infinity.</param>
public sealed record PrefixInformationOption(
    Ipv6Prefix Prefix,
    bool OnLink,
    bool Autonomous,
    uint ValidLifetimeSeconds,
    uint PreferredLifetimeSeconds
) : NdOption
{
    /// <summary>The value that represents an infinite lifetime.</summary>
    public const uint Infinite = uint.MaxValue;

    private const int PrefixLengthOffset = 0;
    private const int FlagsOffset = 1;
    private const int ValidLifetimeOffset = 2;
    private const int PreferredLifetimeOffset = 6;
    private const int Reserved2Offset = 10;
    private const int PrefixOffset = 14;
    private const int FixedDataLength = 30;
    private const byte OnLinkFlag = 0x80;
    private const byte AutonomousFlag = 0x40;
    private const byte RouterAddressFlag = 0x20;

    /// <summary>
    /// The address of the sending router, which the option then has in the place of the prefix, with the R flag; null without the flag.
    /// </summary>
    /// <exception cref="ArgumentException">The address is not IPv6.</exception>
    public IPAddress? RouterAddress
    {
        get;
        init => field = value is null ? null : Ipv6Octets.Require(value);
    }

    public override byte Type => (byte)NdOptionType.PrefixInformation;

    public override int DataLength => FixedDataLength;

    public override void WriteData(Span<byte> destination)
    {
        destination[PrefixLengthOffset] = Prefix.Length;
        destination[FlagsOffset] = (byte)(
            (OnLink ? OnLinkFlag : 0) | (Autonomous ? AutonomousFlag : 0) | (RouterAddress is null ? 0 : RouterAddressFlag)
        );
        BinaryPrimitives.WriteUInt32BigEndian(destination[ValidLifetimeOffset..], ValidLifetimeSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(destination[PreferredLifetimeOffset..], PreferredLifetimeSeconds);
        destination[Reserved2Offset..PrefixOffset].Clear();
        Ipv6Octets.Write(RouterAddress ?? Prefix.Network, destination[PrefixOffset..]);
    }

    internal static PrefixInformationOption? ReadData(ReadOnlySpan<byte> data, out WireError? error)
    {
        if (!HasLength(data, FixedDataLength, out error))
        {
            return null;
        }

        var length = data[PrefixLengthOffset];
        if (length > Ipv6Prefix.MaximumLength)
        {
            error = new WireError(
                HeaderLength + PrefixLengthOffset,
                "PrefixLength",
                $"prefix length {length}, maximum {Ipv6Prefix.MaximumLength}"
            );
            return null;
        }

        var address = Ipv6Octets.Read(data[PrefixOffset..]);
        return new PrefixInformationOption(
            new Ipv6Prefix(address, length),
            (data[FlagsOffset] & OnLinkFlag) != 0,
            (data[FlagsOffset] & AutonomousFlag) != 0,
            BinaryPrimitives.ReadUInt32BigEndian(data[ValidLifetimeOffset..]),
            BinaryPrimitives.ReadUInt32BigEndian(data[PreferredLifetimeOffset..])
        )
        {
            RouterAddress = (data[FlagsOffset] & RouterAddressFlag) != 0 ? address : null,
        };
    }
}
