using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.TunnelledNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>What a node learns from Packet Too Big and Fragmentation Needed about its own packets.</summary>
public sealed class PathMtuTests
{
    /// <summary>Larger than any reported path, and smaller than the links of the hosts.</summary>
    private const int Length = 1450;

    private readonly TunnelledNetwork _network = new(TunnelMode.Ipv6);

    public static TheoryData<TunnelMode, int> Modes => TunnelledNetwork.Modes;

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void ReportedMtu_LimitsThePacketsToThatDestination_ForTenMinutes(int version)
    {
        Send(version);
        Lengths().Should().Equal(Length);

        Report(version, 1400);
        Send(version);
        Lengths().Should().HaveCount(2).And.OnlyContain(length => length <= 1400);

        _network.Network.Run(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Send(version);
        Lengths().Should().HaveCount(2);

        _network.Network.Run(TimeSpan.FromTicks(1));
        Send(version);
        Lengths().Should().Equal(Length);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void LargerMtu_IsNotBelieved_AndASmallerOneIs(int version)
    {
        Report(version, 1400);
        Report(version, 1440);
        Send(version);
        Lengths().Should().OnlyContain(length => length <= 1400);

        Report(version, 1300);
        Send(version);
        Lengths().Should().OnlyContain(length => length <= 1300);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void ReportAboutAPacketOfAnotherNode_IsIgnored(int version)
    {
        Report(version, 1300, about: Packet(version, Length) with { Source = EntryNearAddress(version) });
        Send(version);
        Lengths().Should().Equal(Length);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void OtherDestinations_AreNotLimited(int version)
    {
        Report(
            version,
            1300,
            about: Packet(version, Length) with
            {
                Destination = _network.Exit.Addresses(new LinkId("far"))[version == 6 ? 1 : 2],
            }
        );
        Send(version);
        Lengths().Should().Equal(Length);
    }

    [Theory]
    [InlineData(1279, false)]
    [InlineData(1280, true)]
    public void MtuBelowTheMinimumOfIpv6_IsNotBelieved(uint mtu, bool isBelieved)
    {
        Report(6, mtu);
        Send(6);
        Lengths().Should().HaveCount(isBelieved ? 2 : 1);
    }

    [Theory]
    [InlineData(0, 576)]
    [InlineData(1, 68)]
    [InlineData(68, 68)]
    public void MtuThatIsNotSaid_OrImpossible_IsReplacedInIpv4(uint mtu, int largest)
    {
        Report(4, mtu);
        Send(4);
        Lengths().Max().Should().BeInRange(largest - 7, largest);
    }

    [Fact]
    public void DestinationReportedFirst_IsForgottenBeyondTheLimit()
    {
        Report(6, 1300);
        for (var number = 0; number < 1024; number++)
        {
            var other = new IPAddress([.. FarAddress(6).GetAddressBytes()[..14], (byte)(number >> 8), (byte)number]);
            Report(6, 1300, about: Packet(6, Length) with { Destination = other });
        }
        Send(6);
        Lengths().Should().Equal(Length);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void PathOfATunnel_LimitsThePacketsThatEnterIt(TunnelMode mode, int version)
    {
        const int pathMtu = 1400;
        var network = new TunnelledNetwork(mode);
        network.Enter(Packet(version, Length));
        var outer = network.Outer(Packet(version, Length));
        network.Network.Inject("core", EntryCoreMac, TooBig(outer, network.CoreRouter, pathMtu));
        network.Network.Forget();

        var tunnelMtu = pathMtu - network.Overhead;
        network.Enter(Packet(version, tunnelMtu));
        network.InTunnel().Select(p => p.Length).Should().Equal(pathMtu);

        network.Enter(Packet(version, tunnelMtu + 1));
        network.InTunnel().Should().HaveCount(1);
        network.Errors().Select(e => e.Mtu).Should().Equal((uint)tunnelMtu);
    }

    private static IpPacket TooBig(IpPacket about, IPAddress from, uint mtu, IPAddress? destination = null)
    {
        var (octets, to) = (about.ToBytes(), destination ?? about.Source);
        return about is Ipv6Packet
            ? new Ipv6Packet(
                from,
                to,
                IpProtocol.Icmpv6,
                new PacketTooBig(mtu, new OctetString(octets.AsSpan(0, Math.Min(octets.Length, 1232)))).ToBytes(from, to)
            )
            : new Ipv4Packet(
                from,
                to,
                Ipv4Protocol.Icmp,
                new Icmpv4FragmentationNeeded((ushort)mtu, new OctetString(octets.AsSpan(0, Math.Min(octets.Length, 548)))).ToBytes()
            );
    }

    /// <summary>A router on the path of the near host reports an MTU.</summary>
    private void Report(int version, uint mtu, IpPacket? about = null) =>
        _network.Network.Inject(
            "near",
            ExampleNodes.Mac(0x15),
            TooBig(about ?? Packet(version, Length), EntryNearAddress(version), mtu, NearAddress(version))
        );

    /// <summary>The near host sends a packet that may be fragmented.</summary>
    private void Send(int version)
    {
        _network.Network.Forget();
        var packet = Packet(version, Length);
        _network.Near.Send(packet is Ipv4Packet ipv4 ? ipv4 with { DontFragment = false } : packet, _network.Network.Now);
        _network.Network.Settle();
    }

    private IReadOnlyList<int> Lengths() =>
        [
            .. _network
                .Network.On("near")
                .Where(s =>
                    s.Frame.Source == ExampleNodes.Mac(0x15)
                    && s.Ip is not null
                    && s.Icmp is not (NeighborSolicitation or NeighborAdvertisement)
                )
                .Select(s => s.Ip!.Length),
        ];
}
