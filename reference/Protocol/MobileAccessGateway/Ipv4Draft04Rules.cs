using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// What draft-ietf-netlmm-pmip6-ipv4-support-04 decides otherwise than RFC 5844, as a function on the rules. It uses the options of RFC
/// 5555, and says nothing of who serves DHCP.
/// </summary>
public static class Ipv4Draft04Rules
{
    /// <summary>The lowest Status of an option that is a refusal (RFC 5555, Section 3.2.1).</summary>
    private const byte FirstRefusal = 128;

    public static MobileAccessGatewayRules Apply(MobileAccessGatewayRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules with
        {
            Construction = rules.Construction.Replacing("Ipv4HomeAddressRequest", Ipv4HomeAddresses),
            ProxyBindingAcknowledgement = rules
                .ProxyBindingAcknowledgement.Replacing("Ipv4HomeAddressReply", Ipv4AddressAcknowledgements)
                .Replacing("DhcpSupportMode", ConfiguredMode),
            Ipv4Link = rules.Ipv4Link.Replacing("DhcpAddress", DhcpAddress),
            DhcpServer = rules.DhcpServer.Replacing("Identity", Identity).Replacing("ForThisServer", ForThisServer),
            Dhcp = rules.Dhcp.InsertingBefore("RegistrationFailed", new("draft-04 3.4.1", "TriggerFailed", TriggerFailed)),
            EndOfIpv4 = rules
                .EndOfIpv4.InsertingBefore("LinkLeft", new("draft-04 3.4.1", "AddressRevoked", AddressRevoked))
                .InsertingBefore("LinkLeft", new("draft-04 3.4.1", "LinkTornDown", LinkTornDown)),
        };
    }

    /// <summary>Section 3.2.3.1: one option for each address, which asks for no prefix.</summary>
    internal static RuleOutcome Ipv4HomeAddresses(UpdateDraft draft)
    {
        draft.Ipv4Options =
        [
            .. draft.RequestedIpv4HomeAddresses.Select(known => new Ipv4HomeAddressOption(
                known.Address,
                known.PrefixLength,
                RequestsPrefix: false
            )),
        ];
        return RuleOutcome.Continue;
    }

    /// <summary>Section 3.2.3.2: an address whose request is refused is not used, and others are.</summary>
    internal static RuleOutcome Ipv4AddressAcknowledgements(ReceivedAcknowledgement received)
    {
        if (received.Attachment?.Request is { } request && request.IpVersions.HasFlag(IpVersions.Ipv4))
        {
            received.Ipv4HomeAddresses =
            [
                .. received
                    .Acknowledgement.Options.All<Ipv4AddressAcknowledgementOption>()
                    .Where(option => (byte)option.Status < FirstRefusal && !option.HomeAddress.Equals(IPAddress.Any))
                    .Select(option => new Ipv4HomeAddress(option.HomeAddress, option.PrefixLength))
                    .Distinct()
                    .Take(ReceivedAcknowledgement.MaximumAssigned),
            ];
        }
        return RuleOutcome.Continue;
    }

    internal static RuleOutcome ConfiguredMode(ReceivedAcknowledgement received)
    {
        received.ActsAsDhcpServer = received.Gateway.Settings.Ipv4 is { ActsAsDhcpServer: true };
        return RuleOutcome.Continue;
    }

