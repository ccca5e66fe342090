using System.Text.Json;
using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Protection;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>Keys show their fingerprints, never their octets.</summary>
public sealed class SecretBytesTests
{
    private const string Digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public void Fingerprint_IsTheBeginningOfTheSha256()
    {
        SecretBytes.TryParse(Digits, out var key).Should().BeTrue();

        // printf ... | xxd -r -p | sha256sum
        key!.Fingerprint.Should().Be("630dcd2966c43366");
        key.ToString().Should().Be("key 630dcd2966c43366");
        JsonSerializer.Serialize(key).Should().Be("\"630dcd2966c43366\"");
        $"{new KeyedAssociation(EspNetwork.Associations[0], EspNetwork.Lma, EspNetwork.Mag, key)}".Should().NotContain("000102");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0g")]
    [InlineData("00 01")]
    public void Text_ThatIsNoKey_IsNone(string text) => SecretBytes.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Trace_HasTheFingerprints_AndNoKeys()
    {
        using var directory = new TemporaryDirectory();
        var facts = new BedFacts("scripted", 1, TimeSpan.Zero, EspNetwork.Ixit("LMA1"), []) { Keys = EspNetwork.Keys };

        var capture = TraceFile.Write(directory.Path, new Trace("TC", facts, [], []), "title");

        var text = File.ReadAllText(Path.ChangeExtension(capture, ".trace.ndjson"));
        text.Should().Contain(EspNetwork.Key(EspNetwork.ToLma).Fingerprint);
        foreach (var octets in EspNetwork.Associations.Select(known => EspNetwork.Octets(known.SecurityParametersIndex)))
        {
            text.Should().NotContainEquivalentOf(Convert.ToHexString(octets[..8])).And.NotContain(Convert.ToBase64String(octets[..9]));
        }

        TraceFile.Read(capture).Facts.Keys.All.Should().BeEmpty();
    }

    [Fact]
    public void Keyring_IsReadFromLinesOfDigits_OfAFileThatIsTheOwnersAlone()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "keys");
        File.WriteAllText(file, $"# MAG1\n{Digits}\n\n  {Digits[2..]}00 # LMA1\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Keyring.Read(file).All.Should().HaveCount(2);
        Keyring.Read(file).Find("630dcd2966c43366").Should().NotBeNull();

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        FluentActions.Invoking(() => Keyring.Read(file)).Should().Throw<InvalidDataException>().WithMessage($"{file}: * the mode 0600.");
    }

    [Theory]
    [InlineData("", "keys: the file has no key.")]
    [InlineData("# no key\n", "keys: the file has no key.")]
    [InlineData("\nsecret\n", "keys:2: this is no key; a line has a key in hexadecimal digits.")]
    public void Keyring_NamesTheLine_AndNotItsContent(string text, string message) =>
        FluentActions.Invoking(() => Keyring.Parse(text.Split('\n'), "keys")).Should().Throw<InvalidDataException>().WithMessage(message);
}
