using System.Globalization;
using Conformance.Harness.Tests.Deviations;
using Conformance.TestBeds;
using Conformance.Testing.Domains;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>
/// Runs the suite on the foreign devices: without a fault, and with the faults of a sample. The runs go on side by side, because a run
/// mostly waits.
/// </summary>
/// <remarks>
/// The environment variable PMIP_FOREIGN is <c>all</c> for every device and fault, or the seed of the sample. PMIP_FOREIGN_OUT is a
/// directory for captures.
/// </remarks>
internal static class ForeignRuns
{
    private const int SampleOfEachRole = 3;

    /// <summary>A fault of a device of Mobile IPv6 takes its time.</summary>
    private const int SampleOfMobileNodes = 2;

    /// <summary>The runs at a time with a fault.</summary>
    private const int FaultyRuns = 3;

    /// <summary>How many copies of a device share the scenarios of a run, without and with a fault.</summary>
    private const int Copies = 10;
    private const int FaultyCopies = 4;

    /// <summary>How many scenarios a home agent or a correspondent node has in a sample, and how many copies share them.</summary>
    private const int SampleOfScenarios = 24;
    private const int SampleCopies = 4;

    /// <summary>The same for a mobile node, whose next scenario waits for the ends of its bindings.</summary>
    private const int SampleOfMobileNode = 8;

    private const string Everything = "all";

    /// <summary>What the ids of scenarios about time have in them: they wait for the ends of bindings and nonces.</summary>
    private const string AboutTime = "-TI-";

    private static readonly string _choice = Environment.GetEnvironmentVariable("PMIP_FOREIGN") ?? "1";
    private static readonly SemaphoreSlim _faulty = new(FaultyRuns);
    private static readonly Lock _again = new();

    /// <summary>The faults that this run of the tests tries.</summary>
    public static IReadOnlyList<ForeignFault> Sample { get; } =
        _choice == Everything
            ? [.. ForeignFault.All.Where(fault => fault is { IsSeen: true, NeedsOperator: false })]
            :
            [
                .. ForeignFault
                    .All.Where(fault => fault is { IsSeen: true, NeedsOperator: false } && IsQuick(fault))
                    .GroupBy(fault => fault.Role)
                    .SelectMany(Draw),
            ];

    /// <summary>The devices that this run of the tests tries without a fault.</summary>
    public static IReadOnlyList<ForeignDevice> Devices { get; } =
        _choice == Everything
            ? [ForeignDevice.Lma, ForeignDevice.Mag, ForeignDevice.StaticLma, ForeignDevice.Ha, ForeignDevice.Cn, ForeignDevice.Mn]
            : [ForeignDevice.Lma, ForeignDevice.Mag, ForeignDevice.Ha, ForeignDevice.Cn, ForeignDevice.Mn];

    private static readonly Lazy<Dictionary<string, Task<IReadOnlyList<ScenarioResult>>>> _started = new(() =>
        Devices
            .Select(device => (Name: NameOf(device), Run: Start(() => RunAll(device))))
            .Concat(Sample.Select(fault => (Name: NameOf(fault), Run: Start(() => RunSections(fault)))))
            .ToDictionary(run => run.Name, run => run.Run, StringComparer.Ordinal)
    );

    /// <summary>The results of every scenario of the device's role.</summary>
    public static Task<IReadOnlyList<ScenarioResult>> OfAsync(ForeignDevice device) => _started.Value[NameOf(device)];

    /// <summary>The results of the scenarios of the fault's sections.</summary>
    public static Task<IReadOnlyList<ScenarioResult>> OfAsync(ForeignFault fault) => _started.Value[NameOf(fault)];

    /// <summary>How many results there are at least.</summary>
    public static int LeastOf(ForeignDevice device) => IsSampled(device) ? SampleSizeOf(device) : 75;

    private static int SampleSizeOf(ForeignDevice device) => device.Profile.Role == NodeRole.Mn ? SampleOfMobileNode : SampleOfScenarios;

    private static string NameOf(ForeignDevice device) => $"{device}";

    private static string NameOf(ForeignFault fault) => $"{fault.Role} {fault.Name}";

    private static IEnumerable<ForeignFault> Draw(IEnumerable<ForeignFault> faults)
    {
        var all = faults.ToArray();
        new Random(int.Parse(_choice, CultureInfo.InvariantCulture)).Shuffle(all);
        return all.Take(ForeignDevice.OfRole(all[0].Role).IsOfMobileNodes ? SampleOfMobileNodes : SampleOfEachRole);
    }

