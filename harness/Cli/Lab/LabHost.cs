using System.Globalization;
using System.Runtime.InteropServices;
using Conformance.TestBeds;
using Conformance.TestBeds.Namespaces;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Pmip.Linux;

namespace Conformance.Cli.Lab;

/// <summary>
/// A running lab. One thread waits for all that can happen, frames, nodes, visitors, keys, and lets one thing after the other
/// come to the ladder, the view and whoever asked.
/// </summary>
internal sealed class LabHost : IDisposable
{
    private static readonly TimeSpan AsksEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MovesWithin = TimeSpan.FromSeconds(10);

    private readonly LabName name;
    private readonly LabServer server;
    private readonly LabDomain domain;
    private readonly KernelTime since;
    private readonly ILabView view;
    private readonly LadderDrawing drawing;
    private readonly LadderAssembly ladder;
    private readonly EchoProbe echoes;
    private readonly FileStream? capture;
    private readonly WakeUp interrupted = new();
    private IReadOnlyDictionary<(string Node, string Subject), Fact> facts;
    private Moving? moving;
    private KernelTime asked;
    private int captured;
    private bool isChanged;
    private bool isOver;

    private LabHost(LabName name, LabServer server, LabDomain domain, FileStream? capture, Func<LadderDrawing, KernelTime, ILabView> show)
    {
        (this.name, this.server, this.domain, this.capture) = (name, server, domain, capture);
        since = KernelTime.Now;
        facts = LabFacts.Of(domain);
        drawing = new LadderDrawing(since);
        view = show(drawing, since);
        ladder = new LadderAssembly(Show, domain.Taps.IsWholeSince);
        echoes = new EchoProbe(domain.Mobile, view.Say);
    }

    /// <summary>Brings a lab up, and keeps it until somebody ends it.</summary>
    /// <param name="path">Of the capture; null for none.</param>
    /// <exception cref="CannotRunException">It does not come up; nothing of it is left.</exception>
    public static void Run(Terminal terminal, LabName name, string? path, bool all, CancellationToken cancellation)
    {
        using var capture = path is null ? null : OpenCapture(path);
        using var server = Listen(name);
        if (NetworkNamespace.RemoveLeftovers(name.Prefix) is { Count: > 0 } leftovers)
        {
            terminal.Line($"Removed what a killed lab has left: {string.Join(' ', leftovers)}");
        }

        using var domain = Start(name);
        using (var host = new LabHost(name, server, domain, capture, View))
        using (cancellation.Register(host.interrupted.Set))
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
            // So has the terminal.
        }

