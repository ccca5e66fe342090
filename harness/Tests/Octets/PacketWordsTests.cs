using System.Net;
using Conformance.Harness.Tests.Capture;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Octets;

public sealed class PacketWordsTests
{
    private static readonly IPAddress _correspondentNode = IPAddress.Parse("2001:db8:200::c1");
    private static readonly IPAddress _mobileNode = IPAddress.Parse("2001:db8:8000::1");

    [Fact]
    public void ProxyBindingUpdate_IsDescribedInOrderOfItsOptions() =>
        Words(
                CapturedPackets.Frame(
                    CapturedPackets.Mag,
                    CapturedPackets.Lma,
                    CapturedPackets.Update(
                        MobileNodeIdentifierOption.ForNai("mn1@pmip.example"),
                        new HomeNetworkPrefixOption(Ipv6Prefix.AllZero),
                        new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
                        new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
                        new MobileNodeLinkLayerIdentifierOption(new OctetString([2, 0x5e, 0, 0, 0, 1])),
                        new TimestampOption(Timestamp.FromUtc(Traces.Start)),
                        new UnknownOption(200, new OctetString([1, 2]))
                    )
                )
            )
            .Should()
            .Be(
                "PBU seq 7, 600 s, AP, mn1@pmip.example, HNP ::/0, HI 1, ATT 3, LL-Id 025e00000001, "
                    + "TS 2026-01-01T00:00:00.000000Z, option 200 (2 octets)"
            );

    [Fact]
    public void Rejection_IsDescribedWithNumberAndNameOfStatus() =>
        Text(CapturedPackets.Acknowledgement(BindingStatus.MISSING_HANDOFF_INDICATOR_OPTION))
            .Should()
            .Be("PBA seq 7, 161 MISSING_HANDOFF_INDICATOR_OPTION, P");

    [Fact]
    public void StatusWithoutName_IsDescribedByNumber() =>
        Text(CapturedPackets.Acknowledgement((BindingStatus)250)).Should().StartWith("PBA seq 7, 250, P");

    [Fact]
    public void UnassignedFlagBits_AreShown() =>
        Text(CapturedPackets.Update() with { Flags = BindingUpdateFlags.HomeRegistration | (BindingUpdateFlags)0x0001 })
            .Should()
            .Be("BU seq 7, 600 s, H+0x1");

    [Fact]
    public void WrongChecksum_IsShown()
    {
        var frame = CapturedPackets.Frame(CapturedPackets.Mag, CapturedPackets.Lma, CapturedPackets.Update());
        frame[^1] ^= 1;

        Words(frame).Should().EndWith(", wrong checksum");
    }

    [Fact]
    public void MalformedMobilityHeader_IsShownWithOctetOfFrame()
    {
        var option = new UnknownOption(200, new OctetString([1, 2]));
        var frame = CapturedPackets.Frame(CapturedPackets.Mag, CapturedPackets.Lma, CapturedPackets.Update(option));
        frame[67] = 9;

        Words(frame).Should().Be("PBU seq 7, 600 s, AP, wrong checksum, malformed at octet 66: runs past the end of the message");
        Words(frame.AsMemory(0, 60)).Should().StartWith("BU, malformed at octet 60: cut off, malformed at octet 18: ");
    }

    [Fact]
    public void TunnelledPacket_IsDescribedWithBothPairsOfAddresses()
    {
        var inner = new Ipv6Packet(
            _correspondentNode,
            _mobileNode,
            IpProtocol.Icmpv6,
            new EchoRequest(1, 2, default).ToBytes(_correspondentNode, _mobileNode)
        );

        Words(CapturedPackets.Frame(CapturedPackets.Lma, CapturedPackets.Mag, IpProtocol.Ipv6, inner.ToBytes()))
            .Should()
            .Be("[Echo Request seq 2 in tunnel], 2001:db8:200::c1 → 2001:db8:8000::1");
    }

    [Fact]
    public void RouterAdvertisement_IsDescribedWithPrefixes() =>
        Words(
                CapturedPackets.Frame(
                    CapturedPackets.Mag,
                    Ipv6Multicast.AllNodes,
                    new RouterAdvertisement(
                        64,
                        false,
                        false,
                        1800,
                        0,
                        0,
                        new NdOptionList(
                            new PrefixInformationOption(Ipv6Prefix.Parse("2001:db8:8000::/64"), true, true, 600, 600),
                            new MtuOption(1460)
                        )
                    )
                )
            )
            .Should()
            .Be("Router Advertisement, prefix 2001:db8:8000::/64, router lifetime 1800 s, MTU 1460");

    [Fact]
    public void OtherProtocols_HaveTheirWords() =>
        Frames
            .All()
            .Select(frame => Words(frame))
            .Should()
            .Equal(
                "ARP Request for 192.0.2.1, from 192.0.2.10",
                "DHCPDISCOVER, xid 0x12345678, relay 192.0.2.1, asks for 192.0.2.10",
                "DHCPDISCOVER, xid 0x12345678, relay 192.0.2.1, asks for 192.0.2.10",
                "DHCPv6 Solicit in Relay-forward, link 2001:db8:100::1, peer fe80::5e:ff:fe00:1, transaction 0xabcdef",
                "ESP, SPI 0x00000000, seq 0",
                "ESP, SPI 0x00000000, seq 0",
                "[Echo Request seq 2 in tunnel], fe80::5e:ff:fe00:1 → 2001:db8:100::1",
                "PBU seq 7, 600 s, P, mn1@pmip.example, in UDP 5436 → 5436",
                "[Echo Request seq 2 in tunnel], fe80::5e:ff:fe00:1 → 2001:db8:100::1, in UDP 5437 → 5437",
                "[Echo Request seq 2 in tunnel], fe80::5e:ff:fe00:1 → 2001:db8:100::1, behind a TLV header, in UDP 9 → 4191",
                "Destination Unreachable, MTU 1400, about [UDP 0 → 0 in tunnel], 192.0.2.10 → 192.0.2.1"
            );

    [Fact]
    public void ControlCharacters_InIdentifier_AreEscaped() =>
        Text(CapturedPackets.Update(MobileNodeIdentifierOption.ForNai("a\nb"))).Should().EndWith("a\\u000ab");

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("ffffffffffff025e000000010806000108000604")]
    public void AnythingElse_IsDescribedToo(string octets) => Words(Convert.FromHexString(octets)).Should().NotBeEmpty();

    [Fact]
    public void RandomDamage_NeverThrows()
    {
        var random = new Random(4711);
        var good = CapturedPackets.Frame(
            CapturedPackets.Mag,
            CapturedPackets.Lma,
            CapturedPackets.Update(
                MobileNodeIdentifierOption.ForNai("mn1@pmip.example"),
                new HomeNetworkPrefixOption(Ipv6Prefix.AllZero),
                new TimestampOption(new Timestamp(ulong.MaxValue))
            )
        );
        for (var i = 0; i < 20_000; i++)
        {
            var frame = good[..random.Next(good.Length + 1)];
            for (var changes = random.Next(4); changes > 0 && frame.Length > 0; changes--)
            {
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            }

            Words(frame).Should().NotBeEmpty();
        }
    }

    private static string Text(MobilityMessage message) => Words(CapturedPackets.Frame(CapturedPackets.Mag, CapturedPackets.Lma, message));

    private static string Words(ReadOnlyMemory<byte> frame) => PacketStack.Of(frame).Words(AddressNames.Instance).ToString();
}
