using System.Diagnostics;
using Conformance.Harness.Tests.Capture;
using Pmip.Reference.Tests.Node;
using Xunit;

namespace Conformance.Harness.Tests.Consumers;

/// <summary>
/// Programs from outside that read what the suite writes. Those of npm are installed once, by the lock file in this directory; without a
/// network or without Node.js, their tests are skipped, and say so.
/// </summary>
public sealed class ConsumerPrograms : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private readonly Lazy<string?> _missing;

    public ConsumerPrograms()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "harness", "Tests", "Consumers")))
        {
            File.Copy(file, PathOf(Path.GetFileName(file)));
        }

        _missing = new(Install);
    }

    public void Dispose() => _directory.Dispose();

    public string PathOf(string name) => Path.Combine(_directory.Path, name);

    /// <summary>Writes a file into the directory of the programs.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text) => _directory.File(name, text);

    /// <summary>Skips the test if the packages of npm are not there.</summary>
    public void RequirePackages() => Assert.SkipWhen(_missing.Value is not null, _missing.Value ?? string.Empty);

    /// <summary>Runs a script of this directory by Node.js, with the packages.</summary>
    public (int ExitCode, string Said) Node(params IEnumerable<string> arguments)
    {
        RequirePackages();
        return Run("node", arguments);
    }

    /// <summary>Runs a program of Debian; the test is skipped where it is missing, and fails in CI.</summary>
    public (int ExitCode, string Said) Debian(string program, string package, params IEnumerable<string> arguments) =>
        Run(DebianProgram.Require(program, package), arguments);

    private string? Install()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        foreach (var program in new[] { "node", "npm" })
        {
            if (!path.Any(folder => File.Exists(Path.Combine(folder, program))))
            {
                return $"needs the program {program} of Node.js";
            }
        }

        var (exitCode, said) = Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]);
        return exitCode == 0 ? null : $"the consumers of harness/Tests/Consumers cannot be installed: {said}";
    }

    private (int ExitCode, string Said) Run(string file, IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(file, arguments)
            {
                WorkingDirectory = _directory.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (said, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(_limit))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{Path.GetFileName(file)} did not end within {_limit.TotalSeconds} s");
        }

        return (process.ExitCode, said.Result + error.Result);
    }
}
