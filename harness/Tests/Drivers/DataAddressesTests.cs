using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about data packets for and from other addresses of mobile nodes than the first.</summary>
public sealed class DataAddressesTests
{
    private const string Mag1 = "2001:db8:100::a1";

    private readonly ScriptedLma _lma = new(new ScriptedBed());

    /// <summary>The LMA gives the prefixes 1 and 2, and tunnels packets for the first so many of them.</summary>
    [Theory]
    [InlineData("every prefix of MN1", 2, Verdict.Pass)]
    [InlineData("every prefix of MN1", 1, Verdict.Fail)]
    [InlineData("every prefix of MN1", 0, Verdict.Fail)]
    [InlineData("the second prefix of MN1", 2, Verdict.Pass)]
    [InlineData("the second prefix of MN1", 1, Verdict.Fail)]
    [InlineData("the first prefix of MN1", 1, Verdict.Pass)]
    [InlineData("the first prefix of MN1", 0, Verdict.Fail)]
    [InlineData("MN1", 1, Verdict.Pass)]
    public void Packets_GoToThePrefixesThatAreNamed(string addressees, int routed, Verdict expected)
    {
        GivePrefixes(1, 2);
        Tunnel(packet => Enumerable.Range(1, routed).Any(number => ScriptedLma.PrefixOf(number).Contains(packet.Destination)));

        var result = Run($"When MAG1 registers MN1\nThen packets for {addressees} arrive at MAG1 only");

        result.Verdict.Should().Be(expected, result.Reason);
        if (expected == Verdict.Fail)
        {
            result.Purpose[^1].Actual.Should().Be("nothing came within 2 s");
        }
    }

    [Fact]
    public void Packets_ForEveryPrefix_AreLookedForOneAfterTheOther_AfterThePacketThatWasSentAlready()
    {
        GivePrefixes(1, 2);
        Tunnel(_ => true);

        Run("When CN1 sends a packet to MN1\nThen packets for every prefix of MN1 arrive at MAG1 only").Verdict.Should().Be(Verdict.Pass);

        _lma.Data.Select(data => data.Packet.Destination.ToString())
            .Should()
            .Equal("2001:db8:8000:1:5e:ff:fe00:1", "2001:db8:8000:2:5e:ff:fe00:1");
    }

    [Theory]
    [InlineData(0, Verdict.Pass)]
    [InlineData(1, Verdict.Fail)]
    [InlineData(2, Verdict.Fail)]
    public void Packets_ForNoPrefix_MayCome(int routed, Verdict expected)
    {
        GivePrefixes(1, 2);
        Tunnel(packet => routed > 0 && ScriptedLma.PrefixOf(routed).Contains(packet.Destination));

        Run("When MAG1 registers MN1\nThen packets for every prefix of MN1 go nowhere").Verdict.Should().Be(expected);
    }

    [Theory]
    [InlineData(2, Verdict.Pass)]
    [InlineData(1, Verdict.Fail)]
    public void Packets_FromEveryPrefix_HaveASourceInEach(int accepted, Verdict expected)
    {
        GivePrefixes(1, 2);
        _lma.Forward = (lma, port, outer) =>
        {
            // The correspondent answers the packet that reaches it; that answer is not forwarded.
            if (
                port == Ports.Core
                && Ipv6Packet.TryParse(outer.Payload, out var inner, out WireError? _)
                && Enumerable.Range(1, accepted).Any(number => ScriptedLma.PrefixOf(number).Contains(inner.Source))
            )
            {
                lma.Send(Ports.Home, inner);
            }
        };

        Run("When MAG1 registers MN1\nThen packets from every prefix of MN1 through MAG1 reach CN1").Verdict.Should().Be(expected);
    }

    [Fact]
    public void AnotherAddress_IsInTheFirstPrefix_AndNotTheUsualOne()
    {
        Run("When CN1 sends a packet to another address of MN1\nThen packets for another address of MN1 arrive at MAG1 only");

        _lma.Data.Single().Packet.Destination.ToString().Should().Be("2001:db8:8000:1::5213");
    }

    /// <summary>A device that does not give what the step is about is not blamed for it.</summary>
    [Theory]
    [InlineData("packets for the second prefix of MN1 arrive at MAG1 only", "MN1 was not given the second prefix")]
    [InlineData("packets for the second session of MN1 arrive at MAG1 only", "MN1 was not given the second session")]
    public void WhatWasNotGiven_IsNotJudged(string step, string reason)
    {
        var result = Run($"When MAG1 registers MN1\nThen {step}");

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain(reason);
    }

    [Fact]
    public void Sessions_AreCountedInTheirOrder()
    {
        _lma.Change = (number, answer) => Giving(answer, number);
        Tunnel(_ => true);

        Run(
            """
            When MAG1 registers MN1
            Then the LMA accepts the registration
            And packets for the first session of MN1 arrive at MAG1 only
            And packets for the second session of MN1 arrive at MAG1 only
            """
        );

        _lma.Data.Select(data => data.Packet.Destination)
            .Should()
            .SatisfyRespectively(
                first => ScriptedLma.PrefixOf(1).Contains(first).Should().BeTrue(),
                second => ScriptedLma.PrefixOf(2).Contains(second).Should().BeTrue()
            );
    }

    [Fact]
    public void PacketBetweenMobileNodes_IsSentInTheTunnelOfItsMag_ToTheOtherNode()
    {
        Run("And MN2 is registered at MAG2\nWhen MN1 sends a packet to MN2 through MAG1\nThen packets for MN2 arrive at MAG2 only");

        var (port, outer) = _lma.Data.Single();
        Ipv6Packet.TryParse(outer.Payload, out var inner, out _).Should().BeTrue();
        (port, outer.Source.ToString()).Should().Be((Ports.Core, Mag1));
        ScriptedLma.PrefixOf(1).Contains(inner!.Source).Should().BeTrue();
        ScriptedLma.PrefixOf(2).Contains(inner.Destination).Should().BeTrue();
    }

    private void GivePrefixes(params int[] numbers) => _lma.Change = (_, answer) => Giving(answer, numbers);

    private static BindingAcknowledgement Giving(BindingAcknowledgement answer, params int[] numbers) =>
        answer with
        {
            Options = new MobilityOptionList([
                .. answer.Options.Where(option => option is not HomeNetworkPrefixOption),
                .. numbers.Select(number => new HomeNetworkPrefixOption(ScriptedLma.PrefixOf(number))),
            ]),
        };

    private void Tunnel(Func<Ipv6Packet, bool> isRouted) =>
        _lma.Forward = (lma, _, packet) =>
        {
            if (isRouted(packet))
            {
                lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, Mag1));
            }
        };

    private ScenarioResult Run(string steps) =>
        PhraseRuns.Run(_lma.Bed, "forwarding", $"Given MN1 is registered at MAG1\n{steps}", "TC-LMA-FWD-BV-01").Result;
}
