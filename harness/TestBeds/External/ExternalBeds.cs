using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Node;

namespace Conformance.TestBeds.External;

/// <summary>
/// The bed of a device that is not ours. There is one, it is never reset, and scenarios run one after the other; mobile nodes come
/// from a pool that outlives them. What ends the bed, a cable that is pulled, ends the run.
/// </summary>
public sealed class ExternalBeds : IBedProvider
{
    internal const string Prefix = "pmip-external";

    private readonly Profile _profile;
    private readonly int _seed;
    private readonly UsedIdentities? _used;
    private readonly IdentityPool _identities;
    private readonly CancellationTokenSource _interruption = new();
    private DeviceSetup? _place;

    private ExternalBeds(Profile profile, int seed)
    {
        _profile = profile;
        _seed = seed;

        // A stand-in begins with nothing, and a gateway keeps nothing of a node whose link is down.
        _used =
            profile.HasStandIn || profile.Role != DeviceRole.Lma
                ? null
                : UsedIdentities.Open(
                    $"{profile.Ixit.Addresses["LMA1"]} {profile.Ixit.IdentifierPattern} {profile.Ixit.LinkLayerPattern}",
                    WiredPorts.Now
                );
        _identities = new IdentityPool(
            profile.Identities,
            _used?.InUse.Select(entry => (entry.Key, entry.Value)),
            (identity, usableFrom) => _used?.Note(identity, usableFrom, WiredPorts.Now)
        );
    }

    public string Name => "external";

    public string Implementation => _profile.Device;

    public bool IsShared => true;

    public int Parallelism => 1;

    public bool IsRealTime => true;

    public string? Lost { get; private set; }

    /// <summary>What is known of the device's clock in the configuration it is in; null before it is in one.</summary>
    public DeviceTime? Clock => _place?.Clock;

    /// <summary>What the interfaces of the ports are like; none before the device is in a configuration.</summary>
    public IReadOnlyList<PortState> Ports => _place?.Ports.Describe() ?? [];

    /// <summary>Where the tester's interfaces are; null if in the namespace of this process.</summary>
    public NetworkNamespace? Namespace => _place?.Namespace;

    /// <exception cref="BedUnavailableException">There is no right to open ports, or an interface that the profile names is missing.</exception>
    public static ExternalBeds Open(Profile profile, int seed)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new BedUnavailableException("the external bed sends and receives whole frames, which only root may: run it with sudo.");
        }

        NetworkNamespace.RemoveLeftovers(Prefix);
        DeviceSetup.Check(profile);
        if (profile.HasStandIn)
        {
            NodeProgram.Prepare();
        }

        return new ExternalBeds(profile, seed);
    }

    public IReadOnlyList<string>? Claims(string configuration) => _profile.Find(configuration)?.Claims;

    /// <exception cref="BedUnavailableException">The device cannot be had in the configuration.</exception>
    /// <exception cref="BedLostException">A cable is out, or an interface is gone.</exception>
    public ITestBed Open(string configuration)
    {
        try
        {
            var opened = Enter(configuration);
            opened.Ports.Forget();
            if (LearnsClock(opened.Configuration) && opened.Clock.IsDue(WiredPorts.Now))
            {
                ReadClock();
            }

            return Bed(opened, opened.Clock.At(WiredPorts.Now));
        }
        catch (BedLostException e)
        {
            // What came too fast or too late while the clock was looked at costs a scenario, not the run.
            Lost ??= _place is { } opened ? opened.Ports.Lost : e.Message;
            throw;
        }
        catch (BedUnavailableException e)
        {
            Lost ??= e.Message;
            throw;
        }
    }

    /// <summary>Sets the device up for a configuration if it is in another.</summary>
    public ITestBed OpenForCheck(string configuration)
    {
        var opened = Enter(configuration);
        opened.Ports.Forget();
        return Bed(opened, deviceClock: null);
    }

    /// <summary>Looks at the device's clock. A device that shows none is taken to have the tester's time.</summary>
    /// <returns>Why it cannot be read; null if it could.</returns>
    public string? ReadClock()
    {
        var opened = _place ?? throw new InvalidOperationException("The device is in no configuration yet.");
        using var bed = Bed(opened, deviceClock: null);
        if (new SanityExchange(bed, _profile.Role).ReadClock(out var problem) is { } reading)
        {
            opened.Clock.Add(reading);
        }
        else
        {
            opened.Clock.AddFailure(bed.Now);
        }

        return problem;
    }

    /// <summary>An anchor that uses timestamps shows its clock.</summary>
    public bool LearnsClock(string configuration) => _profile.Find(configuration) is { } known && LearnsClock(known);

    public void Interrupt()
    {
        _interruption.Cancel();
        _place?.Ports.Interrupt();
    }

    public void Dispose()
    {
        _place?.Dispose();
        _place = null;
        _used?.Dispose();
        _interruption.Dispose();
    }

    private bool LearnsClock(DeviceConfiguration configuration) =>
        _profile.Role == DeviceRole.Lma && configuration.Claims.Contains("timestamp-option");

    private DeviceSetup Enter(string configuration)
    {
        if (_place?.Configuration.Name == configuration)
        {
            return _place;
        }

        var named =
            _profile.Find(configuration)
            ?? throw new ArgumentException($"The profile has no configuration '{configuration}'.", nameof(configuration));
        _place?.Dispose();
        _place = null;
        var opened = DeviceSetup.Open(_profile, named, _interruption.Token);
        try
        {
            if (!_profile.HasStandIn)
            {
                OwnAddresses.RequireFree(_profile, opened.Ports);
            }
        }
        catch
        {
            opened.Dispose();
            throw;
        }

        _place = opened;
        if (_interruption.IsCancellationRequested)
        {
            opened.Ports.Interrupt();
        }

        return opened;
    }

    private WiredBed Bed(DeviceSetup opened, DeviceClock? deviceClock)
    {
        var facts = new BedFacts(Name, _seed, _profile.Tolerance, _profile.Ixit, opened.Configuration.Claims) { DeviceClock = deviceClock };
        var upperTester = new ExecUpperTester(_profile);
        return new WiredBed(
            facts,
            opened.Ports,
            _identities,
            opened.Device,
            upperTester,
            () =>
            {
                upperTester.Dispose();
                opened.Ports.EndCommands();
                Lost ??= opened.Ports.Lost;
            }
        );
    }
}
