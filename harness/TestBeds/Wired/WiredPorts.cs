using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Conformance.FramePorts;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Wired;

/// <summary>
/// The tester's ports on real interfaces, polled by the caller that waits for a frame. Frames come in the order of the kernel's
/// timestamps. An event that makes silence inconclusive is an exception, such as a lost frame or a cable pulled by somebody else.
/// </summary>
public sealed class WiredPorts : IDisposable
{
    /// <summary>
    /// A frame gets its timestamp before it is queued for its port. Frames from before a deadline are waited for this long after it.
    /// </summary>
    private static readonly TimeSpan _fence = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan _linksWithin = TimeSpan.FromSeconds(10);

    /// <summary>The upper bound of frames per drain, several times a port's receive buffer, to avoid an endless loop.</summary>
    private const int MostAtOnce = 100_000;

    /// <summary>The reason for the end of a run that the user interrupts.</summary>
    internal const string Interrupted = "the run was interrupted";

    private readonly List<WiredInterface> _interfaces = [];
    private readonly List<WiredPort> _ports = [];
    private readonly PriorityQueue<ReceivedFrame, (DateTimeOffset At, long Order)> _waiting = new();
    private readonly IFramePlace _place;
    private volatile string? _interrupted;
    private long _order;
    private string? _lost;

    private WiredPorts(IFramePlace place) => _place = place;

    public static DateTimeOffset Now => FrameClock.Now;

    /// <summary>Why received frames are no longer conclusive; null while they are.</summary>
    public string? Lost
    {
        get
        {
            LookAtLinks();
            return _lost;
        }
    }

    /// <summary>Opens the ports in the calling thread's namespace.</summary>
    /// <param name="driver">Null for the default driver of the platform.</param>
    /// <exception cref="FramePortException">There is no such interface, or this process is not allowed to open it.</exception>
    /// <exception cref="BedUnavailableException">Another run uses the interface.</exception>
    public static WiredPorts Open(IReadOnlyList<WiredPortSettings> settings, IFrameDriver? driver = null)
    {
        var opened = new WiredPorts((driver ?? FrameDrivers.Default).Enter());
        try
        {
            opened.Take(settings);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The state of the ports' interfaces.</summary>
    public IReadOnlyList<PortState> Describe() =>
        [
            .. _ports
                .Select(port => (Port: port, Link: port.Interface.Socket.ReadLink()))
                .Select(entry => new PortState(
                    entry.Port.Id,
                    entry.Port.IsPluggedIn,
                    entry.Link.IsRunning,
                    entry.Link.Mtu,
                    entry.Port.Interface.Socket
                )),
        ];

    /// <summary>Reports a port that is plugged in but has no link; null if there is none.</summary>
    public string? MissingLink() =>
        _ports.Find(port => port.IsPluggedIn && !IsRunning(port.Interface)) is { } without
            ? $"{without.Interface.Name}, which port {without.Id} is on, has no link: its cable is unplugged, or the other side is down"
            : null;

    /// <summary>Ends the current and every later waiting for a frame. Any thread may call it, also after the end.</summary>
    /// <param name="reason">What the exception says.</param>
    public void Interrupt(string reason = Interrupted)
    {
        _interrupted = reason;
        _place.Interrupt();
    }

    /// <summary>Discards every frame received so far, which does not belong to the scenario that begins.</summary>
    public void Forget()
    {
        Drain();
        _waiting.Clear();
        foreach (var on in _interfaces)
        {
            on.TakeDropped();
        }

        ThrowIfLost();
    }

    /// <returns>The time at which the frame was handed to the kernel, which is never later than its transmission.</returns>
    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame)
    {
        var on = Find(port);
        ThrowIfLost();
        var at = Now;
        if (!on.IsPluggedIn)
        {
            return at;
        }

        try
        {
            on.Send(frame);
        }
        catch (FramePortException e)
        {
            throw new BedLostException($"nothing can be sent on port {port} any more: {e.Message}");
        }

        return at;
    }

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame)
    {
        var fence = until + _fence;
        while (true)
        {
            var started = Now;
            Drain();
            ThrowIfLost();

            // Check this before returning a frame: if an earlier frame was lost, this one may look too early, too late or unexpected.
            ThrowIfDropped();
            if (_waiting.TryPeek(out frame, out _) && frame.At <= until)
            {
                _waiting.Dequeue();
                return true;
            }

            if (started > fence)
            {
                LookAtLinks();
                ThrowIfLost();
                ThrowIfInDoubt();
                frame = null;
                return false;
            }

            _place.Wait(fence);
        }
    }

    public IPending SetCarrier(PortId port, bool up)
    {
        var on = Find(port);
        EndCommand(on);
        ThrowIfLost();
        on.IsPluggedIn = up;
        if (on.Cable is { } cable)
        {
            on.Command = cable(up);
            return new Carrier(this, on, up);
        }

        try
        {
            on.Interface.Socket.SetUp(up);
        }
        catch (FramePortException e)
        {
            LookAtLinks();
            ThrowIfLost();
            throw new BedLostException($"the cable of port {port} cannot be plugged {(up ? "in" : "out")}: {e.Message}");
        }

        return new Carrier(this, on, up);
    }

