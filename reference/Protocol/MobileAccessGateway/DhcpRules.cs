using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5844, Section 3.4.3: a DHCP message of a mobile node makes the MAG register the node, and is handled when that is done, by the DHCP
/// server or relay agent.
/// </summary>
internal static class DhcpRules
{
    public static RuleList<DhcpExchange> Default { get; } =
        new(
            new("RFC 1542 4.1.1", "FromClient", FromClient),
            new("RFC 5844 3", "Ipv4Offered", Ipv4Offered),
            new("RFC 5844 3.4.3 b1", "RegistrationTriggered", RegistrationTriggered),
            new("RFC 5844 3.4.3 b3", "RegistrationAwaited", RegistrationAwaited),
            new("RFC 5844 3.4.1", "RegistrationFailed", RegistrationFailed),
            new("RFC 5844 3.2.3.2 b10", "Server", Server),
            new("RFC 5844 3.2.3.2 b10", "RelayAgent", RelayAgent),
            new("RFC 5844 3.4.3", "Released", Released)
        );

    /// <summary>
    /// A relay agent on an access link would be behind a mobile node, and so would be the agent that a message names (RFC 3046, Section
    /// 2.1).
    /// </summary>
    private static RuleOutcome FromClient(DhcpExchange exchange)
    {
        var request = exchange.Request;
        return
            request.Operation == DhcpOperation.BootRequest
            && request.RelayAddress.Equals(IPAddress.Any)
            && !request.Options.Has<DhcpRelayAgentInformationOption>()
            && request.Type
                is DhcpMessageType.Discover
                    or DhcpMessageType.Request
                    or DhcpMessageType.Decline
                    or DhcpMessageType.Release
                    or DhcpMessageType.Inform
            ? RuleOutcome.Continue
            : RuleOutcome.Stop;
    }

    private static RuleOutcome Ipv4Offered(DhcpExchange exchange) =>
        exchange.Attachment is { } attachment && attachment.MobileNode.IpVersions.HasFlag(IpVersions.Ipv4)
            ? RuleOutcome.Continue
            : RuleOutcome.Stop;

    /// <summary>Asks the LMA for an address if there is none, and if it may be asked.</summary>
    private static RuleOutcome RegistrationTriggered(DhcpExchange exchange)
    {
        if (
            exchange is { IsResumed: false, Ipv4: null, Attachment: { } attachment }
            && AsksForAddress(exchange)
            && exchange.Gateway.IpVersionsOf(attachment.MobileNode).HasFlag(IpVersions.Ipv4)
        )
        {
            Register(exchange, attachment);
        }
        return RuleOutcome.Continue;
    }

    private static void Register(DhcpExchange exchange, Attachment attachment)
    {
        var (gateway, now) = (exchange.Gateway, exchange.Now);
        switch (attachment)
        {
            case Attachment.Registered:
            case Attachment.Extending { Update.Kind: UpdateKind.Ipv4Release }:
                gateway.Rules.StartOfExtension.Apply(new AttachmentEvent(gateway, attachment, now) { RequestsIpv4 = true });
                break;

            // A mobile node that brings an address along has been refused it. The clocks of MAG and LMA disagree until someone sets them.
            case Attachment.Refused { Reason: not BindingStatus.TIMESTAMP_MISMATCH } when exchange.Request.Type == DhcpMessageType.Discover:
                gateway.Rules.StartOfRegistration.Apply(new UnregisteredMobileNode(gateway, attachment.Link, attachment.MobileNode, now));
                break;
        }
    }

    /// <summary>
    /// The answer is delayed, so that the mobile node need not ask again; but it has to ask again if the LMA was asked for something else.
    /// </summary>
    private static RuleOutcome RegistrationAwaited(DhcpExchange exchange)
    {
        if (exchange is not { Ipv4: null, Attachment: { Request: { } pending } and not Attachment.DeRegistering })
        {
            return RuleOutcome.Continue;
        }

        var isForAddress = pending.IpVersions.HasFlag(IpVersions.Ipv4) && pending.Kind != UpdateKind.Ipv4Release;
        if (isForAddress && AsksForAddress(exchange))
        {
            exchange.Gateway.HeldDhcp[exchange.Link] = exchange;
        }
        return RuleOutcome.Stop;
    }

    /// <summary>A mobile node that has come with an address must not go on to use it.</summary>
    private static RuleOutcome RegistrationFailed(DhcpExchange exchange)
    {
        if (exchange.Ipv4 is not null)
        {
            return RuleOutcome.Continue;
        }

        if (exchange is { Request.Type: DhcpMessageType.Request, Gateway.Settings.Ipv4.ActsAsDhcpServer: true })
        {
            exchange.Gateway.Rules.DhcpServer.Apply(exchange);
        }
        return RuleOutcome.Stop;
    }

    private static RuleOutcome Server(DhcpExchange exchange)
    {
        if (exchange.Ipv4 is { ActsAsDhcpServer: true })
        {
            exchange.Gateway.Rules.DhcpServer.Apply(exchange);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RelayAgent(DhcpExchange exchange)
    {
        if (exchange.Ipv4 is { ActsAsDhcpServer: false })
        {
            exchange.Gateway.Rules.DhcpRelay.Apply(new RelayedDhcpRequest(exchange));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The IPv4 home address is de-registered, and with it the session if that is all it has.</summary>
    private static RuleOutcome Released(DhcpExchange exchange)
    {
        if (
            exchange is not { Request: { Type: DhcpMessageType.Release, ClientAddress: var released }, Attachment: { } attachment }
            || exchange.Ipv4?.Has(released) != true
        )
        {
            return RuleOutcome.Continue;
        }

        var rules = exchange.Gateway.Rules;
        var start = attachment.Binding is { IpVersions: IpVersions.Ipv4 } ? rules.StartOfDeRegistration : rules.StartOfIpv4Release;
        start.Apply(new AttachmentEvent(exchange.Gateway, attachment, exchange.Now));
        return RuleOutcome.Continue;
    }

    private static bool AsksForAddress(DhcpExchange exchange) =>
        exchange.Request.Type is DhcpMessageType.Discover or DhcpMessageType.Request;
}
