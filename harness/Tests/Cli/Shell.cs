using Conformance.Cli;
using Spectre.Console;

namespace Conformance.Harness.Tests.Cli;

/// <summary>The result of a command.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);

/// <summary>Runs the program in process, as if its output went to a file.</summary>
internal static class Shell
{
    public static Outcome Run(params string[] args) => Run(new StringWriter(), CancellationToken.None, args);

    public static Outcome RunAt(TimeProvider clock, params string[] args) => Run(new StringWriter(), clock, args, CancellationToken.None);

    public static Outcome Run(StringWriter output, CancellationToken cancellation, params string[] args) =>
        Run(output, TimeProvider.System, args, cancellation);

    /// <summary>Runs the program with somebody at the terminal.</summary>
    public static Outcome RunWith(TextReader input, params string[] args) => RunWith(input, CancellationToken.None, args);

    public static Outcome RunWith(TextReader input, CancellationToken cancellation, params string[] args) =>
        Run(new StringWriter(), TimeProvider.System, args, cancellation, input);

    private static Outcome Run(
        StringWriter output,
        TimeProvider clock,
        string[] args,
        CancellationToken cancellation,
        TextReader? input = null
    )
    {
        using var error = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 160;
        var exitCode = CommandLine.Run(args, console, error, input, clock, cancellation);
        return new Outcome(exitCode, output.ToString(), error.ToString());
    }
}
