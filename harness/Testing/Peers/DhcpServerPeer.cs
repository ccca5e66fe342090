using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// A DHCP server that the tester plays behind the LMA of a MAG under test: it gets what the MAG relays, and what mobile nodes send to its
/// address (RFC 2131, Section 4.3; RFC 3046, Section 2.2).
/// </summary>
internal sealed class DhcpServerPeer(TestSession session, EmulatedNetwork network)
{
    private const uint LeaseSeconds = 3600;
    private const byte RemoteIdCode = 2;
    private const int AddressOctets = 4;

    private EmulatedNode Node => network.Named(session.First(NodeRole.Dhcp), Ports.Core, AddressFamily.InterNetwork);

    public IPAddress Address => Node.Address;

    /// <summary>The packet of either form in which a message of a client reaches the server: in a tunnel, or without one.</summary>
    /// <returns>The IPv4 packet with the message; null if it is none for the server.</returns>
    public Packet? Received(Packet packet) =>
        packet.Frame.Port == Ports.Core
        && (packet.Inner ?? packet)
            is { Dhcp.Operation: (int)DhcpOperation.BootRequest, Upper: UdpLayer { DestinationPort: DhcpLayer.ServerPort } } whole
        && whole.Ip!.Destination.Equals(Address)
            ? whole
            : null;

    /// <summary>The address in the Agent Remote ID of a message; null if it has none.</summary>
    public static IPAddress? RemoteId(DhcpLayer message) =>
        SubOption(message, RemoteIdCode) is { Length: AddressOctets } id ? new IPAddress(id.Span) : null;

    /// <summary>The data of a sub-option of a message's Relay Agent Information option (RFC 3046, Section 2.0); null without it.</summary>
    public static ReadOnlyMemory<byte>? SubOption(DhcpLayer message, byte code) =>
        message.First((int)DhcpOptionCode.RelayAgentInformation) is { } option
            ? SubOptions(option.Data.Octets)
                .Where(each => each.Code == code)
                .Select(each => (ReadOnlyMemory<byte>?)each.Data)
                .FirstOrDefault()
            : null;

    /// <summary>Answers a message on the way it came. By default it offers or confirms the address in the Agent Remote ID.</summary>
    /// <param name="request">What <see cref="Received"/> has returned.</param>
    public Frame Answer(MobileNode node, Packet request, DhcpMessageType type, EditList edits)
    {
        var asked = request.Dhcp!;
        var relay = asked.RelayAddress;
        var isRelayed = !relay.Equals(IPAddress.Any);
        var draft = new DhcpDraft(
            Message(node, asked, type),
            new UdpPath(
                Address,
                DhcpLayer.ServerPort,
                isRelayed ? relay : asked.ClientAddress,
                (ushort)(isRelayed ? DhcpLayer.ServerPort : DhcpLayer.ClientPort)
            ),
            words => Ipv4Words.Read(words, node, session)
        );
        draft.Apply(edits.Edits);
        var outer = Packet.Of(request.Frame);
        var frame =
            outer.Inner is not null && session.Ixit.Domain.OwnerOf(outer.Ip!.Destination) is { } anchor
                ? TunnelEntry.Send(session, network, anchor.Name, session.Tested, draft.Packet, PacketEdits.None)
                : network.SendTo(Node, outer.Ethernet!.Source, draft.Packet);
        session.LastStimulus = frame;
        return frame;
    }

    private DhcpMessage Message(MobileNode node, DhcpLayer asked, DhcpMessageType type)
    {
        var address =
            RemoteId(asked) ?? (node.Session.OfferedIpv4 is [var first, ..] ? first.Address : AnchorIpv4.AddressFor(node, session.Ipv4));
        var isRefusal = type == DhcpMessageType.Nak;
        return new DhcpMessage(DhcpOperation.BootReply, asked.TransactionId, [.. OptionsOf(node, asked, type)])
        {
            Broadcast = asked.Broadcast,
            ClientAddress = isRefusal ? IPAddress.Any : asked.ClientAddress,
            YourAddress = isRefusal ? IPAddress.Any : address,
            RelayAddress = asked.RelayAddress,
            HardwareAddress = new OctetString(asked.ClientHardwareAddress.ToArray()),
        };
    }

    /// <summary>The server's address, or that which the relay agent wants clients to use (RFC 5107, Section 4).</summary>
    private IPAddress IdentifierFor(DhcpLayer asked) =>
        SubOption(asked, (byte)RelayAgentSubOptionCode.ServerIdentifierOverride) is { Length: AddressOctets } own
            ? new IPAddress(own.Span)
            : Address;

    /// <summary>The server returns the option of the relay agent, as the last (RFC 3046, Section 2.2).</summary>
    private IEnumerable<DhcpOption> OptionsOf(MobileNode node, DhcpLayer asked, DhcpMessageType type)
    {
        yield return new DhcpMessageTypeOption(type);
        yield return new DhcpServerIdentifierOption(IdentifierFor(asked));
        if (type != DhcpMessageType.Nak)
        {
            yield return new DhcpLeaseTimeOption(LeaseSeconds);
            yield return new DhcpSubnetMaskOption(session.Ipv4.Prefix.Length);
            yield return new DhcpRouterOption(Ipv4Words.RouterOf(node, session));
            yield return new DhcpInterfaceMtuOption((ushort)PathMtu.Least);
        }

        if (asked.First((int)DhcpOptionCode.RelayAgentInformation) is { } relay)
        {
            yield return new DhcpRelayAgentInformationOption([.. SubOptions(relay.Data.Octets).Select(Copy).OfType<RelayAgentSubOption>()]);
        }
    }

    /// <summary>The sub-options up to one that is cut off.</summary>
    private static IEnumerable<(byte Code, ReadOnlyMemory<byte> Data)> SubOptions(ReadOnlyMemory<byte> octets)
    {
        for (var rest = octets; rest.Length >= 2 && rest.Length >= 2 + rest.Span[1]; rest = rest[(2 + rest.Span[1])..])
        {
            yield return (rest.Span[0], rest.Slice(2, rest.Span[1]));
        }
    }

    /// <summary>The sub-option as it came; null if its data is too short or too long for its code.</summary>
    private static RelayAgentSubOption? Copy((byte Code, ReadOnlyMemory<byte> Data) option)
    {
        var octets = new OctetString(option.Data.Span);
        return ((RelayAgentSubOptionCode)option.Code, octets.Length) switch
        {
            (RelayAgentSubOptionCode.CircuitId, _) => new CircuitIdSubOption(octets),
            (RelayAgentSubOptionCode.RemoteId, _) => new RemoteIdSubOption(octets),
            (RelayAgentSubOptionCode.LinkSelection, AddressOctets) => new LinkSelectionSubOption(new IPAddress(octets.Span)),
            (RelayAgentSubOptionCode.ServerIdentifierOverride, AddressOctets) => new ServerIdentifierOverrideSubOption(
                new IPAddress(octets.Span)
            ),
            (RelayAgentSubOptionCode.Flags, 1) => new RelayAgentFlagsSubOption(octets.Span[0] != 0),
            (
                RelayAgentSubOptionCode.LinkSelection
                    or RelayAgentSubOptionCode.ServerIdentifierOverride
                    or RelayAgentSubOptionCode.Flags,
                _
            ) => null,
            _ => new UnknownRelayAgentSubOption(option.Code, octets),
        };
    }
}
