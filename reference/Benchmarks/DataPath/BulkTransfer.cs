using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Pmip.Benchmarks.DataPath;

/// <summary>One TCP connection from the correspondent to the mobile node, at full speed.</summary>
internal static class BulkTransfer
{
    private const int BufferLength = 256 * 1024;

    /// <summary>
    /// The rate in bits per second, measured during <paramref name="time"/> after a start phase of <paramref name="start"/>.
    /// </summary>
    internal static double Measure(ForwardingBed bed, TimeSpan start, TimeSpan time)
    {
        var (from, to) = Connect(bed);
        using var sender = from;
        using var receiver = to;
        var sending = new Thread(() => SendUntilClosed(sender)) { Name = "sender" };
        sending.Start();
        var buffer = new byte[BufferLength];
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < start)
        {
            receiver.Receive(buffer);
        }

        var octets = 0L;
        var begin = clock.Elapsed;
        while (clock.Elapsed - begin < time)
        {
            octets += receiver.Receive(buffer);
        }
        var taken = clock.Elapsed - begin;

        // A reset ends the sender immediately.
        receiver.Close(0);
        sending.Join();
        return 8 * octets / taken.TotalSeconds;
    }

    /// <summary>Opens a connection with each end in its host's namespace.</summary>
    internal static (Socket From, Socket To) Connect(ForwardingBed bed)
    {
        using var listener = bed.Mobile.Namespace.Run(() =>
        {
            var socket = new Socket(bed.MobileEnd.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(bed.MobileEnd, 0));
            socket.Listen();
            return socket;
        });
        var sender = bed.Correspondent.Namespace.Run(() =>
        {
            var socket = new Socket(bed.MobileEnd.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(listener.LocalEndPoint!);
            return socket;
        });
        return (sender, listener.Accept());
    }

    private static void SendUntilClosed(Socket sender)
    {
        var octets = new byte[BufferLength];
        try
        {
            while (true)
            {
                sender.Send(octets);
            }
        }
        catch (SocketException)
        {
            // The receiver has closed the connection.
        }
    }
}
