using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>A mobile access gateway with two access links for any mobile node and a third that identifies one mobile node.</summary>
internal sealed class GatewayFixture
{
    public static readonly IPAddress Gateway = IPAddress.Parse("2001:db8:100::a1");
    public static readonly IPAddress Anchor = IPAddress.Parse("2001:db8:100::1");
    public static readonly LinkId Link1 = new("link1");
    public static readonly LinkId Link2 = new("link2");
    public static readonly LinkId Bound = new("link3");
    public static readonly MacAddress Mac1 = MacAddress.Parse("02:5e:00:00:00:01");
    public static readonly MacAddress Mac2 = MacAddress.Parse("02:5e:00:00:00:02");
    public static readonly MacAddress GatewayMac = MacAddress.Parse("02:aa:00:00:00:01");
    public static readonly IPAddress LinkLocal = IPAddress.Parse("fe80::1234");
    public static readonly Ipv6Prefix Prefix = Ipv6Prefix.Parse("2001:db8:8000:1::/64");
    public static readonly Ipv6Prefix OtherPrefix = Ipv6Prefix.Parse("2001:db8:8000:2::/64");
    public static readonly Tunnel TunnelToAnchor = new(Gateway, Anchor);

    public static readonly MobileAccessGatewaySettings Settings = new()
    {
        ProxyCareOfAddress = Gateway,
        LocalMobilityAnchorAddress = Anchor,
        AccessLinks =
        [
            new AccessLinkSettings { Link = Link1, MacAddress = GatewayMac },
            new AccessLinkSettings { Link = Link2, MacAddress = GatewayMac },
            new AccessLinkSettings
            {
                Link = Bound,
                MacAddress = GatewayMac,
                BoundIdentifier = "link3@dynamic.pmip.example",
            },
        ],
        Identification = [new MobileNodeIdentification { MacPattern = "02:5E:*", IdentifierFormat = "{mac}@dynamic.pmip.example" }],
    };

    private readonly Dictionary<IPAddress, MacAddress> _macs = [];

    public GatewayFixture(MobileAccessGatewaySettings? settings = null, MobileAccessGatewayRules? rules = null)
    {
        Role = new RoleDriver(new MobileAccessGateway(settings ?? Settings, new Random(1), rules)) { Reply = AnswerProbe };
        StartActions = Role.Handle(new RoleInput.Started());
    }

    public RoleDriver Role { get; }

    /// <summary>Mobile nodes answer when the MAG asks whether they are there.</summary>
    public bool AnswersProbes { get; set; } = true;

    public IReadOnlyList<RoleAction> StartActions { get; }

    /// <summary>The last Binding Update that the MAG sent.</summary>
    public BindingUpdate? LastRequest { get; private set; }

    /// <summary>The headers before <see cref="LastRequest"/>.</summary>
    public SignalingTransport? LastPath { get; private set; }

    public IReadOnlyList<RoleAction> Solicit(LinkId? link = null, MacAddress? mac = null) =>
        FromMobileNode(
            link ?? Link1,
            mac ?? Mac1,
            (mac ?? Mac1).LinkLocalAddress(),
            Ipv6Multicast.AllRouters,
            new RouterSolicitation(NdOptionList.Empty)
        );

    public IReadOnlyList<RoleAction> FromMobileNode(
        LinkId link,
        MacAddress mac,
        IPAddress source,
        IPAddress destination,
        Icmpv6Message message
    )
    {
        _macs[source] = mac;
        return Remember(Role.Handle(new RoleInput.Icmp(source, destination, link, mac, message.ToBytes(source, destination))));
    }

    public IReadOnlyList<RoleAction> Handle(RoleInput input) => Remember(Role.Handle(input));

    public IReadOnlyList<RoleAction> Advance(TimeSpan time) => Remember(Role.Advance(time));

    /// <summary>Gives the MAG the acknowledgement that an LMA would send, changed by the arguments.</summary>
    public IReadOnlyList<RoleAction> Answer(
        BindingStatus status = BindingStatus.ACCEPTED,
        Func<BindingAcknowledgement, BindingAcknowledgement>? edit = null,
        IReadOnlyList<Ipv6Prefix>? prefixes = null,
        IPAddress? source = null,
        Func<SignalingTransport, SignalingTransport>? path = null
    )
    {
        if (LastRequest is null || LastPath is null)
        {
            return [];
        }

        var isRejected = (byte)status >= 128;
        var options = LastRequest.Options.SelectMany<MobilityOption, MobilityOption>(option =>
            option switch
            {
                HomeNetworkPrefixOption when !isRejected => (prefixes ?? [Prefix]).Select(prefix => new HomeNetworkPrefixOption(prefix)),
                LinkLocalAddressOption { Address: var address } when !isRejected && address.Equals(IPAddress.IPv6Any) =>
                [
                    new LinkLocalAddressOption(LinkLocal),
                ],
                _ => [option],
            }
        );
        var answer = new BindingAcknowledgement(
            status,
            BindingAcknowledgementFlags.ProxyRegistration,
            LastRequest.SequenceNumber,
            isRejected ? (ushort)0 : LastRequest.LifetimeUnits,
            new MobilityOptionList(options)
        );
        var back = source is null ? LastPath.Reversed : new Ipv6Signaling(source, Gateway);
        back = path?.Invoke(back) ?? back;
        return Remember(Role.Handle(new RoleInput.Signal(back, RoleDriver.Core, back.Complete(edit?.Invoke(answer) ?? answer))));
    }

    /// <summary>Attaches a mobile node to a link and accepts its registration.</summary>
    public IReadOnlyList<RoleAction> Register(LinkId? link = null, MacAddress? mac = null, IReadOnlyList<Ipv6Prefix>? prefixes = null)
    {
        Solicit(link, mac).Messages<BindingUpdate>().Should().ContainSingle();
        return Answer(prefixes: prefixes);
    }

    public static Route Downstream(Ipv6Prefix prefix, LinkId link) => new(prefix, new RouteTarget.OnLink(link));

    public static Route Upstream(Ipv6Prefix prefix) =>
        new(Ipv6Prefix.AllZero, new RouteTarget.IntoTunnel(TunnelToAnchor)) { From = prefix };

    private RoleInput.Icmp? AnswerProbe(RoleAction action)
    {
        if (
            !AnswersProbes
            || action is not RoleAction.SendIcmp { Link: { } link } sent
            || RoleActions.ParseIcmp(sent.Message) is not NeighborSolicitation { Target: var target }
            || !_macs.TryGetValue(target, out var mac)
        )
        {
            return null;
        }

        var answer = new NeighborAdvertisement(target, Router: false, Solicited: true, Override: false, NdOptionList.Empty);
        return new RoleInput.Icmp(target, sent.Source, link, mac, answer.ToBytes(target, sent.Source));
    }

    private IReadOnlyList<RoleAction> Remember(IReadOnlyList<RoleAction> actions)
    {
        if (actions.Messages<BindingUpdate>() is [.., var last])
        {
            LastRequest = last;
            LastPath = actions.OfType<RoleAction.SendSignal>().Last().Path;
        }
        return actions;
    }
}
