using System.Globalization;
using System.Runtime.InteropServices;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>
/// A running lab. One thread waits for all events (frames, node output, client requests, keys), and passes them one by one to the
/// ladder, the view and the clients.
/// </summary>
internal sealed class LabHost : IDisposable
{
    private static readonly TimeSpan _asksEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _movesWithin = TimeSpan.FromSeconds(30);

    private readonly LabName _name;
    private readonly LabServer _server;
    private readonly LabDomain _domain;
    private readonly KernelTime _since;
    private readonly ILabView _view;
    private readonly LabFacts _state;
    private readonly FrameReader _frames;
    private readonly LadderDrawing _drawing;
    private readonly LadderAssembly _ladder;
    private readonly EchoProbe _echoes;
    private readonly FileStream? _capture;
    private readonly WakeUp _interrupted = new();
    private readonly List<Moving> _moving = [];
    private IReadOnlyDictionary<(string Node, string Subject), Fact> _facts;
    private KernelTime _asked;
    private int _captured;
    private bool _isChanged;
    private bool _isOver;

    private LabHost(LabName name, LabServer server, LabDomain domain, FileStream? capture, Func<LadderDrawing, KernelTime, ILabView> show)
    {
        (_name, _server, _domain, _capture) = (name, server, domain, capture);
        _since = KernelTime.Now;
        _state = new LabFacts(domain);
        _facts = _state.All();
        _frames = new FrameReader(domain.Nodes);
        _drawing = new LadderDrawing(domain.Nodes, _since);
        _view = show(_drawing, _since);
        _ladder = new LadderAssembly(domain.Nodes, Show, domain.Taps.IsWholeSince);
        _echoes = new EchoProbe(domain.Nodes, domain.Mobile, _view.Say);
    }

    private LabNodes Nodes => _domain.Nodes;

    /// <summary>The mobile node as in commands.</summary>
    private string Mobile => LabNodes.Typed(Nodes.Mobile);

    /// <summary>Starts a lab and runs it until it is ended.</summary>
    /// <param name="path">The path of the capture; null for no capture.</param>
    /// <exception cref="CannotRunException">The lab cannot be started; everything has been removed again.</exception>
    public static void Run(Terminal terminal, LabName name, string? path, LabOptions options, bool all, CancellationToken cancellation)
    {
        var nodes = LabNodes.Of(options.Topology);
        using var capture = path is null ? null : OpenCapture(path, nodes);
        using var server = Listen(name);
        if (NetworkNamespace.RemoveLeftovers(name.Prefix) is { Count: > 0 } leftovers)
        {
            terminal.Line($"Removed the remains of a killed lab: {string.Join(' ', leftovers)}");
        }

        using var domain = Start(name, nodes, options);
        using (var host = new LabHost(name, server, domain, capture, View))
        using (cancellation.Register(host._interrupted.Set))
        using (PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => host.HangUp(context)))
        {
            host.Run();
        }

        try
        {
            terminal.Line($"The lab has ended.{(path is null ? string.Empty : $" The capture is in {path}.")}");
        }
        catch (IOException)
        {
            // The terminal has been closed too.
        }

        ILabView View(LadderDrawing drawing, KernelTime since)
        {
            if (terminal.IsLive && !Console.IsInputRedirected)
            {
                return new LiveLabView(terminal, name, nodes, drawing, since, all);
            }

            terminal.Line($"The lab is up in process {Environment.ProcessId}: {string.Join(' ', nodes.All.Select(domain.NamespaceOf))}");
            terminal.Line(drawing.Header);
            return new PlainLabView(terminal, drawing, all);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _interrupted.Dispose();
    }

    private static LabDomain Start(LabName name, LabNodes nodes, LabOptions options)
    {
        try
        {
            return LabDomain.Start(name, nodes, options, Environment.ProcessId);
        }
        catch (Exception e) when (e is BedUnavailableException or LinuxException)
        {
            throw new CannotRunException($"the lab cannot be started: {e.Message}");
        }
    }

    private static LabServer Listen(LabName name)
    {
        try
        {
            Directory.CreateDirectory(name.Directory);
            return new LabServer(UnixListener.Open(name.Socket), name);
        }
        catch (LinuxException e) when (e.ErrorNumber == Errno.AddressInUse)
        {
            throw new CannotRunException(
                $"a lab is running already; '{Terminal.Product} lab state' shows it, '{Terminal.Product} lab down' ends it."
            );
        }
        catch (Exception e) when (e is LinuxException or IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the lab cannot take commands: {e.Message}");
        }
    }

    private static FileStream OpenCapture(string path, LabNodes nodes)
    {
        try
        {
            var opened = File.Create(path);
            PcapngWriter.Begin(opened, $"{Terminal.Product} lab", nodes.Links);
            return opened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the capture cannot be written: {e.Message}");
        }
    }

