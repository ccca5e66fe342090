using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>A correspondent node on a link with the care-of addresses of a mobile node, and a router to its home address.</summary>
internal sealed class CorrespondentNetwork
{
    public static readonly IPAddress Own = IPAddress.Parse("2001:db8:100::c1");
    public static readonly IPAddress HomeAddress = IPAddress.Parse("2001:db8:200::5e00:1");
    public static readonly IPAddress CareOf1 = IPAddress.Parse("2001:db8:100::5e1:1");
    public static readonly IPAddress CareOf2 = IPAddress.Parse("2001:db8:100::5e2:1");
    private static readonly IPAddress _router = IPAddress.Parse("2001:db8:100::ff");
    public static readonly MacAddress Mac = ExampleNodes.Mac(0x21);

    public CorrespondentNetwork(bool isCorrespondent = true)
    {
        Node = Network.Add(Host("CN", Core, Mac, Own, _router) with { ProcessesHomeAddressOption = isCorrespondent }, Role);
        Ask(
            new RoleAction.AddNeighbor(Core, _router, ExampleNodes.Mac(0xff)),
            new RoleAction.AddNeighbor(Core, CareOf1, ExampleNodes.Mac(0x31)),
            new RoleAction.AddNeighbor(Core, CareOf2, ExampleNodes.Mac(0x32))
        );
    }

    public VirtualNetwork Network { get; } = new();

    public ScriptedRole Role { get; } = new();

    public IpNode Node { get; }

    /// <summary>The packets that the node has sent since the last question.</summary>
    public IReadOnlyList<Ipv6Packet> Sent
    {
        get
        {
            List<Ipv6Packet> sent = [.. Network.Ip("core").Cast<Ipv6Packet>()];
            Network.Forget();
            return sent;
        }
    }

    public void Ask(params RoleAction[] actions)
    {
        Role.Ask(actions);
        Node.HandleTimeout(Network.Now);
        Network.Settle();
    }

    /// <summary>Makes a binding: the role accepts the Home Address option, and optimizes the route.</summary>
    public void Bind(IPAddress careOf) =>
        Ask(new RoleAction.AcceptHomeAddress(HomeAddress, careOf), new RoleAction.AddRouteOptimization(HomeAddress, careOf));

    public void Receive(Ipv6Packet packet) => Network.Inject("core", Mac, packet);

    /// <summary>A packet of the mobile node from a care-of address.</summary>
    public static Ipv6Packet From(IPAddress careOf, byte protocol, ReadOnlySpan<byte> upper, IPAddress? home = null) =>
        new(
            careOf,
            Own,
            IpProtocol.DestinationOptions,
            new DestinationOptionsHeader(protocol, [new HomeAddressOption(home ?? HomeAddress)]).Before(upper)
        );

    public static Ipv6Packet EchoFrom(IPAddress careOf, ushort identifier = 1) =>
        From(careOf, IpProtocol.Icmpv6, new EchoRequest(identifier, 1, default).ToBytes(HomeAddress, Own));

    public static Ipv6Packet DatagramFrom(IPAddress careOf, ushort port, ushort from = 4000) =>
        From(careOf, Ipv4Protocol.Udp, new UdpDatagram(from, port, new byte[] { 1, 2, 3 }).ToBytes(HomeAddress, Own));

    /// <summary>The home address in the type 2 routing header of a packet, and what is behind it.</summary>
    public static (IPAddress Home, byte Protocol, ReadOnlyMemory<byte> Upper) Routed(Ipv6Packet packet)
    {
        packet.TryGetUpperLayer(out var upper, out _).Should().BeTrue();
        var routing = upper!.Headers.Should().ContainSingle(header => header.Type == IpProtocol.Routing).Subject;
        Type2RoutingHeader.TryParse(routing.Bytes.Span, out var header, out var error).Should().BeTrue(error?.Detail);
        return (header!.HomeAddress, upper.Protocol, upper.Payload);
    }
}
