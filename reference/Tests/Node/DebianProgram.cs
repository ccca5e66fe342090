using System.Diagnostics;
using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>A program of Debian that a test runs, and what it says on standard error.</summary>
internal sealed class DebianProgram : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _said = [];

    /// <param name="process">Its standard error is redirected.</param>
    internal DebianProgram(Process process) => _process = process;

    internal int Id => _process.Id;

    /// <summary>
    /// The file of a program; skips the test where it is not installed, and fails it where CI runs, which has to have it.
    /// </summary>
    internal static string Require(string program, string package)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        if (
            path.Split(':').Concat(["/usr/sbin", "/sbin"]).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) is
            { } file
        )
        {
            return file;
        }

        var missing = $"needs the program {program}, of the package {package}";
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
        throw new InvalidOperationException($"{missing}; CI has to have it");
    }

    internal static DebianProgram Start(NetworkNamespace inside, string file, params string[] arguments) =>
        new(inside.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true }));

    /// <summary>Waits for a line with these words.</summary>
    internal string WaitFor(string words)
    {
        var error = _process.StandardError;
        using var watch = new Timer(_ => _process.Kill(), null, _limit, Timeout.InfiniteTimeSpan);
        while (error.ReadLine() is { } line)
        {
            _said.Add(line);
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return line;
            }
        }

        Assert.Fail($"{_process.StartInfo.FileName} did not say '{words}' within {_limit.TotalSeconds} s: {string.Join(" | ", _said)}");
        return string.Empty;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
