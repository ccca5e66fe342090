using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>A data packet of the tester. It carries a unique mark, by which it is recognised wherever it appears.</summary>
public sealed class DataProbe
{
    private const byte InitialHopLimit = 64;
    private const ushort EchoIdentifier = 0x5213;
    private const int EchoHeaderLength = 8;
    private const ushort LifetimeUnits = 100;

    /// <summary>The home address of a node that uses Mobile IPv6, in no domain of the tester.</summary>
    private static readonly IPAddress _home = IPAddress.Parse("2001:db8:f000::5213");

    private const int MarkLength = 16;

    /// <summary>RFC 6275, Section 6.2.7: 96 bits.</summary>
    private const int AuthenticatorLength = 12;

    private readonly bool _isIpv4;
    private readonly bool _isFragment;
    private readonly bool _isBindingUpdate;

    /// <summary>The mark, then zeros up to the size of the packet; of a Binding Update, its authenticator.</summary>
    private readonly byte[] _data;

    /// <param name="destination">Its family is that of the packet.</param>
    /// <param name="size">The size of the packet in octets; null for the least.</param>
    /// <exception cref="ScenarioFaultException">A packet of this family cannot be changed so.</exception>
    public DataProbe(Random random, IPAddress source, IPAddress destination, PacketEdits edits, uint? size = null)
    {
        _isIpv4 = destination.AddressFamily == AddressFamily.InterNetwork;
        edits.RequireFor(_isIpv4);
        _isBindingUpdate = edits.HasBindingUpdate;
        var headers = (_isIpv4 ? Ipv4Packet.MinimumHeaderLength : Ipv6Packet.HeaderLength) + EchoHeaderLength;
        _data = new byte[_isBindingUpdate ? AuthenticatorLength : Math.Max(MarkLength, (int)(size ?? 0) - headers)];
        random.NextBytes(Mark);
        if (_isBindingUpdate)
        {
            Packet = BindingUpdatePacket(source, destination);
            return;
        }

        _isFragment = edits.FragmentOffsetUnits is not null;
        IpPacket packet = _isIpv4 ? EchoInIpv4(source, destination, edits) : EchoInIpv6(source, destination, edits);
        Packet = packet with { TrafficClass = (byte)edits.Ecn("inner"), HopLimit = edits.HopLimit("inner") ?? InitialHopLimit };
    }

    private Span<byte> Mark => _data.AsSpan(0, Math.Min(MarkLength, _data.Length));

    /// <summary>The packet, without the tunnel in which it may have been sent.</summary>
    public IpPacket Packet { get; }

    /// <summary>True from the sending of the packet until a step looks for it.</summary>
    public bool IsAwaited { get; set; } = true;

    /// <summary>The packet as it left the implementation; null if no step has found it.</summary>
    public Packet? Forwarded { get; set; }

    /// <summary>Only a whole packet with the mark counts; an ICMPv6 error that quotes such a packet does not.</summary>
    public bool IsIn(Packet packet) =>
        _isFragment ? (packet.Inner ?? packet).Ip is { IsLaterFragment: true } fragment && fragment.UpperPart.Span.EndsWith(_data)
        : _isBindingUpdate ? (packet.Inner ?? packet) is { Mobility: not null, Ip: { } update } && update.UpperPart.Span.EndsWith(_data)
        : EchoData((packet.Inner ?? packet).AnyIcmp, Icmpv4Layer.EchoRequest, Icmpv6Layer.EchoRequest) is { } data
            && data.Span.SequenceEqual(_data);

    /// <summary>True for the echo reply to the packet (RFC 4443, Section 4.2; RFC 792).</summary>
    public bool IsAnsweredIn(Packet packet) =>
        EchoData((packet.Inner ?? packet).AnyIcmp, Icmpv4Layer.EchoReply, Icmpv6Layer.EchoReply) is { } data
        && data.Span.SequenceEqual(_data);

