using System.CommandLine;
using System.Globalization;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.TestBeds;
using Conformance.Testing.Engine;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>
/// The <c>certify</c> command: tests a device and writes a signed bundle of everything that others need to judge it again.
/// </summary>
internal sealed class CertifyCommand
{
    private readonly SuiteOption _suiteOption = new();
    private readonly BedOptions _bedOptions = new();

    private readonly Option<string> _key = new("--key", "-k")
    {
        Description = "The certificate and private key (RSA or ECDSA) that sign the bundle: a PEM file of mode 0600, without a password.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _bundle = new("--out", "-o")
    {
        Description = "The bundle to write. While the run lasts, its files are in a directory of that name with .run behind it.",
        HelpName = "BUNDLE.zip",
        Required = true,
    };

    private readonly Option<string[]> _classes = new("--class")
    {
        Description = "Examines these classes of conformance alone (features/classes). Default: every class that the device claims.",
        HelpName = "CLASS...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "The seed of all random values.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replaces an earlier bundle, or the files of a run cut short." };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description =
            "Runs nothing, and signs the files of a certification that was run to its end: the bundle could not be written then. "
            + "Takes the key that it was begun with.",
    };

    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;

    private CertifyCommand(Terminal terminal, CancellationToken cancellation) => (_terminal, _cancellation) = (terminal, cancellation);

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var certify = new CertifyCommand(terminal, cancellation);
        var command = new Command(
            "certify",
            "Tests a device with every scenario of what it claims, repeats those that failed, and writes a signed bundle for verify. "
                + ExitTable.Of("certify")
        )
        {
            certify._key,
            certify._bundle,
            certify._classes,
            certify._seed,
            certify._force,
            certify._resume,
        };
        certify._bedOptions.AddTo(command);
        certify._suiteOption.AddTo(command);
        command.SetAction(certify.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var resumes = parsed.GetValue(_resume);
        if (resumes)
        {
            RefuseOptionsOfARun(parsed);
        }

        var suite = _suiteOption.LoadSound(parsed, _terminal);
        var bundle = parsed.GetRequiredValue(_bundle);
        if (File.Exists(bundle) && !parsed.GetValue(_force))
        {
            throw new CannotRunException($"there is a file {bundle}; replace it with --force, or choose another name.");
        }

        using var key = BundleFiles.ReadKey(parsed.GetRequiredValue(_key));
        var directory = $"{bundle}.run";
        BundleFiles.RequireWritable(bundle, directory);
        var conclusions = resumes ? Resume(parsed, suite, bundle, directory, key) : Certify(parsed, suite, bundle, directory, key);
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }

        ConclusionsView.Write(_terminal, conclusions);
        _terminal.Line($"Signed by    {key.Subject}, certificate {key.Fingerprint}");
        _terminal.Line($"Bundle       {bundle}");
        return conclusions.IsConformant ? ExitCode.Success : ExitCode.Failure;
    }

    private Conclusions Certify(ParseResult parsed, ScenarioSuite suite, string bundle, string directory, SigningKey key)
    {
        var choice = _bedOptions.Read(parsed);
        var classes = ClassesOf(parsed, suite);
        using var beds = _bedOptions.Open(parsed, parsed.GetValue(_seed), suite, _terminal);
        var plan = new RunPlan(
            scenario => suite.Classes.Of(scenario) is { } known && classes?.Contains(known.Id) != false,
            parsed.GetValue(_seed),
            Strict: false,
            directory,
            _bedOptions.IsShared(parsed)
        );
        var planned = new SuiteRunner(suite).Plan(beds, plan);
        if (planned.All(scenario => scenario.Selection != Selection.Selected))
        {
            throw new CannotRunException("Incomplete: no scenario can run.");
        }

        using var locked = RunDirectory.Prepare(directory, mayReplace: parsed.GetValue(_force));
        var header = Header(parsed, suite, beds, plan, planned, choice) with
        {
            Classes = classes,
            Signer = new SignerIdentity(key.Subject, key.Fingerprint),
        };
        var run = RunDirectory.Write(
            directory,
            () => new CertificationRun(suite, beds, plan, _terminal).Execute(header, planned, _cancellation)
        );
        return Finish(suite, run, bundle, directory, key);
    }

