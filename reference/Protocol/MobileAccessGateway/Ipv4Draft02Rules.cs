using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// What draft-ietf-netlmm-pmip6-ipv4-support-02 decides otherwise than RFC 5844, as a function on the rules: the options of RFC 5555, a
/// default router of the MAG's choice, a DHCP server with an address of its own, and a registration after each DHCP exchange.
/// </summary>
public static class Ipv4Draft02Rules
{
    public static MobileAccessGatewayRules Apply(MobileAccessGatewayRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Relaying(
            rules with
            {
                Construction = rules.Construction.Replacing("Ipv4HomeAddressRequest", Ipv4Draft04Rules.Ipv4HomeAddresses),
                ProxyBindingAcknowledgement = rules
                    .ProxyBindingAcknowledgement.Replacing("Ipv4HomeAddressReply", Ipv4Draft04Rules.Ipv4AddressAcknowledgements)
                    .Replacing("DefaultRouterAddress", ChosenRouter)
                    .Replacing("DhcpSupportMode", Ipv4Draft04Rules.ConfiguredMode)
                    .InsertingBefore("SomethingAssigned", new("draft-02 3.2.2", "NeitherOption", NeitherOption)),
                Ipv4Link = rules.Ipv4Link.Replacing("DhcpAddress", DhcpAddress),
                DhcpServer = rules.DhcpServer.Replacing("Identity", Identity),
                Dhcp = rules.Dhcp.InsertingBefore("Server", new("draft-02 3.2.2", "RenewalRegistered", RenewalRegistered)),
            }
        );
    }

    /// <summary>
    /// Section 3.2.2: the relay agent passes messages on before the registration, and registers the address that the server has confirmed
    /// before the mobile node is told.
    /// </summary>
    private static MobileAccessGatewayRules Relaying(MobileAccessGatewayRules rules) =>
        rules with
        {
            StartOfRegistration = rules.StartOfRegistration.InsertingBefore(
                "Denied",
                new("draft-02 3.2.2", "AddressAwaited", AddressAwaited)
            ),
            Routing = rules.Routing.Replacing("ToDhcpServers", ToDhcpServers),
            Dhcp = rules
                .Dhcp.Replacing("RegistrationTriggered", UnlessRelayed(rules.Dhcp, "RegistrationTriggered"))
                .Replacing("RegistrationAwaited", UnlessRelayed(rules.Dhcp, "RegistrationAwaited"))
                .InsertingBefore("RegistrationFailed", new("draft-02 3.2.2", "RelayedUnregistered", RelayedUnregistered)),
            DhcpRelay = rules
                .DhcpRelay.Replacing("RequestedAddress", IfRegistered(rules.DhcpRelay, "RequestedAddress"))
                .Replacing("RelayAddress", RelayAddress),
            DhcpRelayReply = rules
                .DhcpRelayReply.Replacing("OfMobileNode", OfMobileNode)
                .Replacing("AssignedAddress", IfRegistered(rules.DhcpRelayReply, "AssignedAddress"))
                .InsertingBefore("AgentInformationRemoved", new("draft-02 3.2.2", "ConfirmationHeld", ConfirmationHeld))
                .Replacing("Delivered", Delivered),
            ProxyBindingAcknowledgement = rules.ProxyBindingAcknowledgement.Replacing("HeldDhcpAnswered", HeldConfirmationDelivered),
        };

    /// <summary>The first address of the home network, on every MAG, or the second if the first is the mobile node's.</summary>
    private static RuleOutcome ChosenRouter(ReceivedAcknowledgement received)
    {
        if (received.Ipv4HomeAddresses is [var home, ..])
        {
            var first = Next(home.HomeNetwork.Network);
            received.DefaultRouter = first.Equals(home.Address) ? Next(first) : first;
        }
        return RuleOutcome.Continue;
    }

    private static IPAddress Next(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        octets[^1]++;
        return new IPAddress(octets);
    }

