using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Conformance.TestBeds.Lanes;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Linux;

namespace Conformance.TestBeds.Guest;

/// <summary>
/// The nodes of a lane: those with a role have a network each in one guest, whose network interfaces have their cables on taps in the
/// namespace of the tester. Hosts are namespaces of this kernel.
/// </summary>
internal sealed partial class GuestNodes : ILaneNodes, IGuestEnds
{
    private static readonly TimeSpan _bootsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _startsWithin = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, NetworkNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DomainNode> _roles;
    private readonly IReadOnlyList<GuestNic> _nics;
    private readonly ConcurrentDictionary<GuestNic, NicState> _states = [];
    private readonly Lock _changesState = new();
    private readonly ConcurrentDictionary<int, GuestAnswer> _answers = [];
    private readonly ConcurrentDictionary<string, string> _ends = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ready = new(StringComparer.Ordinal);
    private readonly WakeUp _changed = new();
    private readonly ManualResetEventSlim _hasEnded = new();
    private readonly Action<string> _lost;
    private readonly string _name;
    private readonly string _directory;
    private readonly StreamWriter? _log;
    private readonly GuestMachine _machine;
    private volatile string? _end;
    private volatile bool _isBuilt;
    private int _asked;

    /// <param name="directory">For the files of the guest, deleted with it.</param>
    /// <param name="log">Where to write what the agent says; null for nowhere.</param>
    /// <param name="lost">Called with the reason when the guest ends or a cable of it is pulled, from any thread.</param>
    /// <exception cref="BedUnavailableException">The emulator does not start.</exception>
    public GuestNodes(GuestImage image, GuestAccelerator accelerator, LaneSetup setup, string directory, string? log, Action<string> lost)
    {
        (_lost, _directory) = (lost, directory);
        _name = string.Create(CultureInfo.InvariantCulture, $"the guest {setup.Number}");
        _roles = setup.Nodes.Where(entry => entry.Process is not null).ToDictionary(entry => entry.Node.Name, entry => entry.Node);
        _nics =
        [
            .. LaneCable
                .Of(setup.Configuration.Domain)
                .Where(cable => Has(cable.Node))
                .Select(
                    (cable, number) =>
                        new GuestNic(
                            number,
                            NamespaceDomain.NameOf(cable.Node),
                            cable.Interface.Name,
                            cable.Port,
                            cable.Interface.LinkLayer,
                            cable.Mtu,
                            cable.IsAccessLink
                        )
                ),
        ];
        if (_nics.Count > GuestNic.Most)
        {
            throw new BedUnavailableException($"a guest has at most {GuestNic.Most} network interfaces");
        }

        var tester = NetworkNamespace.CreateNamed(GuestBeds.Prefix, NamespaceName(setup, NamespaceDomain.TesterName));
        _namespaces.Add(NamespaceDomain.TesterName, tester);
        try
        {
            foreach (var (node, process) in setup.Nodes.Where(entry => entry.Process is null))
            {
                var name = NamespaceDomain.NameOf(node);
                _namespaces.Add(name, NetworkNamespace.CreateNamed(GuestBeds.Prefix, NamespaceName(setup, name)));
            }

            _log = log is null ? null : new StreamWriter(log) { AutoFlush = true };
            var initial = Path.Combine(directory, "initial");
            GuestFiles.Write(initial, image, setup, _nics);
            _machine = new GuestMachine(image, accelerator, tester, directory, initial, _nics, Hear, End);
        }
        catch
        {
            Remove();
            throw;
        }
    }

    public IutHealth Health => _ends.IsEmpty ? IutHealth.Running : IutHealth.Crashed;

    public string? Crash => _ends.Values.FirstOrDefault();

    public IGuestEnds Guests => this;

    public void AwaitEnd(TimeSpan within) => _hasEnded.Wait(within);

    public NetworkNamespace NamespaceOf(string name) => _namespaces[name];

    public bool IsManaged(string node) => _roles.ContainsKey(node);

    public IPending Manage(string node, DeviceCommand command)
    {
        var answer = new GuestAnswer(() => _end);
        var number = Interlocked.Increment(ref _asked);
        _answers[number] = answer;
        var (name, members) = NodeManagement.Words(command);
        var words = members.Select(member =>
            member.Value is string text ? $"{member.Name}={text}" : $"{member.Name}:={member.Value ?? "null"}"
        );
        _machine.Tell(
            string.Create(
                CultureInfo.InvariantCulture,
                $"manage {number} {NamespaceDomain.NameOf(_roles[node])} {name} {string.Join(' ', words)}"
            )
        );
        return answer;
    }

