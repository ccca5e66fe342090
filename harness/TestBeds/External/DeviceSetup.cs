using Conformance.FramePorts;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;

namespace Conformance.TestBeds.External;

/// <summary>The device in one of its configurations, and the tester's ports to it.</summary>
internal sealed class DeviceSetup : IDisposable
{
    private readonly StandIn? _standIn;

    private DeviceSetup(DeviceConfiguration configuration, StandIn? standIn, WiredPorts ports)
    {
        Configuration = configuration;
        _standIn = standIn;
        Ports = ports;
    }

    public DeviceConfiguration Configuration { get; }

    public WiredPorts Ports { get; }

    public IImplementationUnderTest Device => _standIn is null ? new BlackBox() : _standIn;

    /// <summary>The values of placeholders in commands to the management of the device.</summary>
    public IEnumerable<KeyValuePair<string, string>> Values => [new("configuration", Configuration.Name), .. _standIn?.Values ?? []];

    public DeviceTime Clock { get; } = new();

    /// <summary>The namespace of the tester's interfaces; null if it is that of this process.</summary>
    public NetworkNamespace? Namespace => _standIn?.Tester;

    /// <summary>Checks, without touching the device, whether it can be tested.</summary>
    /// <exception cref="BedUnavailableException">An interface or a file is missing or unsuitable.</exception>
    public static void Check(Profile profile, IFrameDriver driver)
    {
        foreach (var file in profile.Configurations.Select(configuration => configuration.StandIn).OfType<string>())
        {
            StandIn.Read(profile, file);
        }

        if (!profile.HasStandIn)
        {
            var known = driver.ListInterfaces();
            var missing = profile.Ports.Where(port => !known.Contains(port.Interface)).ToList();
            if (missing.Count > 0)
            {
                throw new BedUnavailableException(
                    $"{profile.File}: there is no interface "
                        + $"{string.Join(", ", missing.Select(port => $"{port.Interface} (port {port.Name})"))} on this machine; "
                        + $"available interfaces: {string.Join(", ", known)}"
                );
            }
        }
    }

    /// <summary>Sets the device up, or starts its stand-in, and opens the ports.</summary>
    /// <exception cref="BedUnavailableException">The device cannot be set up, or a port cannot be opened.</exception>
    /// <exception cref="BedLostException">The run was interrupted.</exception>
    public static DeviceSetup Open(
        Profile profile,
        DeviceConfiguration configuration,
        IFrameDriver driver,
        ActionRunner actions,
        CancellationToken interruption
    )
    {
        if (
            configuration.SetUp is { } command
            && actions.Run(command, new Dictionary<string, string> { ["configuration"] = configuration.Name }, interruption) is { } problem
        )
        {
            throw new BedUnavailableException($"the device cannot be set up for {configuration.Name}: {problem}");
        }

        if (configuration.StandIn is not { } file)
        {
            return new DeviceSetup(configuration, standIn: null, OpenPorts(profile, standIn: null, driver, actions, interruption));
        }

        var standIn = StandIn.Start(profile, file);
        try
        {
            return new DeviceSetup(configuration, standIn, OpenPorts(profile, standIn, driver, actions, interruption));
        }
        catch
        {
            standIn.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Ports.Dispose();
        _standIn?.Dispose();
    }

    private static WiredPorts OpenPorts(
        Profile profile,
        StandIn? standIn,
        IFrameDriver driver,
        ActionRunner actions,
        CancellationToken interruption
    )
    {
        if (profile.Carrier is { } carrier)
        {
            foreach (var link in profile.Ports.Where(port => port.IsAccessLink))
            {
                if (actions.Run(carrier.Down, link.Placeholders, interruption) is { } problem)
                {
                    throw new BedUnavailableException($"the link of port {link.Name} cannot be lowered: {problem}");
                }
            }
        }

        WiredPortSettings[] settings =
        [
            .. profile.Ports.Select(port => new WiredPortSettings(new PortId(port.Name), port.Interface, port.Vlan)
            {
                InitiallyUp = !port.IsAccessLink,
                Cable =
                    port.IsAccessLink && profile.Carrier is { } commands
                        ? up => actions.Start(up ? commands.Up : commands.Down, port.Placeholders)
                        : null,
                FarEndIsUp = standIn is null ? null : () => standIn.IsUp(port.Name),
            }),
        ];
        WiredPorts ports;
        try
        {
            ports = standIn is null ? WiredPorts.Open(settings, driver) : standIn.InTester(() => WiredPorts.Open(settings, driver));
        }
        catch (FramePortException e)
        {
            throw new BedUnavailableException($"the ports of {profile.File} cannot be opened: {e.Message}", e);
        }

        if (ports.MissingLink() is { } missing)
        {
            ports.Dispose();
            throw new BedUnavailableException(missing);
        }

        return ports;
    }
}
