using System.CommandLine;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.Testing.Engine;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>certify</c> command: tests a device and writes a signed bundle of everything that others need to judge it again.</summary>
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

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "The seed of all random values.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replaces an earlier bundle, or the files of a run cut short." };

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
            certify._seed,
            certify._force,
        };
        certify._bedOptions.AddTo(command);
        certify._suiteOption.AddTo(command);
        command.SetAction(certify.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var suite = _suiteOption.LoadSound(parsed, _terminal);
        var choice = _bedOptions.Read(parsed);
        var bundle = parsed.GetRequiredValue(_bundle);
        var force = parsed.GetValue(_force);
        if (File.Exists(bundle) && !force)
        {
            throw new CannotRunException($"there is a file {bundle}; replace it with --force, or choose another name.");
        }

        using var key = BundleFiles.ReadKey(parsed.GetRequiredValue(_key));
        using var beds = _bedOptions.Open(parsed, parsed.GetValue(_seed), suite);
        var plan = new RunPlan(_ => true, parsed.GetValue(_seed), Strict: false, $"{bundle}.run", _bedOptions.IsShared(parsed));
        var planned = new SuiteRunner(suite).Plan(beds, plan);
        if (planned.All(scenario => scenario.Selection != Selection.Selected))
        {
            throw new CannotRunException("Incomplete: no scenario can run.");
        }

        Run run;
        using (RunDirectory.Prepare(plan.Directory!, mayReplace: force))
        {
            var header = Header(parsed, suite, beds, plan, planned, choice);
            run = new CertificationRun(suite, beds, plan, _terminal).Execute(header, planned, _cancellation);
            Report.WriteAll(plan.Directory!, suite.Register);
            new RunView(_terminal, run, suite.Register, plan.Directory!).Write(beds.IsShared);
            if (new RunSummary(run).Partial is not null)
            {
                throw new CannotRunException($"no bundle is written, because the run was cut short; its files are in {plan.Directory}.");
            }
        }

        BundleFiles.Sign(plan.Directory!, bundle, key);
        _terminal.Line($"Signed by    {key.Subject}, certificate {key.Fingerprint}");
        _terminal.Line($"Bundle       {bundle}");
        return new RunSummary(run).Planned(Selection.NotTested) > 0 ? ExitCode.Failure : ExitRule.Of(run, suite.Register);
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
            Options: choice == BedChoice.Simulated ? "--all-editions" : $"{choice} --all-editions",
            beds.IsShared,
            _suiteOption.Chosen(parsed),
            new SuiteRunner(suite).StaticFailures(beds, planned),
            choice == BedChoice.Simulated ? null : choice.ToString()
        );
        return RunCircumstances.Add(header, beds, planned, _suiteOption.DirectoryOf(parsed));
    }
}