    private void Run()
    {
        while (!_isOver)
        {
            var now = KernelTime.Now;
            if (now - _asked >= _asksEvery)
            {
                Ask(now);
            }

            var seen = TakeFrames();
            TakeChanges();
            foreach (var (visitor, request) in _server.Take())
            {
                try
                {
                    Carry(request, visitor);
                }
                catch (CannotRunException wrong)
                {
                    visitor.End(ExitCode.CannotRun, wrong.Message);
                }
            }

            foreach (var wish in _view.TakeWishes())
            {
                Carry(wish);
            }

            _echoes.Advance(now);
            CheckMove(now);
            _ladder.Advance(seen);
            _view.Refresh(_domain, now);
            Wait();
        }
    }

    private void Wait()
    {
        IReadable[] sources =
        [
            _interrupted,
            _domain.Logged,
            _domain.Mobile.Events,
            _domain.Mobile.Echoes,
            .. _domain.Taps.Sources,
            .. _server.Sources,
            .. _view.Sources,
            .. _domain.Managements.Where(management => management.IsOpen).Select(management => management.Source),
        ];
        KernelTime?[] due =
        [
            _asked + _asksEvery,
            _ladder.Due,
            _echoes.Due,
            _view.Due,
            _domain.Flows.Due,
            .. _moving.Select(move => (KernelTime?)move.Until),
        ];
        _isOver |= Readiness.Wait(sources, due.Min()).Contains(_interrupted);
    }

