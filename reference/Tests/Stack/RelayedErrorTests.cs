using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.TunnelledNetwork;

namespace Pmip.Reference.Tests.Stack;

/// <summary>
/// Errors in a tunnel are passed on to the source of the packet in it: RFC 2473, Section 8; RFC 4213, Section 3.4; RFC 2003, Section 4.
/// </summary>
public sealed class RelayedErrorTests
{
    private const int QuotedIpv4 = 548;

    public static TheoryData<TunnelMode, int> Modes => TunnelledNetwork.Modes;

    /// <summary>Type and code of Address Unreachable, or Host Unreachable.</summary>
    private static (int Type, int Code) Unreachable(int version) => version == 6 ? (1, 3) : (3, 1);

    [Theory]
    [MemberData(nameof(Modes))]
    public void HopLimitExceededInTheTunnel_IsUnreachableForTheSource(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);

        Inject(
            network,
            Packet(version),
            invoking => mode == TunnelMode.Ipv6 ? new TimeExceeded(0, invoking) : new Icmpv4TimeExceeded(0, invoking)
        );

        var error = network.Errors().Should().ContainSingle().Subject;
        (error.Type, error.Code).Should().Be(Unreachable(version));
        error.Invoking.Should().Be(new OctetString(Packet(version).ToBytes()));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void NodeUnreachableInTheTunnel_IsUnreachableForTheSource(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);

        Inject(
            network,
            Packet(version),
            invoking => mode == TunnelMode.Ipv6 ? new DestinationUnreachable(0, invoking) : new Icmpv4DestinationUnreachable(1, invoking)
        );

        network.Errors().Select(e => (e.Type, e.Code)).Should().Equal(Unreachable(version));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void RelayedError_ComesFromTheEntry(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);

        Inject(
            network,
            Packet(version),
            invoking => mode == TunnelMode.Ipv6 ? new TimeExceeded(0, invoking) : new Icmpv4TimeExceeded(0, invoking)
        );

        var error = network.Network.On("near").Single(s => SeenError.Of((object?)s.Icmpv4 ?? s.Icmp) is not null).Ip!;
        (error.Source, error.Destination).Should().Be((EntryNearAddress(version), NearAddress(version)));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void TooBigInTheTunnel_IsTooBigForTheSource_WithoutTheHeadersOfTheTunnel(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);

        TooBig(network, Packet(version, 1440), 1400);

