using System.Diagnostics;
using System.Net;
using System.Text.Json;
using FluentAssertions;
using Pmip.Node.Configuration;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.Security;
using Pmip.Reference.Tests.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>
/// An LMA in a network namespace, and a MAG in Python that shares no code with it: Debian's package cryptography for AES, the standard
/// library for the rest.
/// </summary>
public sealed class EspPeerTests : IDisposable
{
    private const uint ToAnchor = 0x1001,
        ToGateway = 0x2001;

    private readonly TwoNodes _nodes = TwoNodes.Create();
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("pmip-keys-");
    private TestedNode? _anchor;
    private Process? _peer;

    public void Dispose()
    {
        if (_peer is not null)
        {
            _peer.StandardInput.Close();
            _peer.WaitForExit(TestedNode.Patience).Should().BeTrue();
            _peer.Dispose();
        }
        _anchor?.Dispose();
        _nodes.Dispose();
        _keys.Delete(recursive: true);
    }

    [Theory]
    [InlineData(SecurityTransform.NullHmacSha256)]
    [InlineData(SecurityTransform.AesCbcHmacSha256)]
    public void Peer_RegistersUnderEsp_AndIsRefusedInClear(SecurityTransform transform)
    {
        Start(transform, protectionRequired: true);

        var (answers, errors) = Ask("clear wrong-key wrong-spi wrong-code tunnel-mode cut good");

        answers.Should().ContainSingle("all others are dropped in silence").Which.Should().Be(new Answer("good", 0, "2001", 135, 1));
        errors.Should().BeEmpty();
        Ask("good clear good").Answers.Should().Equal(new Answer("good", 0, "2001", 135, 2), new Answer("good", 0, "2001", 135, 3));

        _anchor!.CloseInput();
        var log = string.Join('\n', _anchor.Log);
        string[] events = ["Authenticated", "EspIntegrityCheck", "EspUnknownAssociation", "EspTunnelMode", "EspAlignment"];
        log.Should().ContainAll(transform == SecurityTransform.NullHmacSha256 ? events[..4] : events);
        foreach (var key in _keys.GetFiles())
        {
            log.Should().NotContainEquivalentOf(File.ReadAllText(key.FullName)[..16]);
        }
    }

    [Fact]
    public void Anchor_ThatDemandsNothing_AnswersInClearToo()
    {
        Start(SecurityTransform.NullHmacSha256, protectionRequired: false);

        Ask("clear good").Answers.Should().BeEquivalentTo([new Answer("clear", 0, "nothing", 0, 0), new Answer("good", 0, "2001", 135, 1)]);
    }

    private (IReadOnlyList<Answer> Answers, IReadOnlyList<string> Errors) Ask(string words)
    {
        _peer!.StandardInput.WriteLine(words);
        _peer.StandardInput.Flush();
        using var said = JsonDocument.Parse(ReadLine());
        return (
            [.. said.RootElement.GetProperty("answers").EnumerateArray().Select(Answer.Of)],
            [.. said.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetRawText())]
        );
    }

    private string ReadLine()
    {
        var line = _peer!.StandardOutput.ReadLineAsync();
        line.Wait(2 * TestedNode.Patience).Should().BeTrue("the peer writes what it has received");
        return line.Result!;
    }

    private void Start(SecurityTransform transform, bool protectionRequired)
    {
        var (anchor, gateway) = (_nodes.Left.Address, _nodes.Right.Address);
        _nodes.Right.Connect();
        _anchor = TestedNode.Start(
            _nodes.Left.Namespace,
            new NodeConfiguration
            {
                Name = "LMA1",
                Role = NodeConfiguration.AnchorRole,
                Interfaces =
                [
                    new InterfaceConfiguration
                    {
                        Link = "core",
                        Interface = _nodes.Left.InterfaceName,
                        Addresses = [new ConfiguredAddress(anchor, TwoNodes.Node.PrefixLength)],
                    },
                ],
                LocalMobilityAnchor = new LocalMobilityAnchorSettings
                {
                    Address = anchor,
                    AuthorizedMobileAccessGateways = [gateway],
                    PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/48"),
                    MobileNodes = [new MobileNodePolicy { IdentifierPattern = "*@pmip.example" }],
                    TimestampValidityWindow = NodeBench.Tolerance,
                    ProtectionRequired = protectionRequired,
                },
                Security = new NodeSecurity
                {
                    Associations = [Association(ToAnchor, gateway, anchor, transform), Association(ToGateway, gateway, gateway, transform)],
                },
            }
        );
        _nodes.Running();
        _peer = _nodes.Right.Namespace.Start(
            new ProcessStartInfo(
                "/usr/bin/python3",
                [
                    "-u",
                    Path.Combine(AppContext.BaseDirectory, "Node", "esp_peer.py"),
                    $"{gateway}",
                    $"{anchor}",
                    transform == SecurityTransform.NullHmacSha256 ? "null" : "aes",
                    $"{ToAnchor:x}",
                    KeyFile(ToAnchor),
                    $"{ToGateway:x}",
                    KeyFile(ToGateway),
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        );
        var first = ReadLine();
        Assert.SkipWhen(
            first == "missing: cryptography" && Environment.GetEnvironmentVariable("CI") is null,
            "The package python3-cryptography is not installed."
        );
        first.Should().Be("ready");
    }

    private NodeAssociation Association(uint index, IPAddress peer, IPAddress destination, SecurityTransform transform)
    {
        var length = transform == SecurityTransform.NullHmacSha256 ? 32 : 64;
        File.WriteAllText(
            KeyFile(index),
            Convert.ToHexString([.. Enumerable.Range((int)index, length).Select(octet => (byte)(3 * octet))])
        );
        File.SetUnixFileMode(KeyFile(index), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new NodeAssociation
        {
            SecurityParametersIndex = index,
            Peer = peer,
            Destination = destination,
            Transform = transform,
            KeyFile = KeyFile(index),
        };
    }

    private string KeyFile(uint index) => Path.Combine(_keys.FullName, $"{index:x}.key");

    /// <summary>An acknowledgement.</summary>
    /// <param name="To">The request that it answers.</param>
    /// <param name="Under">The SPI, or "nothing".</param>
    /// <param name="Next">The Next Header under ESP.</param>
    /// <param name="Sequence">The sequence number under ESP.</param>
    private sealed record Answer(string To, int Status, string Under, int Next, int Sequence)
    {
        public static Answer Of(JsonElement said) =>
            new(
                said.GetProperty("to").GetString()!,
                said.GetProperty("status").GetInt32(),
                said.GetProperty("under").GetString()!,
                said.TryGetProperty("next", out var next) ? next.GetInt32() : 0,
                said.TryGetProperty("sequence", out var sequence) ? sequence.GetInt32() : 0
            );
    }
}
