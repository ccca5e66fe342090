using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Peers;

/// <summary>An emulated LMA answers over the transport of the update, in the form of the edition.</summary>
public sealed class AnchorTransportTests
{
    [Theory]
    [InlineData("rfc5844", 5436)]
    [InlineData("ipv4-draft-04", 4191)]
    [InlineData("ipv4-draft-02", 4191)]
    public void Answer_GoesBackToThePortOfTheUpdate(string edition, int port)
    {
        var answer = Answer(Of(edition));

        (answer.Outer!.Source, answer.Outer.Destination).Should().Be((TransportMessages.Lma, TransportMessages.Mag));
        (answer.Udp!.SourcePort, answer.Udp.DestinationPort).Should().Be((port, 49152));
        answer.Udp.HasRightChecksum.Should().BeTrue();
        answer.Mobility!.Type.Should().Be(MobilityOctets.BindingAcknowledgementType);
        answer.Udp.Tlv.Should().BeNull();
    }

    [Fact]
    public void Answer_FollowsUdp_WithoutAChecksum_InTheRfc()
    {
        var answer = Answer(Of("rfc5844"));

        answer.Udp!.Carried.Should().BeNull();
        answer.Mobility!.Part.Word(4).Should().Be(0);
        Answer(Of("rfc5844"), "Checksum = 0x1234").Mobility!.Part.Word(4).Should().Be(0x1234);
    }

    [Theory]
    [InlineData("ipv4-draft-04")]
    [InlineData("ipv4-draft-02")]
    public void Answer_IsInAnIpv6Packet_InTheDrafts(string edition)
    {
        var answer = Answer(Of(edition));

        var inner = answer.Udp!.Carried!;
        (inner.Source, inner.Destination).Should().Be((TransportMessages.Lma6, TransportMessages.Mag6));
        inner.FitsChecksum.Should().BeTrue();
        Answer(Of(edition), "Checksum = wrong").Udp!.Carried!.FitsChecksum.Should().BeFalse();
    }

    [Theory]
    [InlineData("source port = 49153", "source port 49153")]
    [InlineData("UDP checksum = 0", "UDP checksum 0")]
    [InlineData("UDP checksum = wrong", "UDP checksum wrong")]
    public void Edits_ChangeTheTransport(string edits, string effect)
    {
        var udp = Answer(Of("ipv4-draft-04"), edits).Udp!;

        (
            effect switch
            {
                "source port 49153" => udp.SourcePort == 49153,
                "UDP checksum 0" => udp.Checksum == 0,
                _ => udp.HasRightChecksum == false,
            }
        )
            .Should()
            .BeTrue();
    }

    /// <summary>RFC 5844, Section 1.2: otherwise the MAG would not choose UDP encapsulation.</summary>
    [Theory]
    [InlineData("rfc5844", "", "F 1, refresh never")]
    [InlineData("rfc5844", "NAT Detection = F 0, refresh 30 s", "F 0, refresh 30 s")]
    [InlineData("rfc5844", "no NAT Detection", null)]
    [InlineData("ipv4-draft-04", "", null)]
    [InlineData("ipv4-draft-04", "NAT Detection = F 1, refresh 30 s", "F 1, refresh 30 s")]
    public void FlagF_IsAnsweredByTheOption_InTheRfc(string edition, string edits, string? option)
    {
        var message = Of(edition);
        var answer = Answer(message with { Flags = message.Flags | BindingUpdateFlags.ForcingUdp }, edits);

        (answer.Mobility!.First(NatDetectionKind.Type) is { } given ? new NatDetectionKind().Text(given) : null).Should().Be(option);
    }

    [Theory]
    [InlineData("ipv4-draft-02", "", true, true)]
    [InlineData("ipv4-draft-02", "T = 0", false, false)]
    [InlineData("ipv4-draft-02", "TLV = no", true, false)]
    [InlineData("ipv4-draft-04", "", true, false)]
    [InlineData("ipv4-draft-04", "TLV = yes", true, true)]
    [InlineData("rfc5844", "", false, false)]
    public void FlagT_ComesBack_InDraft02WithTheHeader(string edition, string edits, bool hasFlag, bool hasHeader)
    {
        var message = Of(edition);
        var answer = Answer(
            message with
            {
                Flags = message.Flags | BindingUpdateFlags.TlvHeader,
                HasTlv = edition == "ipv4-draft-02",
            },
            edits
        );

        answer.Mobility!.Part.Bits(59, 1).Should().Be(hasFlag ? 1ul : 0);
        (answer.Udp!.Tlv is not null).Should().Be(hasHeader);
    }

    [Theory]
    [InlineData("rfc5844", true, "outside")]
    [InlineData("ipv4-draft-04", true, "outside")]
    [InlineData("ipv4-draft-04", false, "inside")]
    [InlineData("ipv4-draft-02", true, "outside")]
    [InlineData("ipv4-draft-02", false, "inside")]
    public void Association_DecidesWhereEspIs(string edition, bool isIpv4, string place)
    {
        var answer = Answer(Of(edition), isIpv4: isIpv4);

        (answer.Outer!.Esp?.Association is not null).Should().Be(place == "outside");
        (answer.Udp!.Carried?.Esp?.Association is not null).Should().Be(place == "inside");
        var inClear = Answer(Of(edition), "protection = none", isIpv4);
        (inClear.Outer!.Esp, inClear.Udp!.Carried?.Esp).Should().Be((null, null));
    }

    [Fact]
    public void UpdateOverIpv6_IsAnsweredOverIpv6()
    {
        var answer = Answer(Of("rfc5844"), octets: Of("rfc5844").FrameOverIpv6());

        answer.Udp.Should().BeNull();
        (answer.Ip!.Source, answer.Ip.Destination).Should().Be((TransportMessages.Lma6, TransportMessages.Mag6));
    }

    [Fact]
    public void UpdateInIpv4WithoutUdp_HasNoAnswer()
    {
        var packet = new Ipv4Packet(TransportMessages.Mag, TransportMessages.Lma, 135, HandMadeMessage.Update.Octets);

        FluentActions
            .Invoking(() => Answer(Of("rfc5844"), octets: Messages.Frame(packet)))
            .Should()
            .Throw<StepFailedException>()
            .WithMessage("*not in UDP*");
    }

    private static TransportMessages Of(string edition) => new(Edition.Find(edition)!);

    private static Packet Answer(TransportMessages update, string edits = "", bool? isIpv4 = null, byte[]? octets = null) =>
        new EmulatedAnchors(update, isIpv4, octets).Answer(edits);
}
