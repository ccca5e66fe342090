using System.Net;
using Conformance.Harness.Tests.Capture;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using FluentAssertions;
using Pmip.Reference.Tests.Linux;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.External;

/// <summary>
/// Commands to the stand-ins, by which the profiles of the repository manage them. Requires root for namespaces and processes.
/// </summary>
[Collection(ExternalBedTests.StandIns)]
public sealed class ManagementCommandTests : IDisposable
{
    private const string HintOfTheRepository = "[\"{pmip-node}\", \"manage\", \"{socket}\", \"hint\", \"link={link}\", \"hint:={hint}\"]";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void StandIn_DoesWhatItsProfileSays_AndIsSetUpAnewAfterAScenarioThatHasChangedIt()
    {
        Privilege.Require();
        using var beds = ExternalBeds.Open(ProfileFile.Load(Profiles.OfRepository("stand-in-lma.json")), seed: 1);
        using (var bed = beds.Open("lma-baseline"))
        {
            Tell(bed, new DeviceCommand.SetVariable("TimestampValidityWindow", "5000")).Should().Be(Outcome.Ok);
            Tell(bed, new DeviceCommand.SetVariable("TimestampValidityWindow", "soon")).ToString().Should().Contain("there is no variable");
            Tell(bed, new DeviceCommand.Authorize(IPAddress.Parse("2001:db8:100::a3"))).Should().Be(Outcome.Ok);
            Tell(bed, new DeviceCommand.Deauthorize(IPAddress.Parse("2001:db8:100::a3"))).Should().Be(Outcome.Ok);
            Tell(bed, new DeviceCommand.Renumber(Ipv6Prefix.Parse("2001:db8:8000:1::/64"))).Should().Be(Outcome.Ok);
            Tell(bed, new DeviceCommand.Restart()).Should().Be(Outcome.Ok);
            bed.Health.Should().Be(IutHealth.Running);
            bed.UpperTester.Can(new UpperTesterAction.Manage("LMA1", new DeviceCommand.SetHint(Ports.Access(1), 1))).Should().BeFalse();
        }

        beds.Ports.Should().BeEmpty("the stand-in was closed, to be started anew");
        using var next = beds.Open("lma-baseline");
        next.Health.Should().Be(IutHealth.Running);
    }

    [Fact]
    public void Command_GetsTheValuesOfItsPlaceholders()
    {
        Privilege.Require();
        var (profile, log) = (Path.Combine(_directory.Path, "mag.json"), Path.Combine(_directory.Path, "log"));
        File.WriteAllText(
            profile,
            File.ReadAllText(Profiles.OfRepository("stand-in-mag.json"))
                .Replace("\"stand-in", $"\"{Path.GetDirectoryName(Profiles.OfRepository("x"))}/stand-in", StringComparison.Ordinal)
                .Replace(
                    HintOfTheRepository,
                    $"[\"/bin/sh\", \"-c\", \"echo {{link}} {{hint}} {{configuration}} >> {log}\"]",
                    StringComparison.Ordinal
                )
        );
        using var beds = ExternalBeds.Open(ProfileFile.Load(profile), seed: 1);
        using var bed = beds.Open("mag-baseline");

        Tell(bed, new DeviceCommand.SetHint(Ports.Access(2), 3), "MAG1").Should().Be(Outcome.Ok);
        Tell(bed, new DeviceCommand.SetHint(Ports.Access(1), null), "MAG1").Should().Be(Outcome.Ok);
        Tell(bed, new DeviceCommand.SetTimestamp(Ports.Access(1), DateTimeOffset.UnixEpoch), "MAG1").Should().Be(Outcome.Ok);
        Tell(bed, new DeviceCommand.SetTimestamp(Ports.Access(1), null), "MAG1").Should().Be(Outcome.Ok);

        Tell(bed, new DeviceCommand.Terminate("mn7@dynamic.pmip.example"), "MAG1").Should().Be(Outcome.Ok);
        Tell(bed, new DeviceCommand.Reenable("mn7@dynamic.pmip.example"), "MAG1").Should().Be(Outcome.Ok);

        File.ReadAllLines(log).Should().Equal("link2 3 mag-baseline", "link1 none mag-baseline");
    }

    private static Outcome Tell(ITestBed bed, DeviceCommand command, string node = "LMA1")
    {
        var pending = bed.UpperTester.Start(new UpperTesterAction.Manage(node, command));
        while (!pending.IsComplete)
        {
            bed.TryReceive(bed.Now + TimeSpan.FromMilliseconds(20), out _);
        }
        return pending.Result;
    }
}
