using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about a Binding Error of a MAG under test, and about the edits of a rejection.</summary>
public sealed class HeaderFaultPhrasesTests
{
    private static readonly IPAddress _magAddress = IPAddress.Parse("2001:db8:100::a1");

    private readonly ScriptedMag _mag = new(new ScriptedBed());

    [Theory]
    [InlineData(2, "2001:db8:100::1", Verdict.Pass)]
    [InlineData(1, "2001:db8:100::1", Verdict.Fail)]
    [InlineData(2, "2001:db8:100::ff", Verdict.Fail)]
    [InlineData(null, "2001:db8:100::1", Verdict.Fail)]
    public void BindingError_SaysThatTheTypeIsUnknown_ToTheSender(int? status, string to, Verdict verdict)
    {
        var react = _mag.Bed.OnSend!;
        _mag.Bed.OnSend = (bed, port, octets) =>
        {
            if (status is { } said && Packet.Of(new Frame(port, Direction.Sent, 1, bed.Now, octets)).IsMobility(200, out _))
            {
                _mag.Send(Ports.Core, BindingError((byte)said, IPAddress.Parse(to)));
            }

            react(bed, port, octets);
        };

        Run("When LMA1 accepts the request with MH Type = 200\nThen the MAG reports a Binding Error").Verdict.Should().Be(verdict);
    }

    [Fact]
    public void ReportOfAnotherRole_IsAFaultOfTheScenario()
    {
        var result = Run("When LMA1 accepts the request with MH Type = 200\nThen the LMA reports a Binding Error");

        result.Verdict.Should().Be(Verdict.Error);
        result.Reason.Should().Contain("The step is about the LMA; this scenario tests the MAG.");
    }

    [Fact]
    public void Rejection_HasTheEditsOfTheStep()
    {
        Run(
            "When LMA1 rejects the request with status 135 SEQUENCE_NUMBER_OUT_OF_WINDOW with Sequence Number = last + 1000\n"
                + "Then the MAG advertises no home network prefix to MN1"
        );

        var answer = _mag.Answers.Single();
        ((byte)answer.Status, answer.SequenceNumber).Should().Be((135, 1101));
    }

    private ScenarioResult Run(string steps) =>
        PhraseRuns
            .Run(
                _mag.Bed,
                "malformed",
                $"Given MN1 attaches at link 1\nAnd the MAG sends a Proxy Binding Update for MN1\n{steps}",
                "TC-MAG-ACK-BI-01"
            )
            .Result;

    /// <summary>RFC 3775, Section 6.1.9.</summary>
    private static Ipv6Packet BindingError(byte status, IPAddress to)
    {
        byte[] message = [IpProtocols.NoNextHeader, 2, 7, 0, 0, 0, status, 0, .. _magAddress.GetAddressBytes()];
        MobilityHeader.FillChecksum(_magAddress, to, message);
        return new Ipv6Packet(_magAddress, to, IpProtocol.MobilityHeader, message);
    }
}
