using System.Collections.Concurrent;
using Conformance.TestBeds.ReferenceRoles;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Conformance.Testing.Protection;
using Conformance.Testing.Statements;
using Pmip.Linux;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// Beds of the reference implementation on kernels, in real time. Several lanes run in parallel; the scenarios on a lane share an
/// implementation that is never reset.
/// </summary>
public abstract class LaneBeds : IBedProvider
{
    /// <summary>Scenarios mostly wait for timers; this number of lanes uses a quarter of two cores.</summary>
    public const int DefaultParallelism = 16;

    /// <summary>The number of lanes started by this program, so that the names of two beds differ.</summary>
    private static int _lanes;

    private readonly ConcurrentDictionary<(string, Edition), ConcurrentBag<Lane>> _idle = [];
    private readonly ConcurrentBag<Lane> _started = [];
    private readonly Lock _starting = new();
    private readonly int _seed;
    private volatile string? _interruption;

    private protected LaneBeds(int seed, int parallelism) => (_seed, Parallelism) = (seed, parallelism);

    public abstract string Name { get; }

    public abstract string Implementation { get; }

    public bool IsShared => false;

    public int Parallelism { get; }

    public bool IsRealTime => true;

    /// <summary>How late a process may be scheduled on a machine whose cores are busy.</summary>
    public virtual TimeSpan Tolerance => TimeSpan.FromMilliseconds(200);

    public void RaisePriority() => SchedulingPriority.Raise();

    public virtual string? Lost => null;

    public IReadOnlyList<string>? Claims(string configuration) =>
        NamedConfiguration.Find(configuration)?.Claims.Except([SharedLinks.Claim]).ToList();

    public Ixit? IxitOf(string configuration) =>
        NamedConfiguration.Find(configuration) is { } found ? ReferenceSetup.InRealTime(found).ToIxit() : null;

    public Keyring Keys => TesterKeys.All;

    public ITestBed Open(string configuration, Edition edition)
    {
        var lane = Rent(NamedConfiguration.Find(configuration, edition));
        return Bed(lane, () => Return(lane));
    }

    public void Interrupt() => Interrupt(WiredPorts.Interrupted);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <exception cref="BedUnavailableException">This process is not root.</exception>
    private protected static void RequireRoot(string bed)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new BedUnavailableException(
                $"the {bed} bed creates network namespaces, which requires root: run it with sudo, or use --bed simulated"
            );
        }
    }

    /// <summary>Removes the namespaces that killed runs have left.</summary>
    /// <exception cref="BedUnavailableException">This process is not allowed to create network namespaces.</exception>
    private protected static void RemoveLeftovers(string bed, string prefix)
    {
        try
        {
            NetworkNamespace.RemoveLeftovers(prefix);
        }
        catch (LinuxException e)
        {
            throw new BedUnavailableException($"the {bed} bed cannot create network namespaces here: {e.Message}", e);
        }
    }

    /// <summary>Makes what the nodes of a lane run in.</summary>
    /// <exception cref="BedUnavailableException">It cannot be made.</exception>
    private protected abstract ILaneNodes Make(LaneSetup setup);

    /// <summary>Ends the waiting of every running scenario, and of those that start later.</summary>
    /// <param name="reason">What their results say.</param>
    private protected void Interrupt(string reason)
    {
        _interruption = reason;
        foreach (var lane in _started)
        {
            lane.Ports.Interrupt(reason);
        }
    }

    protected virtual void Dispose(bool disposing)
    {
        foreach (var lane in _idle.Values.SelectMany(bag => bag))
        {
            lane.Dispose();
        }

        _idle.Clear();
    }

    private Lane Rent(NamedConfiguration configuration)
    {
        while (Idle(configuration).TryTake(out var lane))
        {
            if (TryReuse(lane))
            {
                return lane;
            }
        }

        // Start one lane at a time: a starting node takes a core from the nodes whose answers are timed.
        lock (_starting)
        {
            var lane = Lane.Start(configuration, Make(new LaneSetup(configuration, Interlocked.Increment(ref _lanes), _seed)));
            _started.Add(lane);
            if (_interruption is { } reason)
            {
                lane.Ports.Interrupt(reason);
            }

            WarmUp(lane);
            lane.Ports.Forget();
            return lane;
        }
    }

    /// <summary>
    /// Makes a node that has just started work once. Code is compiled at its first use, which on a busy machine takes longer than a
    /// TimestampValidityWindow. No state is left in the node.
    /// </summary>
    private void WarmUp(Lane lane)
    {
        using var bed = Bed(lane, released: null);
        try
        {
            if (lane.Configuration.Domain.Tested is { } node)
            {
                ReferenceRole.Of(node).WarmUp(bed);
            }
        }
        catch (Exception e) when (e is BedLostException or TesterLateException)
        {
            // Slowness is expected at the first use; any other fault is found before the scenario begins.
        }
    }

    private WiredBed Bed(Lane lane, Action? released) =>
        new(
            new BedFacts(Name, _seed, Tolerance, ReferenceSetup.InRealTime(lane.Configuration).ToIxit(), Claims(lane.Configuration.Name)!)
            {
                Keys = Keys,
            },
            lane.Ports,
            lane.Identities,
            lane.Nodes,
            lane.UpperTester,
            released,
            _ => lane.IsDead = true
        );

    /// <summary>Disposes of the lane, and returns false, if a node has died or was reconfigured, or a link has changed.</summary>
    private static bool TryReuse(Lane lane)
    {
        try
        {
            if (!lane.IsDead && !lane.HasChanged && lane.Nodes.Health == IutHealth.Running)
            {
                lane.Ports.Forget();
                return true;
            }
        }
        catch (BedLostException) { }

        lane.Dispose();
        return false;
    }

    private void Return(Lane lane) => Idle(lane.Configuration).Add(lane);

    private ConcurrentBag<Lane> Idle(NamedConfiguration configuration) => _idle.GetOrAdd(configuration.Key, _ => []);
}
