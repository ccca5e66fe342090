using System.Net;
using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>A mobile node under test among links of the tester, which has no carrier until a scenario gives it one.</summary>
public sealed class MobileNodeBedTests
{
    private static readonly TimeSpan _awhile = TimeSpan.FromSeconds(5);
    private static readonly MacAddress _routerLink = MacAddress.Parse("02:7e:00:00:00:ff");
    private static readonly IPAddress _router = IPAddress.Parse("fe80::ff");
    private static readonly Ipv6Prefix _prefix = Ipv6Prefix.Parse("2001:db8:101::/64");
    private static readonly PortId _link = Ports.Access(1);

    public static TheoryData<string> Configurations() =>
        [
            .. NamedConfiguration
                .All.Where(configuration => configuration.Domain.Tested is { Role: NodeRole.Mn })
                .Select(configuration => configuration.Name),
        ];

    [Fact]
    public void Configurations_AreForMobileIpv6AloneAndForSeveralCareOfAddresses() =>
        Configurations()
            .Select(row => row.Data)
            .Should()
            .Equal("mn-mipv6", "mn-mcoa", "mn-mcoa-single", "mn-mcoa-home", "mn-mcoa-esp", "mn-dsmipv6");

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Ixit_TellsTheAddressesOfTheMobileNodeAndItsPeers(string configuration)
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);

        var ixit = beds.IxitOf(configuration)!;

        ixit.Domain.Tested!.Addresses.Should().Contain(ixit.MobileNode!.HomeAddress);
        ixit.MobileNode.HomePrefix.Contains(ixit.MobileNode.HomeAddress).Should().BeTrue();
        ixit.Domain.OwnerOf(ixit.MobileNode.HomeAgent)!.Role.Should().Be(NodeRole.Ha);
        ixit.Domain.OwnerOf(ixit.MobileNode.Correspondent)!.Role.Should().Be(NodeRole.Cn);
        ixit.Mobility.Should().BeNull("its mobile nodes are not the tester's");
    }

    [Fact]
    public void Associations_AreThoseOfTheHomeAddress()
    {
        var domain = NamedConfiguration.Find("mn-mcoa-esp")!.Domain;

        domain.Associations.Select(known => (known.From, known.To)).Should().Equal(("MN1", "HA1"), ("HA1", "MN1"));
        domain.Associations.Should().OnlyContain(known => known.AddressOf(domain.Tested!)!.Equals(McoaDomains.OfMobileNode.HomeAddress));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void MobileNode_SolicitsARouter_WhenALinkComesUp(string configuration)
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);
        using var bed = beds.Open(configuration);
        Received(bed).Should().BeEmpty("no link has a carrier");

        bed.SetCarrier(_link, up: true).Should().Be(Completed.Ok);

        Received(bed).Should().Contain((_link, "Router Solicitation")).And.OnlyContain(received => received.Port == _link);
    }

    [Fact]
    public void MobileNode_MakesACareOfAddress_OutOfThePrefixThatIsAdvertised()
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);
        using var bed = beds.Open("mn-mcoa");
        var careOf = _prefix.AddressWith(MacAddress.Parse("02:1a:00:00:00:51").InterfaceIdentifier());
        bed.SetCarrier(_link, up: true);
        Received(bed);
        Advertise(bed);
        Received(bed);

        Answers(bed, careOf).Should().BeTrue();
        Answers(bed, McoaDomains.OfMobileNode.HomeAddress).Should().BeFalse("the home address is not on a foreign link");
    }

    [Fact]
    public void MobileNode_WithoutCarrier_HearsNothing()
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);
        using var bed = beds.Open("mn-mcoa");
        bed.SetCarrier(_link, up: true);
        bed.SetCarrier(_link, up: false);
        Received(bed);

        Advertise(bed);

        Received(bed).Should().BeEmpty();
    }

    [Fact]
    public void MobileNode_ThatStartsAgain_SolicitsOnLinksThatAreUp()
    {
        using var beds = new SimulatedBeds(Implementation.Reference, seed: 1);
        using var bed = beds.Open("mn-mcoa");
        bed.SetCarrier(_link, up: true);
        Advertise(bed);
        Received(bed);

        bed.UpperTester.Start(new UpperTesterAction.Manage("MN1", new DeviceCommand.Restart())).Result.Should().Be(Outcome.Ok);

        Received(bed).Should().Contain((_link, "Router Solicitation")).And.OnlyContain(received => received.Port == _link);
    }

    private static bool Answers(ITestBed bed, IPAddress address)
    {
        var solicitation = new NeighborSolicitation(address, new NdOptionList([new SourceLinkLayerAddressOption(_routerLink)]));
        bed.Send(_link, FromRouter(Ipv6Multicast.SolicitedNode(address), solicitation));
        return Received(bed).Contains((_link, "Neighbor Advertisement"));
    }

    private static void Advertise(ITestBed bed) =>
        bed.Send(
            _link,
            FromRouter(
                Ipv6Multicast.AllNodes,
                new RouterAdvertisement(
                    64,
                    false,
                    false,
                    1800,
                    0,
                    0,
                    new NdOptionList([
                        new SourceLinkLayerAddressOption(_routerLink),
                        new PrefixInformationOption(_prefix, OnLink: true, Autonomous: true, 3600, 1800),
                    ])
                )
            )
        );

    private static byte[] FromRouter(IPAddress destination, Icmpv6Message message) =>
        new EthernetFrame(
            MacAddress.ForMulticast(destination),
            _routerLink,
            EthernetFrame.Ipv6EtherType,
            new Ipv6Packet(_router, destination, IpProtocol.Icmpv6, message.ToBytes(_router, destination)) { HopLimit = 255 }.ToBytes()
        ).ToBytes();

    /// <summary>The ports and ICMPv6 messages of what comes within <see cref="_awhile"/>.</summary>
    private static List<(PortId Port, string Message)> Received(ITestBed bed)
    {
        var received = new List<(PortId, string)>();
        var until = bed.Now + _awhile;
        while (bed.TryReceive(until, out var frame))
        {
            if (PacketStack.Of(frame.Bytes).Innermost is Icmpv6Layer icmp)
            {
                received.Add((frame.Port, icmp.Message));
            }
        }

        return received;
    }
}