    /// <summary>Section 3.2.2: the registration counts as unanswered.</summary>
    private static RuleOutcome NeitherOption(ReceivedAcknowledgement received)
    {
        var options = received.Acknowledgement.Options;
        return options.Has<HomeNetworkPrefixOption>() || options.Has<Ipv4AddressAcknowledgementOption>()
            ? RuleOutcome.Continue
            : received.Ignore("NeitherOption", "accepted, but with neither a prefix nor an IPv4 address");
    }

    /// <summary>Section 3.1: an address of the MAG itself.</summary>
    private static RuleOutcome DhcpAddress(Ipv4LinkDraft draft)
    {
        draft.DhcpAddress = draft.Gateway.Settings.Ipv4?.DhcpAddress ?? draft.Registration.DefaultRouter;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Identity(DhcpExchange exchange)
    {
        exchange.Source = exchange.DhcpAddress ?? exchange.Gateway.Settings.Ipv4?.DhcpAddress ?? exchange.Server;
        return exchange.Source is null ? exchange.Drop("Identity", "the server has no address") : RuleOutcome.Continue;
    }

    /// <summary>Section 3.2.2: the mobile node renews its lease; its binding is extended, too.</summary>
    private static RuleOutcome RenewalRegistered(DhcpExchange exchange)
    {
        if (
            exchange
                is { Request: { Type: DhcpMessageType.Request, ClientAddress: var renewed }, Attachment: Attachment.Registered attachment }
            && exchange.Ipv4?.Has(renewed) == true
        )
        {
            exchange.Gateway.Rules.StartOfExtension.Apply(new AttachmentEvent(exchange.Gateway, attachment, exchange.Now));
        }
        return RuleOutcome.Continue;
    }

    private static bool Relays(GatewayState gateway) => gateway.Settings.Ipv4 is { ActsAsDhcpServer: false };

    /// <summary>What only IPv4 is to be registered for, and of whose address nothing is known, is registered later.</summary>
    private static RuleOutcome AddressAwaited(UnregisteredMobileNode unregistered)
    {
        var (gateway, link, mobileNode, _) = unregistered;
        if (!Relays(gateway) || !unregistered.IpVersions.HasFlag(IpVersions.Ipv4) || gateway.Ipv4HomeAddressesOf(mobileNode).Count > 0)
        {
            return RuleOutcome.Continue;
        }

        unregistered.IpVersions &= ~IpVersions.Ipv4;
        if (unregistered.IpVersions != IpVersions.None)
        {
            return RuleOutcome.Continue;
        }

        var waiting = new Attachment.Waiting(link, mobileNode);
        gateway.Put(waiting);
        gateway.Forwarding.UseTunnel(link, gateway.TunnelOf(waiting));
        RoutingDraft.Apply(gateway, waiting, []);
        return RuleOutcome.Stop;
    }

    private static RuleOutcome ToDhcpServers(RoutingDraft draft)
    {
        if (Relays(draft.Gateway) && draft.Attachment.MobileNode.IpVersions.HasFlag(IpVersions.Ipv4))
        {
            var target = new RouteTarget.IntoTunnel(draft.Gateway.TunnelOf(draft.Attachment));
            var servers = draft.Gateway.Settings.Ipv4?.DhcpServers ?? [];
            draft.Routes.AddRange(servers.Select(server => new Route(IpPrefix.Of(server), target)));
        }
        return RuleOutcome.Continue;
    }

    private static Func<DhcpExchange, RuleOutcome> UnlessRelayed(RuleList<DhcpExchange> rules, string name)
    {
        var known = rules.First(rule => rule.Name == name);
        return exchange => Relays(exchange.Gateway) ? RuleOutcome.Continue : known.Apply(exchange);
    }

    private static RuleOutcome RelayedUnregistered(DhcpExchange exchange)
    {
        if (exchange.Ipv4 is not null || !Relays(exchange.Gateway))
        {
            return RuleOutcome.Continue;
        }

        exchange.Gateway.Rules.DhcpRelay.Apply(new RelayedDhcpRequest(exchange));
        return RuleOutcome.Stop;
    }

    private static Func<RelayedDhcpRequest, RuleOutcome> IfRegistered(RuleList<RelayedDhcpRequest> rules, string name)
    {
        var known = rules.First(rule => rule.Name == name);
        return relayed => relayed.Exchange.Ipv4 is null ? RuleOutcome.Continue : known.Apply(relayed);
    }

    private static Func<RelayedDhcpReply, RuleOutcome> IfRegistered(RuleList<RelayedDhcpReply> rules, string name)
    {
        var known = rules.First(rule => rule.Name == name);
        return relayed => relayed.Attachment?.Binding?.Ipv4 is null ? RuleOutcome.Continue : known.Apply(relayed);
    }

    private static RuleOutcome RelayAddress(RelayedDhcpRequest relayed)
    {
        relayed.RelayAddress = relayed.Exchange.DhcpAddress ?? relayed.Gateway.Settings.Ipv4?.DhcpAddress;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome OfMobileNode(RelayedDhcpReply relayed)
    {
        var circuit = relayed.Circuit;
        relayed.Attachment = relayed
            .Gateway.Attachments.Where(attachment => attachment.MobileNode.IpVersions.HasFlag(IpVersions.Ipv4))
            .FirstOrDefault(attachment => relayed.IsFor(attachment, circuit));
        return relayed.Attachment is null ? RuleOutcome.Stop : RuleOutcome.Continue;
    }

    private static RuleOutcome ConfirmationHeld(RelayedDhcpReply relayed)
    {
        var (gateway, message) = (relayed.Gateway, relayed.Message);
        if (relayed.IsResumed || message.Type != DhcpMessageType.Ack || message.YourAddress.Equals(IPAddress.Any))
        {
            return RuleOutcome.Continue;
        }

        if (relayed.Attachment is { } attachment)
        {
            var length = message.Options.First<DhcpSubnetMaskOption>()?.PrefixLength ?? IpPrefix.MaximumLengthOf(message.YourAddress);
            gateway.HeldDhcpReplies[attachment.Link] = relayed;
            Register(gateway, attachment, new Ipv4HomeAddress(message.YourAddress, (byte)length), relayed.Now);
        }
        return RuleOutcome.Stop;
    }

    private static void Register(GatewayState gateway, Attachment attachment, Ipv4HomeAddress address, Now now)
    {
        switch (attachment)
        {
            case Attachment.Waiting(var link, var mobileNode):
                DelayedDeRegistration.Suspend(gateway, mobileNode);
                var first = new PendingUpdate(UpdateKind.Initial, []) { IpVersions = IpVersions.Ipv4, Ipv4HomeAddresses = [address] };
                gateway.Put(new Attachment.Registering(link, mobileNode, first));
                UpdateTransmission.Run(gateway, link, now);
                break;
            case Attachment.Registered(var link, var mobileNode, var registration):
                var further = new PendingUpdate(UpdateKind.Extension, registration.HomeNetworkPrefixes)
                {
                    IpVersions = registration.IpVersions | IpVersions.Ipv4,
                    Ipv4HomeAddresses = [address],
                };
                gateway.Deadlines.Cancel(new GatewayDeadline.Extension(link));
                gateway.Put(new Attachment.Extending(link, mobileNode, registration, further));
                UpdateTransmission.Run(gateway, link, now);
                break;
        }
    }

    private static RuleOutcome HeldConfirmationDelivered(ReceivedAcknowledgement received)
    {
        if (received.Attachment is not { } attachment)
        {
            return RuleOutcome.Continue;
        }

        DhcpExchange.Resume(received.Gateway, attachment.Link, received.Now);
        if (
            received.Gateway.HeldDhcpReplies.Remove(attachment.Link, out var held)
            && attachment.Binding?.Ipv4?.Has(held.Message.YourAddress) == true
        )
        {
            held.IsResumed = true;
            received.Gateway.Rules.DhcpRelayReply.Apply(held);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Delivered(RelayedDhcpReply relayed)
    {
        var source = relayed.Attachment is { } known ? relayed.Gateway.Ipv4On(known.Link)?.DhcpAddress : null;
        if (relayed.Attachment is { Link: var link } && (source ?? relayed.Gateway.Settings.Ipv4?.DhcpAddress) is { } own)
        {
            DhcpDelivery.ToClient(relayed.Gateway, link, own, relayed.Message, relayed.Message.ClientAddress);
        }
        return RuleOutcome.Continue;
    }
}
