using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Conformance.TestBeds.Guest;

/// <summary>The machine protocol of qemu (QMP): commands and answers as lines of JSON. Any thread may call a method.</summary>
internal sealed class GuestMonitor : IDisposable
{
    private static readonly TimeSpan _within = TimeSpan.FromSeconds(10);

    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;
    private readonly Lock _turn = new();

    /// <param name="socket">Connected; this object disposes of it.</param>
    /// <exception cref="IOException">qemu has ended, or does not answer.</exception>
    public GuestMonitor(Socket socket)
    {
        socket.ReceiveTimeout = (int)_within.TotalMilliseconds;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, Encoding.UTF8);
        Ask("""{"execute":"qmp_capabilities"}""");
    }

    /// <summary>Plugs the cable of a network interface in or out.</summary>
    /// <exception cref="IOException">qemu has ended, or refuses.</exception>
    public void SetLink(string @interface, bool up) =>
        Ask(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"execute":"set_link","arguments":{"name":"{{@interface}}","up":{{(up ? "true" : "false")}} } }"""
            )
        );

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    /// <summary>Events of qemu come between the answers.</summary>
    private void Ask(string command)
    {
        lock (_turn)
        {
            _stream.Write(Encoding.UTF8.GetBytes(command + '\n'));
            while (true)
            {
                using var answer = JsonDocument.Parse(_reader.ReadLine() ?? throw new IOException("qemu has closed its monitor"));
                if (answer.RootElement.TryGetProperty("error", out var error))
                {
                    throw new IOException($"qemu refuses {command}: {error}");
                }

                if (answer.RootElement.TryGetProperty("return", out _))
                {
                    return;
                }
            }
        }
    }
}
