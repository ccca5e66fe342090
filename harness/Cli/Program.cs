using System.Runtime.InteropServices;
using Conformance.Cli;
using Spectre.Console;

using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndInOrder);
using var onTermination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndInOrder);

// A log file supports neither colours nor a progress bar, and its table rows should not be wrapped.
var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
if (Console.IsOutputRedirected)
{
    console.Profile.Width = 160;
}

return CommandLine.Run(args, console, Console.Error, cancellation: interrupted.Token);

// The first signal ends the run, and the journal records this; a second signal terminates the program as usual.
void EndInOrder(PosixSignalContext context)
{
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