    /// <summary>
    /// Waits for a restart of the device, whose links may go down meanwhile, and then for the links. Frames that come before its end are
    /// received as ever.
    /// </summary>
    public IPending WhileRestarting(IPending restart) => new Restarting(this, restart);

    /// <summary>The link-layer address of a port's interface, which none of the tester's nodes uses.</summary>
    public MacAddress InterfaceAddress(PortId port) => Find(port).Interface.Socket.Address;

    /// <summary>Ends the commands that are no longer waited for. The state of their cables is unknown afterwards.</summary>
    public void EndCommands() => _ports.ForEach(EndCommand);

    public void Dispose()
    {
        EndCommands();
        foreach (var opened in _interfaces)
        {
            Restore(opened);
            opened.Dispose();
        }

        _place.Dispose();
    }

    private void Take(IReadOnlyList<WiredPortSettings> settings)
    {
        foreach (var on in settings.GroupBy(port => port.Interface, StringComparer.Ordinal))
        {
            var opened = WiredInterface.Open(_place, on.Key, [.. on.Select(port => port.Vlan)]);
            _interfaces.Add(opened);
            _ports.AddRange(on.Select(port => new WiredPort(port, opened)));

            // If a command plugs the cable, the tester's interface has to be up to notice it.
            opened.Socket.SetUp(on.Any(port => port.InitiallyUp || port.Cable is not null));
        }

        foreach (var on in _ports.Where(port => port.IsPluggedIn).Select(port => port.Interface).Distinct())
        {
            on.Socket.WaitUntilRunning(Now + _linksWithin);
        }

        LookAtLinks();
        _lost = null;
    }

    private WiredPort Find(PortId port) =>
        _ports.Find(candidate => candidate.Id == port)
        ?? throw new ArgumentException(
            $"There is no port {port}; there are {string.Join(", ", _ports.Select(known => known.Id))}.",
            nameof(port)
        );

    private bool IsRunning(WiredInterface on)
    {
        try
        {
            return on.Socket.ReadLink().IsRunning;
        }
        catch (FramePortException e)
        {
            LookAtLinks();
            ThrowIfLost();
            throw new BedLostException($"the link state of {on.Name} cannot be read any more: {e.Message}");
        }
    }

    private void EndCommand(WiredPort on)
    {
        (on.Command as IDisposable)?.Dispose();
        Settle(on);
    }

    /// <summary>If the command of a cable has failed, the state of the cable is unknown and the bed is lost.</summary>
    private void Settle(WiredPort on)
    {
        if (on.Command?.Result is Outcome.Failed failed)
        {
            _lost ??= $"the cable of port {on.Id} cannot be plugged {(on.IsPluggedIn ? "in" : "out")}: {failed.Reason}";
        }

        on.Command = null;
    }

    private static void Restore(WiredInterface on)
    {
        try
        {
            on.Socket.SetUp(on.WasUp);
        }
        catch (FramePortException)
        {
            // The interface is gone.
        }
    }

    private void Drain()
    {
        TakeEvents();
        foreach (var on in _interfaces)
        {
            var taken = 0;
            while (TryTake(on, out var captured))
            {
                if (++taken > MostAtOnce)
                {
                    throw new BedLostException($"frames come on {on.Name} faster than they can be read");
                }

                Take(on, captured);
            }
        }
    }

    private static bool TryTake(WiredInterface on, [NotNullWhen(true)] out PortFrame? frame)
    {
        try
        {
            return on.Socket.TryReceive(out frame);
        }
        catch (FramePortException e)
        {
            throw new BedLostException($"nothing can be received on {on.Name} any more: {e.Message}");
        }
    }

    private void Take(WiredInterface on, PortFrame captured)
    {
        if (captured.IsUnfinished)
        {
            _lost ??=
                $"a frame on {on.Name} has an unfinished checksum: switch the sender's checksum offload off (ethtool -K DEVICE tx off)";
        }

        var at = captured.At;
        foreach (var port in _ports.Where(port => port.Interface == on))
        {
            if (port.Own(captured.Bytes) is not { } frame || port.IsReturned(frame))
            {
                continue;
            }

            if (port.IsFromHere(frame))
            {
                _lost ??=
                    $"another node on {on.Name}, which port {port.Id} is on, sends with a link-layer address of the tester: "
                    + "is there another tester on the link?";
            }

            _waiting.Enqueue(new ReceivedFrame(port.Id, at, frame), (at, _order++));
        }
    }

    /// <summary>Looks at the links if one may have changed.</summary>
    private void TakeEvents()
    {
        if (_place.TakeChange())
        {
            LookAtLinks();
        }
    }

