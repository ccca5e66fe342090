using System.Buffers.Binary;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Conformance.TestBeds.Wired;

/// <summary>Where a port of the tester is: an interface, or a VLAN of one.</summary>
/// <param name="Vlan">The VLAN identifier (1-4094) that its frames are tagged with (IEEE 802.1Q); null if they are not.</param>
public sealed record WiredPortSettings(PortId Port, string Interface, int? Vlan = null)
{
    /// <summary>Whether a cable is plugged in when the bed is opened; that of an access link is not.</summary>
    public bool InitiallyUp { get; init; } = true;

    /// <summary>
    /// Raises or lowers the link where taking the own interface down is not the way to do it; null where it is. What it starts is
    /// disposed of when nobody waits for it any more.
    /// </summary>
    public Func<bool, IPending>? Cable { get; init; }

    /// <summary>
    /// Whether the link is up at the other end, where the bed can see that: a virtual cable, unlike a real one, may take up to a
    /// second to tell its other end that it is out.
    /// </summary>
    public Func<bool>? FarEndIsUp { get; init; }
}

/// <summary>A port of the tester on an interface that the kernel leaves alone.</summary>
internal sealed class WiredPort
{
    /// <summary>A frame that comes back does so within milliseconds.</summary>
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

    /// <summary>False while the tester has its cable out.</summary>
    public bool IsPluggedIn { get; set; }

    public Func<bool, IPending>? Cable => _settings.Cable;

    public Func<bool>? FarEndIsUp => _settings.FarEndIsUp;

    /// <summary>What plugs the cable, from its start until it has ended.</summary>
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

    /// <summary>Whether a frame that came is one that left here: a loop returned it, a switch, or a network interface that hears itself.</summary>
    public bool IsReturned(ReadOnlyMemory<byte> frame) => IsFromHere(frame) && _sent.Any(earlier => frame.Span.StartsWith(earlier.Span));

    /// <summary>Whether a frame that came has the link-layer source of one of the tester's own nodes.</summary>
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

/// <summary>An interface that ports are on: its packet socket, and the kernel kept away from it.</summary>
internal sealed class WiredInterface : IDisposable
{
    private readonly QuietInterface _quiet;
    private long _dropped;
    private int _carrierLosses;

    private readonly Reservation _reservation;

    private WiredInterface(Link before, Reservation reservation, QuietInterface quiet, PacketPort socket)
    {
        Name = before.Name;
        Mtu = before.Mtu;
        WasUp = before.IsUp;
        _reservation = reservation;
        _quiet = quiet;
        Socket = socket;
    }

    public string Name { get; }

    /// <summary>As it was when it was opened.</summary>
    public int Mtu { get; }

    /// <summary>What the device did in the kernel's place before.</summary>
    public Offloads SwitchedOff => _quiet.SwitchedOff;

    /// <summary>Whether it was up before it was taken from the kernel.</summary>
    public bool WasUp { get; }

    /// <summary>True from plugging in until the link is up.</summary>
    public bool IsComing { get; set; }

    public PacketPort Socket { get; }

    /// <summary>Opens an interface of the calling thread's namespace.</summary>
    /// <exception cref="BedUnavailableException">Another run has it.</exception>
    public static WiredInterface Open(string name, RouteNetlink netlink)
    {
        var before = netlink.Links.Get(name);
        var reservation = Reservation.Of(name);
        QuietInterface? quiet = null;
        try
        {
            quiet = QuietInterface.Take(name);
            return new WiredInterface(before, reservation, quiet, PacketPort.Open(name));
        }
        catch
        {
            quiet?.Dispose();
            reservation.Dispose();
            throw;
        }
    }

    /// <summary>How many frames were lost since the last question.</summary>
    public long TakeDropped()
    {
        var now = Socket.ReadStatistics().Dropped;
        (var since, _dropped) = (now - _dropped, now);
        return since;
    }

    /// <summary>True if the link is there and was never gone since this was last called.</summary>
    public bool WasAlwaysUp(Link link)
    {
        (var since, _carrierLosses) = (link.CarrierLosses - _carrierLosses, link.CarrierLosses);
        return link.IsUp && link.HasCarrier && since == 0;
    }

    public void Dispose()
    {
        Socket.Dispose();
        _quiet.Dispose();
        _reservation.Dispose();
    }
}
