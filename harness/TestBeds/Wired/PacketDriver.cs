using System.Diagnostics.CodeAnalysis;
using Conformance.FramePorts;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Conformance.TestBeds.Wired;

/// <summary>Packet sockets of Linux: <see cref="PacketPort"/>.</summary>
internal sealed class PacketDriver : IFrameDriver
{
    public const string DriverName = "packet";

    public string Name => DriverName;

    public void RaisePriority() => SchedulingPriority.Raise();

    public IReadOnlyList<string> ListInterfaces()
    {
        using var netlink = RouteNetlink.Open();
        return [.. netlink.Links.List().Select(link => link.Name).Where(name => name != "lo")];
    }

    public IFramePlace Enter() => Translated(() => new Place());

    private static void Translated(Action call) =>
        Translated(() =>
        {
            call();
            return true;
        });

    private static T Translated<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (LinuxException e)
        {
            throw new FramePortException(e.Message, e) { IsGone = e.ErrorNumber == Errno.NoDevice };
        }
    }

    private sealed class Place : IFramePlace
    {
        private readonly RouteNetlink _netlink = RouteNetlink.Open();
        private readonly NetlinkSubscription _events = NetlinkSubscription.Open(NetlinkTopics.Links);
        private readonly WakeUp _interruption = new();
        private readonly List<IReadable> _sources = [];

        public Place() => _sources.AddRange([_events, _interruption]);

        public IFramePort Open(string interfaceName, IReadOnlyCollection<int?> vlans) =>
            Translated(() =>
            {
                var quiet = QuietInterface.Take(interfaceName);
                try
                {
                    var socket = PacketPort.Open(interfaceName);
                    _sources.Add(socket);
                    return new Port(_netlink, quiet, socket);
                }
                catch
                {
                    quiet.Dispose();
                    throw;
                }
            });

        public void Wait(DateTimeOffset until) => Readiness.Wait(_sources, new KernelTime(FrameClock.ToMonotonic(until)));

        public void Interrupt()
        {
            try
            {
                _interruption.Set();
            }
            catch (ObjectDisposedException)
            {
                // The place is closed: nothing waits for it.
            }
        }

        public bool TakeChange()
        {
            var told = false;
            while (_events.TryTake(out _))
            {
                told = true;
            }

            return told;
        }

        public void Dispose()
        {
            _events.Dispose();
            _interruption.Dispose();
            _netlink.Dispose();
        }
    }

    private sealed class Port(RouteNetlink netlink, QuietInterface quiet, PacketPort socket) : IFramePort
    {
        public string InterfaceName => socket.InterfaceName;

        public MacAddress Address => socket.Address;

        public string SwitchedOff => quiet.SwitchedOff == Offloads.None ? string.Empty : quiet.SwitchedOff.ToString();

        public IReadOnlyList<string> Promises =>
            [
                "frames that it loses are counted",
                "a link that was lost is noticed, however short",
                "an unfinished checksum is refused",
                "timestamps of the kernel in nanoseconds",
            ];

        public string? Doubt => null;

        public void SetUp(bool up) =>
            Translated(() =>
            {
                if (up)
                {
                    netlink.Links.SetUp(socket.InterfaceIndex);
                }
                else
                {
                    netlink.Links.SetDown(socket.InterfaceIndex);
                }
            });

        public LinkView ReadLink()
        {
            var link = Translated(() => netlink.Links.Get(socket.InterfaceIndex));
            return new LinkView(link.IsUp, link.HasCarrier, link.IsRunning, link.CarrierLosses, link.Mtu);
        }

        public void WaitUntilRunning(DateTimeOffset until) =>
            Translated(() => netlink.Links.WaitUntilRunning(socket.InterfaceIndex, new KernelTime(FrameClock.ToMonotonic(until))));

        public void Send(ReadOnlySpan<byte> frame)
        {
            try
            {
                socket.Send(frame);
            }
            catch (LinuxException e)
            {
                throw new FramePortException(e.Message, e) { IsGone = e.ErrorNumber == Errno.NoDevice };
            }
        }

        public bool TryReceive([NotNullWhen(true)] out PortFrame? frame)
        {
            frame = null;
            try
            {
                if (!socket.TryReceive(out var captured))
                {
                    return false;
                }

                frame = new PortFrame(
                    captured.Bytes,
                    FrameClock.OfMonotonic(captured.At.Nanoseconds),
                    captured.Checksum == ChecksumState.Unfinished
                );
                return true;
            }
            catch (LinuxException e)
            {
                throw new FramePortException(e.Message, e) { IsGone = e.ErrorNumber == Errno.NoDevice };
            }
        }

        public long ReadDropped() => Translated(() => socket.ReadStatistics().Dropped);

        public void Dispose()
        {
            socket.Dispose();
            quiet.Dispose();
        }
    }
}
