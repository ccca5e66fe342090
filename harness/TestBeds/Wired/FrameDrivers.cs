using Conformance.FramePorts;
using Conformance.FramePorts.Pcap;

namespace Conformance.TestBeds.Wired;

/// <summary>The drivers of frame ports.</summary>
public static class FrameDrivers
{
    /// <summary>The names of all drivers.</summary>
    public static IReadOnlyList<string> Names { get; } = [PacketDriver.DriverName, PcapDriver.DriverName];

    /// <summary>Packet sockets on Linux, which say most about what they receive; libpcap elsewhere.</summary>
    public static string DefaultName => OperatingSystem.IsLinux() ? PacketDriver.DriverName : PcapDriver.DriverName;

    public static IFrameDriver Default => Find(DefaultName);

    /// <exception cref="BedUnavailableException">There is no such driver on this platform.</exception>
    public static IFrameDriver Find(string name) =>
        name switch
        {
            PacketDriver.DriverName when !OperatingSystem.IsLinux() => throw new BedUnavailableException(
                $"the driver {name} is one of Linux; here is {PcapDriver.DriverName}."
            ),
            PacketDriver.DriverName => new PacketDriver(),
            PcapDriver.DriverName => new PcapDriver(),
            _ => throw new BedUnavailableException($"there is no driver '{name}'; available drivers: {string.Join(", ", Names)}."),
        };
}