    /// <summary>Signs a certification that was run to its end and not signed, because a file could not be written.</summary>
    private Conclusions Resume(ParseResult parsed, ScenarioSuite suite, string bundle, string directory, SigningKey key)
    {
        var run = RunDirectory.Read(directory, () => RunJournal.Read(directory, isWhole: true));
        if (run.Header.Signer is not { } signer || signer.Fingerprint != key.Fingerprint)
        {
            var named = run.Header.Signer is { } other ? $"{other.Subject}, certificate {other.Fingerprint}" : "nobody";
            throw new CannotRunException($"the certification in {directory} names {named} as its signer, not {key.Subject}.");
        }

        if (run.Header.Suite?.Hash != SuiteFiles.Identify(_suiteOption.DirectoryOf(parsed), AppContext.BaseDirectory).Hash)
        {
            throw new CannotRunException($"the certification in {directory} was run with another suite; sign it with that one.");
        }

        using var locked = RunDirectory.Lock(directory);
        return Finish(suite, run, bundle, directory, key);
    }

    private Conclusions Finish(ScenarioSuite suite, Run run, string bundle, string directory, SigningKey key)
    {
        var conclusions = RunDirectory.Write(
            directory,
            () =>
            {
                Report.WriteAll(directory, suite.Register);
                return CertificationPapers.Write(directory, suite, run);
            }
        );
        _terminal.Console.Write(VerdictTable.Of(run));
        ConclusionsView.WriteUnsettled(_terminal, run);
        if (new RunSummary(run).Partial is not null)
        {
            throw new CannotRunException($"no bundle is written, because the run was cut short; its files are in {directory}.");
        }

        BundleFiles.Sign(directory, run, bundle, key);
        return conclusions;
    }

    private void RefuseOptionsOfARun(ParseResult parsed)
    {
        const string Mode = "with --resume, which signs what was run";
        foreach (var option in new Option[] { _classes, _seed, _force })
        {
            CommandMistakes.RefuseIdle(parsed, option, Mode);
        }

        _bedOptions.RefuseIdle(parsed, Mode);
    }

    private string[]? ClassesOf(ParseResult parsed, ScenarioSuite suite)
    {
        var named = parsed.GetValue(_classes) ?? [];
        return named.FirstOrDefault(name => suite.Classes.Classes.All(known => known.Id != name)) is { } unknown
                ? throw new CannotRunException(
                    $"there is no class '{unknown}'; classes: {string.Join(", ", suite.Classes.Classes.Select(known => known.Id))}."
                )
            : named.Length == 0 ? null
            : named;
    }

    private RunHeader Header(
        ParseResult parsed,
        ScenarioSuite suite,
        IBedProvider beds,
        RunPlan plan,
        IReadOnlyList<PlannedScenario> planned,
        BedChoice choice
    )
    {
        var header = new RunHeader(
            Terminal.Product,
            CommandLine.Version,
            DateTimeOffset.UtcNow,
            beds.Name,
            beds.Implementation,
            plan.Seed,
            plan.Strict,
            OptionsOf(parsed, choice),
            beds.IsShared,
            _suiteOption.Chosen(parsed),
            new SuiteRunner(suite).StaticFailures(beds, planned),
            choice == BedChoice.Simulated ? null : choice.ToString()
        );
        return RunCircumstances.Add(header, beds, planned, _suiteOption.DirectoryOf(parsed), all: true);
    }

    /// <summary>The options that decide what is tested, as they were given. The files of key and bundle decide nothing.</summary>
    private string OptionsOf(ParseResult parsed, BedChoice choice)
    {
        var classes = parsed.GetValue(_classes) ?? [];
        string[] words =
        [
            .. choice == BedChoice.Simulated ? [] : new[] { choice.ToString() },
            .. _bedOptions.IsShared(parsed) ? new[] { "--shared-iut" } : [],
            .. classes.Length == 0 ? [] : classes.Prepend(_classes.Name),
            .. CommandMistakes.IsGiven(parsed, _seed)
                ? new[] { _seed.Name, parsed.GetValue(_seed).ToString(CultureInfo.InvariantCulture) }
                : [],
        ];
        return string.Join(' ', words);
    }
}
