using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>How a local mobility anchor is reached over IPv4, RFC 5844, Section 4.1, and the drafts before that RFC.</summary>
public sealed record Ipv4AnchorTransport
{
    public Ipv4Edition Edition { get; init; }

    /// <summary>IPv4-LMAA: the address to which registrations are sent over IPv4, and this node's end of the tunnels over IPv4.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>RFC 5844, Section 5.1: AcceptForcedIPv4UDPEncapsulationRequest.</summary>
    public bool AcceptForcedIPv4UDPEncapsulationRequest { get; init; }

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04, Section 5.1: AcceptIPv4UDPEncapsulationRequest.</summary>
    public bool AcceptIPv4UDPEncapsulationRequest { get; init; } = true;

    /// <summary>
    /// The Refresh Time of the NAT Detection option: how often the MAG sends something, so that the NAT keeps its state. In whole seconds,
    /// at least one; the default is that of RFC 5555, Section 7 (NATKATIMEOUT).
    /// </summary>
    public TimeSpan NatRefreshTime { get; init; } = TimeSpan.FromSeconds(110);

    /// <summary>The UDP ports of messages and data.</summary>
    public MobilityPorts Ports { get; init; } = MobilityPorts.Default;

    /// <summary>Whether a request for the TLV header (T) is granted; if not, the flag has no effect. Before RFC 5844.</summary>
    public bool SupportsTlvHeader { get; init; }

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(Address.AddressFamily == AddressFamily.InterNetwork, nameof(Address), "must be an IPv4 address");
        Require(
            NatRefreshTime >= TimeSpan.FromSeconds(1)
                && NatRefreshTime.Ticks % TimeSpan.TicksPerSecond == 0
                && NatRefreshTime.TotalSeconds <= uint.MaxValue,
            nameof(NatRefreshTime),
            "must be a whole number of seconds, at least one"
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
