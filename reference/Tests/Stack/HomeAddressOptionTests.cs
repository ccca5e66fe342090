using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.CorrespondentNetwork;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Packets with a Home Address option, RFC 6275, Sections 6.3 and 9.3.1.</summary>
public sealed class HomeAddressOptionTests
{
    private readonly CorrespondentNetwork _network = new();

    [Fact]
    public void EchoRequest_OfABinding_IsAnsweredToTheHomeAddress_ByWayOfTheCareOfAddress()
    {
        _network.Bind(CareOf1);

        _network.Receive(EchoFrom(CareOf1));

        var answer = _network.Sent.Should().ContainSingle().Subject;
        (answer.Source, answer.Destination).Should().Be((Own, CareOf1));
        var (home, protocol, upper) = Routed(answer);
        (home, protocol).Should().Be((HomeAddress, IpProtocol.Icmpv6));
        Icmpv6Message.HasValidChecksum(Own, HomeAddress, upper.Span).Should().BeTrue();
    }

    [Fact]
    public void EchoRequest_WithoutRouteOptimization_IsAnsweredToTheHomeAddress()
    {
        _network.Ask(new RoleAction.AcceptHomeAddress(HomeAddress, CareOf1));

        _network.Receive(EchoFrom(CareOf1));

        var answer = _network.Sent.Should().ContainSingle().Subject;
        (answer.Destination, answer.NextHeader).Should().Be((HomeAddress, IpProtocol.Icmpv6));
    }

    [Fact]
    public void Packet_WithoutBinding_IsDropped_AndReported()
    {
        _network.Receive(EchoFrom(CareOf1));

        _network.Sent.Should().BeEmpty();
        _network
            .Role.Inputs.OfType<RoleInput.UnverifiedHomeAddress>()
            .Should()
            .Equal(new RoleInput.UnverifiedHomeAddress(HomeAddress, CareOf1, Own, Core));
    }

    [Fact]
    public void Packet_FromAnotherCareOfAddress_OrWithAnotherHomeAddress_IsDropped()
    {
        _network.Bind(CareOf1);
        var other = IPAddress.Parse("2001:db8:200::5e00:2");

        _network.Receive(EchoFrom(CareOf2));
        _network.Receive(From(CareOf1, IpProtocol.Icmpv6, new EchoRequest(1, 1, default).ToBytes(other, Own), other));

        _network.Sent.Should().BeEmpty();
        _network.Role.Inputs.OfType<RoleInput.UnverifiedHomeAddress>().Select(input => input.Home).Should().Equal(HomeAddress, other);
    }

    [Fact]
    public void Packet_AfterTheBinding_IsDropped()
    {
        _network.Bind(CareOf1);
        _network.Ask(new RoleAction.RefuseHomeAddress(HomeAddress, CareOf1));

        _network.Receive(EchoFrom(CareOf1));

        _network.Sent.Should().BeEmpty();
    }

    /// <summary>
    /// RFC 6275, Section 9.3.3: no Binding Error goes to a source that is not a unicast address, and none answers a group.
    /// </summary>
    [Theory]
    [InlineData("::", "2001:db8:100::c1")]
    [InlineData("2001:db8:100::5e1:1", "ff02::1")]
    public void Packet_ThatNobodyMayAnswer_IsNotReported(string source, string destination)
    {
        var packet = EchoFrom(CareOf1) with { Source = IPAddress.Parse(source), Destination = IPAddress.Parse(destination) };

        _network.Receive(packet);

        _network.Role.Inputs.OfType<RoleInput.UnverifiedHomeAddress>().Should().BeEmpty();
    }

    [Fact]
    public void MobilityHeader_WithoutBinding_IsASignal_WithItsHomeAddress()
    {
        var update = new BindingUpdate(1, BindingUpdateFlags.Acknowledge, 1, []).ToBytes(HomeAddress, Own);

        _network.Receive(From(CareOf1, IpProtocol.MobilityHeader, update));

        var signal = _network.Role.Inputs.OfType<RoleInput.Signal>().Should().ContainSingle().Subject;
        signal.Path.Should().Be(new Ipv6Signaling(CareOf1, Own) { HomeAddress = HomeAddress });
        signal.HasValidChecksum.Should().BeTrue();
        _network.Role.Inputs.OfType<RoleInput.UnverifiedHomeAddress>().Should().BeEmpty();
    }

    [Fact]
    public void Fragments_AreJudgedAsAWhole()
    {
        byte[] echo = new EchoRequest(1, 1, new OctetString(new byte[100])).ToBytes(HomeAddress, Own);
        _network.Bind(CareOf1);

        _network.Receive(Piece(CareOf1, 0, echo.AsSpan(0, 64), more: true));
        _network.Receive(Piece(CareOf2, 0, echo.AsSpan(0, 64), more: true));
        _network.Role.Inputs.OfType<RoleInput.UnverifiedHomeAddress>().Should().BeEmpty("no packet is whole");
        _network.Receive(Piece(CareOf1, 8, echo.AsSpan(64), more: false));
        _network.Receive(Piece(CareOf2, 8, echo.AsSpan(64), more: false));

        _network.Sent.Should().ContainSingle().Which.Destination.Should().Be(CareOf1);
        _network.Role.Inputs.OfType<RoleInput.UnverifiedHomeAddress>().Should().ContainSingle().Which.CareOf.Should().Be(CareOf2);

        static Ipv6Packet Piece(IPAddress careOf, ushort at, ReadOnlySpan<byte> data, bool more) =>
            From(careOf, IpProtocol.Fragment, new FragmentHeader(IpProtocol.Icmpv6, at, more, 7).Before(data));
    }

