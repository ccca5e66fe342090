using System.Runtime.InteropServices;
using System.Text.Json;
using Conformance.TestBeds;
using Conformance.Testing.Capture;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>What the journal of a run says of its circumstances, because nobody could find it out later.</summary>
public static class RunCircumstances
{
    private const string ClockSource = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

    /// <summary>The header with the device, the machine, the clock, the suite and the configurations.</summary>
    /// <param name="all">True for every configuration that the bed has, not only those of scenarios that will run.</param>
    public static RunHeader Add(
        RunHeader header,
        IBedProvider beds,
        IReadOnlyList<PlannedScenario> planned,
        string features,
        bool all = false
    ) =>
        header with
        {
            Device = beds.Device,
            Host = new TesterHost(
                Environment.MachineName,
                $"{Environment.OSVersion.VersionString}, {RuntimeInformation.OSDescription}",
                RuntimeInformation.FrameworkDescription
            ),
            TimeSource = beds.IsRealTime ? $"the clock of the tester's host{SourceOfClock()}" : "virtual",
            Suite = SuiteFiles.Identify(features, AppContext.BaseDirectory),
            Configurations =
            [
                .. planned
                    .Where(scenario => all || scenario.Selection == Selection.Selected)
                    .Select(scenario => scenario.Configuration)
                    .Distinct()
                    .Where(name => beds.Claims(name) is not null)
                    .Select(name => new ConfigurationRecord(name, beds.Claims(name)!, beds.IxitOf(name) is { } ixit ? Record(ixit) : null)
                    {
                        Editions = beds.Editions(name),
                        Tolerance = beds.Tolerance,
                    }),
            ],
        };

    /// <summary>An IXIT as JSON, as it is in traces, too: without secrets.</summary>
    public static JsonElement Record<T>(T ixit) => JsonSerializer.SerializeToElement(ixit, TraceJson.Options);

    private static string SourceOfClock() => File.Exists(ClockSource) ? $" ({File.ReadAllText(ClockSource).Trim()})" : string.Empty;
}
