using SharpPcap;
using SharpPcap.LibPcap;

namespace Conformance.FramePorts.Pcap;

/// <summary>The interfaces that the driver over libpcap has opened.</summary>
internal sealed class PcapPlace(int buffer, ILinks links) : IFramePlace
{
    /// <summary>A wait is cut into pieces. After each one, the links are polled if the platform does not report their changes.</summary>
    private static readonly TimeSpan _piece = TimeSpan.FromMilliseconds(50);

    /// <summary>A wait ends early after it where frames of a port end none.</summary>
    private static readonly TimeSpan _silentPiece = TimeSpan.FromMilliseconds(1);

    private readonly List<PcapPort> _ports = [];
    private volatile bool _isInterrupted;

    public IFramePort Open(string interfaceName, IReadOnlyCollection<int?> vlans)
    {
        var taken = links.Take(interfaceName);
        LibPcapLiveDevice? device = null;
        var isRaised = false;
        try
        {
            device = new LibPcapLiveDevice(Find(interfaceName));
            if (!taken.Read().IsUp)
            {
                // libpcap opens no interface that is down, but keeps one that goes down.
                taken.SetUp(true);
                isRaised = true;
            }

            var port = new PcapPort(device, taken, buffer, FilterOf(vlans));
            taken.SetUp(!isRaised);
            _ports.Add(port);
            return port;
        }
        catch (Exception e) when (e is PcapException or DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            GiveBack(device, taken, isRaised);
            throw new FramePortException(
                e is PcapException
                    ? $"{interfaceName}: {e.Message.TrimEnd()}"
                    : "libpcap is not on this machine: install the package libpcap0.8 (Debian), or Npcap (Windows)",
                e
            );
        }
        catch
        {
            GiveBack(device, taken, isRaised);
            throw;
        }
    }

    public void Wait(DateTimeOffset until)
    {
        _ports.RemoveAll(port => port.IsClosed);
        var isSilent = _ports.Exists(port => port.IsSilent);
        var piece = isSilent ? _silentPiece : _piece;
        while (!_isInterrupted && !links.HasChange)
        {
            var left = until - FrameClock.Now;
            if (PcapWait.Until(_ports, links.Descriptor, left < piece ? left : piece) || left <= piece || isSilent)
            {
                return;
            }
        }
    }

    public void Interrupt() => _isInterrupted = true;

    public bool TakeChange() => links.TakeChange();

    public void Dispose() => links.Dispose();

    /// <summary>
    /// libpcap has no way to say several VLANs: <c>vlan 1 or vlan 2</c> asks for a second tag in the frame. The port sorts them out.
    /// </summary>
    internal static string? FilterOf(IReadOnlyCollection<int?> vlans) =>
        vlans.Contains(null) ? null
        : vlans.Count == 1 ? $"vlan {vlans.First()}"
        : "vlan";

    private static void GiveBack(LibPcapLiveDevice? device, ILink taken, bool isRaised)
    {
        device?.Dispose();
        using (taken)
        {
            if (isRaised)
            {
                try
                {
                    taken.SetUp(false);
                }
                catch (FramePortException)
                {
                    // It is gone, or may not be changed any more: what went wrong before is what matters.
                }
            }
        }
    }

    /// <summary>Windows has other names for interfaces than libpcap, which has their identifiers in its names.</summary>
    private static PcapInterface Find(string name)
    {
        var id = OperatingSystem.IsWindows() ? ManagedLinks.Find(name).Id : null;
        return LibPcapLiveDeviceList
                .New()
                .Select(device => device.Interface)
                .OfType<PcapInterface>()
                .FirstOrDefault(known => known.Name == name || (id is not null && known.Name.Contains(id, StringComparison.Ordinal)))
            ?? throw new FramePortException($"{name}: libpcap knows no such interface") { IsGone = true };
    }
}