        ILabView View(LadderDrawing drawing, KernelTime since)
        {
            if (terminal.IsLive && !Console.IsInputRedirected)
            {
                return new LiveLabView(terminal, name, drawing, since, all);
            }

            terminal.Line($"The lab is up in process {Environment.ProcessId}: {string.Join(' ', LabNodes.All.Select(domain.NamespaceOf))}");
            terminal.Line(LadderDrawing.Header);
            return new PlainLabView(terminal, drawing, all);
        }
    }

    public void Dispose()
    {
        view.Dispose();
        interrupted.Dispose();
    }

    private static LabDomain Start(LabName name)
    {
        try
        {
            return LabDomain.Start(name, Environment.ProcessId);
        }
        catch (Exception e) when (e is BedUnavailableException or LinuxException)
        {
            throw new CannotRunException($"the lab does not come up: {e.Message}");
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
            throw new CannotRunException($"a lab is running already; '{CommandLine.Product} lab state' shows it, '{CommandLine.Product} lab down' ends it.");
        }
        catch (Exception e) when (e is LinuxException or IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the lab cannot take commands: {e.Message}");
        }
    }

    private static FileStream OpenCapture(string path)
    {
        try
        {
            var opened = File.Create(path);
            PcapngWriter.Begin(opened, $"{CommandLine.Product} lab", RealTopology.Links);
            return opened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"the capture cannot be written: {e.Message}");
        }
    }

    private void Run()
    {
        while (!isOver)
        {
            var now = KernelTime.Now;
            if (now - asked >= AsksEvery)
            {
                Ask(now);
            }

            var seen = TakeFrames();
            TakeChanges();
            foreach (var (visitor, request) in server.Take())
            {
                Carry(request, visitor);
            }

            foreach (var wish in view.TakeWishes())
            {
                Carry(wish);
            }

            echoes.Advance(now);
            CheckMove(now);
            ladder.Advance(seen);
            view.Refresh(domain, now);
            Wait();
        }
    }

    private void Wait()
    {
        IReadable[] sources =
        [
            interrupted, domain.Logged, domain.Mobile.Events, domain.Mobile.Echoes, .. domain.Taps.Sources, .. server.Sources, .. view.Sources,
            .. domain.Managements.Where(management => management.IsOpen).Select(management => management.Source),
        ];
        var due = new[] { asked + AsksEvery, ladder.Due, echoes.Due, view.Due, moving?.Until }.Min();
        isOver |= Readiness.Wait(sources, due).Contains(interrupted);
    }

    private void HangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        interrupted.Set();
    }

    private void Ask(KernelTime now)
    {
        asked = now;
        foreach (var management in domain.Managements)
        {
            management.Ask();
        }

        if (domain.Taps.TakeDropped() is > 0 and var lost)
        {
            ladder.Note(now, LabNodes.Anchor, string.Create(CultureInfo.InvariantCulture, $"{lost} frames went by unseen: more than this program could take"), LineKind.Error);
        }
    }

    /// <returns>When the last of them passed, or later.</returns>
    private KernelTime TakeFrames()
    {
        var frames = domain.Taps.Take(out var seen);
        foreach (var frame in frames)
        {
            if (capture is not null)
            {
                var link = RealTopology.Links.ToList().IndexOf(frame.Link);
                PcapngWriter.Add(capture, new Frame(new PortId(frame.Link), Direction.Received, ++captured, frame.At.ToUtc(), frame.Bytes), link);
            }

            if (FrameReader.Read(frame) is not { } read)
            {
                continue;
            }

            ladder.Add(read);
            if (read.Kind is LineKind.Signalling or LineKind.Router or LineKind.Error)
            {
                Ask(KernelTime.Now);
                domain.Mobile.Look();
                isChanged = true;
            }
        }

        capture?.Flush();
        return seen;
    }

    /// <summary>Takes what nodes have told of themselves, and tells what has changed by it.</summary>
    private void TakeChanges()
    {
        domain.Logged.Reset();
        while (domain.TryTakeLog(out var log))
        {
            ladder.Note(KernelTime.Now, log.Node, log.Line, LineKind.Quiet);
        }

        isChanged |= domain.Mobile.LookIfChanged();
        foreach (var management in domain.Managements)
        {
            isChanged |= management.Take() || !management.IsOpen;
        }

        if (!isChanged)
        {
            return;
        }

        isChanged = false;
        var now = LabFacts.Of(domain);
        var at = KernelTime.Now;
        foreach (var (about, fact) in now.Where(fact => facts.GetValueOrDefault(fact.Key) != fact.Value))
        {
            ladder.Note(at, about.Node, fact.Text, about.Subject == "end" ? LineKind.Error : LineKind.Note);
        }

        foreach (var (about, fact) in facts.Where(fact => !now.ContainsKey(fact.Key)))
        {
            ladder.Note(at, about.Node, fact.End);
        }

        facts = now;
    }

    private void Show(LadderLine line)
    {
        view.Show(line);
        foreach (var follower in server.Followers)
        {
            if (follower.Following is { } how && (how.All || line.Kind != LineKind.Quiet))
            {
                follower.Say(how.Colors ? LadderPaint.Line(drawing, line, how.Width, colors: true) : drawing.Draw(line) + line.Text);
            }
        }
    }

    private void Carry(LabWish wish)
    {
        var now = KernelTime.Now;
        switch (wish)
        {
            case LabWish.Move(var link):
                Move(link, (text, _) => view.Say(text));
                break;
            case LabWish.Echo:
                echoes.Send(now);
                break;
            case LabWish.ManyEchoes:
                echoes.Toggle(now);
                break;
            case LabWish.End:
                isOver = true;
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Carry(LabRequest request, LabVisitor visitor)
    {
        switch (request.Command)
        {
            case LabRequest.Move:
                Move(request.Link, (text, exit) => visitor.End(exit, text));
                break;
            case LabRequest.State:
                var up = (KernelTime.Now - since).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
                visitor.Say($"{name.Prefix}, up {up}, process {Environment.ProcessId}; tunnels: {LabFacts.DataPath(domain)}; namespaces: {string.Join(' ', LabNodes.All.Select(domain.NamespaceOf))}");
                foreach (var line in LabFacts.Lines(domain, KernelTime.Now, request.Width, request.Colors))
                {
                    visitor.Say(line);
                }

                visitor.End(ExitCode.Success);
                break;
            case LabRequest.Ladder:
                visitor.Say(LadderDrawing.Header);
                visitor.Following = request;
                break;
            case LabRequest.Namespace when request.Node is { } node && LabNodes.All.Contains(node):
                visitor.End(ExitCode.Success, domain.NamespaceOf(node));
                break;
            case LabRequest.Down:
                isOver = true;
                break;
            default:
                visitor.End(ExitCode.CannotRun, $"this lab knows no command {request.Command}");
                break;
        }
    }

    /// <param name="done">Takes what came of it, and the exit code for whoever asked.</param>
    private void Move(string? link, Action<string, int> done)
    {
        if (link is not null && !LabNodes.AccessLinks.Contains(link))
        {
            done($"there is no access link {link}", ExitCode.CannotRun);
            return;
        }

        if (link == domain.Link)
        {
            done(link is null ? "mn1 is on no link." : $"mn1 is on {link} already.", ExitCode.Success);
            return;
        }

        moving?.Done($"mn1 was moved on before it could be reached on {moving.Link}.", ExitCode.Failure);
        var now = KernelTime.Now;
        domain.Move(link);
        isChanged = true;
        moving = link is null ? null : new Moving(link, now, now + MovesWithin, done);
        if (link is null)
        {
            done("mn1 is on no link.", ExitCode.Success);
        }
        else
        {
            view.Say($"mn1 is put on {link} …");
        }
    }

    private void CheckMove(KernelTime now)
    {
        if (moving is not { } move)
        {
            return;
        }

        if (LabFacts.Reachable(domain, move.Link) is { } addresses)
        {
            moving = null;
            var took = (now - move.Since).TotalMilliseconds;
            move.Done(string.Create(CultureInfo.InvariantCulture, $"mn1 is on {move.Link} of {LabNodes.GatewayOf(move.Link)}, reached by {addresses} after {took:0} ms."), ExitCode.Success);
        }
        else if (now >= move.Until)
        {
            moving = null;
            move.Done(string.Create(CultureInfo.InvariantCulture, $"mn1 is on {move.Link}, but not registered with an address after {MovesWithin.TotalSeconds:0} s; see the state and the ladder."), ExitCode.Failure);
        }
    }

    /// <summary>The mobile node is put on a link, and somebody waits until it can be reached there.</summary>
    private sealed record Moving(string Link, KernelTime Since, KernelTime Until, Action<string, int> Done);
}
