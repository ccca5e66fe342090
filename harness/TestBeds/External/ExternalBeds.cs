using System.Runtime.CompilerServices;
using Conformance.FramePorts;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Pmip.Linux;
using Pmip.Node;

namespace Conformance.TestBeds.External;

/// <summary>
/// The bed of an external device. There is one device, it is never reset, and scenarios run one after the other; mobile nodes come
/// from a pool that outlives the scenarios. An event that breaks the bed, such as a pulled cable, ends the run.
/// </summary>
public sealed class ExternalBeds : IBedProvider
{
    internal const string Prefix = "pmip-external";

    /// <summary>A device may take some minutes to start.</summary>
    private static readonly TimeSpan _restartsWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromSeconds(1);

    private readonly Profile _profile;
    private readonly IFrameDriver _driver;
    private readonly int _seed;
    private readonly UsedIdentities? _used;
    private readonly IdentityPool _identities;
    private readonly CancellationTokenSource _interruption = new();
    private readonly ActionRunner _actions;
    private DeviceSetup? _place;

    private ExternalBeds(Profile profile, IFrameDriver driver, int seed, Operator? person)
    {
        _actions = new ActionRunner(profile.Directory, person);
        _profile = profile;
        _driver = driver;
        _seed = seed;

        // A stand-in starts without state, a MAG keeps none for a mobile node whose link is down, and a mobile node is always the same one.
        _used =
            profile.HasStandIn || profile.Role is NodeRole.Mag or NodeRole.Mn
                ? null
                : UsedIdentities.Open(
                    $"{profile.Ixit.Domain.Tested!.Address} {profile.Ixit.IdentifierPattern} "
                        + $"{profile.Ixit.LinkLayerPattern}{profile.Ixit.Mobility}",
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

    public void RaisePriority() => _driver.RaisePriority();

    public DeviceIdentity? Device => _profile.Identity;

    /// <summary>The readings of the device's clock in its current configuration; null before the first configuration.</summary>
    public DeviceTime? Clock => _place?.Clock;

    /// <summary>The state of the ports' interfaces; empty before the first configuration.</summary>
    public IReadOnlyList<PortState> Ports => _place?.Ports.Describe() ?? [];

    /// <summary>The namespace of the tester's interfaces; null if it is that of this process.</summary>
    public NetworkNamespace? Namespace => _place?.Namespace;

    /// <summary>True if the profile has something done by hand.</summary>
    public bool HasManualActions => _profile.Actions.OfType<ProfileAction.Manual>().Any();

    /// <summary>The name of the driver of the ports, one of <see cref="FrameDrivers.Names"/>.</summary>
    public string Driver => _driver.Name;

    /// <param name="driver">One of <see cref="FrameDrivers.Names"/>; null for the default of the platform.</param>
    /// <param name="person">Who does what the profile says is done by hand; null if nobody is there.</param>
    /// <exception cref="BedUnavailableException">
    /// This process is not allowed to open ports, an interface that the profile names is missing, or there is no such driver, or nobody is
    /// there to do something by hand, or the secret of a host is missing or not secret.
    /// </exception>
    public static ExternalBeds Open(Profile profile, int seed, string? driver = null, Operator? person = null)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new BedUnavailableException("the external bed sends and receives whole frames, which requires root: run it with sudo.");
        }

        var ports = FrameDrivers.Find(driver ?? FrameDrivers.DefaultName);
        if (profile.HasStandIn)
        {
            PrepareStandIn();
        }

        DeviceSetup.Check(profile, ports);
        if (person is null && profile.Actions.OfType<ProfileAction.Manual>().FirstOrDefault() is { } manual)
        {
            throw new BedUnavailableException(
                $"{profile.File}: '{manual.Request}' is done by hand, which needs somebody at a terminal: standard input or standard error "
                    + "is none."
            );
        }

        var hosts = profile.Actions.OfType<ProfileAction.Ssh>().Select(ssh => ssh.Host).Distinct();
        if (hosts.Select(host => host.Problem()).FirstOrDefault(problem => problem is not null) is { } unusable)
        {
            throw new BedUnavailableException($"{profile.File}: {unusable}.");
        }

        return new ExternalBeds(profile, ports, seed, person);
    }

    /// <summary>Alone in a method: where there is no stand-in, nothing of Linux is loaded for one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PrepareStandIn()
    {
        NetworkNamespace.RemoveLeftovers(Prefix);
        NodeProgram.Prepare();
    }

    public TimeSpan Tolerance => _profile.Tolerance;

    public IReadOnlyList<string>? Claims(string configuration) => _profile.Find(configuration)?.Claims;

    public IReadOnlyList<Edition> Editions(string configuration) => _profile.Find(configuration) is { } known ? [known.Edition] : [];

    public Ixit? IxitOf(string configuration) => _profile.Find(configuration) is null ? null : Ixit(configuration);

    public Keyring Keys => _profile.Keys;

    public DeviceClock? DeviceClock => Clock?.Last is { } last ? new DeviceClock(last.Offset, last.Uncertainty) : null;

