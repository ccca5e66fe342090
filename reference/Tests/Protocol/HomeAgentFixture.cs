using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>A Binding Update of a test: a valid home registration unless edited.</summary>
internal sealed record TestHomeRegistration
{
    public IPAddress Source { get; init; } = HomeAgentFixture.CareOf1;

    /// <summary>The Home Address option; null for a message from home.</summary>
    public IPAddress? Home { get; init; } = HomeAgentFixture.Home;

    public BindingUpdateFlags Flags { get; init; } = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration;

    public ushort SequenceNumber { get; init; } = 1;

    public ushort LifetimeUnits { get; init; } = 60;

    public IReadOnlyList<MobilityOption> Options { get; init; } = [];

    public LinkId Link { get; init; } = RoleDriver.Core;

    public SignalProtection? Protection { get; init; }

    public RoleInput.Signal ToSignal()
    {
        var path = new Ipv6Signaling(Source, HomeAgentFixture.Agent) { HomeAddress = Home };
        var message = new BindingUpdate(SequenceNumber, Flags, LifetimeUnits, new MobilityOptionList(Options));
        return new RoleInput.Signal(path, Link, path.Complete(message)) { Protection = Protection };
    }
}

/// <summary>A home agent that finds every home address unique at once, unless a test says otherwise.</summary>
internal sealed class HomeAgentFixture
{
    public static readonly LinkId HomeLink = new("home");
    public static readonly IPAddress Agent = IPAddress.Parse("2001:db8:200::1");
    public static readonly IPAddress Home = IPAddress.Parse("2001:db8:200::5e00:1");
    public static readonly IPAddress Home2 = IPAddress.Parse("2001:db8:200::5e00:2");
    public static readonly IPAddress LinkLocal = IPAddress.Parse("fe80::5e00:1");
    public static readonly IPAddress CareOf1 = IPAddress.Parse("2001:db8:100::5e1:1");
    public static readonly IPAddress CareOf2 = IPAddress.Parse("2001:db8:100::5e2:1");
    public static readonly IPAddress CareOf3 = IPAddress.Parse("2001:db8:100::5e3:1");
    public static readonly Ipv6Prefix Network = Ipv6Prefix.Parse("2001:db8:4000:1::/64");
    public static readonly TestHomeRegistration Valid = new();
    public static readonly TestHomeRegistration FromHome = new()
    {
        Source = Home,
        Home = null,
        LifetimeUnits = 0,
        Link = HomeLink,
    };

    public static readonly HomeAgentSettings Settings = new()
    {
        Address = Agent,
        HomeLink = HomeLink,
        HomePrefixes = [Ipv6Prefix.Parse("2001:db8:200::/64")],
        MobileNodes = [Ipv6Prefix.Parse("2001:db8:200::5e00:0/112")],
        MobileNetworks = [new MobileNetworkPolicy("2001:db8:200::5e00:{n}", "2001:db8:4000:{n}::/64")],
    };

    public HomeAgentFixture(HomeAgentSettings? settings = null, HomeAgentRules? rules = null, bool isDualStack = false)
    {
        HomeAgent = new HomeAgent(settings ?? Settings, rules);
        Role = new RoleDriver(HomeAgent)
        {
            Reply = action =>
                action is RoleAction.TestAddress test && IsUnique is { } isUnique
                    ? new RoleInput.AddressTested(test.Link, test.Address, isUnique)
                    : null,
        };
        IReadOnlyList<RoleAction> opened = isDualStack
            ? [new RoleAction.OpenUdp(UdpPort.DualStackMobileIpv6, UdpContent.MobilityHeadersInIpv6)]
            : [];
        Role.Handle(new RoleInput.Started()).Should().Equal(opened);
    }

    public HomeAgent HomeAgent { get; }

    public RoleDriver Role { get; }

    /// <summary>The outcome of each test of an address; null if none comes.</summary>
    public bool? IsUnique { get; set; } = true;

    public static HomeAgentFixture OfRfc5648(Func<HomeAgentSettings, HomeAgentSettings>? edit = null) =>
        new((edit ?? (settings => settings))(Settings with { Mcoa = McoaEdition.Rfc5648 }));

    public static HomeAgentFixture OfDraft(Func<HomeAgentSettings, HomeAgentSettings>? edit = null) =>
        new((edit ?? (settings => settings))(Settings with { Mcoa = McoaEdition.Draft04 }));

    public IReadOnlyList<RoleAction> Send(TestHomeRegistration update) => Role.Handle(update.ToSignal());

    public BindingAcknowledgement Ask(TestHomeRegistration update) => Send(update).Only<BindingAcknowledgement>();

    public BindingStatus StatusOf(TestHomeRegistration update) => Ask(update).Status;

    /// <summary>Registers, and returns what the home agent does.</summary>
    public IReadOnlyList<RoleAction> Register(TestHomeRegistration update)
    {
        var actions = Send(update);
        actions.Only<BindingAcknowledgement>().Status.Should().Be(BindingStatus.ACCEPTED);
        return actions;
    }

    /// <summary>The care-of addresses by BID; 0 for a binding without one.</summary>
    public IReadOnlyDictionary<ushort, IPAddress> CareOfAddresses =>
        HomeAgent.Bindings.Where(binding => binding.Key.Home.Equals(Home)).ToDictionary(b => b.Key.BindingId ?? 0, b => b.CareOf);

    public static TestHomeRegistration Bid(ushort bid, IPAddress? careOf, ushort sequence, IPAddress? source = null, bool home = false) =>
        Valid with
        {
            Source = source ?? careOf ?? CareOf1,
            SequenceNumber = sequence,
            Options = [Option(bid, careOf, home)],
        };

    public static BindingIdentifierOption Option(ushort bid, IPAddress? careOf = null, bool home = false) =>
        new(bid, BindingStatus.ACCEPTED, home, careOf);

    public static BindingUniqueIdentifierOption DraftOption(
        ushort bid,
        IPAddress? careOf = null,
        bool overwrite = false,
        bool home = false
    ) => new(bid, BindingStatus.ACCEPTED, overwrite, home, careOf);

    public static IReadOnlyList<(ushort BindingId, BindingStatus Status)> OptionsOf(BindingAcknowledgement answer) =>
        [.. answer.Options.All<BindingIdentifierOption>().Select(option => (option.BindingId, option.Status))];

    public static Tunnel TunnelTo(IPAddress careOf) => new(Agent, careOf);

    public static Route RouteTo(params IReadOnlyList<IPAddress> careOfs) => RouteTo(IpPrefix.Of(Home), careOfs);

    public static Route RouteTo(IpPrefix prefix, IReadOnlyList<IPAddress> careOfs) =>
        new(prefix, new RouteTarget.OneOf([.. careOfs.Select(TunnelTo)]));
}
