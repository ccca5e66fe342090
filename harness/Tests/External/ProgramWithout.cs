using System.Diagnostics;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Pmip.Linux;

namespace Conformance.Harness.Tests.External;

/// <summary>The command line as a program of its own, in a directory that lacks one of its assemblies.</summary>
internal sealed class ProgramWithout : IDisposable
{
    /// <summary>Only ends failed tests.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryDirectory _directory = new();

    public ProgramWithout(string assembly)
    {
        foreach (var file in Directory.EnumerateFileSystemEntries(AppContext.BaseDirectory))
        {
            var name = Path.GetFileName(file);

            // The list of dependencies has the missing assembly, too; without the list, .NET takes what is in the directory.
            if (name == assembly || name.EndsWith(".deps.json", StringComparison.Ordinal))
            {
                continue;
            }

            var copy = Path.Combine(_directory.Path, name);
            if (Directory.Exists(file))
            {
                Directory.CreateSymbolicLink(copy, file);
            }
            else
            {
                File.CreateSymbolicLink(copy, file);
            }
        }

        // .NET looks for the others where the file of the program is.
        var program = Path.Combine(_directory.Path, ProgramName);
        File.Delete(program);
        File.Copy(Path.Combine(AppContext.BaseDirectory, ProgramName), program);
    }

    private const string ProgramName = "pmip-conformance.dll";

    /// <summary>Runs a command in a network namespace.</summary>
    public Outcome Run(NetworkNamespace inside, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[Path.Combine(_directory.Path, ProgramName), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = inside.Run(() => Process.Start(start)!);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    public void Dispose() => _directory.Dispose();
}
