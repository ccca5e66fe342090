using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Drivers;
using Conformance.Testing.Bed;
using Conformance.Testing.Protection;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>Which DHCPFORCERENEW a client heeds (RFC 3118, Section 5; RFC 3203, Sections 2.2 and 6), in octets by hand.</summary>
public sealed class DhcpAuthenticationTests
{
    private const uint SecretId = 0x2c01;
    private const string Steps =
        "Given MN1 is a dual mobile node\nAnd MN1 is attached at link 1 and registered with LMA1\n"
        + $"And MN1 has its IPv4 home address by DHCP\n{Renews}";
    private const string Renews =
        "When MN1 sends a DHCPREQUEST with state = RENEWING; destination = 192.0.2.162\nThen MN1 gets a DHCPFORCERENEW";

    /// <summary>Protocol, algorithm and replay detection method; the counter; the secret ID.</summary>
    private const string Delayed = "010100 00000000000000ff 00002c01";

    private static readonly byte[] _key = [.. Enumerable.Range(1, 16).Select(octet => (byte)octet)];
    private static readonly IPAddress _address = IPAddress.Parse("198.18.64.2");

    private readonly ScriptedIpv4Mag _mag = new("dhcp-server");

    [Theory]
    [InlineData(Delayed, "it came")]
    [InlineData("", "the client discards what came: it has no Authentication option")]
    [InlineData(
        "000100 00000000000000ff 00002c01",
        "the client discards what came: its Authentication option is not one of delayed authentication with HMAC-MD5 and a counter"
    )]
    [InlineData(
        "010200 00000000000000ff 00002c01",
        "the client discards what came: its Authentication option is not one of delayed authentication with HMAC-MD5 and a counter"
    )]
    [InlineData(
        "010101 00000000000000ff 00002c01",
        "the client discards what came: its Authentication option is not one of delayed authentication with HMAC-MD5 and a counter"
    )]
    [InlineData("010100 00000000000000ff 00002c02", "the client discards what came: its secret ID is not 0x00002c01")]
    public void Message_HasTheOption(string option, string expected)
    {
        _mag.OnDhcp = Serve(option);

        Outcome(Run()).Should().Be(expected);
    }

    [Theory]
    [InlineData(true, 0, "it came")]
    [InlineData(false, 0, "the client discards what came: its HMAC-MD5 is wrong")]
    [InlineData(true, 20, "the client discards what came: its HMAC-MD5 is wrong")]
    [InlineData(true, 3, "it came")]
    [InlineData(true, 24, "it came")]
    public void Message_IsThatOfTheKey_ButForHopsAndRelay(bool isRightKey, int changed, string expected)
    {
        _mag.OnDhcp = Serve(Delayed, isRightKey ? _key : new byte[16], changed);

        Outcome(Run()).Should().Be(expected);
    }

    [Theory]
    [InlineData("00000000000000fe", "the client discards what came: its counter is not above that of the message before")]
    [InlineData("00000000000000ff", "the client discards what came: its counter is not above that of the message before")]
    [InlineData("0000000000000100", "it came")]
    public void LaterMessage_HasAHigherCounter(string counter, string expected)
    {
        var first = Serve(Delayed);
        var second = Serve($"010100 {counter} 00002c01");
        _mag.OnDhcp = (mag, asked) => (mag.Messages.Count > 3 ? second : first)(mag, asked);

        Outcome(Run($"{Steps}\n{Renews}")).Should().Be(expected);
    }

    [Fact]
    public void Message_ToAll_IsDiscarded()
    {
        _mag.OnDhcp = Serve(Delayed, to: IPAddress.Broadcast);

        Outcome(Run()).Should().Be("the client discards what came: it is not sent to the client alone");
    }

    [Fact]
    public void WithoutTheKey_NothingIsJudged()
    {
        _mag.OnDhcp = Serve(Delayed);

        var result = Run(keys: Keyring.None);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("the tester has no key of the DHCP server");
    }

    [Fact]
    public void Server_IsTheOneThatHasSentTheMessage()
    {
        _mag.OnDhcp = Serve(Delayed);

        Run($"{Steps}\nWhen MN1 sends a DHCPREQUEST with state = RENEWING\nThen MN1 gets no DHCPACK");

        _mag.LastPath.Destination.Should().Be(IPAddress.Parse("192.0.2.161"));
    }

    private static string Outcome(ScenarioResult result) => result.Purpose[^1].Ok ? "it came" : result.Purpose[^1].Actual;

    private ScenarioResult Run(string steps = Steps, Keyring? keys = null)
    {
        var key = new SecretBytes(_key);
        var facts = _mag.Bed.Facts;
        _mag.Bed.Facts = facts with
        {
            Keys = keys ?? Keyring.Of([key]),
            Ixit = facts.Ixit with { Ipv4 = facts.Ixit.Ipv4! with { ForceRenewKey = new DhcpKey(SecretId, key.Fingerprint) } },
        };
        return PhraseRuns.Run(_mag.Bed, "status", steps, "TC-MAG-DHCPS-BV-01", "ipv4-draft-04-9.9-k1").Result;
    }

    /// <summary>Leases the address, and answers a message to another server by a DHCPFORCERENEW.</summary>
    /// <param name="option">The data of its Authentication option without the MAC; empty for no option.</param>
    /// <param name="changed">The octet that is another one than the one of the MAC; 0 for none.</param>
    private static Action<ScriptedIpv4Mag, DhcpMessage> Serve(string option, byte[]? key = null, int changed = 0, IPAddress? to = null) =>
        (mag, asked) =>
        {
            if (mag.Messages.Count <= 2)
            {
                mag.Answer(asked, asked.Type == DhcpMessageType.Discover ? DhcpMessageType.Offer : DhcpMessageType.Ack, _address);
                return;
            }

            const int Mac = 16;
            var data = Convert.FromHexString(option.Replace(" ", string.Empty, StringComparison.Ordinal));
            DhcpOption[] authentication = data.Length == 0 ? [] : [Authentication([.. data, .. new byte[Mac]])];
            var message = new DhcpMessage(
                DhcpOperation.BootReply,
                7,
                [
                    new DhcpMessageTypeOption(DhcpMessageType.ForceRenew),
                    new DhcpServerIdentifierOption(IPAddress.Parse("192.0.2.161")),
                    .. authentication,
                ]
            )
            {
                HardwareAddress = asked.HardwareAddress,
            };
            var octets = message.ToBytes();
            if (data.Length > 0)
            {
                var at = octets.AsSpan().IndexOf(data) + data.Length;
#pragma warning disable CA5351 // RFC 3118, Section 5.2: the function is HMAC-MD5.
                HMACMD5.HashData(key ?? _key, octets).CopyTo(octets, at);
#pragma warning restore CA5351
            }

            octets[changed] ^= (byte)(changed == 0 ? 0 : 1);
            mag.ToNode(octets, asked.HardwareAddress, to ?? asked.ClientAddress);
        };

    private static DhcpAuthenticationOption Authentication(byte[] data) =>
        new(data[0], data[1], data[2], BinaryPrimitives.ReadUInt64BigEndian(data.AsSpan(3)), new OctetString(data.AsSpan(11)));
}
