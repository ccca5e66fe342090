using System.CommandLine;
using Conformance.Reports;
using Pmip.Node;

namespace Conformance.Cli;

/// <summary>The <c>node</c> command: prints the path of the program that nodes are started from.</summary>
internal static class NodeCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "node",
            "Compiles pmip-node to native code, unless that was done before, and prints its path. The image of the containers bed is "
                + "made from it."
        );
        command.SetAction(_ =>
        {
            terminal.Line(
                NodeProgram.Current is { IsSelfContained: true } program
                    ? program.FileName
                    : throw new CannotRunException("pmip-node cannot be compiled to native code here: install gcc or clang.")
            );
            return ExitCode.Success;
        });
        return command;
    }
}
