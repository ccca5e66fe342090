using Conformance.Testing.Octets.Fields;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An ICMPv6 message (RFC 4443).</summary>
public class Icmpv6Layer : IcmpLayer
{
    public const int DestinationUnreachable = 1;
    public const int PacketTooBig = 2;
    public const int TimeExceeded = 3;
    public const int ParameterProblem = 4;
    public const int EchoRequest = 128;
    public const int EchoReply = 129;

    private const int FirstInformational = 128;

    private readonly IpLayer _ip;

    private protected Icmpv6Layer(FramePart part, IpLayer ip, LayerReader reader)
        : base(part)
    {
        _ip = ip;
        Quoted = IsError && Type > 0 ? reader.Quoted(part.From(BodyOffset)) : null;
    }

    public override string Name => "ICMPv6";

    /// <summary>The name of the message (RFC 4443, 4861, 2710, 3810, 6275).</summary>
    public override string Message =>
        Type switch
        {
            DestinationUnreachable => "Destination Unreachable",
            PacketTooBig => "Packet Too Big",
            TimeExceeded => "Time Exceeded",
            ParameterProblem => "Parameter Problem",
            EchoRequest => "Echo Request",
            EchoReply => "Echo Reply",
            130 => "MLD Query",
            131 or 143 => "MLD Report",
            132 => "MLD Done",
            NeighborDiscoveryLayer.RouterSolicitation => "Router Solicitation",
            NeighborDiscoveryLayer.RouterAdvertisement => "Router Advertisement",
            NeighborDiscoveryLayer.NeighborSolicitation => "Neighbor Solicitation",
            NeighborDiscoveryLayer.NeighborAdvertisement => "Neighbor Advertisement",
            NeighborDiscoveryLayer.Redirect => "Redirect",
            144 => "Home Agent Address Discovery Request",
            145 => "Home Agent Address Discovery Reply",
            MobilePrefixLayer.Solicitation => "Mobile Prefix Solicitation",
            MobilePrefixLayer.Advertisement => "Mobile Prefix Advertisement",
            _ => Invariant($"ICMPv6 type {Type}"),
        };

    public override bool IsError => Type < FirstInformational;

    public override bool IsEcho => Type is EchoRequest or EchoReply;

    /// <summary>True for Multicast Listener Discovery, which every host sends.</summary>
    public bool IsListenerDiscovery => Type is 130 or 131 or 132 or 143;

    public override bool? HasRightChecksum => _ip.HasRightChecksum;

    public override uint? Mtu => Type == PacketTooBig && Part.Length >= BodyOffset ? (uint)Part.Number(4, 4) : null;

    /// <summary>The octet to which a Parameter Problem points; null for other messages and if it is too short.</summary>
    public uint? Pointer => Type == ParameterProblem && Part.Length >= BodyOffset ? (uint)Part.Number(4, 4) : null;

    private protected override string PointerWords => Pointer is { } pointer ? Invariant($", pointer {pointer}") : string.Empty;

    /// <summary>The source of the packet that contains the message.</summary>
    public System.Net.IPAddress Source => _ip.Source;

    internal static Icmpv6Layer Read(FramePart part, IpLayer ip, LayerReader reader) =>
        NeighborDiscoveryLayer.Is(part) ? new NeighborDiscoveryLayer(part, ip, reader)
        : MobilePrefixLayer.Is(part) ? new MobilePrefixLayer(part, ip, reader)
        : new Icmpv6Layer(part, ip, reader);

    private protected override void Body(FieldReader reader)
    {
        switch (Type)
        {
            case PacketTooBig:
                reader.Field(Offset + 4, 4, "MTU", Invariant($"{Part.Number(4, 4)}"));
                break;
            case ParameterProblem:
                reader.Field(Offset + 4, 4, "Pointer", Invariant($"{Part.Number(4, 4)}"));
                break;
            case DestinationUnreachable or TimeExceeded:
                break;
            default:
                new PayloadLayer(Part.From(MinimumLength), "Message").Fields(reader);
                break;
        }
    }
}
