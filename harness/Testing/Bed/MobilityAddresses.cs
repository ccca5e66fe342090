using System.Globalization;
using System.Net;
using Pmip.Wire;

namespace Conformance.Testing.Bed;

/// <summary>
/// The addresses of the mobile nodes of Mobile IPv6 (RFC 6275), as patterns. <c>{n}</c> is the number of the identity of a mobile node in
/// hexadecimal digits, <c>{k}</c> that of a care-of address, from 1 to 9.
/// </summary>
/// <param name="HomeAddressPattern">An address of the home link.</param>
/// <param name="CareOfAddressPattern">An address of the core link.</param>
/// <param name="MobileNetworkPattern">A prefix behind a mobile router (RFC 3963).</param>
public sealed record MobilityAddresses(string HomeAddressPattern, string CareOfAddressPattern, string MobileNetworkPattern)
{
    /// <summary>
    /// An IPv4 address of the core link (RFC 5555), with <c>{n}</c> and <c>{k}</c> in decimal digits, and <c>{nn}</c> for the number as two
    /// octets, such as 1.44 for 300; null for nodes without IPv4.
    /// </summary>
    public string? Ipv4CareOfAddressPattern { get; init; }

    /// <summary>
    /// The IPv4 home address that is assigned to a mobile node (RFC 5555), with <c>{n}</c> in decimal digits, or <c>{nn}</c> as two octets;
    /// null for nodes without one.
    /// </summary>
    public string? Ipv4HomeAddressPattern { get; init; }

    /// <param name="number">The number of the identity, from 1.</param>
    public IPAddress HomeAddressOf(int number) => IPAddress.Parse(Filled(HomeAddressPattern, number));

    /// <param name="number">The number of the identity, from 1.</param>
    /// <param name="careOf">1 to 9.</param>
    public IPAddress CareOfAddressOf(int number, int careOf) =>
        IPAddress.Parse(Filled(CareOfAddressPattern, number).Replace("{k}", Hexadecimal(careOf), StringComparison.Ordinal));

    /// <param name="number">The number of the identity, from 1.</param>
    /// <param name="careOf">1 to 9.</param>
    /// <returns>Null for nodes without IPv4.</returns>
    public IPAddress? Ipv4CareOfAddressOf(int number, int careOf) =>
        Ipv4CareOfAddressPattern is { } pattern ? IPAddress.Parse(FilledIpv4(pattern, number, careOf)) : null;

    /// <param name="number">The number of the identity, from 1.</param>
    /// <returns>Null for nodes without an IPv4 home address.</returns>
    public IPAddress? Ipv4HomeAddressOf(int number) =>
        Ipv4HomeAddressPattern is { } pattern ? IPAddress.Parse(FilledIpv4(pattern, number)) : null;

    /// <param name="number">The number of the identity, from 1.</param>
    public Ipv6Prefix MobileNetworkOf(int number) => Ipv6Prefix.Parse(Filled(MobileNetworkPattern, number));

    private static string Filled(string pattern, int number) => pattern.Replace("{n}", Hexadecimal(number), StringComparison.Ordinal);

    /// <summary>An IPv4 pattern with its numbers, which is no address if they are too high for it.</summary>
    /// <param name="number">The number of the identity, 1 to 65535.</param>
    /// <param name="careOf">1 to 9; null for a pattern without it.</param>
    public static string FilledIpv4(string pattern, int number, int? careOf = null)
    {
        var ofNode = pattern
            .Replace("{nn}", $"{Decimal(number >> 8)}.{Decimal(number & 0xff)}", StringComparison.Ordinal)
            .Replace("{n}", Decimal(number), StringComparison.Ordinal);
        return careOf is { } known ? ofNode.Replace("{k}", Decimal(known), StringComparison.Ordinal) : ofNode;
    }

    private static string Decimal(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hexadecimal(int number) => number.ToString("x", CultureInfo.InvariantCulture);
}
