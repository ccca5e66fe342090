using System.Globalization;
using Conformance.TestBeds.External;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>A device in Python of <c>harness/Foreign</c>, described to the tester by a profile as any external device is.</summary>
/// <param name="Script">The path of the program, below <c>harness/Foreign</c>.</param>
/// <param name="Profile">The profile. The device's own end of a cable has the name of the tester's port.</param>
/// <param name="Options">The options that set the device up for a named configuration.</param>
internal sealed record ForeignDevice(string Script, Profile Profile, Func<string, IReadOnlyList<string>> Options)
{
    private const string PrefixLength = "/64";

    /// <summary>The prefix pools of the configurations that do not have all of the owned prefix.</summary>
    private static readonly Dictionary<string, string> _pools = new(StringComparer.Ordinal) { ["lma-small-pool"] = "2001:db8:8000::/62" };

    public static ForeignDevice Lma { get; } = Of("lma/foreign_lma.py", "foreign-lma.json", LmaOptions);

    public static ForeignDevice Mag { get; } = Of("mag/foreign_mag.py", "foreign-mag.json", MagOptions);

    /// <summary>The LMA with prefixes in the profile of each mobile node (Section 5.1), and no pool.</summary>
    public static ForeignDevice StaticLma { get; } = WithStaticPrefixes(Lma);

    /// <summary>The device whose role is LMA or MAG.</summary>
    public static ForeignDevice OfRole(string role) => role == NodeRole.Lma.Abbreviation() ? Lma : Mag;

    public string Role => Profile.Role.Abbreviation();

    public override string ToString() => Profile.Device;

    private static ForeignDevice Of(string script, string profile, Func<Profile, string, IReadOnlyList<string>> options)
    {
        var read = ProfileFile.Load(External.Profiles.OfRepository(profile));
        return new ForeignDevice(script, read, configuration => options(read, configuration));
    }

    private static IReadOnlyList<string> LmaOptions(Profile profile, string configuration) =>
        [
            "--core",
            Ports.Core.Name,
            "--address",
            Address(profile, "LMA1", Ports.Core),
            "--home",
            Ports.Home.Name,
            "--home-address",
            Address(profile, "LMA1", Ports.Home),
            .. profile
                .Ixit.Domain.Nodes.Where(node => node is { Role: NodeRole.Mag, IsAuthorized: true })
                .SelectMany(node => (string[])["--mag", node.Address!.ToString()]),
            .. profile.Ixit.ProvisionedPrefixes.Count > 0 ? StaticPrefixes(profile) : Pool(profile, configuration),
            "--disabled-mobile-node",
            "*@disabled.pmip.example",
            "--min-delay-before-bce-delete",
            Milliseconds(profile, "MinDelayBeforeBCEDelete"),
            "--max-delay-before-new-bce-assign",
            Milliseconds(profile, "MaxDelayBeforeNewBCEAssign"),
            "--timestamp-validity-window",
            Milliseconds(profile, "TimestampValidityWindow"),
            "--exit-with-stdin",
        ];

    private static IReadOnlyList<string> Pool(Profile profile, string configuration) =>
        [
            "--pool",
            _pools.GetValueOrDefault(configuration) ?? profile.Ixit.OwnedPrefix.ToString(),
            .. configuration == "lma-small-pool" ? (string[])["--longest-lifetime", "20"] : [],
            "--mobile-node",
            "*@dynamic.pmip.example",
            "--mobile-node",
            "*@two-prefix.pmip.example=2",
        ];

    private static IReadOnlyList<string> StaticPrefixes(Profile profile) =>
        [
            .. from number in Enumerable.Range(1, profile.Identities)
            from kind in (string[])["dynamic", "two-prefix"]
            let prefixes = string.Join('+', profile.Ixit.ProvisionedFor(number, kind))
            from option in (string[])["--mobile-node", $"025e0000{number:x4}@{kind}.pmip.example={prefixes}"]
            select option,
        ];

    private static ForeignDevice WithStaticPrefixes(ForeignDevice lma)
    {
        var baseline = lma.Profile.Find("lma-baseline")!;
        var profile = lma.Profile with
        {
            Device = $"{lma.Profile.Device} with static prefixes",
            Identities = 256,
            Ixit = lma.Profile.Ixit with { ProvisionedPrefixes = ["2001:db8:8000:{n}::/64", "2001:db8:8000:1{n}::/64"] },
            Configurations = [baseline with { Claims = [.. baseline.Claims, "static-prefixes"] }],
        };
        return new ForeignDevice(lma.Script, profile, configuration => LmaOptions(profile, configuration));
    }

    private static IReadOnlyList<string> MagOptions(Profile profile, string configuration) =>
        [
            "--core",
            Ports.Core.Name,
            "--core-address",
            Address(profile, "MAG1", Ports.Core),
            "--lma",
            profile.Ixit.Domain.Find("LMA1")!.Address!.ToString(),
            .. profile
                .Ixit.Domain.Links.Where(link => link.Kind == LinkKind.Access)
                .SelectMany(link =>
                    (string[])["--access", link.BoundIdentity is { } bound ? $"{link.Port.Name},id={bound}" : link.Port.Name]
                ),
            .. profile.Ixit.Multihomed!.LinkLayers.SelectMany(linkLayer =>
                (string[])["--node", $"{linkLayer}={profile.Ixit.Multihomed.Identifier}"]
            ),
            "--node",
            "02:5e:*={mac}@dynamic.pmip.example",
            "--initial-bindack-timeout",
            Seconds(profile, "INITIAL_BINDACK_TIMEOUT"),
            "--initial-bindack-timeout-first-reg",
            Seconds(profile, "InitialBindackTimeoutFirstReg"),
            "--max-bindack-timeout",
            Seconds(profile, "MAX_BINDACK_TIMEOUT"),
            .. configuration == "mag-sequence-numbers" ? (string[])["--ordering", "sequence"] : [],
            .. configuration == "mag-local-routing" ? (string[])["--local-routing"] : [],
            .. configuration == "mag-fixed-link-local" ? (string[])[] : ["--fixed-link-local", "none"],
        ];

    private static string Address(Profile profile, string node, PortId link) =>
        profile.Ixit.Domain.Find(node)!.On(link)!.Addresses[0] + PrefixLength;

    private static string Milliseconds(Profile profile, string timer) =>
        profile.Ixit.Timer(timer).TotalMilliseconds.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(Profile profile, string timer) =>
        profile.Ixit.Timer(timer).TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
