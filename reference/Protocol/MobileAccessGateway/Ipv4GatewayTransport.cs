using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>How a mobile access gateway reaches LMAs over IPv4, RFC 5844, Section 4.2, and the drafts before that RFC.</summary>
public sealed record Ipv4GatewayTransport
{
    public Ipv4Edition Edition { get; init; }

    /// <summary>IPv4-Proxy-CoA: the source of registrations over IPv4, and this node's end of the tunnels over IPv4.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The IPv4-LMAA by the LMAA: these LMAs are reached over IPv4, all others over IPv6.</summary>
    public IReadOnlyDictionary<IPAddress, IPAddress> Anchors { get; init; } = new Dictionary<IPAddress, IPAddress>();

    /// <summary>RFC 5844, Section 5.2: ForceIPv4UDPEncapsulationSupport.</summary>
    public bool ForceIPv4UDPEncapsulationSupport { get; init; }

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04, Section 5.2: RequestIPv4UDPEncapsulationSupport.</summary>
    public bool RequestIPv4UDPEncapsulationSupport { get; init; }

    /// <summary>Whether the TLV header is asked for (T). Before RFC 5844.</summary>
    public bool UsesTlvHeader { get; init; }

    /// <summary>The UDP ports of messages and data.</summary>
    public MobilityPorts Ports { get; init; } = MobilityPorts.Default;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(Address.AddressFamily == AddressFamily.InterNetwork, nameof(Address), "must be an IPv4 address");
        Require(
            Anchors.All(anchor =>
                anchor.Key.AddressFamily == AddressFamily.InterNetworkV6 && anchor.Value.AddressFamily == AddressFamily.InterNetwork
            ),
            nameof(Anchors),
            "must be IPv4 addresses by IPv6 addresses"
        );
        Require(
            Ports is { Control: not 0, Data: not 0, DualStack: not 0 } && Ports.Control != Ports.Data,
            nameof(Ports),
            "must not be 0, and different for messages and data"
        );
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