    /// <summary>
    /// True for an ICMP error that quotes the packet. An error of ICMPv6 quotes it as far as its mark. One of ICMPv4 may quote 8 octets
    /// after the header only (RFC 792): there the Identification is the mark.
    /// </summary>
    public bool IsQuotedIn(IcmpLayer error) =>
        error is { IsError: true, Quoted: { Innermost: var quoted } }
        && (
            Packet is Ipv4Packet sent
                ? quoted is Ipv4Layer ip
                    && ip.Identification == sent.Identification
                    && ip.Source.Equals(sent.Source)
                    && ip.Destination.Equals(sent.Destination)
            : _isFragment ? quoted is Ipv6Layer { IsLaterFragment: true } fragment && fragment.UpperPart.Span.IndexOf(Mark) >= 0
            : EchoData(quoted.Upper as IcmpLayer, Icmpv4Layer.EchoRequest, Icmpv6Layer.EchoRequest) is { } data
                && data.Span.StartsWith(Mark)
        );

    /// <summary>A Neighbor Solicitation for the destination on an access link shows that the packet is about to be forwarded.</summary>
    public bool IsOnItsWay(Packet packet) =>
        packet.Frame.Port != Ports.Core
        && packet.Frame.Port != Ports.Home
        && packet.Neighbor?.Type == NeighborDiscoveryLayer.NeighborSolicitation
        && packet.Neighbor.Target.Equals(Packet.Destination);

    /// <summary>The data of an echo message of the packet's family; null if it is none.</summary>
    private ReadOnlyMemory<byte>? EchoData(IcmpLayer? icmp, int ipv4Type, int ipv6Type) =>
        icmp is { Echo: { } echo } && icmp is Icmpv4Layer == _isIpv4 && icmp.Type == (_isIpv4 ? ipv4Type : ipv6Type) ? echo.Data : null;

    private Ipv4Packet EchoInIpv4(IPAddress source, IPAddress destination, PacketEdits edits) =>
        new(source, destination, Ipv4Protocol.Icmp, new Icmpv4EchoRequest(EchoIdentifier, 1, new OctetString(_data)).ToBytes())
        {
            Identification = BinaryPrimitives.ReadUInt16BigEndian(_data),
            DontFragment = edits.DontFragment,
        };

    private Ipv6Packet EchoInIpv6(IPAddress source, IPAddress destination, PacketEdits edits)
    {
        var echo = new EchoRequest(EchoIdentifier, 1, new OctetString(_data)).ToBytes(source, destination);
        var (next, payload) = edits.FragmentOffsetUnits is { } offset ? LaterFragment(offset, echo) : (IpProtocol.Icmpv6, echo);
        (next, payload) = OptionsHeaders.Before(next, payload, "inner", edits);
        return new Ipv6Packet(source, destination, next, payload);
    }

    /// <summary>
    /// RFC 6275, Section 9.5.1: a node at a care-of address, the source, registers it with a correspondent node. The authenticator is
    /// random.
    /// </summary>
    private Ipv6Packet BindingUpdatePacket(IPAddress source, IPAddress destination)
    {
        var update = new BindingUpdate(
            BinaryPrimitives.ReadUInt16BigEndian(_data),
            BindingUpdateFlags.Acknowledge,
            LifetimeUnits,
            new MobilityOptionList([new NonceIndicesOption(1, 1), new BindingAuthorizationDataOption(new OctetString(_data))])
        );
        var header = OptionsHeader.Of(
            IpProtocol.MobilityHeader,
            [1, 2, 0, 0, HomeAddressOption.OptionType, 16, .. _home.GetAddressBytes()]
        );
        return new Ipv6Packet(
            source,
            destination,
            IpProtocol.DestinationOptions,
            (byte[])[.. header, .. update.ToBytes(_home, destination)]
        )
        {
            HopLimit = InitialHopLimit,
        };
    }

    /// <summary>A fragment that is not the first: to all but its destination, its content is mere octets (RFC 8200, Section 4.5).</summary>
    private (byte Next, byte[] Payload) LaterFragment(ushort offsetUnits, byte[] content)
    {
        var header = new FragmentHeader(IpProtocol.Icmpv6, offsetUnits, MoreFragments: false, BinaryPrimitives.ReadUInt32BigEndian(_data));
        return (header.Type, header.Before(content));
    }
}
