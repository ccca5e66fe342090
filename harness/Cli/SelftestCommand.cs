using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using Conformance.Reports;
using Conformance.TestBeds.SelfTests;

namespace Conformance.Cli;

/// <summary>The <c>selftest</c> command: shows that the suite finds every known fault, and blames nothing that is correct.</summary>
internal sealed class SelftestCommand
{
    private readonly SuiteOption _suiteOption = new();

    private readonly Option<int?> _sample = new("--sample")
    {
        Description = "The scenarios of each legal variant and null device that run, drawn by the seed. Default: all.",
        HelpName = "N",
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "The seed of all random values, and of the sample.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string[]> _devices = new("--device")
    {
        Description = "The names of the devices that are tried. Default: all.",
        HelpName = "NAME...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Writes JSON instead of tables." };

    private readonly Option<bool> _foreign = new("--foreign")
    {
        Description =
            "Tries the devices of harness/Foreign instead, in real time, as root: each without a fault, and with each of its "
            + "faults. It takes hours.",
    };

    private readonly Option<string[]> _roles = new("--role")
    {
        Description = $"With --foreign: the roles that are tried. Default: {string.Join(", ", ForeignProof.Roles)}.",
        HelpName = "ROLE...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;

    private SelftestCommand(Terminal terminal, CancellationToken cancellation) => (_terminal, _cancellation) = (terminal, cancellation);

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var selftest = new SelftestCommand(terminal, cancellation);
        selftest._sample.Validators.Add(AtLeastOne);
        var command = new Command(
            "selftest",
            "Runs the suite on simulated devices of which it is known what the suite must say: with one fault each, unusual but correct, "
                + "and useless. Every fault must be found by a scenario about the statement that it violates. "
                + ExitTable.Of("selftest")
        )
        {
            selftest._sample,
            selftest._seed,
            selftest._devices,
            selftest._json,
            selftest._foreign,
            selftest._roles,
        };
        selftest._suiteOption.AddTo(command);
        command.SetAction(selftest.Execute);
        return command;
    }

    private static void AtLeastOne(OptionResult option)
    {
        if (option.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < 1)
        {
            option.AddError("--sample must be at least 1.");
        }
    }

    private int Execute(ParseResult parsed) => parsed.GetValue(_foreign) ? ExecuteForeign(parsed) : ExecuteSimulated(parsed);

    private int ExecuteForeign(ParseResult parsed)
    {
        foreach (var idle in new Option[] { _sample, _seed, _devices, _json, _suiteOption.Option })
        {
            CommandMistakes.RefuseIdle(parsed, idle, $"with {_foreign.Name}");
        }

        return ForeignProof.Run(_terminal, parsed.GetValue(_roles) ?? [], _cancellation);
    }

    private int ExecuteSimulated(ParseResult parsed)
    {
        CommandMistakes.RefuseIdle(parsed, _roles, $"without {_foreign.Name}");
        var suite = _suiteOption.LoadSound(parsed, _terminal);
        var devices = DevicesOf(parsed);
        var (sample, seed, isJson) = (parsed.GetValue(_sample), parsed.GetValue(_seed), parsed.GetValue(_json));
        var clock = Stopwatch.StartNew();
        var outcomes = new SelfTest(suite, sample, seed).Run(
            devices,
            isJson ? null : new SelftestProgress(_terminal, devices.Count).Add,
            _cancellation
        );
        if (outcomes.Count < devices.Count)
        {
            throw new CannotRunException($"Incomplete: {outcomes.Count} of {devices.Count} devices were tried.");
        }

        var report = new SelftestReport(outcomes, suite, sample, seed, clock.Elapsed);
        if (isJson)
        {
            _terminal.Line(report.ToJson());
        }
        else
        {
            report.Write(_terminal);
        }

        return report.IsRight ? ExitCode.Success : ExitCode.Failure;
    }

    private TestedDevices DevicesOf(ParseResult parsed)
    {
        var all = TestedDevices.All;
        var named = parsed.GetValue(_devices) ?? [];
        return named.FirstOrDefault(name => !all.Names.Contains(name)) is { } unknown
                ? throw new CannotRunException($"there is no device '{unknown}'.")
            : named.Length == 0 ? all
            : all.Named(named);
    }
}
