using System.Security.Cryptography;
using System.Text;
using Conformance.TestBeds.Deviations;
using Conformance.Testing.Scenarios;

namespace Conformance.Harness.Tests.Deviations;

/// <summary>
/// Which scenarios a deviation runs against: those that find it by <c>features/proof.tsv</c>, those about its statement, and one in
/// <see cref="OneIn"/> of the others. With PMIP_WHOLE_PROOF=1 or PMIP_WRITE_PROOF=1, all of them; with PMIP_WRITE_PROOF=new, all of them
/// for a deviation that the file does not have yet.
/// </summary>
internal static class ProofSample
{
    private const byte OneIn = 40;

    private static readonly ILookup<string, string> _finders = SuiteRuns.Suite.Proof!.Proofs.ToLookup(
        proof => proof.Deviation,
        proof => proof.Scenario,
        StringComparer.Ordinal
    );

    private static readonly string? _written = Environment.GetEnvironmentVariable("PMIP_WRITE_PROOF");

    public static bool IsWritten { get; } = _written is "1" or "new";

    private static bool IsWhole { get; } = _written == "1" || Environment.GetEnvironmentVariable("PMIP_WHOLE_PROOF") == "1";

    public static bool Contains(Deviation deviation, Scenario scenario) =>
        (deviation.Roles is null || deviation.Roles.Contains(scenario.Role))
        && (
            IsWhole
            || scenario.Statements.Contains(deviation.Statement)
            || (_written == "new" && !_finders.Contains(deviation.Name))
            || _finders[deviation.Name].Contains($"{scenario.Id}")
            || IsDrawn($"{deviation.Name} {scenario.Id}")
        );

    private static bool IsDrawn(string pair) => SHA256.HashData(Encoding.UTF8.GetBytes(pair))[0] % OneIn == 0;
}
