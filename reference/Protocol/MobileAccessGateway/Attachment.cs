using System.Collections.Immutable;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>An interface of a mobile node; its identifier is null if it is not known.</summary>
public readonly record struct MobileNodeInterface(MobileNodeIdentifierOption MobileNode, OctetString? LinkLayerIdentifier);

/// <summary>The known properties of the mobile node at an access link (RFC 5213, Section 6.1).</summary>
/// <param name="AnchorAddress">LMAA: the LMA with which the mobile node is registered.</param>
public sealed record AttachedMobileNode(MobileNodeIdentifierOption Identifier, IPAddress AnchorAddress)
{
    /// <summary>IPv4-LMAA: the address of that LMA, if it is reached over IPv4; otherwise null (RFC 5844, Section 4.2.1).</summary>
    public IPAddress? Ipv4AnchorAddress { get; init; }

    /// <summary>How its packets go to an LMA that is reached over IPv4, as the last acceptance says.</summary>
    public NegotiatedEncapsulation Encapsulation { get; init; } = NegotiatedEncapsulation.Plain;

    /// <summary>Null until the mobile node has sent a message.</summary>
    public OctetString? LinkLayerIdentifier { get; init; }

    public MobileNodeInterface Interface => new(Identifier, LinkLayerIdentifier);

    /// <summary>
    /// Whether a message with these headers may be one of its LMA: it comes over the transport by which the LMA is reached.
    /// </summary>
    public bool IsAnchorOf(SignalingTransport path) =>
        path switch
        {
            Ipv6Signaling => Ipv4AnchorAddress is null && AnchorAddress.Equals(path.Source),
            Ipv4UdpIpv6Signaling { Inner.Source: var inner } => path.Source.Equals(Ipv4AnchorAddress) && AnchorAddress.Equals(inner),
            _ => path.Source.Equals(Ipv4AnchorAddress),
        };

    /// <summary>Whether its profile offers it the mobility service.</summary>
    public bool IsEntitled { get; init; } = true;

    /// <summary>Whether its profile has its packets routed locally; null if the profile says nothing about that.</summary>
    public bool? EnableMAGLocalRouting { get; init; }

    /// <summary>How it configures its addresses by its profile; null if the profile says nothing about that.</summary>
    public AddressConfiguration? AddressConfiguration { get; init; }

    /// <summary>The lifetimes of its prefixes, by its profile.</summary>
    public PrefixLifetimes PrefixLifetimes { get; init; } = PrefixLifetimes.Default;

    /// <summary>The prefixes of its profile.</summary>
    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; init; } = [];

    /// <summary>The IP versions of the mobility service, by its profile.</summary>
    public IpVersions IpVersions { get; init; } = IpVersions.Ipv6;

    /// <summary>The IPv4 home addresses of its profile.</summary>
    public IReadOnlyList<Ipv4HomeAddress> Ipv4HomeAddresses { get; init; } = [];

    /// <summary>How it has come to the link, as the access network says; null if it does not.</summary>
    public HandoffIndicator? Hint { get; init; }

    /// <summary>The timestamp that it gave on attachment; null if it gave none.</summary>
    public Timestamp? Timestamp { get; init; }

    /// <summary>The time of the attachment, at which <see cref="Timestamp"/> was given.</summary>
    public Instant AttachedAt { get; init; }

    /// <summary>The link-local addresses that the mobile node was seen to use or to test for uniqueness.</summary>
    public ImmutableHashSet<IPAddress> LinkLocalAddresses { get; init; } = [];
}

/// <summary>A registration as accepted by the LMA.</summary>
public sealed record Registration
{
    /// <summary>Empty if only IPv4 is registered.</summary>
    public required IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; init; }

    /// <summary>What the LMA has assigned of IPv4; null if nothing.</summary>
    public Ipv4Registration? Ipv4 { get; init; }

    /// <summary>The registered IP versions.</summary>
    public IpVersions IpVersions =>
        Ipv4 is null ? IpVersions.Ipv6
        : HomeNetworkPrefixes.Count > 0 ? IpVersions.Both
        : IpVersions.Ipv4;

    /// <summary>The MAG has chosen and uploads its own address on the link, because the mobile node uses the LMA's choice.</summary>
    public bool IsLinkLocalAddressOwn { get; init; }

    public required Instant RefreshAt { get; init; }

    public required Instant ExpiresAt { get; init; }
}

/// <summary>The entry of an access link in the Binding Update List: its mobile node and the state of its registration.</summary>
public abstract record Attachment
{
    private Attachment(LinkId link, AttachedMobileNode mobileNode)
    {
        Link = link;
        MobileNode = mobileNode;
    }

    public LinkId Link { get; }

    public AttachedMobileNode MobileNode { get; init; }

    /// <summary>The registration that is valid at the LMA and used for forwarding; null if there is none.</summary>
    public virtual Registration? Binding => null;

    /// <summary>The prefixes from and to which packets are forwarded.</summary>
    public virtual IReadOnlyList<Ipv6Prefix> Prefixes => Binding?.HomeNetworkPrefixes ?? [];

    /// <summary>The unanswered request, if there is one.</summary>
    public virtual PendingUpdate? Request => null;

    /// <summary>The initial registration is pending.</summary>
    public sealed record Registering(LinkId Link, AttachedMobileNode MobileNode, PendingUpdate Update) : Attachment(Link, MobileNode)
    {
        public override PendingUpdate? Request => Update;
    }

    /// <summary>Registered and served.</summary>
    public sealed record Registered(LinkId Link, AttachedMobileNode MobileNode, Registration Registration) : Attachment(Link, MobileNode)
    {
        public override Registration? Binding => Registration;
    }

    /// <summary>Registered and served; a further registration is pending.</summary>
    public sealed record Extending(LinkId Link, AttachedMobileNode MobileNode, Registration Registration, PendingUpdate Update)
        : Attachment(Link, MobileNode)
    {
        public override Registration? Binding => Registration;

        public override PendingUpdate? Request => Update;
    }

    /// <summary>The mobile node has detached; its de-registration is pending.</summary>
    public sealed record DeRegistering(LinkId Link, AttachedMobileNode MobileNode, Registration Registration, PendingUpdate Update)
        : Attachment(Link, MobileNode)
    {
        public override PendingUpdate? Request => Update;

        /// <summary>The link has gone down, so that the mobile node is not there, even if the link is up again.</summary>
        public bool IsGone { get; init; }
    }

    /// <summary>Not served, for <paramref name="Reason"/>.</summary>
    public sealed record Refused(LinkId Link, AttachedMobileNode MobileNode, BindingStatus Reason) : Attachment(Link, MobileNode);

    /// <summary>Attached, and registered when it has an IPv4 address from a DHCP server, as before RFC 5844.</summary>
    public sealed record Waiting(LinkId Link, AttachedMobileNode MobileNode) : Attachment(Link, MobileNode);

    /// <summary>Without mobility service: the mobile node has regular access by a prefix of the link.</summary>
    public sealed record Visiting(LinkId Link, AttachedMobileNode MobileNode, Ipv6Prefix VisitedPrefix) : Attachment(Link, MobileNode)
    {
        public override IReadOnlyList<Ipv6Prefix> Prefixes => [VisitedPrefix];
    }

    /// <summary>The same attachment with its unanswered request replaced.</summary>
    public Attachment With(PendingUpdate update) =>
        this switch
        {
            Registering registering => registering with { Update = update },
            Extending extending => extending with { Update = update },
            DeRegistering deRegistering => deRegistering with { Update = update },
            _ => throw new InvalidOperationException($"{GetType().Name} has no request."),
        };
}
