using System.CommandLine;
using System.Globalization;
using Conformance.Reports;
using Conformance.Reports.Certification;
using Conformance.TestBeds;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>The <c>verify</c> command: judges a bundle again from its files alone.</summary>
internal sealed class VerifyCommand
{
    private readonly SuiteOption _suiteOption = new();
    private readonly KeyOptions _keyOptions = new();
    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The bundle, as written by certify." };

    private readonly Option<string[]> _signers = new("--signer")
    {
        Description = "The certificate of the one who must have signed, or of its issuer, in PEM. May be repeated: one of them suffices.",
        HelpName = "CERT",
    };

    private readonly Option<string[]> _witnesses = new("--witness")
    {
        Description = "The certificate of the witness who must have signed, too, or of its issuer. May be repeated.",
        HelpName = "CERT",
    };

    private readonly Option<string?> _witnessKey = new("--add-witness")
    {
        Description =
            "Adds the signature of a witness to the bundle if nothing is wrong with it: certificate and private key in a PEM file of mode "
            + "0600. It replaces that of an earlier witness.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _conformant = new("--conformant")
    {
        Description = "Exits with 1 also if the bundle concludes that the device does not conform.",
    };

    private readonly Terminal _terminal;

    private VerifyCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var verify = new VerifyCommand(terminal);
        var command = new Command(
            "verify",
            "Verifies a bundle without the device, its profile or a network: the signature, the hash of every file, and every verdict and "
                + $"finding, judged again from the captures. {ExitTable.Of("verify")}"
        )
        {
            verify._bundle,
            verify._signers,
            verify._witnesses,
            verify._witnessKey,
            verify._conformant,
        };
        verify._keyOptions.AddTo(command, takesKeys: true);
        verify._suiteOption.AddTo(command);
        command.SetAction(verify.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var suite = _suiteOption.LoadSound(parsed, _terminal);
        var bundle = parsed.GetRequiredValue(_bundle);
        var keys = _keyOptions.Read(parsed);
        var signers = BundleFiles.ReadCertificates(parsed.GetValue(_signers) ?? []);
        var witnesses = BundleFiles.ReadCertificates(parsed.GetValue(_witnesses) ?? []);
        using var witnessKey = parsed.GetValue(_witnessKey) is { } file ? BundleFiles.ReadKey(file) : null;
        var directory = Directory.CreateTempSubdirectory("pmip-conformance-").FullName;
        try
        {
            BundleFiles.Reading<object?>(() =>
            {
                BundleArchive.Extract(bundle, directory);
                return null;
            });
            var problems = new BundleProblems(directory);
            var verification = new BundleVerification(directory, problems);
            BundleFiles.Reading<object?>(() =>
            {
                verification.CheckFiles(signers, witnesses);
                return null;
            });
            WriteSigners(verification, isKnown: signers.Count > 0);
            if (verification.ReadRun() is not { } run)
            {
                return Fail(bundle, problems.Problems);
            }

            var own = SuiteFiles.Identify(_suiteOption.DirectoryOf(parsed), AppContext.BaseDirectory);
            WriteSuite(run, own);
            var bundled = new BundledRun(directory, suite, run, problems);
            bundled.CheckHeader(verification.Signer);
            var conclusions = bundled.CheckPapers();
            var rejudged = bundled.Judge(keys);
            WriteJudged(run, rejudged);
            _keyOptions.WriteSideFile(parsed, directory, rejudged.ProtectedDomains, keys);
            if (conclusions is null || problems.Problems.Count > 0 || run.Header.Suite?.Hash == own.Hash && problems.Differences.Count > 0)
            {
                return Fail(bundle, [.. problems.Problems, .. problems.Differences]);
            }

            ConclusionsView.Write(_terminal, conclusions);
            if (problems.Differences.Count > 0)
            {
                Fail(bundle, problems.Differences);
                throw new CannotRunException(
                    $"{bundle} was made with suite {run.Header.Suite}, and this one, {own}, comes to another result: "
                        + "verify it with that suite."
                );
            }

            _terminal.Line(
                rejudged.Unread.Count == 0
                    ? $"{bundle} is as it was signed, and its captures show what it says."
                    : $"{bundle} is as it was signed; {RunSummary.Plural(rejudged.Unread.Count, "capture")} of "
                        + $"{rejudged.Unread.Count + rejudged.Judged.Count} were checked by hash only, the others show what it says."
            );
            if (witnessKey is not null)
            {
                AddWitness(bundle, directory, witnessKey, verification.Signer!);
            }

            return parsed.GetValue(_conformant) && !conclusions.IsConformant ? ExitCode.Failure : ExitCode.Success;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private int Fail(string bundle, IReadOnlyList<string> problems)
    {
        _terminal.Heading($"{RunSummary.Plural(problems.Count, "problem")} in {bundle}:");
        foreach (var problem in problems)
        {
            _terminal.Line($"  {problem}");
        }

        return ExitCode.Failure;
    }

    private void AddWitness(string bundle, string directory, SigningKey key, BundleSigner signer)
    {
        if (key.Fingerprint == signer.Fingerprint)
        {
            throw new CannotRunException("the signer of a bundle cannot be its witness.");
        }

        BundleFiles.Reading<object?>(() =>
        {
            var manifest = File.ReadAllBytes(Path.Combine(directory, BundleManifest.FileName));
            BundleArchive.Put(bundle, BundleSignature.WitnessFileName, BundleSignature.Sign(manifest, key, DateTimeOffset.UtcNow));
            return null;
        });
        _terminal.Line($"Witnessed by {key.Subject}, certificate {key.Fingerprint}");
    }

    private void WriteSigners(BundleVerification verification, bool isKnown)
    {
        Write("Signed by", verification.Signer);
        Write("Witness", verification.Witness);
        if (verification.Signer is not null && !isKnown)
        {
            _terminal.Line("             Anybody can make a certificate: compare its fingerprint, or name the signer with --signer.");
        }

        void Write(string label, BundleSigner? signer)
        {
            if (signer is not null)
            {
                var at = signer.SignedAt?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "at an unknown time";
                _terminal.Field(label, $"{signer.Subject}, {at}, certificate {signer.Fingerprint}");
            }
        }
    }

    private void WriteSuite(Run run, SuiteIdentity own)
    {
        _terminal.Field("Tested", $"{run.Header.Implementation}, {run.Header.Started:yyyy-MM-dd}, with suite {run.Header.Suite}");
        if (run.Header.Suite?.Hash != own.Hash)
        {
            _terminal.Field("Judged by", $"another suite, {own}.");
        }
    }

    private void WriteJudged(Run run, RejudgedRun rejudged)
    {
        _terminal.Line($"{RunSummary.Plural(rejudged.Judged.Count, "capture")} judged again.");
        if (rejudged.Unread.Count > 0)
        {
            _terminal.Line(
                $"Checked by hash only, for lack of keys (--keys): {RunSummary.Plural(rejudged.Unread.Count, "capture")}: "
                    + $"{string.Join(", ", rejudged.Unread.Select(result => run.NameOf(result.Key)))}."
            );
            _terminal.Line($"Missing keys, by fingerprint: {string.Join(", ", rejudged.MissingKeys)}.");
        }
    }
}
