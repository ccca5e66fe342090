using System.Globalization;

namespace Pmip.Reference.Tests.Fuzzing;

/// <summary>
/// How much the fuzz tests do. PMIP_FUZZ multiplies the number of inputs; 10 is what the nightly job does. PMIP_FUZZ_SEED adds to the seeds
/// of all random choices, so that another night tries other inputs.
/// </summary>
internal static class FuzzSize
{
    public static int Factor { get; } = Number("PMIP_FUZZ", 1);

    public static int AddedSeed { get; } = Number("PMIP_FUZZ_SEED", 0);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
