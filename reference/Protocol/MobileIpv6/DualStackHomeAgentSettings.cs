using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// How a home agent serves mobile nodes at IPv4 care-of addresses, and gives them IPv4 home addresses: RFC 5555, as RFC 5648, Section 8,
/// uses it.
/// </summary>
public sealed record DualStackHomeAgentSettings
{
    /// <summary>The address to which mobile nodes register over IPv4, and the home agent's end of the tunnels over IPv4.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The IPv4 home addresses of mobile nodes that have a fixed one, by their home addresses.</summary>
    public IReadOnlyDictionary<IPAddress, IPAddress> HomeAddresses { get; init; } = new Dictionary<IPAddress, IPAddress>();

    /// <summary>The IPv4 home addresses for mobile nodes that ask for one without naming it (RFC 5555, Section 4.5).</summary>
    public IReadOnlyList<IPAddress> Pool { get; init; } = [];

    /// <summary>Whether a mobile node may ask for UDP without a NAT (RFC 5555, Section 4.5; status 144).</summary>
    public bool AcceptsForcedUdp { get; init; } = true;

    /// <summary>
    /// The Refresh Time of the NAT Detection option: how often the mobile node sends something, so that the NAT keeps its state. In whole
    /// seconds, at least one; the default is that of RFC 5555, Section 6 (NATKATIMEOUT).
    /// </summary>
    public TimeSpan NatRefreshTime { get; init; } = TimeSpan.FromSeconds(110);

    /// <summary>The UDP port of messages and data, 1 to 65535.</summary>
    public ushort Port { get; init; } = UdpPort.DualStackMobileIpv6;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(IsIpv4(Address), nameof(Address), "must be an IPv4 address");
        Require(
            HomeAddresses.Values.All(IsIpv4) && HomeAddresses.Values.Distinct().Count() == HomeAddresses.Count,
            nameof(HomeAddresses),
            "must be IPv4 addresses, all different"
        );
        Require(
            Pool.All(IsIpv4) && !Pool.Intersect(HomeAddresses.Values.Append(Address)).Any(),
            nameof(Pool),
            "must be IPv4 addresses that nobody has"
        );
        Require(
            NatRefreshTime >= TimeSpan.FromSeconds(1)
                && NatRefreshTime.Ticks % TimeSpan.TicksPerSecond == 0
                && NatRefreshTime.TotalSeconds < uint.MaxValue,
            nameof(NatRefreshTime),
            "must be a whole number of seconds, at least one"
        );
        Require(Port != 0, nameof(Port), "must not be 0");
    }

    private static bool IsIpv4(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork;

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
