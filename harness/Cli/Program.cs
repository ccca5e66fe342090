using System.Runtime.InteropServices;
using Conformance.Cli;
using Spectre.Console;

using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndInOrder);
using var onTermination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndInOrder);

// A log takes neither colours nor a moving bar, and whoever reads it wants whole rows.
var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
if (Console.IsOutputRedirected)
{
    console.Profile.Width = 160;
}

return CommandLine.Run(args, console, Console.Error, interrupted.Token);

// The first signal ends the run with a journal that says so; a second one ends the program as usual.
void EndInOrder(PosixSignalContext context)
{
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
