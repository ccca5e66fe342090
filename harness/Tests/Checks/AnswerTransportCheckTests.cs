using System.Buffers.Binary;
using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>What the tester finds in the headers of an answer to a request over IPv4, in each edition.</summary>
public sealed class AnswerTransportCheckTests
{
    private const int UdpChecksum = 20 + UdpDatagram.ChecksumOffset;
    private const int Checksum = 20 + 8 + 4;

    private static readonly IPAddress _elsewhere = IPAddress.Parse("192.0.2.77");

    [Theory]
    [InlineData("rfc5844")]
    [InlineData("ipv4-draft-04")]
    [InlineData("ipv4-draft-02")]
    public void GoodAnswer_ViolatesNothing(string edition) => Judged(edition, Good(edition)).Should().BeEmpty();

    [Theory]
    [InlineData("rfc5844", "4.1.3.2-d2")]
    [InlineData("ipv4-draft-04", "4.1.3.2-d1")]
    public void OtherSourcePort_IsAViolation(string edition, string statement) =>
        Judged(edition, Port(Good(edition), source: 5000)).Should().Equal($"{edition}-{statement}");

    [Theory]
    [InlineData("rfc5844", "4.1.3.2-d3")]
    [InlineData("ipv4-draft-04", "4.1.3.2-d1")]
    public void OtherDestinationPort_IsAViolation(string edition, string statement) =>
        Judged(edition, Port(Good(edition), destination: 5001)).Should().Equal($"{edition}-{statement}");

    [Theory]
    [InlineData("rfc5844", "rfc5844-4.1.3.2-k5", "rfc5213-5.3.6-k2")]
    [InlineData("ipv4-draft-04", "ipv4-draft-04-4.1.3.2-k6")]
    [InlineData("ipv4-draft-02")]
    public void OtherSource_IsAViolation(string edition, params string[] statements) =>
        Judged(edition, Good(edition) with { Source = _elsewhere }).Should().BeEquivalentTo(statements);

    [Theory]
    [InlineData("rfc5844", "rfc5844-4.1.3.2-d5", "rfc5213-5.3.6-k3")]
    [InlineData("ipv4-draft-04", "ipv4-draft-04-4.1.3.2-d1")]
    [InlineData("ipv4-draft-02", "ipv4-draft-02-4.3.2-k3")]
    public void OtherDestination_IsAViolation(string edition, params string[] statements) =>
        Judged(edition, Good(edition) with { Destination = _elsewhere }).Should().BeEquivalentTo(statements);

    [Theory]
    [InlineData("rfc5844", "4.1.3.2-d1")]
    [InlineData("ipv4-draft-04", "4.1.3.2-k5")]
    [InlineData("ipv4-draft-02", "4.3.2-k3")]
    public void AnswerOverIpv6_IsAViolation(string edition, string statement) =>
        Judged(edition, Inner).Should().Contain($"{edition}-{statement}");

    [Theory]
    [InlineData("rfc5844", "4.1.3.2-d1")]
    [InlineData("ipv4-draft-04", "4.1.3.2-k5")]
    public void FormOfTheOtherEdition_IsAViolation(string edition, string statement) =>
        Judged(edition, Good(edition == "rfc5844" ? "ipv4-draft-04" : "rfc5844")).Should().Contain($"{edition}-{statement}");

    [Fact]
    public void OtherInnerAddresses_AreAViolation() =>
        Judged(
                "ipv4-draft-04",
                (Ipv4UdpIpv6Signaling)Good("ipv4-draft-04") with
                {
                    Inner = Inner with { Source = IPAddress.Parse("2001:db8:100::77") },
                }
            )
            .Should()
            .Contain("ipv4-draft-04-4.1.3.2-k5");

