using System.Diagnostics;
using Conformance.Testing.Verdicts;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>The colours of verdicts on a terminal.</summary>
internal static class VerdictStyle
{
    public static Color ColorOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => Color.Green,
            Verdict.Fail => Color.Red,
            Verdict.Inconclusive => Color.Yellow,
            Verdict.Error => Color.Fuchsia,
            _ => throw new UnreachableException(),
        };
}
