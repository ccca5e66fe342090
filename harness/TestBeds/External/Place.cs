using System.Globalization;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;

namespace Conformance.TestBeds.External;

/// <summary>The device in one of its configurations, and the tester's ports to it.</summary>
internal sealed class Place : IDisposable
{
    private static readonly TimeSpan SetUpWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CarrierWithin = TimeSpan.FromSeconds(30);

    private readonly StandIn? standIn;

    private Place(DeviceConfiguration configuration, StandIn? standIn, WiredPorts ports)
    {
        Configuration = configuration;
        this.standIn = standIn;
        Ports = ports;
    }

    public DeviceConfiguration Configuration { get; }

    public WiredPorts Ports { get; }

    public IImplementationUnderTest Device => standIn is null ? new BlackBox() : standIn;

    public DeviceTime Clock { get; } = new();

    /// <summary>Where the tester's interfaces are; null if in the namespace of this process.</summary>
    public NetworkNamespace? Namespace => standIn?.Tester;

    /// <summary>Sets the device up, or starts its stand-in, and opens the ports.</summary>
    /// <exception cref="BedUnavailableException">The device cannot be set up, or a port cannot be opened.</exception>
    public static Place Open(Profile profile, DeviceConfiguration configuration)
    {
        if (configuration.SetUp is { } command
            && ExecCommand.Run(command, profile.Directory, new Dictionary<string, string> { ["configuration"] = configuration.Name }, SetUpWithin) is { } problem)
        {
            throw new BedUnavailableException($"the device cannot be set up for {configuration.Name}: {problem}");
        }

        if (configuration.StandIn is not { } file)
        {
            return new Place(configuration, standIn: null, OpenPorts(profile, inside: null));
        }

        var standIn = StandIn.Start(profile, file);
        try
        {
            return new Place(configuration, standIn, OpenPorts(profile, standIn.Tester));
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
        standIn?.Dispose();
    }

    private static WiredPorts OpenPorts(Profile profile, NetworkNamespace? inside)
    {
        if (profile.Carrier is { } carrier)
        {
            foreach (var link in profile.Ports.Where(port => port.IsAccessLink))
            {
                if (ExecCommand.Run(carrier.Down, profile.Directory, link.Placeholders, CarrierWithin) is { } problem)
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
                Cable = port.IsAccessLink && profile.Carrier is { } commands
                    ? up => ExecCommand.Start(up ? commands.Up : commands.Down, profile.Directory, port.Placeholders)
                    : null,
            }),
        ];
        WiredPorts ports;
        try
        {
            ports = inside is null ? WiredPorts.Open(settings) : inside.Run(() => WiredPorts.Open(settings));
        }
        catch (LinuxException e)
        {
            throw new BedUnavailableException(Reason(profile, e), e);
        }

        if (ports.MissingLink() is { } missing)
        {
            ports.Dispose();
            throw new BedUnavailableException(missing);
        }

        return ports;
    }

    private static string Reason(Profile profile, LinuxException e)
    {
        var port = profile.Ports.FirstOrDefault(port => e.Target.Contains(port.Interface, StringComparison.Ordinal));
        return (port, e.ErrorNumber) switch
        {
            ({ } known, Errno.NoDevice or Errno.NoEntry) => $"there is no interface {known.Interface}, which port {known.Name} of {profile.File} is on; 'ip link' shows those there are",
            ({ } known, _) => string.Create(CultureInfo.InvariantCulture, $"port {known.Name} cannot be opened on {known.Interface}: {e.Message}"),
            _ => $"the ports cannot be opened: {e.Message}",
        };
    }
}
