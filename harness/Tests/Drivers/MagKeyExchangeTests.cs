using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Octets;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>A MAG that negotiates a security association before it registers anybody.</summary>
public sealed class MagKeyExchangeTests
{
    private const string Steps = "When MN1 attaches at link 1\nThen the MAG opens IKEv2 with LMA1";

    private static readonly IPAddress _mag = IPAddress.Parse("2001:db8:100::a1");

    [Fact]
    public void Mag_ThatOpensIkeWithTheLma_PassesAlthoughItRegistersNobody()
    {
        var result = Run("2001:db8:100::1");

        result.Verdict.Should().Be(Verdict.Pass, result.Reason);
    }

    [Theory]
    [InlineData("2001:db8:100::a2", "with another node")]
    [InlineData(null, "not at all")]
    public void Mag_ThatDoesNot_Fails(string? to, string how)
    {
        var result = Run(to, registers: true);

        result.Verdict.Should().Be(Verdict.Fail, how);
        result
            .Purpose.Single()
            .Should()
            .Match<Finding>(finding =>
                finding.Expected == "an IKE_SA_INIT request of IKEv2 to 2001:db8:100::1, UDP port 500"
                && finding.Actual == "nothing came within 2 s"
            );
    }

    /// <summary>A MAG that does nothing at all is dead, and no clause is blamed.</summary>
    [Fact]
    public void Mag_ThatIsSilent_IsNotJudged() => Run(null).Verdict.Should().Be(Verdict.Inconclusive);

    /// <param name="to">The node to which the MAG sends IKE_SA_INIT when a node appears; null for none.</param>
    /// <param name="registers">True if it registers nodes in clear.</param>
    private static ScenarioResult Run(string? to, bool registers = false)
    {
        var bed = new ScriptedBed();
        var mag = new ScriptedMag(bed) { ScriptsBookend = !registers };
        if (!registers)
        {
            mag.RegistersAfter = null;
        }

        var react = bed.OnSend!;
        bed.OnSend = (sender, port, octets) =>
        {
            react(sender, port, octets);
            var isArrival =
                Packet.Of(new Frame(port, Direction.Sent, 1, bed.Now, octets)).Neighbor?.Type == NeighborDiscoveryLayer.RouterSolicitation;
            if (isArrival && to is not null)
            {
                var peer = IPAddress.Parse(to);
                var ike = new UdpDatagram(500, 500, IkeLayerTests.Initial()).ToBytes(_mag, peer);
                bed.Deliver(bed.Now + TimeSpan.FromTicks(1), Ports.Core, Messages.Frame(new Ipv6Packet(_mag, peer, 17, ike)));
            }
        };
        return PhraseRuns.Run(bed, "options", Steps, "TC-MAG-REG-BV-01").Result;
    }
}
