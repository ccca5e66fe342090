using System.Net;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Checks;
using Conformance.TestBeds;
using Conformance.Testing.Protection;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>
/// The associations of the packets of a mobile node: its home address is their end, its care-of addresses are in the packets.
/// </summary>
public sealed class PayloadAssociationTests
{
    private const uint Payload = 0x1501;

    private static readonly Keyring _keys = Keyring.Of(
        McoaDomains.HomeAgentWithPayloadEsp.Associations.Select(known => new SecretBytes(ReferenceKeys.Of(known).Reveal().Span))
    );

    private static readonly IPAddress _home = McoaDomains.Addresses.HomeAddressOf(1);

    private readonly HandMade _made = new(
        ixit: HandMade.Ixit with
        {
            Domain = McoaDomains.HomeAgentWithPayloadEsp.WithKeysOf(file => new SecretBytes(
                Convert.FromHexString(ReferenceKeys.Read(file))
            )),
        },
        keys: _keys
    );

    private EspAssociations Associations => _made.Session.Bed.Associations!;

    private IPAddress HomeAgent => _made.Session.Ixit.Domain.Find("HA1")!.Address!;

    [Fact]
    public void EachHomeAddress_HasOnePairForMessages_AndOneForPackets()
    {
        Associations.All.Should().HaveCount(4 * McoaDomains.ProtectedNodes);
        Associations.All.Select(known => (known.To, known.Association.SecurityParametersIndex)).Should().OnlyHaveUniqueItems();
        foreach (var number in Enumerable.Range(1, McoaDomains.ProtectedNodes))
        {
            var home = McoaDomains.Addresses.HomeAddressOf(number);
            Associations.Between(home, HomeAgent, isTunnel: false)!.Home.Should().BeNull();
            Associations.Between(home, HomeAgent, isTunnel: true)!.Home.Should().Be(home);
            Associations.Between(HomeAgent, home, isTunnel: true)!.Home.Should().Be(home);
        }
    }

    [Fact]
    public void TunnelPacket_FromAnyCareOfAddress_HasTheAssociationOfTheHomeAddress()
    {
        var peer = new EspPeer(_made.Session);
        foreach (var link in Enumerable.Range(1, 3))
        {
            var outer = new Ipv6Packet(McoaDomains.Addresses.CareOfAddressOf(1, link), HomeAgent, IpProtocol.Ipv6, new byte[40]);

            var sealedPacket = peer.ProtectTunnel(outer, _home);

            (sealedPacket.Source, sealedPacket.NextHeader).Should().Be((outer.Source, IpProtocol.Esp));
            EspHeader.TryParse(sealedPacket.Payload.Span, out var header, out _).Should().BeTrue();
            header!.SecurityParametersIndex.Should().Be(Payload);
            peer.ProtectTunnel(outer).Should().Be(outer, "no association has a care-of address");
        }
    }

    [Fact]
    public void SideFile_LeavesTheCareOfAddressOpen()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "esp_sa");

        EspSideFile.Write(path, [Associations]);

        File.ReadAllLines(path)
            .Should()
            .Contain(line => line.StartsWith($"\"IPv6\",\"*\",\"{HomeAgent}\",\"0x00001501\""))
            .And.Contain(line => line.StartsWith($"\"IPv6\",\"{HomeAgent}\",\"*\",\"0x00002501\""))
            .And.Contain(line => line.StartsWith($"\"IPv6\",\"{_home}\",\"{HomeAgent}\",\"0x00001401\""));
    }
}
