using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// How a mobile node registers IPv4 care-of addresses, and an IPv4 home address: RFC 5555, as RFC 5648, Section 8, uses it. A link with an
/// IPv4 address of its own has that as care-of address.
/// </summary>
public sealed record DualStackMobileNodeSettings
{
    /// <summary>The address of the home agent to which updates go over IPv4, and the other end of the tunnels over IPv4.</summary>
    public required IPAddress HomeAgent { get; init; }

    /// <summary>The IPv4 home address to ask for; 0.0.0.0 for any; null for none.</summary>
    public IPAddress? HomeAddress { get; init; }

    /// <summary>The UDP port of messages and data, 1 to 65535.</summary>
    public ushort Port { get; init; } = UdpPort.DualStackMobileIpv6;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(HomeAgent.AddressFamily == AddressFamily.InterNetwork, nameof(HomeAgent), "must be an IPv4 address");
        Require(HomeAddress is null or { AddressFamily: AddressFamily.InterNetwork }, nameof(HomeAddress), "must be an IPv4 address");
        Require(Port != 0, nameof(Port), "must not be 0");
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
