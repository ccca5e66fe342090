using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways whose DHCP relay agent is wrong: RFC 5844, Section 3.4.2, and its drafts.</summary>
internal static class MagDhcpRelayDeviations
{
    private static readonly IPAddress _ownAddress = IPAddress.Parse("198.18.0.1");

    private static readonly IPAddress _ofNobody = IPAddress.Parse("198.18.0.99");

    private static readonly string[] _delivery = ["AgentInformationRemoved", "Delivered"];

    public static IReadOnlyList<Deviation> All { get; } = [.. FromMobileNodes(), .. FromServers()];

    private static IEnumerable<Deviation> FromMobileNodes() =>
        [
            Deviation.OfMag(
                "mag-relay-early",
                "relays DHCP messages before the registration is answered",
                "rfc5844-3.4.2-d2a",
                rules =>
                    rules with
                    {
                        Dhcp = rules.Dhcp.InsertingBefore("RegistrationAwaited", new("RFC 5844 3.4.2", "Early", Early)),
                        DhcpRelay = rules.DhcpRelay.InsertingBefore("Forwarded", new("RFC 5844 3.4.2", "AnyAddress", AnyAddress)),
                    }
            ),
            Relays(
                "mag-relay-discovers-alone",
                "relays nothing but DHCPDISCOVER and DHCPREQUEST",
                "rfc5844-3.4.2-d2b",
                relay => relay.InsertingBefore("Forwarded", new("RFC 5844 3.4.2", "DiscoverAlone", DiscoverAndRequest))
            ),
            Relays(
                "mag-relay-without-agent-information",
                "relays without the option of a relay agent",
                "rfc5844-3.4.2-d3",
                relay => relay.InsertingBefore("Forwarded", new("RFC 3046 2.0", "NoInformation", NoInformation))
            ),
            Relays(
                "mag-relay-without-address",
                "names no address in the option of a relay agent",
                "rfc5844-3.4.2-d4",
                relay => relay.Without("RemoteIdentifier")
            ),
            Relays(
                "mag-relay-names-hardware",
                "names the hardware address of the client as the Agent Remote ID",
                "rfc5844-3.4.2-d4",
                relay =>
                    relay.Replacing(
                        "RemoteIdentifier",
                        relayed =>
                        {
                            relayed.SubOptions.Add(new RemoteIdSubOption(relayed.Message.HardwareAddress));
                            return RuleOutcome.Continue;
                        }
                    )
            ),
            Relays(
                "mag-relay-any-address",
                "relays a request for an address that the LMA has not assigned",
                "rfc5844-3.4.2-k1",
                relay => relay.Without("RequestedAddress")
            ),
            Relays(
                "mag-relay-overrides-nothing",
                "leaves the server identifier as the server gives it",
                "rfc5844-3.4.2-d8",
                relay => relay.Without("ServerIdentifierOverride")
            ),
            Relays(
                "mag-relay-renewals-lost",
                "drops the renewals that it intercepts",
                "seed000-21",
                relay => relay.InsertingBefore("Forwarded", new("RFC 5844 3.4.2", "RenewalsLost", RenewalsLost))
            ),
            Deviation.Of(
                "mag-relay-past",
                "lets renewals go past the relay agent that are for the agent of another MAG",
                "ipv4-draft-04-3.4.2-k12",
                mag =>
                    mag with
                    {
                        Around = (node, create) =>
                            node.Role == Testing.Domains.NodeRole.Mag
                                ? new ActingRole(create(), action => action is RoleAction.InterceptUdp ? [] : [action])
                                : create(),
                    }
            ) with
            {
                Roles = ["MAG"],
            },
        ];

