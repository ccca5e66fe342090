using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Drivers;
using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Edits;

/// <summary>A message behind a Destination Options header.</summary>
public sealed class ExtensionHeaderTests
{
    [Fact]
    public void RequestBehindAnExtensionHeader_IsTheSameMessage_WithARightChecksum()
    {
        var lma = new ScriptedLma(new ScriptedBed());

        var result = PhraseRuns
            .Run(lma.Bed, "status", "When MAG1 registers MN1 with Destination Options = 01 02 0000\nThen the LMA accepts the registration")
            .Result;

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
        var packet = lma
            .Bed.Sent.Where(sent => sent.Port == Ports.Core)
            .Select(sent => Packet.Of(new(sent.Port, Testing.Bed.Direction.Sent, 1, sent.At, sent.Octets)))
            .First(packet => packet.Headers.Count > 0);
        packet.Headers.Single().Part.Span.ToArray().Should().Equal(IpProtocols.MobilityHeader, 0, 1, 2, 0, 0, 1, 0);
        (packet.Mobility!.Offset - packet.IpOffset, packet.Ip!.FitsChecksum).Should().Be((48, true));
    }
}