    public void Start()
    {
        AwaitBuilt();
        _machine.Tell(string.Create(CultureInfo.InvariantCulture, $"clock {(WiredPorts.Now - DateTimeOffset.UnixEpoch).TotalSeconds:F6}"));
        _machine.Tell("start");
        Await(() => IsReady, _startsWithin, "its nodes did not become ready");
    }

    public bool Has(DomainNode node) => _roles.ContainsKey(node.Name);

    public void AwaitBuilt() => Await(() => _isBuilt, _bootsWithin, "it did not boot");

    public void Plug(DomainNode node, DomainInterface @interface, bool up)
    {
        var nic = Find(node, @interface);
        lock (_changesState)
        {
            _states[nic] = StateOf(nic) with { IsPluggedIn = up };
        }

        _machine.Plug(nic, up);
    }

    public bool IsUp(DomainNode node, DomainInterface @interface) => StateOf(Find(node, @interface)).HasLink;

    public void Dispose()
    {
        _machine.Dispose();
        Remove();
    }

    private static string NamespaceName(LaneSetup setup, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{setup.Number}-{name}");

    private bool IsReady
    {
        get
        {
            lock (_ready)
            {
                return _ready.Count == _roles.Count;
            }
        }
    }

    private NicState StateOf(GuestNic nic) => _states.GetValueOrDefault(nic, new NicState(IsPluggedIn: true, HasLink: false));

    private GuestNic Find(DomainNode node, DomainInterface @interface) =>
        _nics.First(nic => nic.Node == NamespaceDomain.NameOf(node) && nic.Name == @interface.Name);

    private void Remove()
    {
        foreach (var created in _namespaces.Values)
        {
            created.Dispose();
        }

        _log?.Dispose();
        _hasEnded.Dispose();
        _changed.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private void Await(Func<bool> isThere, TimeSpan within, string problem)
    {
        var until = KernelTime.Now + within;
        while (!isThere())
        {
            var ended = _end is not null || !_ends.IsEmpty || KernelTime.Now >= until;
            if (ended)
            {
                throw new BedUnavailableException($"{_name}: {problem}: {_end ?? Crash ?? "it still starts"}");
            }

            Readiness.Wait([_changed], until);
            _changed.Reset();
        }
    }

    /// <summary>Takes a line of the agent.</summary>
    private void Hear(string line)
    {
        _log?.WriteLine(line);
        switch (line.Split(' ', 4))
        {
            case ["built"]:
                _isBuilt = true;
                break;
            case ["ready", var node]:
                lock (_ready)
                {
                    _ready.Add(node);
                }

                break;
            case ["ended", var node, var code, .. var words]:
                _ends[node] = $"{node} ended with {code}{(words is [{ Length: > 0 } log] ? $", the end of its log: {log}" : string.Empty)}";
                break;
            case ["answer", var number, var code, .. var words]:
                if (_answers.TryRemove(int.Parse(number, CultureInfo.InvariantCulture), out var answer))
                {
                    answer.Set(code == "0" ? Outcome.Ok : new Outcome.Failed(string.Join(' ', words)));
                }

                break;
            case ["link", var node, ..] when LinkLine().Match(line) is { Success: true } link:
                Note(node, link.Groups["name"].Value, link.Groups["flags"].Value.Split(','));
                break;
            default:
                break;
        }

        _changed.Set();
    }

    /// <summary>
    /// Notes the state of an interface. One that is on and loses its link, although the bed has its cable plugged in, was unplugged by
    /// somebody else.
    /// </summary>
    private void Note(string node, string name, string[] flags)
    {
        if (_nics.FirstOrDefault(known => known.Node == node && known.Name == name) is not { } nic)
        {
            return;
        }

        NicState before;
        lock (_changesState)
        {
            before = StateOf(nic);
            _states[nic] = before with { HasLink = flags.Contains("LOWER_UP") };
        }

        if (before is { HasLink: true, IsPluggedIn: true } && flags.Contains("UP") && !flags.Contains("LOWER_UP"))
        {
            End($"{node} has lost its link on {name}: the cable of its network interface was pulled");
        }
    }

    private void End(string reason)
    {
        _end ??= reason;
        _hasEnded.Set();
        _changed.Set();
        _lost($"{_name} is lost: {_end}");
    }

    [GeneratedRegex(@"^link \S+ \S+ (?:Deleted )?\d+: (?<name>[^:@]+)[^<]*<(?<flags>[^>]*)>", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkLine();

    /// <param name="IsPluggedIn">Whether the bed has its cable plugged in.</param>
    /// <param name="HasLink">Whether the kernel of the guest says that frames pass.</param>
    private sealed record NicState(bool IsPluggedIn, bool HasLink);
}
