using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 6275, Section 9.2, in both roles.</summary>
public class MobilityHeaderTests
{
    private static readonly IPAddress _sender = IPAddress.Parse("2001:db8:100::77");

    public static TheoryData<string> Roles => ["anchor", "gateway"];

    [Theory]
    [MemberData(nameof(Roles))]
    public void UnknownType_IsAnsweredWithBindingError2(string role)
    {
        var actions = Send(role, Update(octet: 2, value: 99));

        var error = actions.Only<BindingError>();
        (error.Status, error.HomeAddress).Should().Be(((byte)2, IPAddress.IPv6Any));
        var sent = actions.OfType<RoleAction.SendSignal>().Single();
        sent.Path.Should().Be(new Ipv6Signaling(AddressOf(role), _sender));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void PayloadProto_OtherThanNone_IsAnsweredWithAParameterProblemThatPointsAtIt(string role) =>
        ProblemIn(role, Update(octet: 0, value: 6)).Pointer.Should().Be(Ipv6Packet.HeaderLength);

    [Theory]
    [MemberData(nameof(Roles))]
    public void HeaderLength_TooShortForTheType_IsAnsweredWithAParameterProblemThatPointsAtIt(string role) =>
        ProblemIn(role, Update(octet: 1, value: 0)).Pointer.Should().Be(Ipv6Packet.HeaderLength + 1);

    [Theory]
    [MemberData(nameof(Roles))]
    public void TypeAndPayloadProto_BothWrong_AreReportedInTheOrderOfTheSection(string role)
    {
        var bytes = Update(octet: 2, value: 99);
        bytes[0] = 6;

        Send(role, bytes).WithoutLog().Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendSignal>();
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void MalformedOption_OrMessageOfAnotherKind_IsDroppedWithoutAnAnswer(string role)
    {
        Send(role, Update(octet: 13, value: 200)).WithoutLog().Should().BeEmpty("the first option is longer than the message");
        Send(role, Update(octet: 2, value: 0)).WithoutLog().Should().BeEmpty();
        Send(role, [59, 1, 5]).WithoutLog().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void Checksum_ThatIsWrong_IsDroppedWithoutAnAnswer_BeforeAnythingElse(string role)
    {
        var signal = new RoleInput.Signal(new Ipv6Signaling(_sender, AddressOf(role)), RoleDriver.Core, Update(octet: 2, value: 99))
        {
            HasValidChecksum = false,
        };

        RoleOf(role).Handle(signal).WithoutLog().Should().BeEmpty();
    }

    [Fact]
    public void ParameterProblem_PointsIntoThePacketAsReceived_WhereTheHostHasKeptIt()
    {
        var bytes = Update(octet: 0, value: 6);
        var packet = new byte[Ipv6Packet.HeaderLength + 24 + bytes.Length];
        bytes.CopyTo(packet, packet.Length - bytes.Length);
        var path = new Ipv6Signaling(_sender, AnchorFixture.Anchor) { HomeAddress = IPAddress.Parse("2001:db8:300::7") };
        var signal = new RoleInput.Signal(path, RoleDriver.Core, bytes) { Packet = packet };

        var sent = new AnchorFixture().Role.Handle(signal).OfType<RoleAction.SendIcmp>().Single();

        RoleActions.ParseIcmp(sent.Message).Should().BeOfType<ParameterProblem>().Which.Pointer.Should().Be(64);
    }

    /// <summary>RFC 6275, Section 9.3.3: the home address is named, and the answer goes to the source of the packet.</summary>
    [Fact]
    public void BindingError_NamesTheHomeAddress_AndHasNoRoutingHeader()
    {
        var path = new Ipv6Signaling(_sender, AnchorFixture.Anchor) { HomeAddress = IPAddress.Parse("2001:db8:300::7") };
        var actions = new AnchorFixture().Role.Handle(new RoleInput.Signal(path, RoleDriver.Core, Update(octet: 2, value: 99)));

        actions.Only<BindingError>().HomeAddress.Should().Be(path.HomeAddress);
        actions.OfType<RoleAction.SendSignal>().Single().Path.Should().Be(new Ipv6Signaling(AnchorFixture.Anchor, _sender));
    }

    /// <summary>The roles have no IPv4 address: what comes over IPv4 is not addressed to them.</summary>
    [Theory]
    [MemberData(nameof(Roles))]
    public void Message_OverIpv4_IsDropped(string role)
    {
        var path = Ipv4UdpSignaling.Between(IPAddress.Parse("198.51.100.161"), IPAddress.Parse("198.51.100.1"));

        RoleOf(role).Handle(new RoleInput.Signal(path, RoleDriver.Core, Update(octet: 0, value: 59))).WithoutLog().Should().BeEmpty();
    }

    private static ParameterProblem ProblemIn(string role, byte[] bytes)
    {
        var sent = Send(role, bytes).WithoutLog().Should().ContainSingle().Which.Should().BeOfType<RoleAction.SendIcmp>().Subject;
        (sent.Source, sent.Destination, sent.Link).Should().Be((AddressOf(role), _sender, (LinkId?)null));
        Icmpv6Message.HasValidChecksum(sent.Source, sent.Destination, sent.Message.Span).Should().BeTrue();
        var problem = RoleActions.ParseIcmp(sent.Message).Should().BeOfType<ParameterProblem>().Subject;
        problem.Code.Should().Be(0);
        return problem;
    }

    private static IReadOnlyList<RoleAction> Send(string role, byte[] bytes) => RoleOf(role).Signal(_sender, AddressOf(role), bytes);

    private static RoleDriver RoleOf(string role) => role == "anchor" ? new AnchorFixture().Role : new GatewayFixture().Role;

    private static IPAddress AddressOf(string role) => role == "anchor" ? AnchorFixture.Anchor : GatewayFixture.Gateway;

    private static byte[] Update(int octet, byte value)
    {
        var bytes = AnchorFixture.Valid.ToMessage(DateTimeOffset.UnixEpoch).ToBytes(_sender, AnchorFixture.Anchor);
        bytes[octet] = value;
        return bytes;
    }
}
