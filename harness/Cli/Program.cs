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

// Requests to the person at the terminal go to the error stream, because the output may go to a file.
var isSomebodyThere = !Console.IsInputRedirected && !Console.IsErrorRedirected;
return CommandLine.Run(args, console, Console.Error, isSomebodyThere ? Console.In : null, cancellation: interrupted.Token);

// The first signal ends the run, and the journal records this; a second signal terminates the program as usual.
void EndInOrder(PosixSignalContext context)
{
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
