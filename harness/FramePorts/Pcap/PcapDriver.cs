using System.Net.NetworkInformation;

namespace Conformance.FramePorts.Pcap;

/// <summary>
/// libpcap by SharpPcap: on Linux and macOS, and Npcap on Windows. On Linux it was run; what the other platforms need was written only.
/// </summary>
public sealed class PcapDriver : IFrameDriver
{
    public const string DriverName = "pcap";

    /// <summary>Room for some ten thousand small frames where each takes the place of the longest: 16 MiB.</summary>
    public const int DefaultBuffer = 16 * 1024 * 1024;

    /// <summary>The buffer of each port, in octets.</summary>
    public int Buffer { get; init; } = DefaultBuffer;

    public string Name => DriverName;

    public void RaisePriority()
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxLinks.RaisePriority();
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.Highest;
        }
    }

    public IReadOnlyList<string> ListInterfaces() =>
        [
            .. NetworkInterface
                .GetAllNetworkInterfaces()
                .Where(known => known.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .Select(known => known.Name),
        ];

    public IFramePlace Enter() => new PcapPlace(Buffer, OperatingSystem.IsLinux() ? new LinuxLinks() : new ManagedLinks());
}
