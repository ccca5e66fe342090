using System.ComponentModel;
using System.Diagnostics;
using System.Net.NetworkInformation;
using Pmip.Wire;

namespace Conformance.FramePorts.Pcap;

/// <summary>
/// The links of macOS and Windows, by what .NET says of them and the commands <c>ifconfig</c> and <c>netsh</c>. Written, but not run.
/// </summary>
internal sealed class ManagedLinks : ILinks
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(100);

    private long _lookedAt = Stopwatch.GetTimestamp();

    public int? Descriptor => null;

    public bool HasChange => Stopwatch.GetElapsedTime(_lookedAt) >= _betweenLooks;

    public bool TakeChange()
    {
        var isTime = HasChange;
        if (isTime)
        {
            _lookedAt = Stopwatch.GetTimestamp();
        }

        return isTime;
    }

    public ILink Take(string interfaceName) => new ManagedLink(interfaceName);

    public void Dispose() { }

    /// <exception cref="FramePortException">There is no such interface.</exception>
    internal static NetworkInterface Find(string name) =>
        NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(known => known.Name == name)
        ?? throw new FramePortException($"{name}: there is no such interface") { IsGone = true };

    private sealed class ManagedLink(string name) : ILink
    {
        /// <summary>Ethernet's own, where the platform does not say.</summary>
        private const int EthernetMtu = 1500;

        private static readonly TimeSpan _commandWithin = TimeSpan.FromSeconds(10);

        private long _losses;
        private bool _wasRunning;

        public string Name => name;

        public MacAddress Address { get; } = new(Find(name).GetPhysicalAddress().GetAddressBytes());

        public bool IsVirtual => true;

        public string SwitchedOff => string.Empty;

        public string Doubt => "this platform does not report a short loss of a link";

        public IReadOnlyList<string> Limits =>
            ["the operating system goes on using the interface: take its addresses from it, and switch its offloads off"];

        public void SetUp(bool up)
        {
            if (Read().IsUp == up)
            {
                return;
            }

            var start = OperatingSystem.IsWindows()
                ? new ProcessStartInfo("netsh", ["interface", "set", "interface", name, up ? "admin=enabled" : "admin=disabled"])
                : new ProcessStartInfo("ifconfig", [name, up ? "up" : "down"]);
            try
            {
                using var command = Process.Start(start)!;
                if (!command.WaitForExit(_commandWithin) || command.ExitCode != 0)
                {
                    throw new FramePortException($"{name} cannot be taken {(up ? "up" : "down")} by {start.FileName}");
                }
            }
            catch (Win32Exception e)
            {
                throw new FramePortException($"{name} cannot be taken {(up ? "up" : "down")}: {e.Message}", e);
            }
        }

        public LinkView Read()
        {
            var found = Find(name);
            var isRunning = found.OperationalStatus == OperationalStatus.Up;
            _losses += _wasRunning && !isRunning ? 1 : 0;
            _wasRunning = isRunning;
            var mtu = found.Supports(NetworkInterfaceComponent.IPv4) ? found.GetIPProperties().GetIPv4Properties().Mtu : EthernetMtu;
            return new LinkView(isRunning, isRunning, isRunning, _losses, mtu);
        }

        public void WaitUntilRunning(DateTimeOffset until)
        {
            using var changed = new AutoResetEvent(false);
            NetworkAddressChangedEventHandler tell = (_, _) => changed.Set();
            NetworkChange.NetworkAddressChanged += tell;
            while (!Read().IsRunning && FrameClock.Now < until)
            {
                changed.WaitOne(_betweenLooks);
            }

            NetworkChange.NetworkAddressChanged -= tell;
        }

        public void Dispose() { }
    }
}
