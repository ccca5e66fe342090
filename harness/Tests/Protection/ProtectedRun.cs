using System.Diagnostics;
using System.Runtime.Versioning;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using FluentAssertions;

namespace Conformance.Harness.Tests.Protection;

/// <summary>A run of all scenarios with protected messages, with its keys beside it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProtectedRun : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ProtectedRun()
    {
        Out = Path.Combine(_directory.Path, "out");
        SideFile = Path.Combine(_directory.Path, "wireshark", "esp_sa");
        Directory.CreateDirectory(Path.GetDirectoryName(SideFile)!);
        var outcome = Shell.Run("run", "--tag", "config:lma-esp", "config:mag-esp", "--out", Out, "--esp-sa", SideFile);
        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        Keys = Path.Combine(_directory.Path, "keys");
        File.WriteAllLines(Keys, KeyFiles.Select(file => File.ReadAllText(file).Trim()));
        File.SetUnixFileMode(Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>The directory of the run.</summary>
    public string Out { get; }

    /// <summary>The file with all keys, and the one for tshark.</summary>
    public string Keys { get; }

    public string SideFile { get; }

    /// <summary>The directory in which tshark finds its settings, below the one of the side file.</summary>
    public string Settings => _directory.Path;

    public static IReadOnlyList<string> KeyFiles => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "keys"));

    public void Dispose() => _directory.Dispose();

    /// <summary>The output of tshark with the side file.</summary>
    public string Decrypt(string tshark, string capture, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            tshark,
            ["-o", "esp.enable_encryption_decode:TRUE", "-o", "esp.enable_authentication_check:TRUE", "-r", capture, .. arguments]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CONFIG_HOME"] = Settings;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, errors.Result);
        return output;
    }
}
