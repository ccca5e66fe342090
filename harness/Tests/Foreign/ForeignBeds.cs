using System.Collections.Concurrent;
using Conformance.TestBeds;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Conformance.Testing.Protection;
using Conformance.Testing.Statements;
using Pmip.Linux;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>Beds with a foreign device. Several run in parallel; scenarios of one configuration share them, and none is reset.</summary>
/// <param name="fault">The fault of the device; empty for none.</param>
/// <param name="parallelism">The number of devices that run at once.</param>
internal sealed class ForeignBeds(ForeignDevice device, string fault, int parallelism) : IBedProvider
{
    public const int Seed = 1;

    private readonly ConcurrentDictionary<string, ConcurrentBag<ForeignLane>> _idle = new(StringComparer.Ordinal);
    private readonly Lock _starting = new();

    public string Name => "foreign";

    public string Implementation => fault.Length == 0 ? device.ToString() : $"{device}, {fault}";

    public bool IsShared => true;

    public int Parallelism => parallelism;

    public bool IsRealTime => true;

    public void RaisePriority() => SchedulingPriority.Raise();

    public string? Lost => null;

    public Keyring Keys => device.Profile.Keys;

    public IReadOnlyList<string>? Claims(string configuration) => device.Profile.Find(configuration)?.Claims;

    public IReadOnlyList<Edition> Editions(string configuration) => device.Profile.Find(configuration) is { } known ? [known.Edition] : [];

    public Ixit? IxitOf(string configuration)
    {
        var (profile, named) = (device.Profile, NamedConfiguration.Find(configuration)!);
        return profile.Find(configuration) is null
            ? null
            : profile.Ixit with
            {
                HasSparePrefixes = named.HasSparePrefixes,
                Domain = profile.Ixit.Domain with { Associations = named.Domain.Associations.Count > 0 ? profile.Associations : [] },
            };
    }

    public ITestBed Open(string configuration, Edition edition)
    {
        var lane = Rent(configuration);
        var profile = device.Profile;
        var facts = new BedFacts(Name, Seed, profile.Tolerance, IxitOf(configuration)!, profile.Find(configuration)!.Claims)
        {
            Keys = Keys,
        };
        return new WiredBed(
            facts,
            lane.Ports,
            lane.Identities,
            lane,
            new NoUpperTester(),
            () => Idle(configuration).Add(lane),
            _ => lane.IsDead = true
        );
    }

    public void Dispose()
    {
        foreach (var lane in _idle.Values.SelectMany(lanes => lanes))
        {
            lane.Dispose();
        }

        _idle.Clear();
    }

    private ForeignLane Rent(string configuration)
    {
        while (Idle(configuration).TryTake(out var lane))
        {
            if (lane is { IsDead: false, Health: IutHealth.Running })
            {
                lane.Ports.Forget();
                return lane;
            }

            lane.Dispose();
        }

        // One at a time: a starting process takes a core from the devices whose answers are timed.
        lock (_starting)
        {
            return ForeignLane.Start(device, configuration, fault);
        }
    }

    private ConcurrentBag<ForeignLane> Idle(string configuration) => _idle.GetOrAdd(configuration, _ => []);
}
