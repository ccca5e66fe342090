using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Roles.Mn;
using Conformance.Testing.Tester;
using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Conformance.Harness.Tests.Checks.MobileNodeRun;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in Binding Updates of a mobile node for its IPv4 care-of address.</summary>
public sealed class MobileNodeDualStackTests
{
    private const string CareOf = "192.0.2.62";
    private const string Ipv4 = "01 04 00000000 23 08 0002 0000 c000023e";
    private const string Later = "01 00 23 08 0002 0000 c000023e";
    private const string Mapped = "01 04 00000000 23 14 0002 0000 00000000000000000000ffffc000023e";
    private const string CareOfOption = "20 06 0000 c000023e";

    private const int Port = 4191;

    [Theory]
    [InlineData(Ipv4)]
    [InlineData(Ipv4 + First, "8.1-k1")]
    [InlineData(Ipv4 + "00 00" + CareOfOption, "8.1-k3", "8.1-k5")]
    [InlineData(Mapped, "4.3-k3")]
    public void OptionsOfAnUpdateOverIpv4_AreJudged(string options, params string[] violated) =>
        new MobileNodeRun(Rfc).Receive(OverIpv4(Update(options))).Violated.Should().BeEquivalentTo(violated);

    [Fact]
    public void Way_IsThatOfTheHomeAgent()
    {
        string[] violated = ["8.1-k2", "8.1-k4"];
        new MobileNodeRun(Rfc).Receive(OverIpv4(Update(Ipv4), port: Port + 1)).Violated.Should().BeEquivalentTo(violated);
        new MobileNodeRun(Rfc).Receive(OverIpv4(Update(Ipv4), to: "198.51.100.2")).Violated.Should().BeEquivalentTo(violated);
        new MobileNodeRun(Rfc).Receive(OverIpv4(Update(Ipv4, OnLink1))).Violated.Should().Contain(violated);
        new MobileNodeRun(Rfc).Receive(WithoutUdp(Update(Ipv4))).Violated.Should().Contain(violated);
    }

    [Fact]
    public void BulkUpdateOverIpv6_HasNoNewAddress() =>
        new MobileNodeRun(Rfc).Update(First + Later).Violated.Should().BeEquivalentTo("8.1-k1");

    [Theory]
    [InlineData("00", "00")]
    [InlineData("04", "81", "8.1-k1")]
    public void BulkUpdateOverIpv6_MayRefreshAnAcceptedAddress(string status, string ofIdentifier, params string[] violated) =>
        new MobileNodeRun(Rfc)
            .Receive(OverIpv4(Update(Ipv4)))
            .Send(Answer(status, ofIdentifier))
            .Update(First + Later)
            .Violated.Should()
            .BeEquivalentTo(violated);

    /// <summary>RFC 5555, Section 5.1: a binding at a correspondent node ends through the tunnel to the home agent.</summary>
    [Fact]
    public void UpdateForACorrespondentNodeInATunnel_IsNotOneForTheHomeAgent()
    {
        var update = FrameOf(Message(100, 0x8000, 0, "23 04 0001 0000"), Home, Correspondent);
        string[] ofHomeAgent = ["11.7.1-k2", "11.7.1-k3", "8.1-k2", "8.1-k4", "4.3-k3"];
        foreach (var frame in new[] { OverIpv4(update), WithoutUdp(update) })
        {
            var run = new MobileNodeRun(Rfc).Receive(frame);
            run.Violated.Should().NotContain(id => ofHomeAgent.Any(other => id.EndsWith(other, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Identifier_MovesToItsIpv4Address()
    {
        var run = new MobileNodeRun(Rfc)
            .Update("01 04 00000000 23 14 0002 0000 20010db8010100000000000000000051")
            .Answer("23 04 0002 0000")
            .Receive(OverIpv4(Update("01 04 00000000 23 08 0002 0000 0a010203", number: 102)))
            .Send(Answer("00", "00", number: "00 66"));

        run.Ledger.At(IPAddress.Parse(HomeAgent)).Select(binding => $"{binding.CareOf}").Should().Equal(CareOf);
    }

    /// <summary>RFC 5648, Section 6.2: an address of a family that the home agent does not have.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, BindingStatus.MCOA_MALFORMED)]
    public void HomeAgentOfTheTester_TakesAnIpv4AddressIfItHasOne(bool takesIpv4, BindingStatus status)
    {
        var frame = new Frame(
            new("link1"),
            Direction.Received,
            1,
            HandMade.Start,
            FrameOf(Message(100, 0xc000, 10, Ipv4), OnLink1, HomeAgent)
        );
        var update = RequestedUpdate.In(Packet.Of(frame), WireEdition.Rfc5648)!;

        new PeerCache(WireEdition.Rfc5648, isHomeAgent: true, takesIpv4).Decide(update).Status.Should().Be((byte)status);
    }

    private static byte[] Update(string options, string source = Home, int number = 100) =>
        FrameOf(Message(number, 0xc000, 10, options), source, HomeAgent);

    private static byte[] Answer(string status, string ofIdentifier, string number = "00 64") =>
        OverIpv4(
            HandMadeMessage
                .Of(HandMadeMessage.Padded($"06 00 00 00 {status} 00 {number} 00 0a", $"23 04 0002 {ofIdentifier} 00"))
                .ToFrame(HomeAgent, Home),
            HomeAgentIpv4,
            CareOf
        );

    private static byte[] OverIpv4(byte[] frame, string from = CareOf, string to = HomeAgentIpv4, int port = Port) =>
        Frame(
            new UdpTransport(IPAddress.Parse(from), IPAddress.Parse(to), Port, (ushort)port) { HasInnerPacket = true }.Carry(
                frame.AsMemory(14),
                isTlvAsked: false
            )
        );

    private static byte[] WithoutUdp(byte[] frame) =>
        Frame(new Ipv4Packet(IPAddress.Parse(CareOf), IPAddress.Parse(HomeAgentIpv4), IpProtocol.Ipv6, frame.AsMemory(14)));

    private static byte[] Frame(Ipv4Packet packet) =>
        [.. HandMadeMessage.Hex("02 1a 00 00 00 01  02 1a 00 00 01 a1  08 00"), .. packet.ToBytes()];
}
