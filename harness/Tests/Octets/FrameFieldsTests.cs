using System.Net;
using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Fields;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Octets;

public sealed class FrameFieldsTests
{
    /// <summary>The offset of the Mobility Header in a frame without extension headers.</summary>
    private const int Message = 54;

    private static readonly MobilityOption[] _options =
    [
        MobileNodeIdentifierOption.ForNai("mn1@pmip.example"),
        new HomeNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8:8000::/64")),
        new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
        new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
        new TimestampOption(new Timestamp(0)),
    ];

    [Fact]
    public void ProxyBindingUpdate_IsReadFieldByField()
    {
        var fields = Fields(CapturedPackets.Frame(CapturedPackets.Mag, CapturedPackets.Lma, CapturedPackets.Update(_options)));

        Value(fields, "Proxy Binding Update").Should().StartWith("Payload Proto 59 none, Header Len ").And.EndWith("MH Type 5, Reserved 0");
        Value(fields, "Checksum").Should().EndWith(", correct");
        Value(fields, "Sequence Number").Should().Be("7");
        Value(fields, "Flags").Should().Be("A 1, H 0, L 0, K 0, M 0, R 0, P 1, F 0, T 0, O 0");
        Value(fields, "Lifetime").Should().Be("150 (600 s)");
        Value(fields, "Mobile Node Identifier (8)").Should().Be("mn1@pmip.example");
        Value(fields, "Home Network Prefix (22)").Should().Be("2001:db8:8000::/64");
        Value(fields, "Handoff Indicator (23)").Should().Be("1 attachment over a new interface");
        Value(fields, "Access Technology Type (24)").Should().Be("3 IEEE 802.3");
        Value(fields, "Timestamp (27)").Should().Be("1970-01-01T00:00:00.000000Z");
        fields.Should().NotContain(field => field.Kind == FieldKind.Fault);
        fields.Single(field => field.Name == "Sequence Number").Offset.Should().Be(Message + 6);
    }

    [Fact]
    public void Status_IsReadWithItsName() =>
        Value(
                Fields(
                    CapturedPackets.Frame(
                        CapturedPackets.Lma,
                        CapturedPackets.Mag,
                        CapturedPackets.Acknowledgement(BindingStatus.TIMESTAMP_MISMATCH)
                    )
                ),
                "Status"
            )
            .Should()
            .Be("156 TIMESTAMP_MISMATCH");

    [Fact]
    public void EveryOctetOfAMessage_StandsInAField()
    {
        var frame = CapturedPackets.Frame(CapturedPackets.Mag, CapturedPackets.Lma, CapturedPackets.Update(_options));

        var covered = Fields(frame).SelectMany(field => Enumerable.Range(field.Offset, field.Length)).ToHashSet();

        Enumerable.Range(0, frame.Length).Except(covered).Should().BeEmpty();
    }

    [Theory]
    [InlineData(58, 0xff, "Checksum", "wrong")]
    [InlineData(55, 0, "After the message", "that Header Len does not cover")]
    [InlineData(55, 250, "Header Len", "says 2008 octets, but only ")]
    [InlineData(67, 255, "Mobile Node Identifier", "runs past the end of the message")]
    public void WhatIsWrong_IsAFault(int at, byte octet, string name, string value)
    {
        var frame = CapturedPackets.Frame(CapturedPackets.Mag, CapturedPackets.Lma, CapturedPackets.Update(_options));
        frame[at] = octet;

        Fields(frame).Should().Contain(field => field.Kind == FieldKind.Fault && field.Name == name && field.Value.Contains(value));
    }

    [Fact]
    public void TunnelledPacket_AndThePacketAnErrorIsAbout_AreReadToo()
    {
        var node = IPAddress.Parse("2001:db8:8000::1");
        var inner = new Ipv6Packet(
            CapturedPackets.Lma,
            node,
            IpProtocol.Icmpv6,
            new EchoRequest(1, 2, new OctetString([])).ToBytes(CapturedPackets.Lma, node)
        ).ToBytes();

        var tunnelled = Fields(CapturedPackets.Frame(CapturedPackets.Lma, CapturedPackets.Mag, IpProtocol.Ipv6, inner));
        var error = Fields(
            CapturedPackets.Frame(CapturedPackets.Lma, CapturedPackets.Mag, new DestinationUnreachable(0, new OctetString(inner)))
        );

        Value(tunnelled, "Tunnelled IPv6").Should().StartWith("2001:db8:100::1 → 2001:db8:8000::1");
        Value(error, "Quoted packet").Should().StartWith("2001:db8:100::1 → 2001:db8:8000::1");
        error
            .Concat(tunnelled)
            .Where(field => field.Name == "Sequence Number")
            .Should()
            .HaveCount(2)
            .And.OnlyContain(field => field.Value == "2");
    }

    [Fact]
    public void RandomOctets_NeverThrow_AndFieldsStayInsideTheFrame()
    {
        foreach (var frame in DamagedFrames.Frames(20_000))
        {
            var fields = Fields(frame);

            fields.Should().NotBeEmpty();
            Assert.All(fields, field => Assert.InRange(field.Offset + field.Length, 0, frame.Length));
            Assert.DoesNotContain(fields, field => field.Value.Any(char.IsControl));
        }
    }

    private static string Value(IEnumerable<DecodedField> fields, string name) => fields.First(field => field.Name == name).Value;

    private static IReadOnlyList<DecodedField> Fields(ReadOnlyMemory<byte> frame) => PacketStack.Of(frame).Fields();
}
