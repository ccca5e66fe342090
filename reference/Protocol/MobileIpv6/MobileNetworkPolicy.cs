using System.Globalization;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// An entry of the Prefix Table, RFC 3963, Section 6.1.2, for all mobile routers of a pattern. Both patterns may have the placeholder
/// <c>{n}</c> for one group of 16 bits, whose value is the same in both.
/// </summary>
/// <param name="HomeAddress">The home addresses: <c>2001:db8::{n}</c>, or one address.</param>
/// <param name="Network">The mobile network prefix of such a home address: <c>2001:db8:1:{n}::/64</c>, or one prefix.</param>
/// <exception cref="ArgumentException">A pattern is no IPv6 address or prefix, or only the second one has a placeholder.</exception>
public sealed record MobileNetworkPolicy(string HomeAddress, string Network)
{
    private const string Placeholder = "{n}";

    public string HomeAddress { get; } = RequireAddress(HomeAddress);

    public string Network { get; } = RequirePrefix(Network, HomeAddress);

    /// <summary>The mobile network prefix of a mobile router; null if its home address does not fit the pattern.</summary>
    public Ipv6Prefix? Of(IPAddress home)
    {
        ArgumentNullException.ThrowIfNull(home);
        var number = NumberOf(home);
        return At(HomeAddress, number) is { } text && IPAddress.Parse(text).Equals(home) ? Ipv6Prefix.Parse(At(Network, number)) : null;
    }

    /// <summary>The group at the placeholder.</summary>
    private ushort NumberOf(IPAddress home)
    {
        var first = IPAddress.Parse(At(HomeAddress, 0)).GetAddressBytes();
        var last = IPAddress.Parse(At(HomeAddress, ushort.MaxValue)).GetAddressBytes();
        var bytes = home.GetAddressBytes();
        var at = Enumerable.Range(0, Math.Min(bytes.Length, first.Length)).FirstOrDefault(i => first[i] != last[i], -1);
        return at < 0 ? (ushort)0 : (ushort)((bytes[at] << 8) | bytes[at + 1]);
    }

    private static string At(string pattern, ushort number) =>
        pattern.Replace(Placeholder, number.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string RequireAddress(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return IPAddress.TryParse(At(pattern, ushort.MaxValue), out _)
            ? pattern
            : throw new ArgumentException($"'{pattern}' is no pattern of IPv6 addresses.", nameof(pattern));
    }

    private static string RequirePrefix(string pattern, string homeAddress)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var hasOwn =
            !pattern.Contains(Placeholder, StringComparison.Ordinal) || homeAddress.Contains(Placeholder, StringComparison.Ordinal);
        return hasOwn && Ipv6Prefix.TryParse(At(pattern, ushort.MaxValue), out _)
            ? pattern
            : throw new ArgumentException($"'{pattern}' is no pattern of prefixes for {homeAddress}.", nameof(pattern));
    }
}
