using System.Globalization;
using System.Runtime.InteropServices;
using Pmip.Wire;

namespace Conformance.FramePorts.Pcap;

/// <summary>
/// An interface of Linux reserved for the tester: on it, the kernel has no IPv6, resolves and answers no addresses, and offloads are
/// off, so that captured frames are as on the wire.
/// </summary>
internal sealed unsafe class LinuxLink : ILink
{
    /// <summary>linux/if.h: IFF_UP, IFF_NOARP.</summary>
    private const ushort Up = 0x01,
        NoArp = 0x80;

    /// <summary>linux/sockios.h.</summary>
    private const nuint GetFlags = 0x8913,
        SetFlags = 0x8914,
        GetHardwareAddress = 0x8927,
        GetIndex = 0x8933,
        Ethtool = 0x8946;

    /// <summary>linux/ethtool.h: ETHTOOL_GFLAGS, ETHTOOL_SFLAGS, and ETH_FLAG_LRO among those flags.</summary>
    private const uint GetDeviceFlags = 0x25,
        SetDeviceFlags = 0x26,
        LargeReceive = 1 << 15;

    /// <summary>
    /// linux/ethtool.h: ETHTOOL_G* and ETHTOOL_S*. Checksums come first: segmentation cannot be switched on without them, and is
    /// switched off with them.
    /// </summary>
    private static readonly (string Name, uint Get, uint Set)[] _offloads =
    [
        ("TransmitChecksum", 0x16, 0x17),
        ("ReceiveChecksum", 0x14, 0x15),
        ("TcpSegmentation", 0x1e, 0x1f),
        ("GenericSegmentation", 0x23, 0x24),
        ("GenericReceive", 0x2b, 0x2c),
    ];

    private readonly LinuxLinks _links;
    private readonly int _index;
    private readonly bool _hadArp;
    private readonly List<(string Name, uint Get, uint Set)> _switchedOff = [];
    private readonly bool _hadLargeReceive;

    /// <summary>The switch of IPv6 of the namespace that the interface was taken in, which stays open; null without IPv6.</summary>
    private readonly FileStream? _ipv6Switch;
    private readonly byte _ipv6Before;

    public LinuxLink(LinuxLinks links, string name)
    {
        (_links, Name) = (links, name);
        Span<byte> index = stackalloc byte[sizeof(int)];
        links.Control(GetIndex, name, index);
        _index = MemoryMarshal.Read<int>(index);
        Span<byte> address = stackalloc byte[sizeof(ushort) + MacAddress.Length];
        links.Control(GetHardwareAddress, name, address);
        Address = new MacAddress(address[sizeof(ushort)..]);

        IsVirtual = !IsPhysical("/sys/class/net", name, _index, Address);
        _hadArp = (Flags & NoArp) == 0;
        try
        {
            Change(NoArp, on: true);
            (_ipv6Switch, _ipv6Before) = DisableIpv6(name);
            foreach (var offload in _offloads.Where(known => Device(known.Get, 0) is > 0))
            {
                _switchedOff.Add(offload);
            }

            _switchedOff.ForEach(offload => Device(offload.Set, 0));
            if (Device(GetDeviceFlags, 0) is { } flags && (flags & LargeReceive) != 0)
            {
                _hadLargeReceive = true;
                Device(SetDeviceFlags, flags & ~LargeReceive);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public MacAddress Address { get; }

    public bool IsVirtual { get; }

    public string SwitchedOff =>
        string.Join(", ", _switchedOff.Select(offload => offload.Name).Concat(_hadLargeReceive ? ["LargeReceive"] : []));

    public string? Doubt => null;

    public IReadOnlyList<string> Limits => [];

    private ushort Flags
    {
        get
        {
            Span<byte> data = stackalloc byte[sizeof(ushort)];
            _links.Control(GetFlags, Name, data);
            return MemoryMarshal.Read<ushort>(data);
        }
    }

    public void SetUp(bool up) => Change(Up, up);

    public LinkView Read() => _links.Read(_index, Name);

    public void WaitUntilRunning(DateTimeOffset until)
    {
        while (!Read().IsRunning && until - FrameClock.Now is var left && left > TimeSpan.Zero)
        {
            _links.WaitForMessage(left);
        }
    }

    /// <summary>Restores each setting on its own: one that cannot be restored does not keep the others from it.</summary>
    public void Dispose()
    {
        Restore(() => Change(NoArp, !_hadArp));
        _switchedOff.ForEach(offload => Restore(() => Device(offload.Set, 1)));
        Restore(() =>
        {
            if (_hadLargeReceive && Device(GetDeviceFlags, 0) is { } flags)
            {
                Device(SetDeviceFlags, flags | LargeReceive);
            }
        });
        using var ipv6Switch = _ipv6Switch;
        try
        {
            ipv6Switch?.Seek(0, SeekOrigin.Begin);
            ipv6Switch?.WriteByte(_ipv6Before);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The interface is gone, and its switches with it.
        }
    }

    /// <summary>
    /// Whether an interface has a device of its own that frames come to over a wire. A network namespace may see the interfaces of another
    /// in sysfs, so that index and address must agree.
    /// </summary>
    /// <param name="classDirectory">The directory of sysfs with the interfaces.</param>
    internal static bool IsPhysical(string classDirectory, string name, int index, MacAddress address)
    {
        var directory = Path.Combine(classDirectory, name);
        try
        {
            return File.ReadAllText(Path.Combine(directory, "ifindex")).Trim() == index.ToString(CultureInfo.InvariantCulture)
                && File.ReadAllText(Path.Combine(directory, "address")).Trim() == $"{address}"
                && Path.Combine(directory, "device") is var device
                && Directory.Exists(device)
                && Directory.ResolveLinkTarget(Path.Combine(device, "subsystem"), returnFinalTarget: true)?.Name
                    is not ("virtio" or "xen" or "vmbus");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Restore(Action change)
    {
        try
        {
            change();
        }
        catch (FramePortException)
        {
            // The interface was deleted, moved to another namespace, or taken from this process in the meantime.
        }
    }

    private static (FileStream? Switch, byte Before) DisableIpv6(string name)
    {
        try
        {
            var path = $"/proc/sys/net/ipv6/conf/{name}/disable_ipv6";
            var before = File.ReadAllBytes(path)[0];
            var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            try
            {
                file.WriteByte((byte)'1');
                return (file, before);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, default);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FramePortException($"{name}: IPv6 cannot be switched off: {e.Message}", e);
        }
    }

    private void Change(ushort flag, bool on)
    {
        var flags = Flags;
        var wanted = (ushort)(on ? flags | flag : flags & ~flag);
        if (wanted != flags)
        {
            Span<byte> data = stackalloc byte[sizeof(ushort)];
            MemoryMarshal.Write(data, wanted);
            _links.Control(SetFlags, Name, data);
        }
    }

    /// <summary>A request to the device: struct ethtool_value. Null if the device does not support it.</summary>
    private uint? Device(uint command, uint value)
    {
        var argument = stackalloc uint[] { command, value };
        Span<byte> data = stackalloc byte[sizeof(nint)];
        MemoryMarshal.Write(data, (nint)argument);
        return _links.TryControl(Ethtool, Name, data, out var error) ? argument[1]
            : error is LinuxError.NotSupported or LinuxError.InvalidArgument ? null
            : throw new FramePortException($"{Name}: {Marshal.GetPInvokeErrorMessage((int)error)}")
            {
                IsGone = error == LinuxError.NoDevice,
            };
    }
}