    /// <summary>Section 3.4: the fixed address, or one of the MAG, or that of the default router.</summary>
    private static RuleOutcome DhcpAddress(Ipv4LinkDraft draft)
    {
        draft.DhcpAddress = OwnAddress(draft.Gateway) ?? draft.Registration.DefaultRouter;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Identity(DhcpExchange exchange)
    {
        exchange.Source = exchange.DhcpAddress ?? OwnAddress(exchange.Gateway) ?? exchange.Server;
        return exchange.Source is null ? exchange.Drop("Identity", "the server has no address") : RuleOutcome.Continue;
    }

    /// <summary>
    /// Section 3.4.1: what is meant for the server of another MAG shows that the mobile node has come from there. It is told to renew its
    /// lease with this server, or falls back to a broadcast.
    /// </summary>
    private static RuleOutcome ForThisServer(DhcpExchange exchange)
    {
        if (exchange.Server is not { } server || server.Equals(exchange.Source))
        {
            return RuleOutcome.Continue;
        }

        if (
            exchange is { IsUnicast: true, Request.Type: DhcpMessageType.Request, Source: { } own, Ipv4: not null }
            && exchange.Gateway.Settings.Ipv4?.ForceRenewKey is { } key
        )
        {
            var renewal = new DhcpMessage(
                DhcpOperation.BootReply,
                exchange.Request.TransactionId,
                [new DhcpMessageTypeOption(DhcpMessageType.ForceRenew), new DhcpServerIdentifierOption(own)]
            )
            {
                HardwareType = exchange.Request.HardwareType,
                HardwareAddress = exchange.Request.HardwareAddress,
            };
            var counter = Timestamp.FromUtc(exchange.Now.Utc).Value;
            DhcpDelivery.ToClient(exchange.Gateway, exchange.Link, own, key.Authenticate(renewal, counter), exchange.Request.ClientAddress);
        }
        return exchange.Drop("OtherServer", $"it is for the server {server}");
    }

    /// <summary>Sections 3.4.1 and 3.4.2: a DHCPNAK that the mobile node has not asked for.</summary>
    private static RuleOutcome AddressRevoked(EndedIpv4 ended)
    {
        var (gateway, link) = ended;
        if (
            !ended.IsLost
            || gateway.Ipv4On(link)?.DhcpAddress is not { } server
            || !gateway.TryFind(link, out var attachment)
            || (gateway.LastDhcp.GetValueOrDefault(link)?.HardwareAddress ?? attachment.MobileNode.LinkLayerIdentifier) is not { } hardware
        )
        {
            return RuleOutcome.Continue;
        }

        var refusal = new DhcpMessage(
            DhcpOperation.BootReply,
            gateway.LastDhcp.GetValueOrDefault(link)?.TransactionId ?? 0,
            [new DhcpMessageTypeOption(DhcpMessageType.Nak), new DhcpServerIdentifierOption(server)]
        )
        {
            HardwareAddress = hardware,
            Broadcast = true,
        };
        DhcpDelivery.ToClient(gateway, link, server, refusal, IPAddress.Any);
        return RuleOutcome.Continue;
    }

    /// <summary>Section 3.4.1: the link of a mobile node that has lost its binding goes down, as at the end of an attachment.</summary>
    private static RuleOutcome LinkTornDown(EndedIpv4 ended)
    {
        var (gateway, link) = ended;
        if (ended is { IsLost: true, IsLast: true } && gateway.TryFind(link, out var attachment))
        {
            TearDown(gateway, attachment, attachment.Prefixes);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Section 3.4.1: so does the link of a mobile node whose DHCP message has led to no address.</summary>
    private static RuleOutcome TriggerFailed(DhcpExchange exchange)
    {
        var (gateway, attachment) = (exchange.Gateway, exchange.Attachment);
        if (exchange is not { IsResumed: true, Ipv4: null, Request.Type: DhcpMessageType.Discover } || attachment is null)
        {
            return RuleOutcome.Continue;
        }

        if (attachment.Binding is null)
        {
            TearDown(gateway, attachment, exchange.KnownPrefixes);
        }
        else
        {
            gateway.Rules.StartOfDeRegistration.Apply(new AttachmentEvent(gateway, attachment, exchange.Now));
        }
        return RuleOutcome.Continue;
    }

    private static void TearDown(GatewayState gateway, Attachment attachment, IReadOnlyList<Ipv6Prefix> prefixes)
    {
        if (gateway.LinkLocalAddressOn(attachment.Link) is { } source)
        {
            EndOfAttachmentRules.Withdraw(gateway, attachment, source, prefixes);
        }
    }

    private static IPAddress? OwnAddress(GatewayState gateway) =>
        gateway.Settings.Ipv4 is { FixedDHCPServerId: var known, DhcpAddress: var own }
            ? known.Equals(IPAddress.Any)
                ? own
                : known
            : null;
}