    /// <exception cref="BedUnavailableException">The device is not available in the configuration.</exception>
    /// <exception cref="BedLostException">A cable is unplugged, or an interface is gone.</exception>
    public ITestBed Open(string configuration, Edition edition)
    {
        try
        {
            return OpenWithClock(configuration);
        }
        catch (BedLostException e)
        {
            // Frames that were lost while the clock was read cost this scenario, but not the run.
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

    /// <summary>Reads the device's clock. If it cannot be read, the device is assumed to have the tester's time.</summary>
    /// <returns>Why the clock cannot be read; null on success.</returns>
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

    /// <summary>True for an LMA whose answers reveal its clock.</summary>
    public bool LearnsClock(string configuration) => _profile.Find(configuration) is { } known && LearnsClock(known);

    public void Interrupt()
    {
        _interruption.Cancel();
        _place?.Ports.Interrupt();
    }

    public void Dispose()
    {
        Leave();
        _used?.Dispose();
        _interruption.Dispose();
    }

    private WiredBed OpenWithClock(string configuration)
    {
        var opened = Enter(configuration);
        opened.Ports.Forget();
        if (LearnsClock(opened.Configuration) && opened.Clock.IsDue(WiredPorts.Now))
        {
            ReadClock();
        }

        return Bed(opened, opened.Clock.At(WiredPorts.Now));
    }

    /// <summary>
    /// Restarts a dead device by the command of the profile, and waits until it works again. Where that is impossible, the run ends. A
    /// link that is down may be that of a device that restarts.
    /// </summary>
    private void Restart(DeviceSetup dead, string reason)
    {
        if (_interruption.IsCancellationRequested)
        {
            return;
        }

        if (_profile.Restart is not { } command)
        {
            var unrestarted = $"{reason}; {_profile.File} has no 'restart' command";
            Lost ??= dead.Device.Health == IutHealth.Crashed ? unrestarted : dead.Ports.Lost ?? unrestarted;
            return;
        }

        // The links may go down with the device.
        var configuration = dead.Configuration.Name;
        Leave();
        var placeholders = new Dictionary<string, string> { ["configuration"] = configuration };
        if (_actions.Run(command, placeholders, _interruption.Token) is { } problem)
        {
            Lost ??= $"{reason}; its restart failed: {problem}";
            return;
        }

        var until = WiredPorts.Now + _restartsWithin;
        string answer;
        do
        {
            if (Works(configuration, out answer))
            {
                return;
            }
        } while (WiredPorts.Now < until && !_interruption.Token.WaitHandle.WaitOne(_betweenLooks));

        Lost ??= $"{reason}; after its restart it does not work: {answer}";
    }

    /// <summary>
    /// Sets the device up again after a scenario that has changed it: by a command, or else when the next scenario begins.
    /// </summary>
    private void Reset(DeviceSetup changed)
    {
        if (_profile.Management.Reset is not { } command)
        {
            Leave();
            return;
        }

        var placeholders = new Dictionary<string, string> { ["configuration"] = changed.Configuration.Name };
        if (_actions.Run(command, placeholders, _interruption.Token) is { } problem)
        {
            Lost ??= $"the device cannot be set up again: {problem}";
        }
    }

    /// <summary>The IXIT in a configuration. Variables that are not configured have the values of RFC 5213.</summary>
    private Ixit Ixit(string configuration)
    {
        var named = NamedConfiguration.Find(configuration);
        var ixit = _profile.Ixit with
        {
            HasSparePrefixes = named?.HasSparePrefixes ?? true,
            AcceptsUdpEncapsulation = named?.WithoutUdpEncapsulation.Contains(named.Edition) != true,
        };
        if (named is { Domain.Associations.Count: > 0 })
        {
            ixit = ixit with { Domain = ixit.Domain with { Associations = _profile.Associations } };
        }

        return named is not { HasDefaultVariables: true }
            ? ixit
            : ixit with
            {
                Timers = ixit.Timers.ToDictionary(
                    timer => timer.Key,
                    timer =>
                        ProfileKeys.VariablesOfRfc5213.Contains(timer.Key)
                            ? TimeSpan.FromMilliseconds(ProfileKeys.Timers[timer.Key])
                            : timer.Value,
                    StringComparer.Ordinal
                ),
            };
    }

    private bool Works(string configuration, out string answer)
    {
        try
        {
            using var bed = OpenWithClock(configuration);
            return new SanityExchange(bed, _profile.Role).TryWork(out answer);
        }
        catch (Exception e)
            when (e is BedUnavailableException or BedLostException or TesterLateException or ScenarioFaultException or IOException)
        {
            // The links are opened again, because the device may not have had them up yet.
            Leave();
            answer = e.Message;
            return false;
        }
    }

    private void Leave()
    {
        _place?.Dispose();
        _place = null;
    }

    private bool LearnsClock(DeviceConfiguration configuration) => _profile.Role == NodeRole.Lma && configuration.ShowsClock;

    private DeviceSetup Enter(string configuration)
    {
        if (_place?.Configuration.Name == configuration)
        {
            return _place;
        }

        var named =
            _profile.Find(configuration)
            ?? throw new ArgumentException($"The profile has no configuration '{configuration}'.", nameof(configuration));
        Leave();
        var opened = DeviceSetup.Open(_profile, named, _driver, _actions, _interruption.Token);
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
        var ixit = Ixit(opened.Configuration.Name);
        var facts = new BedFacts(Name, _seed, _profile.Tolerance, ixit, opened.Configuration.Claims)
        {
            DeviceClock = deviceClock,
            Keys = Keys,
        };
        var upperTester = new ProfileUpperTester(_profile, opened.Ports, _actions, opened.Values);
        return new WiredBed(
            facts,
            opened.Ports,
            _identities,
            opened.Device,
            upperTester,
            () =>
            {
                var hasChanged = upperTester.HasChanged;
                upperTester.Dispose();
                if (_place == opened)
                {
                    opened.Ports.EndCommands();
                    Lost ??= opened.Ports.Lost;
                    if (hasChanged)
                    {
                        Reset(opened);
                    }
                }
            },
            reason => Restart(opened, reason)
        );
    }
}
