using System.Diagnostics;
using System.Text.RegularExpressions;
using Conformance.Harness.Tests.Capture;
using Conformance.TestBeds.External;
using Conformance.Testing.Domains;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>A device in Python of <c>harness/Foreign</c>, described to the tester by a profile as any external device is.</summary>
/// <param name="Script">The path of the program, below <c>harness/Foreign</c>.</param>
/// <param name="Profile">The profile. The device's own end of a cable has the name of the tester's port.</param>
internal sealed record ForeignDevice(string Script, Profile Profile)
{
    public static ForeignDevice Lma { get; } = Of("lma/foreign_lma.py", "foreign-lma.json");

    public static ForeignDevice Mag { get; } = Of("mag/foreign_mag.py", "foreign-mag.json");

    public static ForeignDevice Ha { get; } = Of("ha/foreign_ha.py", "foreign-ha.json");

    public static ForeignDevice Cn { get; } = Of("cn/foreign_cn.py", "foreign-cn.json");

    public static ForeignDevice Mn { get; } = Of("mn/foreign_mn.py", "foreign-mn.json");

    /// <summary>The LMA with prefixes in the profile of each mobile node (Section 5.1), and no pool.</summary>
    public static ForeignDevice StaticLma { get; } = WithStaticPrefixes(Lma);

    /// <summary>The device of a role that <c>faults.tsv</c> names.</summary>
    public static ForeignDevice OfRole(string role) => ((ForeignDevice[])[Lma, Mag, Ha, Cn, Mn]).First(device => device.Role == role);

    /// <summary>True for the devices of Mobile IPv6, some of whose scenarios wait for minutes.</summary>
    public bool IsOfMobileNodes => Profile.Role is NodeRole.Ha or NodeRole.Cn or NodeRole.Mn;

    public string Role => Profile.Role.Abbreviation();

    public override string ToString() => Profile.Device;

    /// <summary>The options that set the device up for a named configuration: those of its operator.</summary>
    public IReadOnlyList<string> Options(string configuration)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Foreign", "operate.py");
        var setUp = Profile.Ixit.ProvisionedPrefixes.Count > 0 ? "lma-static" : configuration;
        var start = new ProcessStartInfo(Python.Path, [program, "options", Role.ToLowerInvariant(), setUp])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var options = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? options.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"{program} does not know the options for {setUp}");
    }

    private static ForeignDevice Of(string script, string profile) =>
        new(script, LoadWithoutOperator(External.Profiles.OfRepository(profile)));

    /// <summary>Nobody gives commands in these tests: the profile must not promise them, nor a configuration that needs them.</summary>
    private static Profile LoadWithoutOperator(string profile)
    {
        const RegexOptions Block = RegexOptions.Multiline | RegexOptions.Singleline;
        const string Operated = @"^ +""(management|mag-variables)"": \{.*?^ +\},$";
        using var directory = new TemporaryDirectory();
        foreach (var key in Directory.GetFiles(External.Profiles.OfRepository("keys")))
        {
            directory.KeyFile(Path.Combine("keys", Path.GetFileName(key)), File.ReadAllText(key));
        }

        var text = Regex.Replace(File.ReadAllText(profile), Operated, string.Empty, Block);
        return ProfileFile.Load(directory.File("device.json", text));
    }

    private static ForeignDevice WithStaticPrefixes(ForeignDevice lma)
    {
        var baseline = lma.Profile.Find("lma-baseline")!;
        return lma with
        {
            Profile = lma.Profile with
            {
                Device = $"{lma.Profile.Device} with static prefixes",
                Identities = 255,
                Ixit = lma.Profile.Ixit with { ProvisionedPrefixes = ["2001:db8:8000:{n}::/64", "2001:db8:8000:{n}00::/64"] },
                Configurations = [baseline with { Claims = [.. baseline.Claims, "static-prefixes"] }],
            },
        };
    }
}
