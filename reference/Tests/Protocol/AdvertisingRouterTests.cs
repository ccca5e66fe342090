using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 4861, Section 6.2.</summary>
public sealed class AdvertisingRouterTests
{
    private static readonly LinkId _one = new("link1");
    private static readonly LinkId _other = new("link2");
    private static readonly MacAddress _mac = MacAddress.Parse("02:7e:00:00:00:01");
    private static readonly Ipv6Prefix _prefix = Ipv6Prefix.Parse("2001:db8:101::/64");
    private static readonly IPAddress _host = IPAddress.Parse("fe80::1");

    private readonly RoleDriver _router = new(
        new AdvertisingRouter([
            new AdvertisedLink(_one, _mac, _prefix),
            new AdvertisedLink(_other, _mac, Ipv6Prefix.Parse("2001:db8:102::/64")),
        ])
    );

    [Fact]
    public void Start_IsAdvertisedOnEveryLink() => Advertised(_router.Handle(new RoleInput.Started())).Should().Equal(_one, _other);

    [Fact]
    public void Advertisement_HasThePrefixAndTheLinkLayerAddress()
    {
        var sent = _router
            .Handle(new RoleInput.LinkUp(_one))
            .Should()
            .ContainSingle()
            .Which.Should()
            .BeOfType<RoleAction.SendIcmp>()
            .Subject;

        (sent.Source, sent.Destination).Should().Be((_mac.LinkLocalAddress(), Ipv6Multicast.AllNodes));
        Icmpv6Message.TryParse(sent.Message.Span, out var message, out _).Should().BeTrue();
        var advertisement = message.Should().BeOfType<RouterAdvertisement>().Subject;
        advertisement.RouterLifetimeSeconds.Should().Be(1800);
        advertisement.Options.First<SourceLinkLayerAddressOption>()!.Address.Should().Be(_mac);
        var information = advertisement.Options.First<PrefixInformationOption>()!;
        (information.Prefix, information.OnLink, information.Autonomous).Should().Be((_prefix, true, true));
    }

    [Fact]
    public void Solicitation_IsAnsweredOnItsLink() =>
        Advertised(_router.Handle(Received(new RouterSolicitation(NdOptionList.Empty)))).Should().Equal(_one);

    [Fact]
    public void OtherMessage_IsNotAnswered() =>
        _router.Handle(Received(new NeighborSolicitation(_host, NdOptionList.Empty))).Should().BeEmpty();

    [Fact]
    public void LinkOfAnotherRouter_IsNotAdvertised() => _router.Handle(new RoleInput.LinkUp(new LinkId("core"))).Should().BeEmpty();

    [Fact]
    public void Advertisements_AreRepeated()
    {
        _router.Handle(new RoleInput.Started());

        Advertised(_router.Advance(TimeSpan.FromSeconds(600))).Should().Equal(_one, _other, _one, _other, _one, _other);
    }

    [Fact]
    public void OtherRole_GetsEveryInputAndTimeout()
    {
        var inner = new NotingRole();
        var router = new RoleDriver(new AdvertisingRouter([], inner));
        router.Handle(new RoleInput.Started());
        router.NextTimeout.Should().Be(inner.NextTimeout);

        router.Handle(new RoleInput.LinkUp(_one)).Should().ContainSingle().Which.Should().BeOfType<RoleAction.Log>();
        router.Advance(TimeSpan.FromSeconds(10));

        inner.Inputs.Select(input => input.GetType()).Should().Equal(typeof(RoleInput.Started), typeof(RoleInput.LinkUp));
        inner.Timeouts.Should().BePositive();
    }

    private static RoleInput.Icmp Received(Icmpv6Message message) =>
        new(_host, Ipv6Multicast.AllRouters, _one, _mac, message.ToBytes(_host, Ipv6Multicast.AllRouters));

    private static IEnumerable<LinkId> Advertised(IEnumerable<RoleAction> actions) =>
        actions.OfType<RoleAction.SendIcmp>().Select(sent => sent.Link!.Value);

    private sealed class NotingRole : IRole
    {
        private readonly ActionQueue _actions = new();

        public List<RoleInput> Inputs { get; } = [];

        public int Timeouts { get; private set; }

        public Instant? NextTimeout { get; private set; } = new Instant(2_000_000);

        public void Handle(RoleInput input, Now now)
        {
            Inputs.Add(input);
            if (input is RoleInput.LinkUp)
            {
                _actions.Log("Up", "a link");
            }
        }

        public void HandleTimeout(Now now)
        {
            Timeouts++;
            NextTimeout = null;
        }

        public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => _actions.TryTake(out action);
    }
}