    private static IEnumerable<Deviation> FromServers() =>
        [
            Replies(
                "mag-relay-any-offer",
                "delivers whatever address a server offers",
                "rfc5844-3.4.2-d6",
                replies => replies.Without("AssignedAddress")
            ),
            Replies(
                "mag-relay-no-refusals",
                "delivers no DHCPNAK",
                "rfc5844-3.4.2-d2b",
                replies =>
                    replies.InsertingBefore(
                        "Delivered",
                        new(
                            "RFC 5844 3.4.2",
                            "NoRefusals",
                            relayed => relayed.Message.Type == DhcpMessageType.Nak ? RuleOutcome.Stop : RuleOutcome.Continue
                        )
                    )
            ),
            Replies(
                "mag-relay-no-confirmations",
                "delivers no DHCPACK",
                "rfc5844-3.4.2-d2b",
                replies =>
                    replies.InsertingBefore(
                        "Delivered",
                        new(
                            "RFC 5844 3.4.2",
                            "NoConfirmations",
                            relayed => relayed.Message.Type == DhcpMessageType.Ack ? RuleOutcome.Stop : RuleOutcome.Continue
                        )
                    )
            ),
            Replies(
                "mag-relay-no-answers-to-renewals",
                "delivers no DHCPACK to a client that has its address already",
                "rfc5844-3.4.2-d2b",
                replies =>
                    replies.InsertingBefore(
                        "Delivered",
                        new(
                            "RFC 5844 3.4.2",
                            "NoRenewals",
                            relayed =>
                                relayed.Message.Type == DhcpMessageType.Ack && !relayed.Message.ClientAddress.Equals(IPAddress.Any)
                                    ? RuleOutcome.Stop
                                    : RuleOutcome.Continue
                        )
                    )
            ),
            Replies(
                "mag-relay-confirms-early",
                "delivers a DHCPACK before the registration of its address is answered, and again after that",
                "ipv4-draft-02-3.2.2-k26",
                replies =>
                    replies.Has("ConfirmationHeld")
                        ? replies.InsertingBefore("ConfirmationHeld", new("draft-02 3.2.2", "Early", ConfirmedEarly))
                        : replies
            ),
            Deviation
                .OfMag(
                    "mag-relay-other-address-in-profile",
                    "writes another address into the profile than the server has given",
                    "ipv4-draft-02-3.2.2-k23",
                    MagIpv4Variants.WritingProfiles(_ => _ofNobody)
                )
                .Claiming("ipv4-draft-02-shared-profile"),
        ];

    private static Deviation Relays(
        string name,
        string description,
        string statement,
        Func<RuleList<RelayedDhcpRequest>, RuleList<RelayedDhcpRequest>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { DhcpRelay = change(rules.DhcpRelay) });

    private static Deviation Replies(
        string name,
        string description,
        string statement,
        Func<RuleList<RelayedDhcpReply>, RuleList<RelayedDhcpReply>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { DhcpRelayReply = change(rules.DhcpRelayReply) });

    private static RuleOutcome Early(DhcpExchange exchange)
    {
        if (exchange is { Ipv4: null, Gateway.Settings.Ipv4.ActsAsDhcpServer: false })
        {
            exchange.Gateway.Rules.DhcpRelay.Apply(new RelayedDhcpRequest(exchange));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AnyAddress(RelayedDhcpRequest relayed)
    {
        relayed.RelayAddress ??= _ownAddress;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome DiscoverAndRequest(RelayedDhcpRequest relayed) =>
        relayed.Message.Type is DhcpMessageType.Discover or DhcpMessageType.Request ? RuleOutcome.Continue : RuleOutcome.Stop;

    private static RuleOutcome NoInformation(RelayedDhcpRequest relayed)
    {
        relayed.SubOptions.Clear();
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RenewalsLost(RelayedDhcpRequest relayed) =>
        relayed.Exchange.IsUnicast && relayed.Message.Type == DhcpMessageType.Request ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome ConfirmedEarly(RelayedDhcpReply relayed)
    {
        if (relayed is { IsResumed: false, Message.Type: DhcpMessageType.Ack } && relayed.Attachment?.Binding?.Ipv4 is null)
        {
            var early = new RelayedDhcpReply(relayed.Gateway, relayed.Datagram, relayed.Message, relayed.Now)
            {
                Attachment = relayed.Attachment,
            };
            foreach (var name in _delivery)
            {
                relayed.Gateway.Rules.DhcpRelayReply.First(rule => rule.Name == name).Apply(early);
            }
        }
        return RuleOutcome.Continue;
    }
}
