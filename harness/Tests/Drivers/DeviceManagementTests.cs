using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>What the operator tells the device in a scenario counts in it from then on.</summary>
public sealed class DeviceManagementTests : IUpperTester
{
    private readonly List<string> _told = [];
    private readonly ScriptedLma _lma;

    public DeviceManagementTests() => _lma = new(new ScriptedBed { UpperTester = this });

    private string? Refuses { get; set; }

    public bool Can(UpperTesterAction action) => true;

    public IPending Start(UpperTesterAction action)
    {
        var command = ((UpperTesterAction.Manage)action).Command.ToString()!;
        _told.Add(command);
        return command == Refuses ? new Completed(new Outcome.Failed("no")) : Completed.Ok;
    }

    [Fact]
    public void Command_ThatTheDeviceRefuses_IsNoFaultOfAClause()
    {
        Refuses = "authorize 2001:db8:100::a3";

        var result = Run("Given the operator authorizes MAG3\nWhen MAG3 registers MN1\nThen the LMA accepts the registration");

        result.Verdict.Should().Be(Verdict.Inconclusive);
        _told.Should().Equal("authorize 2001:db8:100::a3");
    }

    /// <summary>The scenario goes on with the value that the operator has set: 6 s instead of 10 s, and 2 ms.</summary>
    [Fact]
    public void Variable_CountsFromThenOn()
    {
        Run(
            "Given the operator sets MinDelayBeforeBCEDelete to 6000\nAnd MN1 is registered at MAG1\nAnd MAG1 has de-registered MN1\n"
                + "When just over MinDelayBeforeBCEDelete passes\nAnd MAG1 registers MN1\nThen the LMA accepts the registration"
        );

        _told.Should().Equal("set MinDelayBeforeBCEDelete to 6000");
        (_lma.Requests[2].At - _lma.Requests[1].At).Should().BeCloseTo(TimeSpan.FromMilliseconds(6002), TimeSpan.FromTicks(10));
    }

    /// <summary>The prefix is the one that the LMA has assigned, whatever its length. The session without any is not ended.</summary>
    [Theory]
    [InlineData("2001:db8:8000:5200::/56")]
    [InlineData("2001:db8:8000:5213::/64")]
    public void Prefix_IsWithdrawnAsItIsAssigned(string prefix)
    {
        Give(new HomeNetworkPrefixOption(Ipv6Prefix.Parse(prefix)));

        Run("Given MN1 is registered at MAG1\nWhen the operator withdraws the prefix of MN1\nThen the LMA does not answer");

        _told.Should().Equal($"withdraw {prefix}");
        _lma.Requests.Should().HaveCount(1);
    }

    /// <summary>An LMA that gives no prefix has a session all the same.</summary>
    [Fact]
    public void Session_WithoutPrefixes_IsEnded()
    {
        Give();

        Run("When MAG1 registers MN1\nThen the LMA accepts the registration");

        _lma.Requests[^1].Update.LifetimeUnits.Should().Be(0);
    }

    private void Give(params HomeNetworkPrefixOption[] prefixes) =>
        _lma.Change = (_, answer) =>
            answer with
            {
                Options = new MobilityOptionList([.. answer.Options.Where(option => option is not HomeNetworkPrefixOption), .. prefixes]),
            };

    private ScenarioResult Run(string steps) => PhraseRuns.Run(_lma.Bed, "status", steps).Result;
}
