using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about the transport of emulated MAGs over IPv4: RFC 5844, Section 4, and its drafts.</summary>
public sealed class LmaTransportPhrasesTests
{
    private const string Rfc5844 = "rfc5844-9.9-k1",
        Draft04 = "ipv4-draft-04-9.9-k1",
        Draft02 = "ipv4-draft-02-9.9-k1";

    private readonly ScriptedLma _lma = new(new ScriptedBed(Sessions.Facts() with { Ixit = Ixit }));

    private static Ixit Ixit =>
        Sessions.Ixit() with
        {
            Domain = Sessions.Ixit().Domain with { Nodes = Ipv4TransportDomains.Lma.WithoutLinkLayerAddresses().Nodes },
            Ipv4 = ReferenceSetup.Ipv4,
            Kinds = Ixit.AllKinds,
        };

    [Theory]
    [InlineData(Rfc5844, "IPv4", "192.0.2.161", 5436, 5436, null)]
    [InlineData(Rfc5844, "IPv4 from another address", "192.0.2.201", 5436, 5436, null)]
    [InlineData(Draft04, "IPv4", "192.0.2.161", 4191, 4191, "192.0.2.161")]
    [InlineData(Draft04, "IPv4 from another address", "192.0.2.201", 4191, 4191, "192.0.2.201")]
    [InlineData(Draft04, "IPv4 behind a NAT", "192.0.2.240", 61000, 4191, "192.0.2.161")]
    [InlineData(Draft02, "IPv4 behind a NAT with another port", "192.0.2.240", 61001, 4191, "192.0.2.161")]
    public void Path_DecidesTheHeadersOfARequest(string purpose, string path, string source, int from, int to, string? careOf)
    {
        var result = Run($"When MAG1 signals over {path}\nAnd MAG1 registers MN1\nThen the LMA accepts the registration", purpose);

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        var request = Read(0);
        (request.Outer!.Source.ToString(), request.Outer.Destination.ToString()).Should().Be((source, "192.0.2.1"));
        (request.Udp!.SourcePort, request.Udp.DestinationPort, request.Udp.HasRightChecksum).Should().Be((from, to, true));
        _lma.Requests[0].Update.Options.First<Ipv4CareOfAddressOption>()?.Address.ToString().Should().Be(careOf);
        (request.Ip!.Source.ToString(), request.Mobility!.HasRightChecksum)
            .Should()
            .Be(purpose == Rfc5844 ? (source, null) : ("2001:db8:100::a1", true));
        if (purpose == Rfc5844)
        {
            request.Mobility.Part.Word(4).Should().Be(0, "over UDP alone there is no checksum");
        }
    }

    [Fact]
    public void LaterRequests_FollowThePath_AndOtherGatewaysDoNot()
    {
        var result = Run(
            "Given MAG1 signals over IPv4\nAnd MN1 is registered at MAG1\nWhen MAG1 signals over IPv6\nAnd MAG1 refreshes MN1\n"
                + "Then the LMA accepts the registration\nWhen MN1 hands off to MAG2\nThen the LMA accepts the registration",
            Rfc5844
        );

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        _lma.OverIpv4.Should().HaveCount(1);
        _lma.Requests.Select(request => request.From.ToString())
            .Should()
            .Equal("192.0.2.161", "2001:db8:100::a1", "2001:db8:100::a2", "2001:db8:100::a2");
    }

    [Theory]
    [InlineData("source port = 49152", 49152, true, 0)]
    [InlineData("UDP checksum = 0", 5436, null, 0)]
    [InlineData("UDP checksum = wrong", 5436, false, 0)]
    [InlineData("Checksum = 0x1234", 5436, true, 0x1234)]
    [InlineData("F = 1 and source port = 49152", 49152, true, 0)]
    public void Edits_ChangeHeadersOverUdp(string edits, int from, bool? isRight, int checksum)
    {
        Run($"When MAG1 signals over IPv4\nAnd MAG1 registers MN1 with {edits}", Rfc5844);

        var request = Read(0);
        (request.Udp!.SourcePort, request.Udp.HasRightChecksum, request.Mobility!.Part.Word(4))
            .Should()
            .Be((from, isRight, (ushort)checksum));
        _lma.Requests[0].Update.Flags.HasFlag(BindingUpdateFlags.ForcingUdp).Should().Be(edits.StartsWith('F'));
    }

    [Theory]
    [InlineData(Draft04, "T = 1", false, true, "2001:db8:100::a1")]
    [InlineData(Draft02, "T = 1", true, true, "2001:db8:100::a1")]
    [InlineData(Draft02, "T = 1; TLV = no", false, true, "2001:db8:100::a1")]
    [InlineData(Draft04, "TLV = yes", true, true, "2001:db8:100::a1")]
    [InlineData(Draft04, "inner source = MAG2", false, true, "2001:db8:100::a2")]
    [InlineData(Draft04, "Checksum = wrong", false, false, "2001:db8:100::a1")]
    [InlineData(Draft04, "IPv4 Care-of Address = 192.0.2.99", false, true, "2001:db8:100::a1")]
    [InlineData(Draft04, "no IPv4 Care-of Address", false, true, "2001:db8:100::a1")]
    public void Edits_ChangeWhatIsBehindUdp(string purpose, string edits, bool hasTlv, bool isRight, string source)
    {
        Run($"When MAG1 signals over IPv4\nAnd MAG1 registers MN1 with {edits}", purpose);

        var request = Read(0);
        (request.Udp!.Tlv is not null, request.Mobility!.HasRightChecksum, request.Ip!.Source.ToString())
            .Should()
            .Be((hasTlv, isRight, source));
        request.Stack.Fault.Should().BeNull();
        _lma.Requests[0]
            .Update.Options.First<Ipv4CareOfAddressOption>()
            ?.Address.ToString()
            .Should()
            .Be(
                edits.StartsWith("no", StringComparison.Ordinal) ? null
                : edits.StartsWith("IPv4", StringComparison.Ordinal) ? "192.0.2.99"
                : "192.0.2.161"
            );
    }

    [Theory]
    [InlineData("When MAG1 signals over IPv4 behind a NAT", Rfc5844, "rfc5844 excludes a NAT between MAG and LMA.")]
    [InlineData("When MAG1 registers MN1 with TLV = yes", Draft04, "'TLV' is not a field of this message*")]
    [InlineData("Given MAG1 signals over IPv4\nWhen MAG1 registers MN1 with TLV = 1", Draft04, "'TLV = 1'*yes or no*")]
    public void Mistake_OfTheScenario_IsAnError(string steps, string purpose, string reason)
    {
        var result = Run(steps, purpose);

        result.Verdict.Should().Be(Verdict.Error);
        result.Reason.Should().Match(reason);
    }

    [Fact]
    public void MissingAddress_IsSaid()
    {
        _lma.Bed.Facts = _lma.Bed.Facts with { Ixit = Ixit with { Domain = ReferenceDomains.LmaIpv4.WithoutLinkLayerAddresses() } };

        Run("When MAG1 signals over IPv4", Rfc5844).Reason.Should().Contain("the IXIT has no IPv4 address on the core link for MAG1");
    }

    private Packet Read(int index) =>
        Packet.Of(
            new Frame(
                Ports.Core,
                Direction.Sent,
                1,
                ScriptedBed.Start,
                new EthernetFrame(default, default, Ipv4Packet.EtherType, _lma.OverIpv4[index]).ToBytes()
            )
        );

    private ScenarioResult Run(string steps, string purpose) =>
        PhraseRuns.Run(_lma.Bed, "status", steps, "TC-LMA-V4TR-BV-01", purpose).Result;
}
