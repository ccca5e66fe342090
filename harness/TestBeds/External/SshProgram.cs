using System.Globalization;
using System.Security.Cryptography;
using Conformance.Testing.Bed;
using Renci.SshNet;

namespace Conformance.TestBeds.External;

/// <summary>
/// A line that a host executes, over a connection of its own. The host has to show the key that the profile pins before anything secret is
/// sent.
/// </summary>
internal sealed class SshProgram : IPending, IDisposable
{
    private const int LastWords = 3;
    private static readonly TimeSpan _endsWithin = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _end = new();
    private readonly Task<Outcome> _execution;
    private readonly string _text;
    private bool _isEnded;

    private SshProgram(SshHost host, string line, Func<string, Outcome>? read)
    {
        _text = $"'{line}' at host {host.Name}";
        _execution = Task.Run(() => ExecuteAsync(host, line, read ?? (_ => Outcome.Ok), _end.Token));
    }

    public bool IsComplete => _execution.IsCompleted;

    /// <summary>The outcome; of a line that was ended, it may come later, and is not waited for.</summary>
    public Outcome Result => _execution.IsCompleted ? _execution.Result : new Outcome.Failed($"{_text} did not end by itself");

    /// <summary>Connects to a host and starts a line there.</summary>
    /// <param name="read">Reads the output of a line that succeeded; null if it does not matter.</param>
    public static IPending Start(SshHost host, string line, Func<string, Outcome>? read) =>
        host.Problem() is { } problem ? new Completed(new Outcome.Failed(problem)) : new SshProgram(host, line, read);

    /// <summary>Asks the host to kill what it executes, if that has not ended, and closes the connection.</summary>
    public void Dispose()
    {
        if (_isEnded)
        {
            return;
        }

        _isEnded = true;
        _end.Cancel();
        _execution.Wait(_endsWithin);
        if (_execution.IsCompleted)
        {
            _end.Dispose();
        }
    }

    private static async Task<Outcome> ExecuteAsync(SshHost host, string line, Func<string, Outcome> read, CancellationToken end)
    {
        (string Type, string Fingerprint)? shown = null;
        try
        {
            using var secret = Secret(host);
            using var client = new SshClient(new ConnectionInfo(host.Address, host.Port, host.User, secret));
            client.HostKeyReceived += (_, key) =>
            {
                var fingerprint = SshHost.Fingerprint(SHA256.HashData(key.HostKey));
                shown = (key.HostKeyName, fingerprint);
                key.CanTrust = fingerprint == host.HostKey;
            };
            await client.ConnectAsync(end).ConfigureAwait(false);
            using var command = client.CreateCommand(line);
            end.ThrowIfCancellationRequested();
            var execution = command.ExecuteAsync(CancellationToken.None);
            // Only a command that has begun can be ended.
            await using var killed = end.Register(() => Kill(command)).ConfigureAwait(false);
            await execution.ConfigureAwait(false);
            return Read(host, line, command, read);
        }
#pragma warning disable CA1031 // Whatever a host and the library say is the outcome of the action, and not the end of the run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Outcome.Failed(
                shown is var (type, fingerprint) && fingerprint != host.HostKey
                    ? $"host {host.Name} shows the key {fingerprint} ({type}), and the profile says {host.HostKey}: is it another host, or "
                        + "another of its keys?"
                    : $"'{line}' at host {host.Name} failed: {e.Message}"
            );
        }
    }

    /// <summary>Asks the host to kill a command. If that is not possible, the end of the connection has to do.</summary>
    private static void Kill(SshCommand command)
    {
        try
        {
            command.CancelAsync(forceKill: true);
        }
#pragma warning disable CA1031 // Thrown from here, it would end the run and not the command.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The command has ended meanwhile, or its connection.
        }
    }

    private static Outcome Read(SshHost host, string line, SshCommand command, Func<string, Outcome> read)
    {
        if (command.ExitStatus == 0)
        {
            return read(command.Result.Trim());
        }

        var words = string.Join(
            " | ",
            command.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(LastWords)
        );
        var status = command.ExitStatus?.ToString(CultureInfo.InvariantCulture) ?? $"signal {command.ExitSignal}";
        return new Outcome.Failed($"'{line}' at host {host.Name} ended with {status}: {words}".TrimEnd(':', ' '));
    }

    private static AuthenticationMethod Secret(SshHost host) =>
        host.KeyFile is { } key
            ? new PrivateKeyAuthenticationMethod(host.User, new PrivateKeyFile(key))
            : new PasswordAuthenticationMethod(
                host.User,
                host.PasswordFile is { } file
                    ? File.ReadAllText(file).TrimEnd('\r', '\n')
                    : Environment.GetEnvironmentVariable(host.PasswordVariable!)!
            );
}
