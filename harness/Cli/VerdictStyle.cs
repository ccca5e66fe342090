using System.Diagnostics;
using Conformance.Testing.Verdicts;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>The words and colours for verdicts.</summary>
internal static class VerdictStyle
{
    public static string Of(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.Fail => "fail",
            Verdict.Inconclusive => "inconclusive",
            Verdict.Error => "error",
            _ => throw new UnreachableException(),
        };

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
