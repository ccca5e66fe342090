using System.Collections.Immutable;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The mobile node at an access link, as far as it is known (RFC 5213, Section 6.1).</summary>
public sealed record AttachedMobileNode(MobileNodeIdentifierOption Identifier)
{
    /// <summary>Null while it has sent nothing.</summary>
    public OctetString? LinkLayerIdentifier { get; init; }

    /// <summary>The prefixes of its profile.</summary>
    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; init; } = [];

    /// <summary>The link-local addresses it has been seen to use, or to test before it uses them.</summary>
    public ImmutableHashSet<IPAddress> LinkLocalAddresses { get; init; } = [];
}

/// <summary>A registration as the anchor has accepted it.</summary>
public sealed record Registration
{
    public required IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; init; }

    /// <summary>The gateway has chosen its address on the link itself, because the mobile node uses the anchor's choice, and tells the anchor.</summary>
    public bool IsLinkLocalAddressOwn { get; init; }

    public required Instant RefreshAt { get; init; }

    public required Instant ExpiresAt { get; init; }
}

/// <summary>The entry of an access link in the binding update list: its mobile node, and how far its registration is.</summary>
public abstract record Attachment
{
    private Attachment(LinkId link, AttachedMobileNode mobileNode)
    {
        Link = link;
        MobileNode = mobileNode;
    }

    public LinkId Link { get; }

    public AttachedMobileNode MobileNode { get; init; }

    /// <summary>What holds at the anchor and is forwarded by; null where there is nothing.</summary>
    public virtual Registration? Binding => null;

    /// <summary>The request that has not been answered, if there is one.</summary>
    public virtual PendingUpdate? Request => null;

    /// <summary>The first registration is under way.</summary>
    public sealed record Registering(LinkId Link, AttachedMobileNode MobileNode, PendingUpdate Update) : Attachment(Link, MobileNode)
    {
        public override PendingUpdate? Request => Update;
    }

    /// <summary>Registered and served.</summary>
    public sealed record Registered(LinkId Link, AttachedMobileNode MobileNode, Registration Registration) : Attachment(Link, MobileNode)
    {
        public override Registration? Binding => Registration;
    }

    /// <summary>Registered and served, and a further registration is under way.</summary>
    public sealed record Extending(LinkId Link, AttachedMobileNode MobileNode, Registration Registration, PendingUpdate Update)
        : Attachment(Link, MobileNode)
    {
        public override Registration? Binding => Registration;

        public override PendingUpdate? Request => Update;
    }

    /// <summary>The mobile node has gone; its de-registration is under way.</summary>
    public sealed record DeRegistering(LinkId Link, AttachedMobileNode MobileNode, Registration Registration, PendingUpdate Update)
        : Attachment(Link, MobileNode)
    {
        public override PendingUpdate? Request => Update;
    }

    /// <summary>Not served: the anchor has refused it, for <paramref name="Reason"/>.</summary>
    public sealed record Refused(LinkId Link, AttachedMobileNode MobileNode, BindingStatus Reason) : Attachment(Link, MobileNode);

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