    private static Task<IReadOnlyList<ScenarioResult>> Start(Func<IReadOnlyList<ScenarioResult>> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static bool IsSampled(ForeignDevice device) => device.IsOfMobileNodes && _choice != Everything;

    private static IReadOnlyList<ScenarioResult> RunAll(ForeignDevice device) =>
        IsSampled(device) ? Run(device, string.Empty, Drawn(device), SampleCopies) : Run(device, string.Empty, _ => true, Copies);

    /// <summary>Some of the scenarios that run on the device, each of which lasts for seconds.</summary>
    private static Func<Scenario, bool> Drawn(ForeignDevice device)
    {
        using var beds = new ForeignBeds(device, string.Empty, SampleCopies);
        var planned = new SuiteRunner(SuiteRuns.Suite).Plan(beds, PlanOf(device, IsQuick, captures: null));
        var ids = planned.Where(one => one.Selection == Selection.Selected).Select(one => one.Id).ToArray();
        new Random(int.Parse(_choice, CultureInfo.InvariantCulture)).Shuffle(ids);
        var drawn = ids.Take(SampleSizeOf(device)).ToHashSet(StringComparer.Ordinal);
        return scenario => drawn.Contains($"{scenario.Id}");
    }

    /// <summary>Whether a sample can find the fault: of a home agent or a correspondent node by scenarios that last for seconds.</summary>
    private static bool IsQuick(ForeignFault fault) =>
        !ForeignDevice.OfRole(fault.Role).IsOfMobileNodes
        || fault.Statements.All(wanted =>
            SuiteRuns.Suite.Library.Scenarios.Any(scenario =>
                scenario.Role == fault.Role && IsQuick(scenario) && scenario.Statements.Any(statement => $"{statement}" == wanted)
            )
        );

    private static bool IsQuick(Scenario scenario) => !$"{scenario.Id}".Contains(AboutTime, StringComparison.Ordinal);

    /// <summary>
    /// In a sample, the faults of a home agent or a correspondent node run against the scenarios of their statements alone.
    /// </summary>
    private static IReadOnlyList<ScenarioResult> RunSections(ForeignFault fault)
    {
        var device = ForeignDevice.OfRole(fault.Role);
        _faulty.Wait();
        try
        {
            return Run(
                device,
                fault.Name,
                scenario =>
                    IsSampled(device)
                        ? IsQuick(scenario) && scenario.Statements.Any(statement => fault.Statements.Contains($"{statement}"))
                        : scenario.Statements.Any(statement => fault.Sections.Contains(statement.Section)),
                FaultyCopies
            );
        }
        finally
        {
            _faulty.Release();
        }
    }

    /// <summary>
    /// Runs the scenarios side by side. One that could not be judged because this machine was too busy, in every attempt, runs again with
    /// no other of these beside it: its error is about the tester, and says nothing about the device.
    /// </summary>
    internal static IReadOnlyList<ScenarioResult> Run(ForeignDevice device, string fault, Func<Scenario, bool> isSelected, int parallelism)
    {
        var plan = PlanOf(device, isSelected, Captures(device, fault));
        var results = Run(device, fault, plan, parallelism);
        var late = results.Where(IsLate).Select(result => result.Key).ToHashSet();
        if (late.Count == 0)
        {
            return results;
        }

        lock (_again)
        {
            plan = plan with { IsSelected = scenario => late.Contains(scenario.Key), Attempt = plan.Attempt + 1 };
            return [.. results.Where(result => !late.Contains(result.Key)), .. Run(device, fault, plan, parallelism: 1)];
        }
    }

    private static bool IsLate(ScenarioResult result) => result is { Verdict: Verdict.Error, LateAttempts.Count: SuiteRunner.Attempts - 1 };

    private static IReadOnlyList<ScenarioResult> Run(ForeignDevice device, string fault, RunPlan plan, int parallelism)
    {
        using var beds = new ForeignBeds(device, fault, parallelism);
        var runner = new SuiteRunner(SuiteRuns.Suite);
        return runner.Run(beds, plan, runner.Plan(beds, plan));
    }

    /// <summary>The LMA and the MAG are tested by RFC 5213 here; the profiles say the editions of the others.</summary>
    private static RunPlan PlanOf(ForeignDevice device, Func<Scenario, bool> isSelected, string? captures) =>
        new(
            scenario =>
                scenario.Role == device.Role && (device.IsOfMobileNodes || scenario.Edition == Edition.Rfc5213) && isSelected(scenario),
            ForeignBeds.Seed,
            Strict: true,
            captures
        );

    private static string? Captures(ForeignDevice device, string fault) =>
        Environment.GetEnvironmentVariable("PMIP_FOREIGN_OUT") is { } directory
            ? Directory.CreateDirectory(Path.Combine(directory, $"{device} {fault}".Trim().Replace(' ', '-'))).FullName
            : null;
}
