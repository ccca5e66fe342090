using System.Security.Cryptography.X509Certificates;
using Conformance.Reports.Certification;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>Verifies the files of an unpacked bundle: its signatures and hashes.</summary>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class BundleVerification(string directory, BundleProblems problems)
{
    public BundleSigner? Signer { get; private set; }

    public BundleSigner? Witness { get; private set; }

    /// <summary>Compares the signatures with the manifest, and the manifest with the files.</summary>
    /// <param name="signers">Certificates of those whose signature counts, or of their issuers; empty for anybody's.</param>
    /// <param name="witnesses">The like for the witness; empty if there need not be one.</param>
    public void CheckFiles(X509Certificate2Collection signers, X509Certificate2Collection witnesses)
    {
        if (Octets(BundleManifest.FileName) is not { } manifest)
        {
            problems.Object(BundleManifest.FileName, "is missing: nothing says which files the bundle has.");
            return;
        }

        Signer = SignerOf(BundleSignature.FileName, manifest, signers, isRequired: true);
        Witness = SignerOf(BundleSignature.WitnessFileName, manifest, witnesses, isRequired: witnesses.Count > 0);
        if (Witness is not null && Witness.Fingerprint == Signer?.Fingerprint)
        {
            problems.Object(BundleSignature.WitnessFileName, "was made by the signer of the bundle, who is no witness.");
        }

        try
        {
            CompareHashes(BundleManifest.Parse(manifest));
        }
        catch (InvalidDataException e)
        {
            problems.Add(e.Message);
        }
    }

    /// <summary>The run in the bundle; null if there is none, which is a problem.</summary>
    public Run? ReadRun()
    {
        try
        {
            return RunJournal.Read(directory, isWhole: true);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            problems.Object(RunJournal.FileName, $"cannot be read: {problems.Relative(e.Message)}");
            return null;
        }
    }

    private void CompareHashes(BundleManifest manifest)
    {
        var present = BundleManifest.FilesIn(directory).Where(name => !BundleManifest.IsOutside(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, hash) in manifest.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (!present.Contains(name))
            {
                problems.Object(name, "is missing.");
            }
            else if (BundleManifest.HashOf(Path.Combine(directory, name)) != hash)
            {
                problems.Object(name, $"has another SHA-256 than {BundleManifest.FileName} says.");
            }
            else
            {
                continue;
            }

            problems.Damaged.Add(name);
        }

        foreach (var name in present.Except(manifest.Files.Keys).Order(StringComparer.Ordinal))
        {
            problems.Object(name, $"is not in {BundleManifest.FileName}.");
        }
    }

    private BundleSigner? SignerOf(string name, byte[] manifest, X509Certificate2Collection known, bool isRequired)
    {
        if (Octets(name) is not { } signature)
        {
            if (isRequired)
            {
                problems.Object(name, "is missing.");
            }

            return null;
        }

        if (!BundleSignature.TryVerify(manifest, signature, out var signer, out var why))
        {
            problems.Object(name, why);
            return null;
        }

        if (known.Count > 0 && !signer.IsOneOf(known))
        {
            problems.Object(name, $"is a foreign signature, of {signer.Subject}, certificate {signer.Fingerprint}.");
        }

        if (!signer.WasValid)
        {
            problems.Object(name, $"was not made while the certificate of {signer.Subject} was valid.");
        }

        return signer;
    }

    private byte[]? Octets(string name)
    {
        var path = Path.Combine(directory, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