        var error = network.Errors().Should().ContainSingle().Subject;
        (error.Type, error.Code, error.Mtu)
            .Should()
            .Be(version == 6 ? (2, 0, (uint)(1400 - network.Overhead)) : (3, 4, (uint)(1400 - network.Overhead)));
    }

    [Theory]
    [InlineData(TunnelMode.Ipv6)]
    [InlineData(TunnelMode.Ipv4)]
    [InlineData(TunnelMode.Ipv4Udp)]
    public void TooBigInTheTunnel_IsNotToldToASourceThatCannotSendLess(TunnelMode mode)
    {
        var network = new TunnelledNetwork(mode);

        TooBig(network, Packet(6, 1280), 1290);
        TooBig(network, (Ipv4Packet)Packet(4, 1440) with { DontFragment = false }, 1290);
        network.Errors().Should().BeEmpty();

        TooBig(network, Packet(6, 1281), 1280);
        network.Errors().Select(e => e.Mtu).Should().Equal(1280u);
    }

    [Fact]
    public void TooBigBelowTheMinimumOfIpv6_IsIgnored()
    {
        var network = new TunnelledNetwork(TunnelMode.Ipv6);
        TooBig(network, Packet(6, 1440), 1279);
        network.Errors().Should().BeEmpty();
    }

    [Fact]
    public void EncapsulationLimitInTheTunnel_IsUnreachableForTheSource()
    {
        var network = new TunnelledNetwork(TunnelMode.Ipv6);
        byte[] limit = [IpProtocol.Ipv6, 0, 4, 1, 0, 1, 1, 0];
        var outer = network.Outer(Packet(6));
        outer = outer with { Protocol = IpProtocol.DestinationOptions, Payload = (byte[])[.. limit, .. outer.Payload.Span] };

        Reply(network, outer, new ParameterProblem(0, 44, new OctetString(outer.ToBytes())));
        network.Errors().Select(e => (e.Type, e.Code)).Should().Equal(Unreachable(6));

        Reply(network, outer, new ParameterProblem(0, 43, new OctetString(outer.ToBytes())));
        network.Errors().Should().HaveCount(1);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void ReassemblyTimeExceededAtTheExit_IsNotRelayed(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        Inject(
            network,
            Packet(version),
            invoking => mode == TunnelMode.Ipv6 ? new TimeExceeded(1, invoking) : new Icmpv4TimeExceeded(1, invoking)
        );
        network.Errors().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void ErrorAboutAnErrorInTheTunnel_IsNotRelayed(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        var (from, to) = (NearAddress(version), FarAddress(version));
        IpPacket error =
            version == 6
                ? new Ipv6Packet(from, to, IpProtocol.Icmpv6, new TimeExceeded(0, default).ToBytes(from, to))
                : new Ipv4Packet(from, to, Ipv4Protocol.Icmp, new Icmpv4TimeExceeded(0, default).ToBytes());

        Inject(network, error, invoking => mode == TunnelMode.Ipv6 ? new TimeExceeded(0, invoking) : new Icmpv4TimeExceeded(0, invoking));

        network.Errors().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void QuotedPacket_ThatIsCutAnywhere_NeverHurts(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        var outer = network.Outer(Packet(version));
        var octets = outer.ToBytes();
        var headers = octets.Length - Packet(version).Payload.Length;
        for (var length = 0; length <= octets.Length; length++)
        {
            network.Network.Forget();
            var invoking = new OctetString(octets.AsSpan(0, length));

            Reply(network, outer, mode == TunnelMode.Ipv6 ? new TimeExceeded(0, invoking) : new Icmpv4TimeExceeded(0, invoking));

            network.Errors().Should().HaveCount(length > headers ? 1 : 0);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void ErrorAboutAPacketOfAnotherNode_OrOutsideTheTunnel_IsNotRelayed(TunnelMode mode, int version)
    {
        var network = new TunnelledNetwork(mode);
        var outer = network.Outer(Packet(version));

        Reply(network, outer with { Source = network.CoreRouter }, to: network.EntryAddress);
        Reply(network, outer with { Destination = network.CoreRouter }, to: network.EntryAddress);
        Reply(network, outer with { Protocol = IpProtocol.NoNextHeader }, to: network.EntryAddress);

        network.Errors().Should().BeEmpty();

        void Reply(TunnelledNetwork over, IpPacket about, IPAddress to)
        {
            var invoking = new OctetString(about.ToBytes());
            RelayedErrorTests.Reply(
                over,
                about,
                mode == TunnelMode.Ipv6 ? new TimeExceeded(0, invoking) : new Icmpv4TimeExceeded(0, invoking),
                to
            );
        }
    }

    private static void TooBig(TunnelledNetwork network, IpPacket inner, ushort mtu) =>
        Inject(
            network,
            inner,
            invoking =>
                network.Tunnel.Mode == TunnelMode.Ipv6 ? new PacketTooBig(mtu, invoking) : new Icmpv4FragmentationNeeded(mtu, invoking)
        );

    /// <summary>A router in the core answers a packet in the tunnel.</summary>
    private static void Inject(TunnelledNetwork network, IpPacket inner, Func<OctetString, object> error)
    {
        var outer = network.Outer(inner);
        var octets = outer.ToBytes();
        var quoted = network.Tunnel.Mode == TunnelMode.Ipv6 ? 1232 : QuotedIpv4;
        Reply(network, outer, error(new OctetString(octets.AsSpan(0, Math.Min(octets.Length, quoted)))));
    }

    private static void Reply(TunnelledNetwork network, IpPacket outer, object error, IPAddress? to = null)
    {
        var (from, destination) = (network.CoreRouter, to ?? outer.Source);
        IpPacket reply = error is Icmpv6Message v6
            ? new Ipv6Packet(from, destination, IpProtocol.Icmpv6, v6.ToBytes(from, destination))
            : new Ipv4Packet(from, destination, Ipv4Protocol.Icmp, ((Icmpv4Message)error).ToBytes());
        network.Network.Inject("core", EntryCoreMac, reply);
    }
}