    [Fact]
    public void Application_SeesTheHomeAddress()
    {
        var seen = new List<IpPacket>();
        _network.Node.Applications = seen.Add;
        _network.Bind(CareOf1);

        _network.Receive(DatagramFrom(CareOf1, 5000));

        var packet = seen.Should().ContainSingle().Subject;
        (packet.Source, packet.Destination, packet.Protocol).Should().Be((HomeAddress, Own, Ipv4Protocol.Udp));
    }

    [Fact]
    public void Datagram_ToTheRole_ComesFromTheHomeAddress()
    {
        _network.Ask(new RoleAction.OpenUdp(5000, UdpContent.Messages));
        _network.Bind(CareOf1);

        _network.Receive(DatagramFrom(CareOf1, 5000));

        _network.Role.Inputs.OfType<RoleInput.Udp>().Should().ContainSingle().Which.Path.Source.Should().Be(HomeAddress);
    }

    /// <summary>The upper layer does not know of the care-of address; the error quotes the packet as received.</summary>
    [Fact]
    public void ErrorOfAnUpperLayer_GoesToTheHomeAddress()
    {
        _network.Bind(CareOf1);
        var packet = DatagramFrom(CareOf1, 5000);

        _network.Receive(packet);

        var error = _network.Sent.Should().ContainSingle().Subject;
        error.Destination.Should().Be(CareOf1);
        var (home, _, upper) = Routed(error);
        home.Should().Be(HomeAddress);
        Icmpv6Message.HasValidChecksum(Own, HomeAddress, upper.Span).Should().BeTrue();
        Icmpv6Message.TryParse(upper.Span, out var message, out _).Should().BeTrue();
        message.Should().Be(new DestinationUnreachable(DestinationUnreachable.PortUnreachable, new OctetString(packet.ToBytes())));
    }

    [Fact]
    public void IcmpMessage_IsReported_WithBothAddresses()
    {
        _network.Bind(CareOf1);
        var message = new MobilePrefixSolicitation(1, NdOptionList.Empty).ToBytes(HomeAddress, Own);

        _network.Receive(From(CareOf1, IpProtocol.Icmpv6, message));

        var input = _network.Role.Inputs.OfType<RoleInput.Icmp>().Should().ContainSingle().Subject;
        (input.Source, input.HomeAddress, input.Destination).Should().Be((CareOf1, HomeAddress, Own));
    }

    [Fact]
    public void TwoOptions_OrOneInTheWrongPlace_AreDropped()
    {
        _network.Bind(CareOf1);
        byte[] echo = new EchoRequest(1, 1, default).ToBytes(HomeAddress, Own);
        var option = new HomeAddressOption(HomeAddress);
        var twice = new DestinationOptionsHeader(IpProtocol.Icmpv6, [option, option]).Before(echo);
        var inTwoHeaders = new DestinationOptionsHeader(IpProtocol.DestinationOptions, [option]).Before(
            new DestinationOptionsHeader(IpProtocol.Icmpv6, [option]).Before(echo)
        );
        byte[] ofNoSegments = [IpProtocol.Icmpv6, 0, 0, 0, 0, 0, 0, 0, .. echo];
        var beforeRouting = new DestinationOptionsHeader(IpProtocol.Routing, [option]).Before(ofNoSegments);
        var behindFragment = new FragmentHeader(IpProtocol.DestinationOptions, 0, false, 7).Before(
            new DestinationOptionsHeader(IpProtocol.Icmpv6, [option]).Before(echo)
        );

        _network.Receive(new Ipv6Packet(CareOf1, Own, IpProtocol.DestinationOptions, twice));
        _network.Receive(new Ipv6Packet(CareOf1, Own, IpProtocol.DestinationOptions, inTwoHeaders));
        _network.Receive(new Ipv6Packet(CareOf1, Own, IpProtocol.DestinationOptions, beforeRouting));
        _network.Receive(new Ipv6Packet(CareOf1, Own, IpProtocol.Fragment, behindFragment));

        _network.Sent.Should().BeEmpty();
    }

    [Fact]
    public void TwoType2RoutingHeaders_AreDropped()
    {
        var update = new BindingUpdate(1, BindingUpdateFlags.Acknowledge, 1, []).ToBytes(HomeAddress, Own);
        var once = new Type2RoutingHeader(IpProtocol.MobilityHeader, HomeAddress).Before(update);

        _network.Receive(new Ipv6Packet(CareOf1, Own, IpProtocol.Routing, once));
        _network.Receive(new Ipv6Packet(CareOf1, Own, IpProtocol.Routing, new Type2RoutingHeader(IpProtocol.Routing, Own).Before(once)));

        _network.Role.Inputs.OfType<RoleInput.Signal>().Should().ContainSingle();
    }

    [Fact]
    public void NodeThatIsNoCorrespondent_DoesNotKnowTheOption()
    {
        var network = new CorrespondentNetwork(isCorrespondent: false);

        network.Receive(EchoFrom(CareOf1));

        Icmpv6Message.TryParse(network.Sent.Should().ContainSingle().Subject.Payload.Span, out var message, out _).Should().BeTrue();
        message.Should().BeOfType<ParameterProblem>().Which.Code.Should().Be(ParameterProblem.UnrecognizedOption);
    }
}
