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
    /// <param name="number">The number of the identity, from 1.</param>
    public IPAddress HomeAddressOf(int number) => IPAddress.Parse(Filled(HomeAddressPattern, number));

    /// <param name="number">The number of the identity, from 1.</param>
    /// <param name="careOf">1 to 9.</param>
    public IPAddress CareOfAddressOf(int number, int careOf) =>
        IPAddress.Parse(Filled(CareOfAddressPattern, number).Replace("{k}", Hexadecimal(careOf), StringComparison.Ordinal));

    /// <param name="number">The number of the identity, from 1.</param>
    public Ipv6Prefix MobileNetworkOf(int number) => Ipv6Prefix.Parse(Filled(MobileNetworkPattern, number));

    private static string Filled(string pattern, int number) => pattern.Replace("{n}", Hexadecimal(number), StringComparison.Ordinal);

    private static string Hexadecimal(int number) => number.ToString("x", CultureInfo.InvariantCulture);
}
