using System.Net;
using System.Text.Json;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// A transfer by the program iperf3: a fixed number of octets by one TCP connection, at a steady rate. The server says every tenth of a
/// second how much has arrived, which shows for how long nothing passed. A small window keeps the client from ending before its data
/// arrive.
/// </summary>
internal sealed class ProgramTransfer : ITransfer
{
    private const string Octets = "1M",
        Rate = "1M",
        Window = "16K";

    /// <summary>
    /// What may be on its way when the program ends, which it does not wait for: the buffers of the kernels at both ends, each twice the
    /// window.
    /// </summary>
    private const long UnreadOctets = 64 * 1024;
    private const string NothingArrived = " 0.00 Bytes ";
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _endsWithin = TimeSpan.FromSeconds(45);

    private readonly NetworkNamespace _from;
    private readonly IPAddress _destination;
    private readonly HostProcess _server;
    private HostProcess? _client;

    public ProgramTransfer(NetworkNamespace from, NetworkNamespace to, IPAddress destination)
    {
        (_from, _destination) = (from, destination);
        var listening = HostProgram.Find(HostProgram.Transfer) with { IsReady = "Server listening" };
        _server = listening.Start(to, "server", "--server", "--one-off", "--bind", $"{destination}", "--interval", "0.1", "--forceflush");
        Beginning = new Start(this);
    }

    /// <summary>Complete when the connection is there.</summary>
    public IPending Beginning { get; }

    public IPending End() => new Ending(this, WiredPorts.Now + _endsWithin);

    public void Dispose()
    {
        _client?.Dispose();
        _server.Dispose();
    }

    private HostProcess StartClient() =>
        HostProgram
            .Find(HostProgram.Transfer)
            .Start(
                _from,
                "client",
                "--client",
                $"{_destination}",
                "--bytes",
                Octets,
                "--bitrate",
                Rate,
                "--length",
                "1K",
                "--window",
                Window,
                "--json"
            );

    /// <summary>The longest time in which nothing arrived, by the reports of the server.</summary>
    private TimeSpan LongestInterruption()
    {
        var (longest, current) = (0, 0);
        foreach (var line in _server.Said)
        {
            current = line.Contains(NothingArrived, StringComparison.Ordinal) ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest * _interval;
    }

    private Outcome Read(HostProcess client)
    {
        client.AwaitEnd();
        try
        {
            using var report = JsonDocument.Parse(string.Join('\n', client.Said));
            var root = report.RootElement;
            if (root.TryGetProperty("error", out var error))
            {
                return new Outcome.Failed($"{HostProgram.Transfer}: {error.GetString()}");
            }

            var (sent, arrived) = (OctetsOf(root, "sum_sent"), OctetsOf(root, "sum_received"));
            return arrived + UnreadOctets >= sent
                ? new Outcome.Transfer(Lost: 0, Requests: 0, LongestInterruption(), sent) { Read = arrived }
                : new Outcome.Failed($"{arrived} of {sent} octets arrived");
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new Outcome.Failed($"the report of {HostProgram.Transfer} cannot be read: {string.Join(' ', client.Said)}");
        }
    }

    private static long OctetsOf(JsonElement report, string sum) =>
        report.GetProperty("end").GetProperty(sum).GetProperty("bytes").GetInt64();

    /// <summary>Starts the client when the server listens.</summary>
    private sealed class Start(ProgramTransfer transfer) : IPending
    {
        private const string Connected = "Accepted connection";

        public bool IsComplete
        {
            get
            {
                if (!transfer._server.IsComplete)
                {
                    return false;
                }

                if (transfer._server.Result is Outcome.Failed)
                {
                    return true;
                }

                transfer._client ??= transfer.StartClient();
                return transfer._client.HasEnded || transfer._server.Said.Any(line => line.Contains(Connected, StringComparison.Ordinal));
            }
        }

        public Outcome Result =>
            transfer._server.Failure ?? (transfer._client is { HasEnded: true } ended ? transfer.Read(ended) : transfer._server.Result);
    }

    private sealed class Ending(ProgramTransfer transfer, DateTimeOffset until) : IPending
    {
        public bool IsComplete => transfer._client is not { HasEnded: false } || WiredPorts.Now >= until;

        public Outcome Result =>
            transfer._client is not { } client ? new Outcome.Failed("the transfer has not begun")
            : client.HasEnded ? transfer.Read(client)
            : new Outcome.Failed($"{HostProgram.Transfer} has not ended within {_endsWithin.TotalSeconds} s");
    }
}
