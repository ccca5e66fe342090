using System.CommandLine;
using System.Globalization;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using Conformance.TestBeds.Simulated;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Engine;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>
/// The <c>profile</c> commands. <c>check</c> checks a device profile and the device, and shows which scenarios would run and how long;
/// <c>new</c> writes a profile from answers.
/// </summary>
internal sealed class ProfileCommand
{
    private const int Seed = 1;

    /// <summary>The time between two readings of the device's clock.</summary>
    private static readonly TimeSpan _driftInterval = TimeSpan.FromSeconds(5);

    private readonly SuiteOption _suiteOption = new();
    private readonly SelectionOptions _selection = new();
    private readonly Argument<string> _file = new("FILE") { Description = "The profile; harness/Profiles/example.json is an example." };
    private readonly Option<string?> _driver = BedOptions.DriverOption();
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;
    private bool _isReady = true;

    private ProfileCommand(Terminal terminal, CancellationToken cancellation) => (_terminal, _cancellation) = (terminal, cancellation);

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var profile = new ProfileCommand(terminal, cancellation);
        var check = new Command(
            "check",
            "Reads a profile, opens its ports, and checks the link-layer addresses, a basic exchange, whether two mobile nodes are told "
                + "apart, "
                + "and the clock of the device. "
                + "Shows which scenarios would run and how long. "
                + ExitTable.Of("profile check")
        )
        {
            profile._file,
            profile._driver,
        };
        profile._selection.AddTo(check);
        profile._suiteOption.AddTo(check);
        check.SetAction(profile.Check);
        var begin = new Command(
            "new",
            "Asks for the role, links, addresses, mobile nodes, claims and commands of a device in the terminal, checks each answer, and "
                + "writes a profile. "
                + ExitTable.Of("profile new")
        )
        {
            profile._file,
        };
        profile._suiteOption.AddTo(begin);
        begin.SetAction(profile.New);
        return new Command("profile", "Profiles describe devices to test: their role, links, addresses and claims.") { check, begin };
    }

    private int New(ParseResult parsed)
    {
        var suite = _suiteOption.LoadSound(parsed, _terminal);
        var path = parsed.GetRequiredValue(_file);
        if (_terminal.Input is not { } keyboard)
        {
            throw new CannotRunException("profile new asks questions, and nobody is at a terminal. Start from a file of harness/Profiles.");
        }

        if (File.Exists(path))
        {
            throw new CannotRunException($"{path} is there already, and is left as it is.");
        }

        var draft = new ProfileDraft(path, [.. suite.Ics.Items.Select(item => item.Id)]);
        new ProfileDialog(_terminal, keyboard, draft, _cancellation).Run();
        try
        {
            File.WriteAllText(path, draft.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the profile cannot be written: {e.Message}");
        }

        _terminal.Line($"Written      {path}: no errors. Next: sudo {Terminal.Product} profile check {path}");
        return ExitCode.Success;
    }

    private int Check(ParseResult parsed)
    {
        var suite = _suiteOption.LoadSound(parsed, _terminal);
        var path = parsed.GetRequiredValue(_file);
        if (!File.Exists(path))
        {
            throw new CannotRunException($"there is no file {path}.");
        }

        try
        {
            var profile = ProfileFile.Load(path, [.. suite.Ics.Items.Select(item => item.Id)]);
            var form = string.Join(" and ", profile.Configurations.Select(configuration => configuration.Name));
            Say("Profile", $"{path}: no errors");
            Say("Device", $"{profile.Device}, {profile.Role.Abbreviation()}, set up as {form}");
            using var beds = Open(profile, parsed.GetValue(_driver), BedOptions.OperatorAt(_terminal));
            using var interruption = _cancellation.Register(beds.Interrupt);
            foreach (var configuration in profile.Configurations)
            {
                _cancellation.ThrowIfCancellationRequested();
                CheckDevice(beds, profile, configuration.Name);
            }

            SayScenarios(
                suite,
                beds,
                profile,
                new RunPlan(_selection.Read(parsed, suite.Library.Scenarios), Seed, Strict: false, Directory: null)
                {
                    NewestEditionOnly = _selection.TakesNewestEdition(parsed),
                }
            );
        }
        catch (ProfileException e)
        {
            foreach (var mistake in e.Mistakes)
            {
                _terminal.Error(mistake.ToString());
            }

            return ExitCode.Failure;
        }
        catch (Exception e) when (e is OperationCanceledException || (e is BedLostException && _cancellation.IsCancellationRequested))
        {
            throw new CannotRunException("the check was ended early.");
        }
        catch (Exception e) when (e is BedUnavailableException or BedLostException or TesterLateException)
        {
            Wrong("Device", e.Message);
        }

        _terminal.Line();
        _terminal.Line(_isReady ? "Ready." : "Not ready: see the lines marked with '!'.");
        return _isReady ? ExitCode.Success : ExitCode.Failure;
    }

    private static ExternalBeds Open(Profile profile, string? driver, Operator? person) =>
        Environment.IsPrivilegedProcess
            ? ExternalBeds.Open(profile, Seed, driver, person)
            : throw new CannotRunException("root is required to send and receive raw frames: run this command with sudo.");

    /// <summary>Repeats the check if the tester was late, because such a failure does not concern the device.</summary>
    private void CheckDevice(ExternalBeds beds, Profile profile, string configuration)
    {
        for (var attempt = 1; ; attempt++)
        {
            var readySoFar = _isReady;
            try
            {
                TryDevice(beds, profile, configuration);
                return;
            }
            catch (TesterLateException e) when (attempt < SuiteRunner.Attempts)
            {
                _isReady = readySoFar;
                Say("Again", e.Message);
            }
        }
    }

    private void TryDevice(ExternalBeds beds, Profile profile, string configuration)
    {
        _terminal.Heading(configuration);
        using var bed = beds.OpenForCheck(configuration);
        SayPorts(beds, profile);
        if (!IsThere(bed, profile))
        {
            return;
        }

        // Read the clock before the exchange: an LMA with a different time would reject the Proxy Binding Update.
        var problem = beds.LearnsClock(configuration) ? beds.ReadClock() : null;
        var first = WiredPorts.Now;
        if (problem is not null)
        {
            Say(
                "Clock",
                $"cannot be read: {problem}. The run assumes that the device has this machine's time: its Timestamps are judged by "
                    + "that, and "
                    + "if it differs by more than TimestampValidityWindow, the device refuses valid requests"
            );
        }

        using (var knowing = beds.Open(configuration))
        {
            var exchange = new SanityExchange(knowing, profile.Role);
            var works = exchange.TryWork(out var answer);
            Tell(works, "Exchange", answer);
            if (works && new SanityExchange(knowing, profile.Role).TryTellApart(out var nodes) is { } apart)
            {
                Tell(apart, "Identities", nodes);
            }

            if (beds.Clock is { Last: not null })
            {
                exchange.WaitUntil(first + _driftInterval);
            }
        }

        if (beds.Clock is { Last: { } reading } clock)
        {
            SayClock(beds, profile, clock, reading);
        }
        else if (problem is null)
        {
            Say(
                "Clock",
                profile.Role == NodeRole.Mag ? "not learned: a MAG shows its clock only in its registrations"
                    : ProfileKeys.IsMobility(profile.Role) ? "not needed: the messages of Mobile IPv6 have no timestamps"
                    : "not learned: the device does not claim timestamp-option"
            );
        }
    }

    private void SayPorts(ExternalBeds beds, Profile profile)
    {
        foreach (var state in beds.Ports)
        {
            var settings = profile.Ports.First(port => port.Name == state.Port.Name);
            var link = state.IsPluggedIn ? "link up" : "link down until a mobile node attaches";
            var offloads =
                state.Interface.SwitchedOff.Length == 0
                    ? "no offloads"
                    : $"offloads switched off for the run: {state.Interface.SwitchedOff}";
            Tell(state.HasLink || !state.IsPluggedIn, state.Port.Name, $"{settings}; {link}, {state.Mtu} octets; {offloads}");
        }

        foreach (var promised in beds.Ports.GroupBy(state => string.Join("; ", state.Interface.Promises)))
        {
            var where = string.Join(", ", promised.Select(state => state.Port.Name));
            Say("Driver", $"{beds.Driver} on {where}: {promised.Key}");
        }

        foreach (var doubtful in beds.Ports.Where(state => state.Interface.Doubt is not null))
        {
            Wrong(
                "Driver",
                $"{beds.Driver} on {doubtful.Port.Name}: {doubtful.Interface.Doubt}. A scenario that waits in vain there is inconclusive"
            );
        }
    }

    private bool IsThere(ITestBed bed, Profile profile)
    {
        var there = true;
        foreach (var port in profile.Ports.Where(port => !port.IsAccessLink))
        {
            var answers = new SanityExchange(bed, profile.Role).TryNeighbor(new PortId(port.Name), out var answer);
            Tell(answers, "Neighbour", answer);
            there &= answers;
        }

        return there;
    }

    private void SayClock(ExternalBeds beds, Profile profile, DeviceTime clock, ClockReading reading)
    {
        Say("Clock", SanityExchange.Text(reading));
        if (beds.ReadClock() is null && clock.Drift is { } drift)
        {
            const double PartsPerMillion = 1e6;
            Say(
                "Drift",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{drift.Rate * PartsPerMillion:+0;-0;0} ppm, within {drift.Uncertainty * PartsPerMillion:0} ppm, "
                        + $"from two readings {(clock.Last!.At - reading.At).TotalSeconds:0.0} s apart"
                )
            );
        }

        var window = profile.Ixit.Timer("TimestampValidityWindow");
        var fits = reading.Uncertainty + profile.Tolerance < window;
        Tell(
            fits,
            "Window",
            string.Create(
                CultureInfo.InvariantCulture,
                $"the clock uncertainty plus the tolerance of {profile.Tolerance.TotalMilliseconds:0} ms "
                    + $"{(fits ? "is within" : "exceeds")} TimestampValidityWindow, {window.TotalMilliseconds:0} ms"
            )
        );
    }

    private void SayScenarios(ScenarioSuite suite, ExternalBeds beds, Profile profile, RunPlan plan)
    {
        _terminal.Heading("Scenarios");
        var runner = new SuiteRunner(suite);
        var planned = runner.Plan(beds, plan).Where(scenario => scenario.Selection != Selection.Deselected).ToList();
        var selected = planned.Count(scenario => scenario.Selection == Selection.Selected);
        Tell(selected > 0, "Would run", $"{selected} of {planned.Count}");
        foreach (
            var reason in planned
                .Where(scenario => scenario.Reason is not null)
                .GroupBy(scenario => scenario.Reason)
                .OrderByDescending(group => group.Count())
        )
        {
            Say("Not", $"{RunSummary.Plural(reason.Count(), "scenario")}: {reason.Key}");
        }

        // Run the same scenarios with the same timers, waiting times and number of mobile nodes in virtual time.
        using var simulated = new SimulatedBeds(Implementation.Reference, Seed, shared: true)
        {
            Times = profile.Ixit,
            Identities = profile.Identities,
        };
        var times = runner.ProtocolTimes(planned, Seed, simulated);
        if (times.Count == 0)
        {
            return;
        }

        var total = times.Values.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
        Say(
            "Takes",
            $"about {Duration(total)} of protocol timers and waiting times if the device passes, as a scenario that fails ends early; "
                + "the longest is "
                + $"{times.MaxBy(time => time.Value).Key.Scenario} with {Duration(times.Values.DefaultIfEmpty().Max())}"
        );
    }

    private static string Duration(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2)
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} min");

    private void Tell(bool isRight, string what, string text)
    {
        if (isRight)
        {
            Say(what, text);
        }
        else
        {
            Wrong(what, text);
        }
    }

    private void Say(string what, string text) => _terminal.Line($"  {what.PadRight(10)} {text}");

    private void Wrong(string what, string text)
    {
        _isReady = false;
        _terminal.Line($"! {what.PadRight(10)} {text}");
    }
}
