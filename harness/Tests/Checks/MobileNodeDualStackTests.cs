using System.Net;
using Conformance.Testing.Edits;
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

    [Fact]
    public void BulkUpdateOverIpv6_MayRefreshAKnownAddress() =>
        new MobileNodeRun(Rfc)
            .Receive(OverIpv4(Update(Ipv4)))
            .Send(
                OverIpv4(
                    HandMadeMessage.Of(HandMadeMessage.Padded("06 00 00 00 00 00 00 64 00 0a", "23 04 0002 0000")).ToFrame(HomeAgent, Home),
                    HomeAgentIpv4,
                    CareOf
                )
            )
            .Update(First + Later)
            .Violated.Should()
            .BeEmpty();

    private static byte[] Update(string options, string source = Home) => FrameOf(Message(100, 0xc000, 10, options), source, HomeAgent);

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
