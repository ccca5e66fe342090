using System.CommandLine;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Engine;

namespace Conformance.Cli;

/// <summary>The options that choose where the implementation under test runs.</summary>
internal sealed class BedOptions
{
    private readonly Option<string?> _bed = new("--bed")
    {
        Description =
            $"Where the implementation under test runs: {string.Join(", ", BedChoice.Names)}. "
            + $"Default: {BedChoice.External} with --profile, else {BedChoice.Simulated.Name}.",
        HelpName = "BED",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "The file that describes the device, its links and its addresses. Tests that device: implies --bed external.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _driver = DriverOption();

    private readonly Option<int?> _parallel = new("--parallel")
    {
        Description = "With --bed namespaces or containers: how many scenarios run in parallel, each with separate nodes.",
        HelpName = "N",
    };

    private readonly Option<bool> _shared = new("--shared-iut")
    {
        Description =
            "With the simulated bed: runs all scenarios of a configuration on one implementation that is never reset, in an order drawn "
            + "from the seed.",
    };

    /// <summary>The option that chooses the driver of the tester's ports.</summary>
    public static Option<string?> DriverOption() =>
        new("--driver")
        {
            Description =
                $"With a profile: how the tester sends and receives frames, {string.Join(" or ", FrameDrivers.Names)} (libpcap). "
                + $"Default: {FrameDrivers.DefaultName}.",
            HelpName = "DRIVER",
        };

    public void AddTo(Command command)
    {
        command.Add(_bed);
        command.Add(_profile);
        command.Add(_driver);
        command.Add(_parallel);
        command.Add(_shared);
    }

    /// <summary>Refuses every option of a bed where there is none.</summary>
    /// <param name="mode">As for <see cref="CommandMistakes.RefuseIdle"/>.</param>
    /// <exception cref="CannotRunException">An option was given.</exception>
    public void RefuseIdle(ParseResult parsed, string mode)
    {
        foreach (var option in new Option[] { _bed, _profile, _driver, _parallel, _shared })
        {
            CommandMistakes.RefuseIdle(parsed, option, mode);
        }
    }

    /// <exception cref="CannotRunException">There is no such bed, or an option has no effect with it.</exception>
    public BedChoice Read(ParseResult parsed)
    {
        var profile = parsed.GetValue(_profile);
        var choice = new BedChoice(
            parsed.GetValue(_bed) ?? (profile is null ? BedChoice.Simulated.Name : BedChoice.External),
            profile,
            parsed.GetValue(_driver)
        );
        if (!BedChoice.Names.Contains(choice.Name))
        {
            throw new CannotRunException($"there is no bed '{choice.Name}'; available beds: {string.Join(", ", BedChoice.Names)}.");
        }

        var mode = $"with --bed {choice.Name}";
        if (choice.Name != BedChoice.External)
        {
            CommandMistakes.RefuseIdle(parsed, _profile, mode);
            CommandMistakes.RefuseIdle(parsed, _driver, mode);
        }

        if (!choice.HasLanes)
        {
            CommandMistakes.RefuseIdle(parsed, _parallel, mode);
        }

        if (choice.Name != BedChoice.Simulated.Name)
        {
            CommandMistakes.RefuseIdle(parsed, _shared, $"{mode}, where the implementation is not reset between scenarios in any case");
        }

        return choice;
    }

    /// <summary>True if the simulated bed makes one implementation for each configuration and never resets it.</summary>
    public bool IsShared(ParseResult parsed) => parsed.GetValue(_shared);

    /// <summary>Who does what a profile says is done by hand; null if nobody is at the terminal.</summary>
    public static Operator? OperatorAt(Terminal terminal) =>
        terminal.Input is { } keyboard ? new Operator(keyboard, terminal.Error, keyboard == Console.In ? DropTyped : null) : null;

    /// <exception cref="CannotRunException">The bed cannot be used on this machine.</exception>
    public IBedProvider Open(ParseResult parsed, int seed, ScenarioSuite suite, Terminal terminal)
    {
        var choice = Read(parsed);
        var parallelism = parsed.GetValue(_parallel);
        if (parallelism is < 1 or > 64)
        {
            throw new CannotRunException("--parallel takes a number from 1 to 64.");
        }

        if (choice.Profile is { } file && !File.Exists(file))
        {
            throw new CannotRunException($"there is no file {file}.");
        }

        try
        {
            var claims = suite.Ics.Items.Select(item => item.Id).ToList();
            return choice.Open(seed, IsShared(parsed), parallelism, claims, OperatorAt(terminal));
        }
        catch (BedUnavailableException e)
        {
            throw new CannotRunException(e.Message);
        }
    }

    /// <summary>Drops what is typed at the console and not read yet.</summary>
    private static void DropTyped()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }
}