    private void HangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        _interrupted.Set();
    }

    private void Ask(KernelTime now)
    {
        _asked = now;
        foreach (var management in _domain.Managements)
        {
            management.Ask();
        }

        if (_domain.Taps.TakeDropped() is > 0 and var lost)
        {
            _ladder.Note(
                now,
                Nodes.Anchor,
                string.Create(CultureInfo.InvariantCulture, $"{lost} frames were not captured because this program was too slow"),
                LineKind.Error
            );
        }
    }

    /// <returns>The time up to which all frames have been taken.</returns>
    private KernelTime TakeFrames()
    {
        var frames = _domain.Taps.Take(out var seen);
        foreach (var frame in frames)
        {
            if (_capture is not null)
            {
                var link = Nodes.Links.ToList().IndexOf(frame.Link);
                PcapngWriter.Add(
                    _capture,
                    new Frame(new PortId(frame.Link), Direction.Received, ++_captured, frame.At.ToUtc(), frame.Bytes),
                    link
                );
            }

            if (_frames.Read(frame) is not { } read)
            {
                continue;
            }

            _ladder.Add(read);
            _isChanged |= Nodes.Home is not null && read.Flow is { } flow && _domain.Flows.Add(flow, frame.At);
            if (read.Kind is LineKind.Signalling or LineKind.Router or LineKind.Error)
            {
                Ask(KernelTime.Now);
                _domain.Mobile.Look();
                _isChanged = true;
            }
        }

        _capture?.Flush();
        return seen;
    }

    /// <summary>Takes the logs and states of the nodes, and adds the changes to the ladder.</summary>
    private void TakeChanges()
    {
        _domain.Logged.Reset();
        while (_domain.TryTakeLog(out var log))
        {
            _ladder.Note(KernelTime.Now, log.Node, log.Line, LineKind.Quiet);
        }

        _isChanged |= _domain.Mobile.LookIfChanged();
        _isChanged |= _domain.Flows.Forget(KernelTime.Now);
        foreach (var management in _domain.Managements)
        {
            _isChanged |= management.Take() || !management.IsOpen;
        }

        if (!_isChanged)
        {
            return;
        }

        _isChanged = false;
        var now = _state.All();
        var at = KernelTime.Now;
        foreach (var (about, fact) in now.Where(fact => _facts.GetValueOrDefault(fact.Key) != fact.Value))
        {
            _ladder.Note(at, about.Node, fact.Text, about.Subject == "end" ? LineKind.Error : LineKind.Note);
        }

        foreach (var (about, fact) in _facts.Where(fact => !now.ContainsKey(fact.Key)))
        {
            _ladder.Note(at, about.Node, fact.End);
        }

        _facts = now;
    }

    private void Show(LadderLine line)
    {
        _view.Show(line);
        foreach (var follower in _server.Followers)
        {
            if (follower.Following is { } how && (how.All || line.Kind != LineKind.Quiet))
            {
                follower.Say(how.Colors ? LadderPaint.Line(_drawing, line, how.Width, colors: true) : _drawing.Draw(line) + line.Text);
            }
        }
    }

    private void Carry(LabWish wish)
    {
        var now = KernelTime.Now;
        switch (wish)
        {
            case LabWish.Move(var link):
                Move(
                    Nodes.Home is null ? LabRequest.Move
                        : link is null || _domain.AttachedLinks.Contains(link) ? LabRequest.Detach
                        : LabRequest.Attach,
                    link,
                    (text, _) => _view.Say(text)
                );
                break;
            case LabWish.Echo:
                _echoes.Send(now);
                break;
            case LabWish.ManyEchoes:
                _echoes.Toggle(now);
                break;
            case LabWish.End:
                _isOver = true;
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Carry(LabRequest request, LabVisitor visitor)
    {
        switch (request.Command)
        {
            case LabRequest.Attach or LabRequest.Move or LabRequest.Detach when request.Node is { } node:
                Nodes.RequireMobile(node);
                Move(request.Command, request.Link is { } typed ? Nodes.FindLink(typed) : null, (text, exit) => visitor.End(exit, text));
                break;
            case LabRequest.State:
                var up = (KernelTime.Now - _since).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
                visitor.Say(
                    $"{_name.Prefix}, up {up}, process {Environment.ProcessId}; tunnels: {_state.DataPath}; "
                        + $"namespaces: {string.Join(' ', Nodes.All.Select(_domain.NamespaceOf))}"
                );
                foreach (var line in _state.Lines(KernelTime.Now, request.Width, request.Colors))
                {
                    visitor.Say(line);
                }

                visitor.End(ExitCode.Success);
                break;
            case LabRequest.Ladder:
                visitor.Say(_drawing.Header);
                visitor.Following = request;
                break;
            case LabRequest.Namespace when request.Node is { } node:
                visitor.End(ExitCode.Success, _domain.NamespaceOf(Nodes.Find(node)));
                break;
            case LabRequest.Down:
                _isOver = true;
                break;
            default:
                visitor.End(ExitCode.CannotRun, $"this lab does not know the command {request.Command}");
                break;
        }
    }

    /// <param name="command">How the mobile node is attached, moved or detached.</param>
    /// <param name="link">Null to detach from all links.</param>
    /// <param name="done">Receives the result text and the exit code for the client.</param>
    private void Move(string command, string? link, Action<string, int> done)
    {
        var before = _domain.AttachedLinks;
        IReadOnlyList<string> after =
            link is null ? []
            : command == LabRequest.Detach ? [.. before.Where(known => known != link)]
            : command == LabRequest.Attach && Nodes.Home is not null ? [.. before.Where(known => known != link), link]
            : [link];
        if (link is not null && after.Count == before.Count && after.All(before.Contains))
        {
            Stay(link, after.Contains(link), done);
            return;
        }

        foreach (var left in _moving.Where(move => move.Link == link || !after.Contains(move.Link)).ToList())
        {
            _moving.Remove(left);
            left.Done($"{Mobile} was moved again before it was reachable on {left.Link}.", ExitCode.Failure);
        }

        var now = KernelTime.Now;
        _domain.Attach(after);
        Ask(KernelTime.Now);
        _isChanged = true;
        if (link is not null && after.Contains(link))
        {
            _moving.Add(new Moving(link, now, KernelTime.Now, now + _movesWithin, done));
            _view.Say($"Attaching {Mobile} to {link} …");
        }
        else
        {
            done($"{Mobile} is on {(after.Count == 0 ? "no link" : string.Join(", ", _domain.AttachedLinks))}.", ExitCode.Success);
        }
    }

    /// <summary>Answers a command that changes no attachment. One to attach still waits until the mobile node is reachable.</summary>
    private void Stay(string link, bool isAttached, Action<string, int> done)
    {
        var earlier = _moving.Find(move => move.Link == link);
        if (!isAttached)
        {
            done($"{Mobile} is not on {link}.", ExitCode.Success);
        }
        else if (earlier is null && _state.Reachable(link) is not null)
        {
            done($"{Mobile} is on {link} already.", ExitCode.Success);
        }
        else
        {
            var now = KernelTime.Now;
            _moving.Add(new Moving(link, earlier?.Since ?? now, earlier?.Attached ?? now, now + _movesWithin, done));
        }
    }

    private void CheckMove(KernelTime now)
    {
        foreach (var move in _moving.ToList())
        {
            if (_domain.IsKnownSince(move.Attached) && _state.Reachable(move.Link) is { } addresses)
            {
                _moving.Remove(move);
                var took = (now - move.Since).TotalMilliseconds;
                move.Done(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Mobile} is on {move.Link} of {Nodes.RouterOf(move.Link)}, reachable at {addresses} after {took:0} ms."
                    ),
                    ExitCode.Success
                );
            }
            else if (now >= move.Until)
            {
                _moving.Remove(move);
                move.Done(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Mobile} is on {move.Link}, but is not reachable after {_movesWithin.TotalSeconds:0} s; "
                            + $"see the state and the ladder."
                    ),
                    ExitCode.Failure
                );
            }
        }
    }

    /// <summary>An attachment of the mobile node whose requester waits until the mobile node is reachable.</summary>
    /// <param name="Attached">When the links were as wished: what a node reported before may be about earlier links.</param>
    private sealed record Moving(string Link, KernelTime Since, KernelTime Attached, KernelTime Until, Action<string, int> Done);
}
