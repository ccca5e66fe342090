using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>A command of a profile that is under way: a program, no shell, in the profile's directory.</summary>
internal sealed class ExecCommand : IPending, IDisposable
{
    private static readonly TimeSpan OutputWithin = TimeSpan.FromSeconds(1);

    private readonly Process process;
    private readonly string text;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private readonly CountdownEvent open = new(initialCount: 2);
    private string? result;

    private ExecCommand(Process process, string text)
    {
        (this.process, this.text) = (process, text);
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(error, line.Data);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool IsComplete => result is not null || process.HasExited;

    /// <summary>What it wrote, or ok if that is nothing; what went wrong after <c>failed:</c>.</summary>
    public string Result
    {
        get
        {
            if (result is null)
            {
                // What it has left running may keep the streams open: that is not waited for.
                open.Wait(OutputWithin);
                result = process.ExitCode == 0
                    ? Text(output) is { Length: > 0 } written ? written : "ok"
                    : string.Create(CultureInfo.InvariantCulture, $"failed: '{text}' ended with {process.ExitCode}: {Text(error)}").TrimEnd(':', ' ');
                process.Dispose();
            }

            return result;
        }
    }

    /// <summary>Starts a command; one that cannot be started has failed.</summary>
    /// <param name="values">What stands for the placeholders.</param>
    public static IPending Start(IReadOnlyList<string> command, string directory, IReadOnlyDictionary<string, string> values)
    {
        var words = command.Select(word => values.Aggregate(word, (filled, value) => filled.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal))).ToList();
        var text = string.Join(' ', words);
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return new ExecCommand(Process.Start(start)!, text);
        }
        catch (Win32Exception e)
        {
            return new Completed($"failed: '{text}' cannot be started: {e.Message}");
        }
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>What went wrong; null if nothing did.</returns>
    public static string? Run(IReadOnlyList<string> command, string directory, IReadOnlyDictionary<string, string> values, TimeSpan within)
    {
        var pending = Start(command, directory, values);
        if (pending is ExecCommand started)
        {
            using (started)
            {
                if (!started.process.WaitForExit(within))
                {
                    started.process.Kill(entireProcessTree: true);
                    return string.Create(CultureInfo.InvariantCulture, $"'{started.text}' did not end within {within.TotalSeconds:0} s");
                }

                return Failure(started.Result);
            }
        }

        return Failure(pending.Result);
    }

    public void Dispose() => process.Dispose();

    private static string? Failure(string result)
    {
        const string Failed = "failed: ";
        return result.StartsWith(Failed, StringComparison.Ordinal) ? result[Failed.Length..] : null;
    }

    private static string Text(StringBuilder lines)
    {
        lock (lines)
        {
            return lines.ToString().Trim();
        }
    }

    /// <param name="line">Null at the end of the stream.</param>
    private void Keep(StringBuilder lines, string? line)
    {
        if (line is null)
        {
            open.Signal();
            return;
        }

        lock (lines)
        {
            lines.AppendLine(line);
        }
    }
}
