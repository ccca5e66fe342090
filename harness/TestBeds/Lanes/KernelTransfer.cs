using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Wire;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// A TCP connection between two kernels, and at the same time an echo request every few milliseconds. The connection shows that a session
/// survives; the echo requests show for how long nothing passed.
/// </summary>
internal sealed class KernelTransfer : ITransfer
{
    private const ushort ProbeIdentifier = 2;
    private const int ChunkLength = 512;
    private const int ProbesBetweenChunks = 5;
    private static readonly TimeSpan _acknowledgedWithin = TimeSpan.FromSeconds(30);

    private readonly Socket _listener;
    private readonly Socket _sender;
    private readonly Ipv6RawSocket _echo;
    private readonly IPAddress _destination;
    private readonly WakeUp _stop = new();
    private readonly TransferProbes _probes = new();
    private readonly Thread _sending;
    private readonly Thread _receiving;
    private long _sent;
    private long _verified;
    private string? _failure;

    private KernelTransfer(Socket listener, Socket sender, Ipv6RawSocket echo, IPAddress destination)
    {
        (_listener, _sender, _echo, _destination) = (listener, sender, echo, destination);
        _receiving = new Thread(() => Guarded(Receive)) { IsBackground = true, Name = "transfer, receiver" };
        _sending = new Thread(() => Guarded(Send)) { IsBackground = true, Name = "transfer, sender" };
        _receiving.Start();
        _sending.Start();
    }

    /// <summary>Connects and begins the transfer.</summary>
    /// <exception cref="SocketException">The other node cannot be reached.</exception>
    public static KernelTransfer Begin(NetworkNamespace from, NetworkNamespace to, IPAddress destination)
    {
        var listener = to.Run(() => new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp));
        Socket? sender = null;
        try
        {
            listener.Bind(new IPEndPoint(destination, 0));
            listener.Listen();
            sender = from.Run(() => new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp));
            sender.NoDelay = true;
            sender.Connect(listener.LocalEndPoint!);
            return new KernelTransfer(
                listener,
                sender,
                from.Run(() => Ipv6RawSocket.OpenIcmpv6(Icmpv6Filter.Pass(EchoSockets.Icmpv6ReplyType))),
                destination
            );
        }
        catch
        {
            sender?.Dispose();
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Ends the transfer. It is complete when all octets have arrived unchanged and in order, or after a time limit.</summary>
    public IPending End()
    {
        _stop.Set();
        return new Ending(this, WiredPorts.Now + _acknowledgedWithin);
    }

    public void Dispose()
    {
        _stop.Set();
        _sender.Dispose();
        _listener.Dispose();
        _sending.Join();
        _receiving.Join();
        _echo.Dispose();
        _stop.Dispose();
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SocketException or LinuxException or ObjectDisposedException)
        {
            _failure ??= e.Message;
        }
    }

    /// <summary>Sends until it is told to stop, closes its half, and waits for the number of octets that arrived.</summary>
    private void Send()
    {
        var next = KernelTime.Now;
        while (!Readiness.Wait<IReadable>([_stop, _echo], next).Contains(_stop))
        {
            while (_echo.TryReceive(out var packet))
            {
                if (
                    Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _)
                    && message is EchoReply { Identifier: ProbeIdentifier } reply
                )
                {
                    _probes.Answered(reply.SequenceNumber, WiredPorts.Now);
                }
            }

            if (KernelTime.Now < next)
            {
                continue;
            }

            next += TransferProbes.Interval;
            Probe();
            if (_probes.Sent % ProbesBetweenChunks == 0)
            {
                _sender.Send(Chunk(_sent));
                _sent += ChunkLength;
            }
        }

        _sender.Shutdown(SocketShutdown.Send);
        Span<byte> total = stackalloc byte[sizeof(long)];
        var got = 0;
        while (got < total.Length)
        {
            var read = _sender.Receive(total[got..]);
            got += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
        }

        _verified = BinaryPrimitives.ReadInt64BigEndian(total);
    }

    private void Probe()
    {
        var number = _probes.Next(WiredPorts.Now);
        try
        {
            _echo.Send(
                source: null,
                _destination,
                new EchoRequest(ProbeIdentifier, number, default).ToBytes(IPAddress.IPv6Any, _destination)
            );
        }
        catch (LinuxException)
        {
            // Between two links the node has no route. This is part of the interruption.
        }
    }

    /// <summary>Receives octets as long as they are those that were sent, and returns their number to the sender at the end.</summary>
    private void Receive()
    {
        using var connection = _listener.Accept();
        var buffer = new byte[16 * ChunkLength];
        long received = 0;
        for (int length; (length = connection.Receive(buffer)) > 0; received += length)
        {
            for (var i = 0; i < length; i++)
            {
                if (buffer[i] != OctetAt(received + i))
                {
                    _failure = $"octet {received + i} is not what was sent";
                    return;
                }
            }
        }

        var total = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(total, received);
        connection.Send(total);
    }

    private static byte[] Chunk(long from)
    {
        var chunk = new byte[ChunkLength];
        for (var i = 0; i < chunk.Length; i++)
        {
            chunk[i] = OctetAt(from + i);
        }

        return chunk;
    }

    /// <summary>The octet at a position; the pattern shows if a segment arrives at the wrong position.</summary>
    private static byte OctetAt(long place) => (byte)((place * 31) ^ (place >> 8));

    private sealed class Ending(KernelTransfer transfer, DateTimeOffset until) : IPending
    {
        public bool IsComplete => !transfer._sending.IsAlive || WiredPorts.Now >= until;

        public Outcome Result =>
            transfer._sending.IsAlive
                ? new Outcome.Failed($"not all of {transfer._sent} octets were acknowledged within {_acknowledgedWithin.TotalSeconds} s")
            : transfer._failure is { } why ? new Outcome.Failed(why)
            : transfer._verified != transfer._sent ? new Outcome.Failed($"{transfer._verified} of {transfer._sent} octets arrived")
            : transfer._probes.ToOutcome(transfer._sent);
    }
}
