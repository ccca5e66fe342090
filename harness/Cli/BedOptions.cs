using System.CommandLine;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.Testing.Engine;

namespace Conformance.Cli;

/// <summary>The options that choose where the implementation under test runs.</summary>
internal sealed class BedOptions
{
    private readonly Option<string> _bed = new("--bed")
    {
        Description = $"Where the implementation under test runs: {string.Join(", ", BedChoice.Names)}.",
        HelpName = "BED",
        DefaultValueFactory = _ => BedChoice.Simulated.Name,
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "With --bed external: the file that describes the device, its links and its addresses.",
        HelpName = "FILE",
    };

    private readonly Option<int?> _parallel = new("--parallel")
    {
        Description = "With --bed namespaces: how many scenarios run in parallel, each with separate nodes.",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Add(_bed);
        command.Add(_profile);
        command.Add(_parallel);
    }

    public BedChoice Read(ParseResult parsed) => new(parsed.GetRequiredValue(_bed), parsed.GetValue(_profile));

    /// <exception cref="CannotRunException">The bed does not exist, or cannot be used on this machine.</exception>
    public IBedProvider Open(ParseResult parsed, int seed, bool shared, ScenarioSuite suite)
    {
        var parallelism = parsed.GetValue(_parallel);
        if (parallelism is < 1 or > 64)
        {
            throw new CannotRunException("--parallel takes a number from 1 to 64.");
        }

        try
        {
            return Read(parsed).Open(seed, shared, parallelism, [.. suite.Ics.Items.Select(item => item.Id)]);
        }
        catch (BedUnavailableException e)
        {
            throw new CannotRunException(e.Message);
        }
    }
}