    [Theory]
    [InlineData(Checksum, 0x1234, "4.1.3.2-k3")]
    [InlineData(UdpChecksum, 0, "4.1.3.2-k4")]
    [InlineData(UdpChecksum, 0x5a5a, "4.1.3.2-k4")]
    public void Checksums_AreJudgedByRfc5844(int offset, int value, string statement)
    {
        var octets = Good("rfc5844").Wrap(Answer([]));
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(offset), (ushort)value);
        if (offset == Checksum)
        {
            BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(UdpChecksum), 0);
            Ipv4Packet.TryParse(octets, out var packet, out _).Should().BeTrue();
            UdpDatagram.TryParse(packet!.Payload, out var datagram, out _).Should().BeTrue();
            octets = (packet with { Payload = datagram!.ToBytes(packet.Source, packet.Destination) }).ToBytes();
        }

        Judged("rfc5844", octets, careOf: null, default).Should().Equal($"rfc5844-{statement}");
    }

    [Theory]
    [InlineData("rfc5844", false, true, "F1", true)]
    [InlineData("rfc5844", false, true, "F0", false, "1.2-d1")]
    [InlineData("rfc5844", false, true, "", false, "1.2-d1")]
    [InlineData("rfc5844", false, false, "", true)]
    [InlineData("ipv4-draft-04", true, false, "F0", true)]
    [InlineData("ipv4-draft-04", true, false, "", false, "4.1.3.2-k3")]
    [InlineData("ipv4-draft-04", false, false, "F0", false, "4.1.3.2-k4")]
    [InlineData("ipv4-draft-04", false, true, "F1", false, "4.1.3.2-k4")]
    [InlineData("ipv4-draft-04", false, true, "", true)]
    [InlineData("ipv4-draft-02", true, false, "F0", true)]
    [InlineData("ipv4-draft-02", true, false, "", false, "4.3.2-k4")]
    [InlineData("ipv4-draft-02", false, false, "F0", false, "4.3.2-k6")]
    public void NatDetection_IsThereForANat_OrForForcedUdp(
        string edition,
        bool isBehindNat,
        bool isForced,
        string option,
        bool isRight,
        string statement = ""
    )
    {
        MobilityOption[] options = option.Length == 0 ? [] : [new NatDetectionOption(option == "F1", 30)];
        var careOf =
            edition == "rfc5844" ? null
            : isBehindNat ? _elsewhere
            : TransportMessages.Mag;

        Judged(edition, Good(edition).Wrap(Answer(options)), careOf, isForced ? BindingUpdateFlags.ForcingUdp : default)
            .Should()
            .Equal(isRight ? [] : (string[])[$"{edition}-{statement}"]);
    }

    private static Ipv6Signaling Inner { get; } = new(TransportMessages.Lma6, TransportMessages.Mag6);

    private static SignalingTransport Good(string edition) =>
        edition == "rfc5844"
            ? new Ipv4UdpSignaling(TransportMessages.Lma, TransportMessages.Mag, 5436, 49152)
            : new Ipv4UdpIpv6Signaling(TransportMessages.Lma, TransportMessages.Mag, 4191, 49152, Inner);

    private static SignalingTransport Port(SignalingTransport transport, ushort? source = null, ushort? destination = null) =>
        transport switch
        {
            Ipv4UdpSignaling direct => direct with
            {
                SourcePort = source ?? direct.SourcePort,
                DestinationPort = destination ?? direct.DestinationPort,
            },
            Ipv4UdpIpv6Signaling inside => inside with
            {
                SourcePort = source ?? inside.SourcePort,
                DestinationPort = destination ?? inside.DestinationPort,
            },
            _ => transport,
        };

    private static BindingAcknowledgement Answer(IEnumerable<MobilityOption> options) =>
        new(
            BindingStatus.ACCEPTED,
            BindingAcknowledgementFlags.ProxyRegistration,
            0x1234,
            150,
            new MobilityOptionList([
                MobileNodeIdentifierOption.ForNai("m025e00000001"),
                new HomeNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8:8000:1::/64")),
                new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
                new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
                new MobileNodeLinkLayerIdentifierOption(new OctetString([0x02, 0x5e, 0, 0, 0, 1])),
                new TimestampOption(new Timestamp(0x69a3_8180_0000)),
                .. options,
            ])
        );

    private static IEnumerable<string> Judged(string edition, SignalingTransport transport) =>
        Judged(edition, transport.Wrap(Answer([])), edition == "rfc5844" ? null : TransportMessages.Mag, default);

    private static IEnumerable<string> Judged(string edition, byte[] packet, IPAddress? careOf, BindingUpdateFlags flags)
    {
        var request = new TransportMessages(Edition.Find(edition)!) { CareOf = careOf };
        var domain = TransportMessages.Ixit.Domain;
        var made = new HandMade(
            edition: Edition.Find(edition),
            claims: [.. TransportMessages.Claims],
            ixit: TransportMessages.Ixit with
            {
                Domain = domain with
                {
                    Nodes =
                    [
                        .. domain.Nodes.Select(node =>
                            node with
                            {
                                Player = node.Name == "LMA1" ? NodePlayer.Implementation : NodePlayer.Tester,
                            }
                        ),
                    ],
                },
            }
        );
        var isIpv4 = packet[0] >> 4 == 4;
        made.Answer(
            (request with { Flags = request.Flags | flags }).Frame(),
            new EthernetFrame(default, Messages.Device, isIpv4 ? Ipv4Packet.EtherType : EthernetFrame.Ipv6EtherType, packet).ToBytes()
        );
        return made.Violated.Select(finding => finding.Statement.Value).Distinct();
    }
}
