using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Data;
using Conformance.Testing.Statements;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Peers;

/// <summary>The tunnel that a MAG has to use follows from the acknowledgement, in each edition in its way.</summary>
public sealed class NegotiatedAtGatewayTests
{
    private const string Plain = "a tunnel of IPv4 from 192.0.2.161 to 192.0.2.1",
        InUdp = "a tunnel of IPv4-UDP from 192.0.2.161 port 5437 to 192.0.2.1 port 5437",
        InUdpOfDrafts = "a tunnel of IPv4-UDP from 192.0.2.161 port 49152 to 192.0.2.1 port 4191",
        BehindTlv = "a tunnel of IPv4-UDP-TLV from 192.0.2.161 port 49152 to 192.0.2.1 port 4191";

    [Theory]
    [InlineData("rfc5844", "", "", Plain)]
    [InlineData("rfc5844", "", "NAT Detection = F 0, refresh 30 s", Plain)]
    [InlineData("rfc5844", "", "NAT Detection = F 1, refresh 30 s", InUdp)]
    [InlineData("rfc5844", "F", "", InUdp)]
    [InlineData("rfc5844", "F", "no NAT Detection", Plain)]
    [InlineData("rfc5844", "", "T = 1", Plain)]
    [InlineData("ipv4-draft-04", "", "", Plain)]
    [InlineData("ipv4-draft-04", "", "NAT Detection = F 0, refresh 30 s", InUdpOfDrafts)]
    [InlineData("ipv4-draft-04", "F", "", Plain)]
    [InlineData("ipv4-draft-04", "", "T = 1", BehindTlv)]
    [InlineData("ipv4-draft-04", "T", "T = 0; NAT Detection = F 1, refresh 30 s", InUdpOfDrafts)]
    [InlineData("ipv4-draft-02", "", "NAT Detection = F 0, refresh 30 s", InUdpOfDrafts)]
    [InlineData("ipv4-draft-02", "", "T = 1", Plain)]
    [InlineData("ipv4-draft-02", "T", "", BehindTlv)]
    [InlineData("ipv4-draft-02", "T", "T = 0", Plain)]
    public void Acknowledgement_DecidesTheForm(string edition, string flag, string edits, string form)
    {
        var anchors = Anchors(edition, flag);

        anchors.Answer(edits);

        Form(anchors).Should().Be(form);
    }

    /// <summary>What the MAG must ignore changes nothing (RFC 5213, Section 6.9.1.2).</summary>
    [Theory]
    [InlineData("rfc5844", "Handoff Indicator = 3")]
    [InlineData("rfc5844", "Sequence Number = last + 5")]
    [InlineData("rfc5844", "UDP checksum = wrong")]
    [InlineData("rfc5844", "P = 0")]
    [InlineData("ipv4-draft-04", "Checksum = wrong")]
    [InlineData("ipv4-draft-04", "Mobile Node Identifier = stranger@example.com")]
    public void AcknowledgementThatMustBeIgnored_DecidesNothing(string edition, string edits)
    {
        var anchors = Anchors(edition, "");

        anchors.Answer($"{edits}; NAT Detection = F 1, refresh 30 s");

        anchors.Anchor.AcceptedOf(anchors.Made.Node).Should().BeNull();
        Form(anchors).Should().Be(Plain);
    }

    [Theory]
    [InlineData("rfc5844", "Checksum = 0x1234", InUdp)]
    [InlineData("rfc5844", "Lifetime = 40 s", InUdp)]
    public void AcknowledgementThatIsOnlyDifferent_Decides(string edition, string edits, string form)
    {
        var anchors = Anchors(edition, "");

        anchors.Answer($"{edits}; NAT Detection = F 1, refresh 30 s");

        Form(anchors).Should().Be(form);
    }

    [Fact]
    public void Rejection_DecidesNothing_AndTheLastAcceptanceCounts()
    {
        var anchors = Anchors("rfc5844", "");

        anchors.Answer("NAT Detection = F 1, refresh 30 s");
        anchors.Answer("", status: 130);
        Form(anchors).Should().Be(InUdp);
        anchors.Answer("");
        Form(anchors).Should().Be(Plain);
    }

    [Fact]
    public void ProtectionThatWasNotAgreed_DecidesNothing()
    {
        var anchors = new EmulatedAnchors(Of("rfc5844", ""), isIpv4: true);

        anchors.Answer("protection = none and NAT Detection = F 1, refresh 30 s");
        Form(anchors).Should().Be(Plain);
        anchors.Answer("NAT Detection = F 1, refresh 30 s");
        Form(anchors).Should().Be(InUdp);
    }

    [Fact]
    public void RegistrationOverIpv6_HasATunnelOfIpv6()
    {
        var anchors = new EmulatedAnchors(Of("rfc5844", ""), octets: Of("rfc5844", "").FrameOverIpv6());

        anchors.Answer("");

        Form(anchors).Should().Be("a tunnel from 2001:db8:100::a1 to 2001:db8:100::1");
    }

    [Fact]
    public void PortThatIsFree_AllowsAny()
    {
        var form = NegotiatedAtGateway.ToAnchor(Anchors("rfc5844", "").Made.Session, "LMA1", accepted: null) with
        {
            Encapsulation = TunnelEncapsulation.Ipv4Udp,
            FromPort = TunnelForm.AnyPort,
            ToPort = 4191,
        };

        form.Allows(form with { FromPort = 49152 }).Should().BeTrue();
        form.Allows(form with { FromPort = 49152, ToPort = 4192 }).Should().BeFalse();
        form.ToString().Should().Be("a tunnel of IPv4-UDP from 192.0.2.161 to 192.0.2.1 port 4191");
    }

    private static EmulatedAnchors Anchors(string edition, string flag) => new(Of(edition, flag));

    private static string Form(EmulatedAnchors anchors) =>
        NegotiatedAtGateway.ToAnchor(anchors.Made.Session, "LMA1", anchors.Anchor.AcceptedOf(anchors.Made.Node)).ToString();

    private static TransportMessages Of(string edition, string flag)
    {
        var message = new TransportMessages(Edition.Find(edition)!);
        return message with
        {
            Flags =
                message.Flags
                | (
                    flag == "F" ? BindingUpdateFlags.ForcingUdp
                    : flag == "T" ? BindingUpdateFlags.TlvHeader
                    : BindingUpdateFlags.None
                ),
        };
    }
}
