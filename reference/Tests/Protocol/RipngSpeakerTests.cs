using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 2080, Sections 2.3 and 2.5.</summary>
public class RipngSpeakerTests
{
    private static readonly Instant _start = new(0);
    private static readonly IpPrefix _one = Ipv6Prefix.Parse("2001:db8:8000:1::/64");
    private static readonly IpPrefix _two = Ipv6Prefix.Parse("2001:db8:8000:2::/64");

    private readonly RipngSpeaker _speaker = new(new Random(1));

    [Fact]
    public void Route_IsToldAtOnce_AndOnlyOnce()
    {
        _speaker.NextTimeout.Should().BeNull();

        _speaker.Announce(_one, _start);
        _speaker.Announce(_one, _start);

        Told().Should().Equal(new RipngRoute(_one, 1));
    }

    [Fact]
    public void Routes_AreToldAgainPeriodically()
    {
        _speaker.Announce(_two, _start);
        _speaker.Announce(_one, _start);
        Told();
        var due = _speaker.NextTimeout!.Value;
        (due - _start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(15)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(45));

        _speaker.HandleTimeout(due + TimeSpan.FromTicks(-1));
        Told().Should().BeEmpty();
        _speaker.HandleTimeout(due);

        Told().Should().Equal(new RipngRoute(_one, 1), new RipngRoute(_two, 1));
        (_speaker.NextTimeout > due).Should().BeTrue();
    }

    [Fact]
    public void WithdrawnRoute_IsToldAsUnreachable_ForTwoMinutes()
    {
        _speaker.Announce(_one, _start);
        Told();

        _speaker.Withdraw(_one, _start);
        _speaker.Withdraw(_one, _start);
        _speaker.Withdraw(_two, _start);

        Told().Should().Equal(new RipngRoute(_one, RipngRoute.Infinity));
        var last = _start;
        while (_speaker.NextTimeout is { } due)
        {
            _speaker.HandleTimeout(due);
            var told = Told();
            told.Should().AllBeEquivalentTo(new RipngRoute(_one, RipngRoute.Infinity));
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

        Told().Should().Equal(new RipngRoute(_one, 1));
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

    private List<RipngRoute> Told()
    {
        var told = new List<RipngRoute>();
        while (_speaker.TryTakeMessage(out var message))
        {
            told.AddRange(message.Routes);
        }
        return told;
    }
}
