using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using Conformance.Lab;
using Conformance.Reports;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>The command line of <c>pmip-conformance</c>, independent of the process.</summary>
public static class CommandLine
{
    /// <summary>The version of the program, with the commit that it was built from if known.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Runs one command to completion.</summary>
    /// <param name="console">Receives the results; if it is a terminal, progress is shown live.</param>
    /// <param name="error">Receives the reason if the command could not be executed.</param>
    /// <param name="input">What the person at the terminal types; null if nobody is there.</param>
    /// <param name="clock">Tells today's date, on which known failures expire; that of the machine if it is not given.</param>
    /// <param name="cancellation">Ends a run early; the results so far are reported.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(
        IReadOnlyList<string> args,
        IAnsiConsole console,
        TextWriter error,
        TextReader? input = null,
        TimeProvider? clock = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(error);
        var terminal = new Terminal(console, error, input);
        var root = Root(terminal, clock ?? TimeProvider.System, cancellation);

        // A tag may be written with a leading @, which would otherwise name a response file.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (CommandMistakes.First(parsed) is { } mistake)
        {
            terminal.Error($"{Terminal.Product}: {mistake}");
            error.WriteLine($"For the options, run: {Terminal.Product}{NameOf(parsed.CommandResult)} --help");
            return ExitCode.CannotRun;
        }

        try
        {
            return parsed.Invoke(
                new InvocationConfiguration
                {
                    Output = console.Profile.Out.Writer,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                }
            );
        }
        catch (CannotRunException e)
        {
            terminal.Error($"{Terminal.Product}: {e.Message}");
            return ExitCode.CannotRun;
        }
    }

    /// <summary>The name of the command as typed after the program name, with a space before each word.</summary>
    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}" : "";

    private static RootCommand Root(Terminal terminal, TimeProvider clock, CancellationToken cancellation)
    {
        var root = new RootCommand(
            """
            Tests Proxy Mobile IPv6 nodes (local mobility anchors and mobile access gateways) against RFC 5213: runs
            scenarios, judges every message, and reports the results by clauses of the specification.

            Examples:
              pmip-conformance run
              pmip-conformance run --role LMA --section 5.3.1 --out out-registrations
              pmip-conformance run --tag TC-LMA-REG-BI-07
              pmip-conformance list --tag MUST --section 5.5
              pmip-conformance rejudge out
              pmip-conformance certify --profile harness/Profiles/stand-in-lma.json --key lab.pem --out bundle.zip
              pmip-conformance verify bundle.zip --signer lab-certificate.pem
              pmip-conformance diff out out-namespaces
              pmip-conformance diff out out-again --evidence
              pmip-conformance selftest --sample 40
              pmip-conformance profile check harness/Profiles/stand-in-lma.json
              pmip-conformance lab up

            Exit codes:

            """ + ExitTable.Text
        )
        {
            RunCommand.Create(terminal, clock, cancellation),
            CertifyCommand.Create(terminal, cancellation),
            VerifyCommand.Create(terminal),
            ProformaCommand.Create(terminal),
            MergeCommand.Create(terminal, clock),
            RejudgeCommand.Create(terminal),
            ReportCommand.Create(terminal),
            DiffCommand.Create(terminal),
            MatrixCommand.Create(terminal),
            ListCommand.Create(terminal),
            AuditCommand.Create(terminal),
            SelftestCommand.Create(terminal, cancellation),
            ProfileCommand.Create(terminal, cancellation),
            LabCommand.Create(terminal, cancellation),
            NodeCommand.Create(terminal),
        };
        root.HelpName = Terminal.Product;
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction(terminal);
        return root;
    }

    private sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            terminal.Line($"{Terminal.Product} {Version}");
            return ExitCode.Success;
        }
    }
}
