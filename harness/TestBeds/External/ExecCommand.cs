using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>A running program of a profile. The program runs without a shell, in the profile's directory.</summary>
internal sealed class ExecCommand : IPending, IDisposable
{
    private const int MaximumOutput = 64 * 1024;
    private const int LastWords = 3;
    private static readonly TimeSpan _outputWithin = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Output _output;
    private readonly Output _error;
    private readonly Func<string, Outcome> _read;
    private Outcome? _result;

    private ExecCommand(Process process, string text, Func<string, Outcome> read)
    {
        (_process, Text, _read) = (process, text, read);
        process.StandardInput.Close();
        _output = new Output(process.StandardOutput.BaseStream);
        _error = new Output(process.StandardError.BaseStream);
    }

    /// <summary>The command as it was run.</summary>
    public string Text { get; }

    public bool IsComplete => _result is not null || _process.HasExited;

    public Outcome Result => _result ??= Read();

    /// <summary>Starts a command. If it cannot be started, the returned command has failed.</summary>
    /// <param name="words">The program and its arguments.</param>
    /// <param name="read">Reads the output of a command that succeeded; null if it does not matter.</param>
    public static IPending Start(IReadOnlyList<string> words, string directory, Func<string, Outcome>? read)
    {
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
            return new ExecCommand(Process.Start(start)!, text, read ?? (_ => Outcome.Ok));
        }
        catch (Win32Exception e)
        {
            return new Completed(new Outcome.Failed($"'{text}' cannot be started: {e.Message}"));
        }
    }

    /// <summary>Kills the command and its child processes, if it has not ended.</summary>
    public void Dispose()
    {
        if (IsComplete)
        {
            _result ??= Read();
        }
        else
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(_outputWithin);
            _result = new Outcome.Failed($"'{Text}' did not end by itself");
        }

        _process.Dispose();
    }

    private Outcome Read()
    {
        // Processes that the command has left running may keep the streams open; do not wait for them.
        Task.WaitAll([_output.End, _error.End], _outputWithin);
        var (written, said) = (_output.Text, _error.Text);
        if (_process.ExitCode != 0)
        {
            var words = string.Join(
                " | ",
                said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(LastWords)
            );
            return new Outcome.Failed(
                string.Create(CultureInfo.InvariantCulture, $"'{Text}' ended with {_process.ExitCode}: {words}").TrimEnd(':', ' ')
            );
        }

        return _output.IsTooMuch
            ? new Outcome.Failed(string.Create(CultureInfo.InvariantCulture, $"'{Text}' wrote more than {MaximumOutput} octets"))
            : _read(written);
    }

    /// <summary>The last octets that a command writes. All earlier output is read and discarded.</summary>
    private sealed class Output
    {
        private readonly byte[] _last = new byte[MaximumOutput];
        private readonly Lock _gate = new();
        private int _length;

        public Output(Stream stream) => End = ReadAsync(stream);

        /// <summary>Completes at the end of the output.</summary>
        public Task End { get; }

        public bool IsTooMuch { get; private set; }

        public string Text
        {
            get
            {
                lock (_gate)
                {
                    return Encoding.UTF8.GetString(_last, 0, _length).Trim();
                }
            }
        }

        private async Task ReadAsync(Stream stream)
        {
            var buffer = new byte[4096];
            try
            {
                int read;
                while ((read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
                {
                    Keep(buffer.AsSpan(0, read));
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The command was disposed of; its output is no longer needed.
            }
        }

        private void Keep(ReadOnlySpan<byte> read)
        {
            lock (_gate)
            {
                var excess = Math.Max(0, _length + read.Length - _last.Length);
                IsTooMuch |= excess > 0;
                _last.AsSpan(excess, _length - excess).CopyTo(_last);
                _length -= excess;
                read.CopyTo(_last.AsSpan(_length));
                _length += read.Length;
            }
        }
    }
}
