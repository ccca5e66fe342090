using System.Buffers.Binary;
using System.Globalization;
using Conformance.FramePorts;
using Conformance.TestBeds.Wired;
using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Pmip.Benchmarks;

/// <summary>
/// Measures the drivers of the tester's ports on both ends of one virtual cable: frames per second that one thread sends and receives, and
/// the latency from a send to the wake-up of another thread that waits: <c>frame-ports [--frames N]</c>.
/// </summary>
internal static class FramePortsBenchmark
{
    internal const string Command = "frame-ports";

    private const int Burst = 64,
        Pings = 2000,
        HeaderLength = 14;

    private static readonly int[] _sizes = [64, 1514];

    /// <returns>The exit code: 0, or 2 if the benchmark could not run.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        var frames = 200_000;
        if (
            arguments is not []
            && !(
                arguments is ["--frames", var value]
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out frames)
                && frames > 0
            )
        )
        {
            Console.Error.WriteLine($"{Command} [--frames N]: N frames by each driver");
            return 2;
        }

        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Console.Error.WriteLine($"{Command} needs Linux and root, to create a network namespace: run it with sudo");
            return 2;
        }

        try
        {
            Console.WriteLine("driver    octets   frames/s      lost   us: median     99 %");
            foreach (var size in _sizes)
            {
                foreach (var name in FrameDrivers.Names)
                {
                    Measure(name, size, frames);
                }
            }

            return 0;
        }
        catch (Exception failure) when (failure is LinuxException or FramePortException)
        {
            Console.Error.WriteLine($"{Command} could not run: {failure.Message}");
            return 2;
        }
    }

    private static void Measure(string name, int size, int frames)
    {
        using var inside = NetworkNamespace.CreateAnonymous();
        using (var netlink = inside.Run(RouteNetlink.Open))
        {
            netlink.Links.AddVethPair(new VethEnd("near"), new VethEnd("far"));
        }

        using var nearPlace = inside.Run(() => FrameDrivers.Find(name).Enter());
        using var farPlace = inside.Run(() => FrameDrivers.Find(name).Enter());
        using var near = inside.Run(() => nearPlace.Open("near", [null]));
        using var far = inside.Run(() => farPlace.Open("far", [null]));
        near.SetUp(true);
        far.SetUp(true);
        near.WaitUntilRunning(FrameClock.Now + TimeSpan.FromSeconds(10));
        far.WaitUntilRunning(FrameClock.Now + TimeSpan.FromSeconds(10));

        // The first bursts compile the code.
        Transfer(near, far, farPlace, size, frames / 10);
        var lostBefore = far.ReadDropped();
        var started = FrameClock.Monotonic;
        Transfer(near, far, farPlace, size, frames);
        var seconds = (FrameClock.Monotonic - started) / 1e9;
        var latencies = Ping(near, far, farPlace, size);
        Console.WriteLine(
            string.Format(
                CultureInfo.InvariantCulture,
                "{0,-8}{1,8}{2,11:F0}{3,10}{4,13:F1}{5,9:F1}",
                name,
                size,
                frames / seconds,
                far.ReadDropped() - lostBefore,
                Statistics.Median(latencies),
                latencies.Order().ElementAt(latencies.Count * 99 / 100)
            )
        );
    }

    /// <summary>Sends and takes bursts by turns, as a tester does.</summary>
    private static void Transfer(IFramePort near, IFramePort far, IFramePlace place, int size, int frames)
    {
        var frame = Frame(size);
        var sent = 0;
        while (sent < frames)
        {
            var burst = Math.Min(Burst, frames - sent);
            for (var i = 0; i < burst; i++)
            {
                near.Send(frame);
            }

            var taken = 0;
            while (taken < burst)
            {
                if (far.TryReceive(out _))
                {
                    taken++;
                }
                else
                {
                    place.TakeChange();
                    place.Wait(FrameClock.Now + TimeSpan.FromSeconds(1));
                }
            }

            sent += burst;
        }
    }

    /// <returns>Microseconds from before a send until another thread that waited has the frame.</returns>
    private static List<double> Ping(IFramePort near, IFramePort far, IFramePlace place, int size)
    {
        var latencies = new List<double>(Pings);
        using var taken = new SemaphoreSlim(0);
        var receiver = new Thread(() =>
        {
            while (latencies.Count < Pings)
            {
                place.TakeChange();
                place.Wait(FrameClock.Now + TimeSpan.FromSeconds(1));
                while (far.TryReceive(out var frame))
                {
                    var at = BinaryPrimitives.ReadInt64BigEndian(frame.Bytes.Span[HeaderLength..]);
                    latencies.Add((FrameClock.Monotonic - at) / 1e3);
                    taken.Release();
                }
            }
        });
        receiver.Start();
        var ping = Frame(size);
        for (var i = 0; i < Pings; i++)
        {
            // So that the receiver waits again.
            Thread.SpinWait(20_000);
            BinaryPrimitives.WriteInt64BigEndian(ping.AsSpan(HeaderLength), FrameClock.Monotonic);
            near.Send(ping);
            taken.Wait();
        }

        receiver.Join();
        return latencies;
    }

    private static byte[] Frame(int size)
    {
        var frame = new byte[size];
        (frame[0], frame[6], frame[12], frame[13]) = (0x02, 0x02, 0x88, 0xb5);
        return frame;
    }
}
