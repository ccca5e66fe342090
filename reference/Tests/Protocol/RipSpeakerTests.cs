using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 2080, Sections 2.3 and 2.5.</summary>
public class RipSpeakerTests
{
    private static readonly Instant _start = new(0);
    private static readonly IpPrefix _one = Ipv6Prefix.Parse("2001:db8:8000:1::/64");
    private static readonly IpPrefix _two = Ipv6Prefix.Parse("2001:db8:8000:2::/64");

    private readonly RipSpeaker _speaker = new(new Random(1));

    [Fact]
    public void Route_IsToldAtOnce_AndOnlyOnce()
    {
        _speaker.NextTimeout.Should().BeNull();

        _speaker.Announce(_one, _start);
        _speaker.Announce(_one, _start);

        Told().Should().Equal(new RipRoute(_one, 1));
    }

    [Fact]
    public void Routes_AreToldAgainPeriodically()
    {
        _speaker.Announce(_two, _start);
        _speaker.Announce(_one, _start);
        Told();
        var due = _speaker.NextTimeout!.Value;
        (due - _start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(25)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(35));

        _speaker.HandleTimeout(due + TimeSpan.FromTicks(-1));
        Told().Should().BeEmpty();
        _speaker.HandleTimeout(due);

        Told().Should().Equal(new RipRoute(_one, 1), new RipRoute(_two, 1));
        (_speaker.NextTimeout > due).Should().BeTrue();
    }

    [Fact]
    public void RouteOfIpv4_IsToldByRipVersion2_AndInAMessageOfItsOwn()
    {
        var network = IpPrefix.Parse("198.18.0.0/16");
        _speaker.Announce(_one, _start);
        _speaker.Announce(network, _start);
        _speaker.TryTakeMessage(out _);

        _speaker.TryTakeMessage(out var message).Should().BeTrue();

        message.Should().BeOfType<RipVersion2Response>().Which.Routes.Should().Equal(new RipRoute(network, 1));
        var packet = RipSpeaker.Packet(System.Net.IPAddress.Parse("198.51.100.1"), message!).Should().BeOfType<Ipv4Packet>().Subject;
        packet.HopLimit.Should().Be(1);
        packet.Destination.ToString().Should().Be("224.0.0.9");
        UdpDatagram.TryParse(packet.Payload, out var datagram, out _).Should().BeTrue();
        (datagram!.SourcePort, datagram.DestinationPort).Should().Be(((ushort)520, (ushort)520));
        _speaker.HandleTimeout(_speaker.NextTimeout!.Value);
        Told().Should().Equal(new RipRoute(_one, 1), new RipRoute(network, 1));
    }

    [Fact]
    public void WithdrawnRoute_IsToldAsUnreachable_ForTwoMinutes()
    {
        _speaker.Announce(_one, _start);
        Told();

        _speaker.Withdraw(_one, _start);
        _speaker.Withdraw(_one, _start);
        _speaker.Withdraw(_two, _start);

        Told().Should().Equal(new RipRoute(_one, RipRoute.Infinity));
        var last = _start;
        while (_speaker.NextTimeout is { } due)
        {
            _speaker.HandleTimeout(due);
            var told = Told();
            told.Should().AllBeEquivalentTo(new RipRoute(_one, RipRoute.Infinity));
            last = told.Count > 0 ? due : last;
        }

        (last - _start).Should().BeGreaterThan(TimeSpan.FromSeconds(75)).And.BeLessThan(TimeSpan.FromSeconds(120));
    }

    [Fact]
    public void RouteThatComesBack_IsToldAsReachable()
    {
        _speaker.Announce(_one, _start);
        _speaker.Withdraw(_one, _start);
        Told();

        _speaker.Announce(_one, _start);

        Told().Should().Equal(new RipRoute(_one, 1));
    }

    [Fact]
    public void ManyRoutes_AreToldInSeveralMessages()
    {
        for (ulong i = 0; i <= RipngResponse.MaximumRoutes; i++)
        {
            _speaker.Announce(Ipv6Prefix.Parse("2001:db8:8000::/48").Subnet(64, i), _start);
        }
        Told();

        _speaker.HandleTimeout(_speaker.NextTimeout!.Value);

        _speaker.TryTakeMessage(out var first).Should().BeTrue();
        _speaker.TryTakeMessage(out var second).Should().BeTrue();
        (first!.Routes.Count, second!.Routes.Count).Should().Be((RipngResponse.MaximumRoutes, 1));
    }

    private List<RipRoute> Told()
    {
        var told = new List<RipRoute>();
        while (_speaker.TryTakeMessage(out var message))
        {
            told.AddRange(message.Routes);
        }
        return told;
    }
}
