using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Pmip.Wire;
using SharpPcap;
using SharpPcap.LibPcap;

namespace Conformance.FramePorts.Pcap;

/// <summary>
/// An interface that libpcap receives from and sends on. Frames are given at once (immediate mode), which is why each takes the place of
/// the longest in the buffer.
/// </summary>
internal sealed class PcapPort : IFramePort
{
    /// <summary>Ethernet header and two VLAN tags.</summary>
    private const int Headers = 14 + (2 * 4);

    private const int NothingWasRead = 0,
        FrameWasRead = 1;

    private readonly LibPcapLiveDevice _device;
    private readonly ILink _link;
    private readonly TimestampResolution _resolution;
    private readonly bool _hasDirection;
    private long _dropped;
    private uint _lastDropped;
    private string? _doubt;

    /// <param name="filter">A filter expression of libpcap, which is compiled to a program of the kernel; null for all frames.</param>
    /// <exception cref="PcapException">The interface cannot be opened.</exception>
    public PcapPort(LibPcapLiveDevice device, ILink link, int buffer, string? filter)
    {
        (_device, _link) = (device, link);
        var configuration = new DeviceConfiguration
        {
            Mode = OperatingSystem.IsWindows() ? DeviceModes.Promiscuous | DeviceModes.NoCaptureLocal : DeviceModes.Promiscuous,
            Immediate = true,
            Snaplen = link.Read().Mtu + Headers,
            BufferSize = buffer,
            TimestampResolution = TimestampResolution.Nanosecond,
        };

        // Where nanoseconds are not offered, the timestamps are in microseconds.
        configuration.ConfigurationFailed += (_, failed) =>
        {
            if (failed.Property != nameof(DeviceConfiguration.TimestampResolution))
            {
                throw new FramePortException($"{link.Name}: {failed.Property}: {failed.Message}");
            }
        };
        device.Open(configuration);
        device.NonBlockingMode = true;
        _resolution = device.TimestampResolution;
        _hasDirection = OperatingSystem.IsWindows() || PcapLibrary.SetDirection(device.Handle, PcapLibrary.Inbound) == 0;
        if (filter is not null)
        {
            device.Filter = filter;
        }

        Descriptor = OperatingSystem.IsWindows() ? -1 : PcapLibrary.SelectableDescriptor(device.Handle);
        Event = OperatingSystem.IsWindows() ? new FrameEvent(PcapLibrary.ReadEvent(device.Handle)) : null;
        ReadDropped();
    }

    public string InterfaceName => _link.Name;

    public MacAddress Address => _link.Address;

    public string SwitchedOff => _link.SwitchedOff;

    public IReadOnlyList<string> Promises =>
        [
            _doubt ?? "frames that it loses are counted",
            _link.Doubt ?? "a link that was lost is noticed, however short",
            .. _link.Limits,
            .. _hasDirection ? (string[])[] : ["frames that leave the interface come back, and are told apart by their octets"],
            _link.IsVirtual
                ? "an unfinished checksum is recognised by its value"
                : "checksums come over a wire, and are judged as they are",
            $"timestamps in {(_resolution == TimestampResolution.Nanosecond ? "nanoseconds" : "microseconds")}",
        ];

    public string? Doubt => _doubt ?? _link.Doubt;

    /// <summary>The descriptor to poll for frames; -1 on Windows, and where libpcap has none for a device.</summary>
    internal int Descriptor { get; }

    /// <summary>The event that frames set; null where there is none.</summary>
    internal WaitHandle? Event { get; }

    /// <summary>Whether frames of the port end no wait, so that it has to be looked at.</summary>
    internal bool IsSilent => Descriptor < 0 && Event is null;

    internal bool IsClosed { get; private set; }

    public void SetUp(bool up) => _link.SetUp(up);

    public LinkView ReadLink() => _link.Read();

    public void WaitUntilRunning(DateTimeOffset until) => _link.WaitUntilRunning(until);

    public void Send(ReadOnlySpan<byte> frame)
    {
        try
        {
            TrySend(frame);
        }
        catch (PcapException)
        {
            // The first call also fails if the interface was down in the past and is up again; the second only if it is down now.
            try
            {
                TrySend(frame);
            }
            catch (PcapException e)
            {
                throw new FramePortException($"{InterfaceName}: {e.Message}", e);
            }
        }
    }

    public bool TryReceive([NotNullWhen(true)] out PortFrame? frame)
    {
        frame = null;
        var (header, data) = ((nint)0, (nint)0);
        var read = _device.GetNextPacketPointers(ref header, ref data);
        if (read != FrameWasRead)
        {
            // An error is also what an interface gives that went down; its link tells.
            return read == NothingWasRead || IsDown() ? false : throw new FramePortException($"{InterfaceName}: {_device.LastError}");
        }

        var head = PcapHeader.FromPointer(header, _resolution);
        if (head.CaptureLength < head.PacketLength)
        {
            throw new FramePortException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{InterfaceName}: a frame has {head.PacketLength} octets, of which {head.CaptureLength} were kept"
                )
            );
        }

        byte[] bytes;
        unsafe
        {
            bytes = new ReadOnlySpan<byte>((void*)data, (int)head.CaptureLength).ToArray();
        }

        var at = FrameClock.OfTimeOfDay((long)(head.Timeval.Value * 1_000_000_000m));
        frame = new PortFrame(bytes, at, _link.IsVirtual && UnfinishedChecksum.Is(bytes));
        return true;
    }

    public long ReadDropped()
    {
        if (PcapLibrary.ReadDropped(_device.Handle) is not { } now)
        {
            _doubt ??= "libpcap cannot say how many frames it has lost";
            return _dropped;
        }

        _dropped += unchecked(now - _lastDropped);
        _lastDropped = now;
        return _dropped;
    }

    public void Dispose()
    {
        IsClosed = true;
        Event?.Dispose();
        _device.Dispose();
        _link.Dispose();
    }

    private void TrySend(ReadOnlySpan<byte> frame) => _device.SendPacket(frame);

    private bool IsDown()
    {
        try
        {
            return !_link.Read().IsUp;
        }
        catch (FramePortException gone) when (gone.IsGone)
        {
            return true;
        }
    }

    /// <summary>An event of Npcap, which stays its own.</summary>
    private sealed class FrameEvent : WaitHandle
    {
        public FrameEvent(nint handle) => SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: false);
    }
}
