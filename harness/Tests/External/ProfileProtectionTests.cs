using System.Runtime.Versioning;
using Conformance.Harness.Tests.Capture;
using Conformance.TestBeds.External;
using Conformance.Testing.Domains;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.External;

/// <summary>The security associations of a device, whose keys are in files beside its profile.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProfileProtectionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ProfileProtectionTests()
    {
        foreach (var (name, octets) in ((string, int)[])[("a", 64), ("b", 32), ("c", 48)])
        {
            File.SetUnixFileMode(
                _directory.File($"{name}.key", $"{new string(name[0], octets * 2)}\n"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite
            );
        }
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Associations_AreReadForEachPeer_WithTheFingerprintsOfTheirKeys()
    {
        var profile = Parse(Protection(tunnel: Pair("null-hmac-sha-256-128", "b", 0x1012)), claims: "\"esp-payload\"");

        profile
            .Associations.Select(known => (known.SecurityParametersIndex, known.From, known.To, known.Algorithms, known.IsTunnel))
            .Should()
            .Equal(
                (0x1001, "MAG1", "LMA1", EspAlgorithms.AesCbcHmacSha256, false),
                (0x2001, "LMA1", "MAG1", EspAlgorithms.AesCbcHmacSha256, false),
                (0x1002, "MAG2", "LMA1", EspAlgorithms.NullHmacSha256, false),
                (0x2002, "LMA1", "MAG2", EspAlgorithms.NullHmacSha256, false),
                (0x1012, "MAG2", "LMA1", EspAlgorithms.NullHmacSha256, true),
                (0x2012, "LMA1", "MAG2", EspAlgorithms.NullHmacSha256, true),
                (0x1003, "MAG3", "LMA1", EspAlgorithms.AesCbcHmacSha256, false),
                (0x2003, "LMA1", "MAG3", EspAlgorithms.AesCbcHmacSha256, false)
            );
        profile.Keys.All.Should().HaveCount(3);
        profile.Associations.Should().OnlyContain(known => profile.Keys.Find(known.KeyFingerprint!) != null);
        profile.Ixit.Domain.Associations.Should().BeEmpty("only some configurations have them");
    }

    [Fact]
    public void Profile_WithoutProtection_HasNone()
    {
        Profiles.Parse(Profiles.Lma).Associations.Should().BeEmpty();
        Profiles.Parse(Profiles.Lma).Keys.All.Should().BeEmpty();
    }

    [Fact]
    public void Configuration_WithAssociations_NeedsThem()
    {
        Mistakes(Profiles.Lma.Replace("lma-baseline", "lma-esp", StringComparison.Ordinal))
            .Should()
            .Equal("protection: the configuration lma-esp needs the security associations of the device");
        Mistakes(Profile(Protection(), "\"esp-payload\""))
            .Should()
            .Equal("protection: the configuration lma-esp claims esp-payload, which needs 'tunnel' of MAG2");
    }

    [Theory]
    [InlineData(
        "\"spi\": \"0x1002\"",
        "\"spi\": \"0xff\"",
        "protection.MAG2.in.spi: '0xff' cannot be used; expected an SPI of at least 0x100, such as \"0x1001\""
    )]
    [InlineData(
        "\"spi\": \"0x1002\"",
        "\"spi\": \"4098\"",
        "protection.MAG2.in.spi: '4098' cannot be used; expected an SPI of at least 0x100, such as \"0x1001\""
    )]
    [InlineData("\"spi\": \"0x1002\"", "\"spi\": \"0x1001\"", "protection.MAG2.in.spi: LMA1 has another association with this SPI")]
    [InlineData("\"null-hmac-sha-256-128\"", "\"null\"", "protection.MAG2.transform: 'null' is not allowed")]
    [InlineData("\"MAG3\"", "\"MAG4\"", "protection.MAG4: there is no such key (did you mean 'MAG1'?); known keys: MAG1, MAG2, MAG3")]
    public void Mistakes_AreNamed(string right, string wrong, string mistake) =>
        Mistakes(Profile(Protection().Replace(right, wrong, StringComparison.Ordinal)))
            .Should()
            .Contain(found => found.StartsWith(mistake, StringComparison.Ordinal));

    [Theory]
    [InlineData("a.key", "the key in a.key has 64 octets; expected 32")]
    [InlineData("c.key", "the key in c.key has 48 octets; expected 32")]
    public void Key_ThatDoesNotFit_IsNamed_WithoutItsDigits(string file, string message) =>
        Mistakes(Profile(Protection().Replace("b.key", file, StringComparison.Ordinal)))
            .Should()
            .Contain($"protection.MAG2.in.key: {message}")
            .And.NotContain(mistake =>
                mistake.Contains("aaaa", StringComparison.Ordinal) || mistake.Contains("cccc", StringComparison.Ordinal)
            );

    [Fact]
    public void KeyFile_ThatOthersCanRead_IsAMistake()
    {
        File.SetUnixFileMode(Path.Combine(_directory.Path, "b.key"), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Mistakes(Profile(Protection()))
            .Should()
            .OnlyContain(mistake => mistake.EndsWith("give the file the mode 0600.", StringComparison.Ordinal));
    }

    [Fact]
    public void KeyFile_OfAStandIn_MayBeReadByAll()
    {
        _directory.File("x.node.json", string.Empty);
        File.SetUnixFileMode(Path.Combine(_directory.Path, "b.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var json = Profile(Protection())
            .Replace("\"claims\"", "\"standIn\": \"x.node.json\", \"claims\"", StringComparison.Ordinal)
            .Replace(", \"vlan\": 100", string.Empty, StringComparison.Ordinal)
            .Replace("\"eth1\", \"vlan\": 200", "\"eth2\"", StringComparison.Ordinal);

        ProfileFile.Parse(json, Path.Combine(_directory.Path, "device.json")).Keys.All.Should().HaveCount(3);
    }

    private Profile Parse(string protection, string claims) =>
        ProfileFile.Parse(Profile(protection, claims), Path.Combine(_directory.Path, "device.json"));

    private static string Protection(string? tunnel = null) =>
        $$"""
            "protection": {
              "MAG1": {{Pair("aes-cbc-hmac-sha-256-128", "a", 0x1001)}},
              "MAG2": {{Pair("null-hmac-sha-256-128", "b", 0x1002, tunnel)}},
              "MAG3": {{Pair("aes-cbc-hmac-sha-256-128", "c", 0x1003)}}
            },
            """;

    private static string Pair(string transform, string key, uint spi, string? tunnel = null) =>
        FormattableString.Invariant(
            $$"""
            { "transform": "{{transform}}", "in": { "spi": "0x{{spi:x}}", "key": "{{key}}.key" },
            "out": { "spi": "0x{{spi + 0x1000:x}}", "key": "{{key}}.key" }
            """
        ) + (tunnel is null ? " }" : $", \"tunnel\": {tunnel} }}");

    private static string Profile(string protection, string claims = "") =>
        Profiles
            .Lma.Replace("\"authorizedGateways\"", $"{protection}\n  \"authorizedGateways\"", StringComparison.Ordinal)
            .Replace(
                "\"lma-baseline\": { \"claims\": [\"timestamp-option\"] }",
                $"\"lma-esp\": {{ \"claims\": [{claims}] }}",
                StringComparison.Ordinal
            );

    private IReadOnlyList<string> Mistakes(string json)
    {
        var parse = () => ProfileFile.Parse(json, Path.Combine(_directory.Path, "device.json"));
        return [.. parse.Should().Throw<ProfileException>().Which.Mistakes.Select(mistake => $"{mistake.Key}: {mistake.Message}")];
    }
}
