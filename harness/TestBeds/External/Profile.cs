using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Protection;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds.External;

/// <summary>
/// The profile of the external bed: the device under test and its environment. <c>harness/Profiles/profile.schema.json</c> explains
/// the file; <see cref="ProfileFile"/> reads it.
/// </summary>
/// <param name="File">The path of the file, as the user wrote it.</param>
/// <param name="Role">The role of the device. It determines which nodes the tester plays.</param>
/// <param name="Device">A short description of the device under test.</param>
/// <param name="Ports">The tester's ports.</param>
/// <param name="Identities">How many mobile nodes the device is provisioned for.</param>
/// <param name="Tolerance">Added to every upper limit of a specification.</param>
/// <param name="Configurations">The named configurations that the device can be tested in.</param>
/// <param name="UpperTester">The commands that control mobile nodes that the tester does not play.</param>
/// <param name="Carrier">The commands that raise and lower a link of the device; null if the tester's own interface does it.</param>
public sealed record Profile(
    string File,
    NodeRole Role,
    string Device,
    IReadOnlyList<PortSettings> Ports,
    Ixit Ixit,
    int Identities,
    TimeSpan Tolerance,
    IReadOnlyList<DeviceConfiguration> Configurations,
    UpperTesterCommands UpperTester,
    CarrierCommands? Carrier
)
{
    /// <summary>What identifies the device, and who tests it where.</summary>
    public DeviceIdentity Identity { get; init; } = new();

    /// <summary>Restarts the device when it is dead; null if the run ends then.</summary>
    public ProfileAction? Restart { get; init; }

    /// <summary>The commands of the device's management, by <see cref="DeviceCommand.Key"/>.</summary>
    public ManagementCommands Management { get; init; } = new();

    /// <summary>The security associations of the device, for the configurations that have some.</summary>
    public IReadOnlyList<DomainAssociation> Associations { get; init; } = [];

    /// <summary>Their keys.</summary>
    public Keyring Keys { get; init; } = Keyring.None;

    /// <summary>All actions of the profile.</summary>
    public IEnumerable<ProfileAction> Actions =>
        (
            (ProfileAction?[])
                [
                    Restart,
                    Carrier?.Up,
                    Carrier?.Down,
                    UpperTester.Attach,
                    UpperTester.Detach,
                    UpperTester.Ping,
                    UpperTester.ReadAddresses,
                    Management.Reset,
                    .. Management.Commands.Values,
                    .. Configurations.Select(configuration => configuration.SetUp),
                ]
        ).OfType<ProfileAction>();

    /// <summary>The directory of the files that the profile names, in which its commands run.</summary>
    public string Directory => Path.GetDirectoryName(Path.GetFullPath(File))!;

    /// <summary>True if the device is a <c>pmip-node</c> that the bed starts.</summary>
    public bool HasStandIn => Configurations.Any(configuration => configuration.StandIn is not null);

    public DeviceConfiguration? Find(string configuration) => Configurations.FirstOrDefault(known => known.Name == configuration);
}

/// <summary>The interface of a tester's port.</summary>
/// <param name="Name">The name of the port, such as core, home or link1.</param>
/// <param name="Vlan">The IEEE 802.1Q identifier that its frames are tagged with; null if they have no tag.</param>
public sealed record PortSettings(string Name, string Interface, int? Vlan, LinkKind Kind)
{
    public const int DefaultMtu = 1500;

    /// <summary>The MTU of the link in octets, on the path to the peers that the tester plays there.</summary>
    public int Mtu { get; init; } = DefaultMtu;

    /// <summary>True for the links of mobile nodes, whose cables are plugged in and out by scenarios.</summary>
    public bool IsAccessLink => Kind == LinkKind.Access;

    /// <summary>The values of the placeholders in a command for the port.</summary>
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
/// <param name="Claims">The ICS of the device in this configuration.</param>
/// <param name="SetUp">Sets the device up for this configuration; null if that is not needed.</param>
/// <param name="StandIn">The configuration file of the <c>pmip-node</c> that stands in for a device; null if there is a device.</param>
public sealed record DeviceConfiguration(string Name, IReadOnlyList<string> Claims, ProfileAction? SetUp, string? StandIn)
{
    /// <summary>The edition of the specification that the device follows in this configuration.</summary>
    public required Edition Edition { get; init; }

    /// <summary>
    /// True for an LMA that compares timestamps with its clock, so that its rejections show the time. One for which those of mobile nodes
    /// count accepts any time (RFC 5213, Section 5.5).
    /// </summary>
    public bool ShowsClock => Claims.Contains("timestamp-option") && !Claims.Contains("mobile-node-generated-timestamp");
}

/// <summary>What controls a mobile node; each is null if the profile has none.</summary>
public sealed record UpperTesterCommands(ProfileAction? Attach, ProfileAction? Detach, ProfileAction? Ping, ProfileAction? ReadAddresses);

/// <summary>Commands that raise and lower a link of the device.</summary>
public sealed record CarrierCommands(ProfileAction Up, ProfileAction Down);

/// <summary>Commands of the management of a device.</summary>
public sealed record ManagementCommands
{
    /// <summary>The commands by <see cref="DeviceCommand.Key"/>; a command that the tester cannot give is missing.</summary>
    public IReadOnlyDictionary<string, ProfileAction> Commands { get; init; } = new Dictionary<string, ProfileAction>();

    /// <summary>Sets the device up again after a scenario that has changed it; null if the set-up of the configuration does.</summary>
    public ProfileAction? Reset { get; init; }
}