    /// <summary>Notices cables that were pulled, even if they are plugged in again, and interfaces that are gone.</summary>
    private void LookAtLinks()
    {
        foreach (var on in _interfaces)
        {
            var mine = _ports.Where(port => port.Interface == on).ToList();
            if (Missing(on, mine) is { } what)
            {
                _lost ??= $"{on.Name}, which port {string.Join(", ", mine.Select(port => port.Id))} is on, {what}";
            }
        }
    }

    private static string? Missing(WiredInterface on, IReadOnlyList<WiredPort> mine)
    {
        try
        {
            var link = on.Socket.ReadLink();
            var wasUp = on.WasAlwaysUp(link);
            if (link.Mtu != on.Mtu)
            {
                return string.Create(CultureInfo.InvariantCulture, $"had an MTU of {on.Mtu} octets, which was changed to {link.Mtu}");
            }

            return wasUp || on.IsComing || !mine.Any(port => port.IsPluggedIn)
                ? null
                : "lost its link: its cable was out, or the other side was down";
        }
        catch (FramePortException e) when (e.IsGone)
        {
            return "is gone";
        }
    }

    private void ThrowIfLost()
    {
        if (_interrupted is { } reason)
        {
            throw new BedLostException(reason);
        }

        if (_lost is not null)
        {
            throw new BedLostException(_lost);
        }
    }

    /// <summary>Silence proves nothing where the driver may lose frames unnoticed. The scenario has no verdict then.</summary>
    private void ThrowIfInDoubt()
    {
        foreach (var on in _interfaces)
        {
            if (on.Socket.Doubt is { } doubt)
            {
                throw new BedLostException($"it proves nothing that no frame came on {on.Name}: {doubt}");
            }
        }
    }

    private void ThrowIfDropped()
    {
        foreach (var on in _interfaces)
        {
            if (on.TakeDropped() is > 0 and var count)
            {
                throw new BedLostException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{count} frames were lost on {on.Name} because they came faster than they were read"
                    )
                );
            }
        }
    }

    /// <summary>A restart of the device at the other end of the cables.</summary>
    private sealed class Restarting : IPending
    {
        private readonly WiredPorts _ports;
        private readonly IPending _restart;
        private readonly IReadOnlyList<WiredPort> _pluggedIn;

        public Restarting(WiredPorts ports, IPending restart)
        {
            (_ports, _restart, _pluggedIn) = (ports, restart, [.. ports._ports.Where(port => port.IsPluggedIn)]);
            Expect(true);
        }

        public bool IsComplete
        {
            get
            {
                if (!_restart.IsComplete)
                {
                    return false;
                }

                if (_restart.Result is not Outcome.Failed && !_pluggedIn.All(IsThere))
                {
                    return false;
                }

                _ports.LookAtLinks();
                Expect(false);
                return true;
            }
        }

        public bool IsLimited => _restart.IsLimited;

        public Outcome Result => _restart.Result;

        private void Expect(bool isComing)
        {
            foreach (var port in _pluggedIn)
            {
                port.Interface.IsComing = isComing;
            }
        }

        private bool IsThere(WiredPort port) => _ports.IsRunning(port.Interface) && (port.FarEndIsUp is null || port.FarEndIsUp());
    }

    /// <summary>A cable that is being plugged in or out.</summary>
    private sealed class Carrier : IPending
    {
        private readonly WiredPorts _ports;
        private readonly WiredPort _port;
        private readonly WiredInterface _on;
        private readonly bool _up;

        /// <summary>The command that plugs the cable; null if the tester's interface was taken up or down.</summary>
        private readonly IPending? _command;

        public Carrier(WiredPorts ports, WiredPort port, bool up)
        {
            (_ports, _port, _on, _up, _command) = (ports, port, port.Interface, up, port.Command);
            _on.IsComing = up;
        }

        public bool IsComplete
        {
            get
            {
                if (_command is { IsComplete: false })
                {
                    return false;
                }

                if (_port.Command == _command)
                {
                    _ports.Settle(_port);
                }

                if (!IsThere)
                {
                    return false;
                }

                if (_on.IsComing && _up)
                {
                    _ports.LookAtLinks();
                    _on.IsComing = false;
                }

                return true;
            }
        }

        public bool IsLimited => _command is { IsLimited: true };

        public Outcome Result => _command?.Result ?? Outcome.Ok;

        /// <summary>A command that unplugs the cable, at a switch, leaves the tester's interface as it is.</summary>
        private bool IsThere =>
            ((_command is not null && !_up) || _ports.IsRunning(_on) == _up) && (_port.FarEndIsUp is null || _port.FarEndIsUp() == _up);
    }
}

/// <summary>The state of a port's interface.</summary>
/// <param name="IsPluggedIn">False if the cable is unplugged because no node is on the link.</param>
/// <param name="HasLink">True if frames pass.</param>
/// <param name="Mtu">In octets.</param>
/// <param name="Interface">The open interface: what was switched off for it, and what its driver promises.</param>
public sealed record PortState(PortId Port, bool IsPluggedIn, bool HasLink, int Mtu, IFramePort Interface);
