using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>RFC 5213, Section 6.9.1.2, items 12 to 15: the LMA has accepted the registration.</summary>
internal static class AcceptedRegistrationRules
{
    public static RuleList<ReceivedAcknowledgement> Default { get; } =
        new([
            .. Ipv4AcknowledgementRules.Accepted,
            new("5.3.6 b5b", "SomethingAssigned", SomethingAssigned),
            Ipv4TransportRules.Acceptance,
            new("6.9.1.2(12)", "TunnelEstablished", TunnelEstablished),
            new("6.9.1.2(13)", "RoutesSetUp", RoutesSetUp),
            new("6.9.1.2(14)", "EntryUpdated", EntryUpdated),
            new("6.10.3", "LocalRouting", LocalRouting),
            new("5.6.1", "PreviousTunnelReleased", PreviousTunnelReleased),
            new("RFC 5844 3.2.3.2", "Ipv4LinkSetUp", Ipv4LinkSetUp),
            new("6.9.1.2(15)", "LinkLocalAddressConfigured", LinkLocalAddressConfigured),
            new("6.9.1.2(14)", "PrefixesAdvertised", PrefixesAdvertised),
            new("RFC 5844 3.4.3", "HeldDhcpAnswered", HeldDhcpAnswered),
            new("6.9.1.2(15)", "OwnLinkLocalAddressUploaded", OwnLinkLocalAddressUploaded),
        ]);

    /// <summary>A mobile node cannot be served if the acceptance has neither a prefix nor an IPv4 address, or a zero lifetime.</summary>
    private static RuleOutcome SomethingAssigned(ReceivedAcknowledgement received)
    {
        var isAssigned = received.HomeNetworkPrefixes.Count > 0 || received.Ipv4 is not null;
        if ((isAssigned && received.Acknowledgement.LifetimeUnits > 0) || received.Attachment is not { } attachment)
        {
            return RuleOutcome.Continue;
        }

        received.Gateway.Rules.EndOfService.Apply(new DeniedService(received.Gateway, attachment, BindingStatus.REASON_UNSPECIFIED));
        DhcpExchange.Resume(received.Gateway, attachment.Link, received.Now);
        return received.Ignore("SomethingAssigned", "accepted, but without a prefix or with lifetime 0");
    }

    private static RuleOutcome TunnelEstablished(ReceivedAcknowledgement received)
    {
        if (received.Attachment is { } attachment)
        {
            received.Gateway.Forwarding.UseTunnel(attachment.Link, received.Gateway.TunnelOf(attachment));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RoutesSetUp(ReceivedAcknowledgement received)
    {
        if (received.Attachment is { } attachment)
        {
            RoutingDraft.Apply(received.Gateway, attachment, received.HomeNetworkPrefixes, received.Ipv4);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome EntryUpdated(ReceivedAcknowledgement received)
    {
        if (received.Attachment is not { } attachment)
        {
            return RuleOutcome.Continue;
        }

        var (gateway, lifetime) = (received.Gateway, received.Acknowledgement.Lifetime);
        var registration = new Registration
        {
            HomeNetworkPrefixes = received.HomeNetworkPrefixes,
            Ipv4 = received.Ipv4,
            IsLinkLocalAddressOwn = attachment.Binding?.IsLinkLocalAddressOwn ?? false,
            RefreshAt = received.Now.Monotonic + Shorter(lifetime * gateway.Settings.RefreshAt, received.RefreshAfter),
            ExpiresAt = received.Now.Monotonic + lifetime,
        };
        gateway.CancelDeadlines(attachment.Link);
        gateway.Deadlines.Set(new GatewayDeadline.Extension(attachment.Link), registration.RefreshAt);
        gateway.Deadlines.Set(new GatewayDeadline.Expiry(attachment.Link), registration.ExpiresAt);
        Put(received, new Attachment.Registered(attachment.Link, attachment.MobileNode, registration));
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// Configures the address chosen by the LMA, unless the mobile node uses it already. In that case, and if the LMA was not asked
    /// or did not choose, the MAG uses an address of its own, after duplicate address detection on the link.
    /// </summary>
    private static RuleOutcome LinkLocalAddressConfigured(ReceivedAcknowledgement received)
    {
        if (received.Attachment is not Attachment.Registered { Registration: { } registration } attachment)
        {
            return RuleOutcome.Continue;
        }

        var gateway = received.Gateway;
        var current = gateway.LinkLocalAddressOn(attachment.Link);
        var given = received.LinkLocalAddress is { } address && !address.Equals(IPAddress.IPv6Any) ? address : null;
        var isTaken = given is not null && !given.Equals(current) && attachment.MobileNode.LinkLocalAddresses.Contains(given);
        if (given is not null && !isTaken)
        {
            gateway.Configure(attachment.Link, given, performDad: false);
            return RuleOutcome.Continue;
        }

        gateway.Configure(attachment.Link, current ?? LinkLocalAddresses.Generate(gateway.Random), performDad: true);
        Put(received, attachment with { Registration = registration with { IsLinkLocalAddressOwn = isTaken } });
        return RuleOutcome.Continue;
    }

    /// <summary>The second half of item 14: applied after item 15, which configures the source address of the advertisements.</summary>
    private static RuleOutcome PrefixesAdvertised(ReceivedAcknowledgement received)
    {
        if (received.Attachment is { } attachment)
        {
            RouterAdvertisementDraft.Send(received.Gateway, attachment);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Uploads the address immediately, unless this message is the answer to the upload.</summary>
    private static RuleOutcome OwnLinkLocalAddressUploaded(ReceivedAcknowledgement received)
    {
        if (received.Attachment is not Attachment.Registered { Registration.IsLinkLocalAddressOwn: true } attachment)
        {
            return RuleOutcome.Continue;
        }

        var uploaded = received.Answered?.Options.First<LinkLocalAddressOption>()?.Address;
        if (received.Gateway.LinkLocalAddressOn(attachment.Link) is { } own && !own.Equals(uploaded))
        {
            received.Gateway.Rules.StartOfExtension.Apply(new AttachmentEvent(received.Gateway, attachment, received.Now));
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv4LinkSetUp(ReceivedAcknowledgement received)
    {
        if (received.Attachment is { } attachment)
        {
            Ipv4LinkDraft.Apply(received.Gateway, attachment.Link, received.Ipv4);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The tunnel and the routes are set up: the mobile node gets the answer to the DHCP message that had to wait.</summary>
    private static RuleOutcome HeldDhcpAnswered(ReceivedAcknowledgement received)
    {
        if (received.Attachment is { } attachment)
        {
            DhcpExchange.Resume(received.Gateway, attachment.Link, received.Now);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LocalRouting(ReceivedAcknowledgement received)
    {
        RoutingDraft.UpdateLocalRoutes(received.Gateway);
        return RuleOutcome.Continue;
    }

    /// <summary>With another encapsulation the tunnel is another one; no route leads into the previous one any more.</summary>
    private static RuleOutcome PreviousTunnelReleased(ReceivedAcknowledgement received)
    {
        if (received.Attachment is { } attachment)
        {
            received.Gateway.Forwarding.ReleaseTunnels(attachment.Link, keep: received.Gateway.TunnelOf(attachment));
        }
        return RuleOutcome.Continue;
    }

    private static TimeSpan Shorter(TimeSpan time, TimeSpan? limit) => limit is { } least && least < time ? least : time;

    private static void Put(ReceivedAcknowledgement received, Attachment attachment)
    {
        received.Attachment = attachment;
        received.Gateway.Put(attachment);
    }
}
