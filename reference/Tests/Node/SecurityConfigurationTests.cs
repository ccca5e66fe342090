using System.Net;
using FluentAssertions;
using Pmip.Node.Configuration;
using Pmip.Protocol.Security;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>The security associations of a node, and the files with their keys.</summary>
public sealed class SecurityConfigurationTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pmip-keys-");

    private string ConfigurationFile => Path.Combine(_directory.FullName, "lma.json");

    private NodeConfiguration Anchor =>
        NodeBench.AnchorConfiguration with
        {
            LocalMobilityAnchor = NodeBench.AnchorConfiguration.LocalMobilityAnchor! with
            {
                ProtectionRequired = true,
                ProtectedTunnels = [IPAddress.Parse(NodeBench.Gateway)],
            },
            Security = new NodeSecurity
            {
                AntiReplay = true,
                Associations =
                [
                    Association(0x1001, NodeBench.Anchor, EspMode.Transport),
                    Association(0x2001, NodeBench.Gateway, EspMode.Transport),
                    Association(0x1011, NodeBench.Anchor, EspMode.Tunnel),
                    Association(0x2011, NodeBench.Gateway, EspMode.Tunnel),
                ],
            },
        };

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Associations_WrittenAndRead_AreTheSame() =>
        NodeConfiguration
            .Parse(Anchor.ToJson(), "lma.json")
            .Should()
            .BeEquivalentTo(Anchor, options => options.ComparingByValue<Ipv6Prefix>().ComparingByValue<IpPrefix>());

    [Fact]
    public void RelativePathOfAKey_StartsAtTheConfiguration()
    {
        var json = Anchor.ToJson().Replace(_directory.FullName + "/", "", StringComparison.Ordinal);
        json.Should().Contain("\"4097.key\"");
        NodeConfiguration.Parse(json, ConfigurationFile).Security.Should().BeEquivalentTo(Anchor.Security);
    }

    [Theory]
    [InlineData("0x1001", "0xff", "Security.Associations[0].SecurityParametersIndex: '0xff' is not an SPI above 0xff, such as 0x1001")]
    [InlineData("0x1001", "4097", "Security.Associations[0].SecurityParametersIndex: '4097' is not an SPI above 0xff, such as 0x1001")]
    [InlineData(
        "0x1011",
        "0x1001",
        "Security.Associations[2].SecurityParametersIndex: another association has this SPI and this destination"
    )]
    [InlineData(
        "\"Destination\": \"2001:db8:100::1\"",
        "\"Destination\": \"2001:db8:100::9\"",
        "Security.Associations[0].Destination: 2001:db8:100::9 is neither the peer nor an address of this node"
    )]
    [InlineData(
        "\"AesCbcHmacSha256\"",
        "\"AesGcm\"",
        "Security.Associations[0].Transform: 'AesGcm' is not one of NullHmacSha256, AesCbcHmacSha256"
    )]
    [InlineData(
        "\"Tunnel\"",
        "\"Transport\"",
        "LocalMobilityAnchor.ProtectedTunnels: there are no security associations in tunnel mode to and from 2001:db8:100::a1"
    )]
    [InlineData(
        "\"Transport\"",
        "\"Tunnel\"",
        "LocalMobilityAnchor.ProtectionRequired: there is no security association in transport mode"
    )]
    public void Mistake_IsNamed(string right, string wrong, string message)
    {
        var json = Anchor.ToJson().Replace(right, wrong, StringComparison.Ordinal);
        Parsing(json).Should().Throw<NodeConfigurationException>().WithMessage($"lma.json:*: {message}");
    }

    [Fact]
    public void Key_IsRead_FromAFileOfItsOwner()
    {
        var key = Enumerable.Range(1, 64).Select(octet => (byte)octet).ToArray();
        Write(Convert.ToHexString(key) + "\n", OwnerOnly);

        var settings = OneAssociation.Load();

        settings.AntiReplay.Should().BeTrue();
        var association = settings.Associations.Should().ContainSingle().Subject;
        association.Key.Should().Be(new SecretBytes(key));
        (association.SecurityParametersIndex, association.Peer, association.IsInbound)
            .Should()
            .Be((0x1001u, IPAddress.Parse(NodeBench.Gateway), true));
    }

    [Fact]
    public void KeyOfForceRenew_WrittenAndRead_IsTheSame_WithoutAssociations()
    {
        var configuration = NodeBench.AnchorConfiguration with { Security = ForceRenew };

        NodeConfiguration.Parse(configuration.ToJson(), "lma.json").Security.Should().BeEquivalentTo(ForceRenew);
        Parsing(configuration.ToJson().Replace("0x2c01", "11265", StringComparison.Ordinal))
            .Should()
            .Throw<NodeConfigurationException>()
            .WithMessage("lma.json:*: Security.ForceRenewKey.SecretId: '11265' is not a number such as 0x2c01");
    }

    [Fact]
    public void KeyOfForceRenew_IsRead_FromAFileOfItsOwner()
    {
        Write("000102030405060708090a0b0c0d0e0f", OwnerOnly);
        var key = ForceRenew.ForceRenewKey!.Load();
        (key.SecretId, key.Key).Should().Be((0x2c01u, new SecretBytes([.. Enumerable.Range(0, 16).Select(octet => (byte)octet)])));

        Write("000102030405060708090a0b0c0d0e0f", OwnerOnly | UnixFileMode.OtherRead);
        FluentActions.Invoking(() => ForceRenew.ForceRenewKey.Load()).Should().Throw<IOException>().WithMessage("*mode 0600*");
    }

    [Theory]
    [InlineData(OwnerOnly | UnixFileMode.GroupRead, "0640")]
    [InlineData(OwnerOnly | UnixFileMode.OtherRead, "0604")]
    [InlineData(OwnerOnly | UnixFileMode.UserExecute, "0700")]
    [InlineData(UnixFileMode.UserRead, "0400")]
    public void KeyFile_OfAnotherMode_IsRefused_ByItsName(UnixFileMode mode, string shown)
    {
        Write(new string('1', 128), mode);
        var loading = OneAssociation.Load;
        loading.Should().Throw<IOException>().WithMessage($"{KeyFile(0x1001)}: a file with a key must have mode 0600, not {shown}");
    }

    [Theory]
    [InlineData("12345", "not a key in hexadecimal digits")]
    [InlineData("fedcba98xy", "not a key in hexadecimal digits")]
    [InlineData("fedcba98", "a key of another length than AesCbcHmacSha256 requires")]
    public void KeyFile_WithoutAKey_IsRefused_WithoutShowingIt(string content, string reason)
    {
        Write(content, OwnerOnly);
        var loading = OneAssociation.Load;
        loading.Should().Throw<IOException>().WithMessage($"{KeyFile(0x1001)}: {reason}").Which.InnerException.Should().BeNull();
    }

    [Fact]
    public void MissingKeyFile_IsNamed()
    {
        var loading = OneAssociation.Load;
        loading.Should().Throw<IOException>().WithMessage($"*{KeyFile(0x1001)}*");
    }

    private NodeSecurity OneAssociation => Anchor.Security! with { Associations = [.. Anchor.Security!.Associations.Take(1)] };

    private NodeSecurity ForceRenew =>
        new()
        {
            ForceRenewKey = new NodeDhcpKey { SecretId = 0x2c01, KeyFile = KeyFile(0x1001) },
        };

    private NodeAssociation Association(uint index, string destination, EspMode mode) =>
        new()
        {
            SecurityParametersIndex = index,
            Peer = IPAddress.Parse(NodeBench.Gateway),
            Destination = IPAddress.Parse(destination),
            Transform = SecurityTransform.AesCbcHmacSha256,
            Mode = mode,
            KeyFile = KeyFile(index),
        };

    private string KeyFile(uint index) => Path.Combine(_directory.FullName, $"{index}.key");

    private void Write(string content, UnixFileMode mode)
    {
        File.WriteAllText(KeyFile(0x1001), content);
        File.SetUnixFileMode(KeyFile(0x1001), mode);
    }

    private static Action Parsing(string json) => () => NodeConfiguration.Parse(json, "lma.json");
}
