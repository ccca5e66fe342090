using System.Buffers.Binary;
using Conformance.FramePorts;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Wired;

/// <summary>The settings of a tester's port, which is on an interface or on a VLAN of an interface.</summary>
/// <param name="Vlan">The VLAN identifier (1-4094) that its frames are tagged with (IEEE 802.1Q); null if they have no tag.</param>
public sealed record WiredPortSettings(PortId Port, string Interface, int? Vlan = null)
{
    /// <summary>Whether the cable is plugged in when the bed is opened; false for access links.</summary>
    public bool InitiallyUp { get; init; } = true;

    /// <summary>
    /// Starts a command that raises or lowers the link; null if the tester's own interface is taken up or down instead. The command is
    /// disposed of when it is no longer waited for.
    /// </summary>
    public Func<bool, IPending>? Cable { get; init; }

    /// <summary>
    /// Whether the link is up at the other end; null if the bed cannot see that. The other end of a virtual cable, unlike that of a real
    /// one, may take up to a second to notice that the cable was unplugged.
    /// </summary>
    public Func<bool>? FarEndIsUp { get; init; }
}

/// <summary>A port of the tester on an interface that the kernel does not use.</summary>
internal sealed class WiredPort
{
    /// <summary>The number of sent frames to remember; a frame that is returned comes back within milliseconds.</summary>
    private const int FramesRemembered = 256;

    private const int TagLength = 4;
    private const int AddressesLength = 2 * MacAddress.Length;
    private const ushort TagProtocol = 0x8100;
    private const int VlanMask = 0x0fff;

    private readonly WiredPortSettings _settings;
    private readonly HashSet<MacAddress> _senders = [];
    private readonly Queue<ReadOnlyMemory<byte>> _sent = new();

    public WiredPort(WiredPortSettings settings, WiredInterface on)
    {
        _settings = settings;
        Interface = on;
        IsPluggedIn = settings.InitiallyUp;
    }

    public PortId Id => _settings.Port;

    public WiredInterface Interface { get; }

    /// <summary>False while the tester has the cable unplugged.</summary>
    public bool IsPluggedIn { get; set; }

    public Func<bool, IPending>? Cable => _settings.Cable;

    public Func<bool>? FarEndIsUp => _settings.FarEndIsUp;

    /// <summary>The command that plugs the cable, from its start to its end; otherwise null.</summary>
    public IPending? Command { get; set; }

    public void Send(ReadOnlyMemory<byte> frame)
    {
        _senders.Add(SourceOf(frame));
        _sent.Enqueue(frame);
        if (_sent.Count > FramesRemembered)
        {
            _sent.Dequeue();
        }

        if (_settings.Vlan is not { } vlan)
        {
            Interface.Socket.Send(frame.Span);
            return;
        }

        var tagged = new byte[frame.Length + TagLength];
        frame.Span[..AddressesLength].CopyTo(tagged);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(AddressesLength), TagProtocol);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(AddressesLength + sizeof(ushort)), (ushort)vlan);
        frame.Span[AddressesLength..].CopyTo(tagged.AsSpan(AddressesLength + TagLength));
        Interface.Socket.Send(tagged);
    }

    /// <summary>
    /// Whether a received frame was sent by this port and returned by a loop, a switch, or a network interface that receives its own
    /// frames.
    /// </summary>
    public bool IsReturned(ReadOnlyMemory<byte> frame) => IsFromHere(frame) && _sent.Any(earlier => frame.Span.StartsWith(earlier.Span));

    /// <summary>Whether a received frame has the link-layer source address of one of the tester's nodes.</summary>
    public bool IsFromHere(ReadOnlyMemory<byte> frame) => _senders.Contains(SourceOf(frame));

    /// <summary>The frame without the port's tag; null if it belongs to another port of the interface.</summary>
    public ReadOnlyMemory<byte>? Own(ReadOnlyMemory<byte> frame)
    {
        var tag =
            frame.Length >= AddressesLength + TagLength
            && BinaryPrimitives.ReadUInt16BigEndian(frame.Span[AddressesLength..]) == TagProtocol
                ? BinaryPrimitives.ReadUInt16BigEndian(frame.Span[(AddressesLength + sizeof(ushort))..]) & VlanMask
                : (int?)null;
        if (tag != _settings.Vlan)
        {
            return null;
        }

        return tag is null ? frame : (byte[])[.. frame.Span[..AddressesLength], .. frame.Span[(AddressesLength + TagLength)..]];
    }

    private static MacAddress SourceOf(ReadOnlyMemory<byte> frame) => new(frame.Span[MacAddress.Length..AddressesLength]);
}

/// <summary>An interface with ports, reserved for this run.</summary>
internal sealed class WiredInterface : IDisposable
{
    private readonly Reservation _reservation;
    private long _dropped;
    private long _carrierLosses;

    private WiredInterface(LinkView before, Reservation reservation, IFramePort socket)
    {
        Mtu = before.Mtu;
        WasUp = before.IsUp;
        _reservation = reservation;
        Socket = socket;
    }

    public string Name => Socket.InterfaceName;

    /// <summary>The MTU when the interface was opened.</summary>
    public int Mtu { get; }

    /// <summary>Whether the interface was up before it was opened.</summary>
    public bool WasUp { get; }

    /// <summary>True from plugging in until the link is up.</summary>
    public bool IsComing { get; set; }

    public IFramePort Socket { get; }

    /// <summary>Opens an interface of a place.</summary>
    /// <exception cref="BedUnavailableException">Another run uses the interface.</exception>
    /// <exception cref="FramePortException">There is no such interface, or this process is not allowed to open it.</exception>
    public static WiredInterface Open(IFramePlace place, string name, IReadOnlyCollection<int?> vlans)
    {
        var reservation = Reservation.Of(name);
        IFramePort? socket = null;
        try
        {
            socket = place.Open(name, vlans);
            return new WiredInterface(socket.ReadLink(), reservation, socket);
        }
        catch
        {
            socket?.Dispose();
            reservation.Dispose();
            throw;
        }
    }

    /// <summary>The number of frames lost since the last call.</summary>
    public long TakeDropped()
    {
        var now = Socket.ReadDropped();
        (var since, _dropped) = (now - _dropped, now);
        return since;
    }

    /// <summary>True if the link is up and has not been down since the last call.</summary>
    public bool WasAlwaysUp(LinkView link)
    {
        (var since, _carrierLosses) = (link.CarrierLosses - _carrierLosses, link.CarrierLosses);
        return link.IsUp && link.HasCarrier && since == 0;
    }

    public void Dispose()
    {
        Socket.Dispose();
        _reservation.Dispose();
    }
}
