using System.Globalization;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Renci.SshNet;
using Renci.SshNet.Common;

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

    private SshProgram(SshHost host, string line, Func<string, Outcome>? read) =>
        _execution = Task.Run(() => ExecuteAsync(host, line, read ?? (_ => Outcome.Ok), _end.Token));

    public bool IsComplete => _execution.IsCompleted;

    public Outcome Result => _execution.Result;

    /// <summary>Connects to a host and starts a line there.</summary>
    /// <param name="read">Reads the output of a line that succeeded; null if it does not matter.</param>
    public static IPending Start(SshHost host, string line, Func<string, Outcome>? read) =>
        host.Problem() is { } problem ? new Completed(new Outcome.Failed(problem)) : new SshProgram(host, line, read);

    /// <summary>Asks the host to kill what it executes, if that has not ended, and closes the connection.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _execution.Wait(_endsWithin);
        if (_execution.IsCompleted)
        {
            _end.Dispose();
        }
    }

    private static async Task<Outcome> ExecuteAsync(SshHost host, string line, Func<string, Outcome> read, CancellationToken end)
    {
        string? shown = null;
        try
        {
            using var secret = Secret(host);
            using var client = new SshClient(new ConnectionInfo(host.Address, host.Port, host.User, secret));
            client.HostKeyReceived += (_, key) =>
            {
                shown = SshHost.Fingerprint(System.Security.Cryptography.SHA256.HashData(key.HostKey));
                key.CanTrust = shown == host.HostKey;
            };
            await client.ConnectAsync(end).ConfigureAwait(false);
            using var command = client.CreateCommand(line);
            await using var killed = end.Register(() => command.CancelAsync(forceKill: true)).ConfigureAwait(false);
            await command.ExecuteAsync(CancellationToken.None).ConfigureAwait(false);
            return Read(host, line, command, read);
        }
        catch (Exception e)
            when (e
                    is SshException
                        or SocketException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidOperationException
                        or OperationCanceledException
            )
        {
            return new Outcome.Failed(
                shown is not null && shown != host.HostKey
                    ? $"host {host.Name} shows the key {shown}, and the profile says {host.HostKey}: is it another host?"
                    : $"'{line}' at host {host.Name} failed: {e.Message}"
            );
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
