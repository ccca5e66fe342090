using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// The transport of an emulated MAG: over IPv6, or over IPv4 from its own address, from another one, or through a NAT that the tester
/// plays, too (RFC 5844, Section 4, and the drafts). In the drafts, the IPv4 Care-of Address option says the address of the MAG itself.
/// </summary>
public sealed class GatewayTransport(TestSession session, EmulatedNetwork network, EmulatedNode ofIpv6)
{
    /// <summary>The ports of a NAT are of no range that is assigned (RFC 6335, Section 6).</summary>
    private const int FirstNatPort = 61000;

    /// <summary>The distance of the ports of one MAG from those of another.</summary>
    private const int PortsOfGateway = 8;

    private const byte OtherAddresses = 200;

    private GatewayPath _path = GatewayPath.Ipv6;

    /// <summary>The IPv4 address to which a MAG moves: on the same link, 200 and the last digit of its own.</summary>
    public static IPAddress OtherAddressOf(IPAddress own)
    {
        var octets = own.GetAddressBytes();
        octets[^1] = (byte)(OtherAddresses + (octets[^1] % 10));
        return new IPAddress(octets);
    }

    public bool IsIpv4 => _path.IsIpv4;

    public bool IsBehindNat => _path.IsBehindNat;

    /// <summary>The node from which the LMA gets what the MAG sends: the MAG, or the NAT before it.</summary>
    public EmulatedNode Node =>
        !_path.IsIpv4 ? ofIpv6
        : _path.IsBehindNat ? network.Named(Nat, Ports.Core, AddressFamily.InterNetwork)
        : Own;

    /// <summary>The LMA's address for this transport.</summary>
    public IPAddress Anchor => session.AddressOn(session.Tested, Ports.Core, Family);

    /// <summary>The UDP port from which the LMA gets what the MAG sends.</summary>
    public ushort SignallingPort => _path.IsBehindNat ? NatPort : Port;

    private AddressFamily Family => IsIpv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;

    private bool HasInnerPacket => session.Scenario.Edition != Edition.Rfc5844;

    /// <summary>The port at which the LMA gets messages, and from which the MAG sends them.</summary>
    private ushort Port => (ushort)(HasInnerPacket ? session.Ixit.DualStackPort : MobilityPort.Control);

    private ushort NatPort
    {
        get
        {
            var gateways = session.Ixit.Domain.Of(NodeRole.Mag).Select(node => node.Name).Order(StringComparer.Ordinal).ToList();
            return (ushort)(FirstNatPort + (gateways.IndexOf(ofIpv6.Name) * PortsOfGateway) + (_path.HasOtherPort ? 1 : 0));
        }
    }

    private EmulatedNode Own
    {
        get
        {
            var own = network.Named(ofIpv6.Name, Ports.Core, AddressFamily.InterNetwork);
            if (!_path.HasOtherAddress)
            {
                return own;
            }

            var moved = own with { Address = OtherAddressOf(own.Address) };
            network.Add(moved);
            return moved;
        }
    }

    /// <summary>From now on, the MAG reaches the LMA so.</summary>
    /// <exception cref="ScenarioFaultException">The edition has no such transport.</exception>
    /// <exception cref="StepFailedException">The IXIT has no address for it.</exception>
    public void Take(GatewayPath path)
    {
        if (path.IsIpv4 && !Edition.OfIpv4.Contains(session.Scenario.Edition))
        {
            throw new ScenarioFaultException($"{session.Scenario.Edition} has no transport over IPv4.");
        }

        if (path.IsBehindNat && session.Scenario.Edition == Edition.Rfc5844)
        {
            throw new ScenarioFaultException($"{session.Scenario.Edition} excludes a NAT between MAG and LMA.");
        }

        foreach (var name in path.IsIpv4 ? [ofIpv6.Name, session.Tested, .. path.IsBehindNat ? [Nat] : (string[])[]] : (string[])[])
        {
            if (session.Ixit.Domain.Find(name)?.AddressOn(Ports.Core, AddressFamily.InterNetwork) is null)
            {
                throw new StepFailedException($"the IXIT has no IPv4 address on the core link for {name}");
            }
        }

        _path = path;
    }

    /// <summary>Gives a message the transport, with the option that it has.</summary>
    public void Complete(MessageDraft draft)
    {
        if (!IsIpv4)
        {
            return;
        }

        draft.Transport = new UdpTransport(Node.Address, Anchor, SignallingPort, Port)
        {
            HasInnerPacket = HasInnerPacket,
            HasTlvHeader = session.Scenario.Edition == Edition.Ipv4Draft02 ? null : false,
        };
        if (HasInnerPacket)
        {
            draft.Options.Add(new Ipv4CareOfAddressOption(Own.Address));
        }
    }

    /// <summary>The second router of the domain: the first is that of the core link.</summary>
    private string Nat =>
        session.Ixit.Domain.Of(NodeRole.Router).FirstOrDefault(node => node.AddressOf(AddressFamily.InterNetworkV6) is null)?.Name
        ?? throw new StepFailedException("the IXIT has no NAT on the core link: its address is missing");
}
