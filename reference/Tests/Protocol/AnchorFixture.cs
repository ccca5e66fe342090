using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>A Proxy Binding Update of a test: valid unless edited.</summary>
internal sealed record TestUpdate
{
    public string? Nai { get; init; } = "mn1@dynamic.pmip.example";

    public IPAddress Source { get; init; } = AnchorFixture.Mag1;

    public BindingUpdateFlags Flags { get; init; } = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration;

    public ushort SequenceNumber { get; init; } = 1;

    public ushort LifetimeUnits { get; init; } = 150;

    public IReadOnlyList<Ipv6Prefix> Prefixes { get; init; } = [Ipv6Prefix.AllZero];

    public HandoffIndicator? Handoff { get; init; } = HandoffIndicator.AttachmentOverNewInterface;

    public AccessTechnologyType? Technology { get; init; } = AccessTechnologyType.Ieee8023;

    public bool HasTimestamp { get; init; } = true;

    /// <summary>The difference between the timestamp and the time of sending.</summary>
    public TimeSpan TimestampOffset { get; init; }

    public byte[]? LinkLayerIdentifier { get; init; } = [2, 0x5e, 0, 0, 0, 1];

    public IPAddress? LinkLocal { get; init; }

    public IPAddress? AlternateCareOfAddress { get; init; }

    public IReadOnlyList<MobilityOption> Extra { get; init; } = [];

    public BindingUpdate ToMessage(DateTimeOffset now) => new(SequenceNumber, Flags, LifetimeUnits, new MobilityOptionList(Options(now)));

    private IEnumerable<MobilityOption> Options(DateTimeOffset now)
    {
        foreach (var option in Extra)
        {
            yield return option;
        }
        if (Nai is not null)
        {
            yield return MobileNodeIdentifierOption.ForNai(Nai);
        }
        foreach (var prefix in Prefixes)
        {
            yield return new HomeNetworkPrefixOption(prefix);
        }
        if (Handoff is { } handoff)
        {
            yield return new HandoffIndicatorOption(handoff);
        }
        if (Technology is { } technology)
        {
            yield return new AccessTechnologyTypeOption(technology);
        }
        if (HasTimestamp)
        {
            yield return new TimestampOption(Timestamp.FromUtc(now + TimestampOffset));
        }
        if (LinkLayerIdentifier is not null)
        {
            yield return new MobileNodeLinkLayerIdentifierOption(new OctetString(LinkLayerIdentifier));
        }
        if (LinkLocal is not null)
        {
            yield return new LinkLocalAddressOption(LinkLocal);
        }
        if (AlternateCareOfAddress is not null)
        {
            yield return new AlternateCareOfAddressOption(AlternateCareOfAddress);
        }
    }
}

/// <summary>A local mobility anchor with several mobile node policies, two authorized MAGs and one unauthorized MAG.</summary>
internal sealed class AnchorFixture
{
    public static readonly IPAddress Anchor = IPAddress.Parse("2001:db8:100::1");
    public static readonly IPAddress Mag1 = IPAddress.Parse("2001:db8:100::a1");
    public static readonly IPAddress Mag2 = IPAddress.Parse("2001:db8:100::a2");
    public static readonly IPAddress Mag3 = IPAddress.Parse("2001:db8:100::a3");
    public static readonly Ipv6Prefix Pool = Ipv6Prefix.Parse("2001:db8:8000::/48");
    public static readonly Ipv6Prefix Static1 = Ipv6Prefix.Parse("2001:db8:9000:1::/64");
    public static readonly Ipv6Prefix Static2 = Ipv6Prefix.Parse("2001:db8:9000:2::/64");
    public static readonly TestUpdate Valid = new();
    public static readonly byte[] OtherInterface = [2, 0x5e, 0, 0, 0, 2];

    public static readonly LocalMobilityAnchorSettings Settings = new()
    {
        Address = Anchor,
        AuthorizedMobileAccessGateways = [Mag1, Mag2],
        PrefixPool = Pool,
        MobileNodes =
        [
            new MobileNodePolicy { IdentifierPattern = "*@dynamic.pmip.example" },
            new MobileNodePolicy { IdentifierPattern = "*@two-prefix.pmip.example", PrefixCount = 2 },
            new MobileNodePolicy { IdentifierPattern = "*@static.pmip.example", AuthorizedPrefixes = [Static1, Static2] },
            new MobileNodePolicy { IdentifierPattern = "*@disabled.pmip.example", ProxyRegistrationEnabled = false },
        ],
    };

    public AnchorFixture(LocalMobilityAnchorSettings? settings = null, LocalMobilityAnchorRules? rules = null)
    {
        Role = new RoleDriver(new LocalMobilityAnchor(settings ?? Settings, new Random(1), rules));
        StartActions = Role.Handle(new RoleInput.Started());
    }

    public RoleDriver Role { get; }

    public IReadOnlyList<RoleAction> StartActions { get; }

    public IReadOnlyList<RoleAction> Send(TestUpdate update)
    {
        // Two requests never have the same time of day, unless a test sets an offset.
        Role.Advance(TimeSpan.FromMilliseconds(1));
        return Role.Signal(update.Source, Anchor, update.ToMessage(Role.TrueTime));
    }

    public BindingAcknowledgement Ask(TestUpdate update) => Send(update).Only<BindingAcknowledgement>();

    /// <summary>Registers and returns the assigned prefixes.</summary>
    public IReadOnlyList<Ipv6Prefix> Register(TestUpdate update)
    {
        var answer = Ask(update);
        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        return PrefixesIn(answer);
    }

    public static IReadOnlyList<Ipv6Prefix> PrefixesIn(BindingAcknowledgement answer) =>
        [.. answer.Options.All<HomeNetworkPrefixOption>().Select(option => option.Prefix)];

    public static Tunnel TunnelTo(IPAddress gateway) => new(Anchor, gateway);

    public static Route RouteTo(Ipv6Prefix prefix, IPAddress gateway) => new(prefix, new RouteTarget.IntoTunnel(TunnelTo(gateway)));

    public static Route BlackholeTo(Ipv6Prefix prefix) => new(prefix, new RouteTarget.Blackhole());
}
