using System.Globalization;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>Which role the device has, and so what the tester plays.</summary>
public enum DeviceRole
{
    /// <summary>Local mobility anchor.</summary>
    Lma,

    /// <summary>Mobile access gateway.</summary>
    Mag,
}

/// <summary>
/// What is known of a device under test and of the place it stands in: the profile of the external bed. Its file is explained
/// by <c>harness/Profiles/profile.schema.json</c>; <see cref="ProfileFile"/> reads it.
/// </summary>
/// <param name="File">Where it came from, as the user wrote it.</param>
/// <param name="Device">What is under test, in a few words.</param>
/// <param name="Ports">The tester's ports.</param>
/// <param name="AuthorizedMags">The emulated gateways that the anchor under test serves.</param>
/// <param name="Identities">How many mobile nodes the device is provisioned for.</param>
/// <param name="Tolerance">Added to every upper limit of a specification.</param>
/// <param name="Configurations">The named configurations that the device can be tested in.</param>
/// <param name="UpperTester">How mobile nodes that the tester does not play are made to act.</param>
/// <param name="Carrier">How a link of the device is raised and lowered; null: by the tester's own interface.</param>
public sealed record Profile(
    string File,
    DeviceRole Role,
    string Device,
    IReadOnlyList<PortSettings> Ports,
    Ixit Ixit,
    IReadOnlyList<string> AuthorizedMags,
    int Identities,
    TimeSpan Tolerance,
    IReadOnlyList<DeviceConfiguration> Configurations,
    UpperTesterCommands UpperTester,
    CarrierCommands? Carrier
)
{
    /// <summary>Where the files lie that the profile names, and where its commands run.</summary>
    public string Directory => Path.GetDirectoryName(Path.GetFullPath(File))!;

    /// <summary>True if the device is a <c>pmip-node</c> that the bed starts.</summary>
    public bool HasStandIn => Configurations.Any(configuration => configuration.StandIn is not null);

    public DeviceConfiguration? Find(string configuration) => Configurations.FirstOrDefault(known => known.Name == configuration);
}

/// <summary>Where a port of the tester is.</summary>
/// <param name="Name">core, home, link1.</param>
/// <param name="Vlan">The IEEE 802.1Q identifier its frames are tagged with; null if they have no tag.</param>
public sealed record PortSettings(string Name, string Interface, int? Vlan)
{
    /// <summary>True for the links of mobile nodes, whose cables scenarios plug in and out.</summary>
    public bool IsAccessLink => Name.StartsWith("link", StringComparison.Ordinal);

    /// <summary>What stands for the placeholders in a command about the port.</summary>
    public Dictionary<string, string> Placeholders =>
        new(StringComparer.Ordinal)
        {
            ["port"] = Name,
            ["link"] = Name,
            ["interface"] = Interface,
            ["vlan"] = Vlan?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        };

    public override string ToString() => Vlan is { } vlan ? $"{Interface}, VLAN {vlan}" : Interface;
}

/// <summary>A named configuration that the device is set up for.</summary>
/// <param name="Claims">Its ICS there.</param>
/// <param name="SetUp">The command that sets the device up for it; null if it is.</param>
/// <param name="StandIn">The configuration file of the <c>pmip-node</c> that stands in for a device; null if there is a device.</param>
public sealed record DeviceConfiguration(string Name, IReadOnlyList<string> Claims, IReadOnlyList<string>? SetUp, string? StandIn);

/// <summary>Commands that make a mobile node act; each null if there is none.</summary>
public sealed record UpperTesterCommands(
    IReadOnlyList<string>? Attach,
    IReadOnlyList<string>? Detach,
    IReadOnlyList<string>? Ping,
    IReadOnlyList<string>? ReadAddresses
);

/// <summary>Commands that raise and lower a link of the device.</summary>
public sealed record CarrierCommands(IReadOnlyList<string> Up, IReadOnlyList<string> Down);
