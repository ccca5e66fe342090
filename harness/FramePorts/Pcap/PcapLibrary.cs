using System.Reflection;
using System.Runtime.InteropServices;
using SharpPcap.LibPcap;

namespace Conformance.FramePorts.Pcap;

/// <summary>The calls of libpcap that SharpPcap does not offer, or not correctly.</summary>
internal static unsafe partial class PcapLibrary
{
    private const string Library = "wpcap";

    /// <summary>pcap/pcap.h: PCAP_D_IN.</summary>
    internal const int Inbound = 1;

    /// <summary>The statistics of Npcap have six counters; those of libpcap are the first three of them.</summary>
    private const int Counters = 6;

    /// <summary>The names that SharpPcap loads.</summary>
    private static readonly string[] _names = OperatingSystem.IsMacOS()
        ? ["libpcap.dylib"]
        : ["libpcap.so", "libpcap.so.0", "libpcap.so.0.8", "libpcap.so.1"];

    static PcapLibrary() => NativeLibrary.SetDllImportResolver(typeof(PcapLibrary).Assembly, Resolve);

    /// <summary>
    /// The number of frames that were lost because the buffer was full; null if it cannot be read. SharpPcap reads other fields on
    /// 64-bit Linux.
    /// </summary>
    internal static uint? ReadDropped(PcapHandle handle)
    {
        var counters = stackalloc uint[Counters];
        return ReadStatistics(handle, counters) == 0 ? counters[1] : null;
    }

    /// <summary>pcap_setdirection(3PCAP). Npcap has no such call.</summary>
    [LibraryImport(Library, EntryPoint = "pcap_setdirection")]
    internal static partial int SetDirection(PcapHandle handle, int direction);

    /// <summary>pcap_get_selectable_fd(3PCAP); -1 where there is none.</summary>
    [LibraryImport(Library, EntryPoint = "pcap_get_selectable_fd")]
    internal static partial int SelectableDescriptor(PcapHandle handle);

    /// <summary>pcap_getevent: the event of Npcap that is set when frames are there.</summary>
    [LibraryImport(Library, EntryPoint = "pcap_getevent")]
    internal static partial nint ReadEvent(PcapHandle handle);

    [LibraryImport(Library, EntryPoint = "pcap_stats")]
    private static partial int ReadStatistics(PcapHandle handle, uint* counters);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library || OperatingSystem.IsWindows())
        {
            // SharpPcap has told Windows where Npcap is.
            return 0;
        }

        foreach (var known in _names)
        {
            if (NativeLibrary.TryLoad(known, out var loaded))
            {
                return loaded;
            }
        }

        return 0;
    }
}
