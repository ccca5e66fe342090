using System.Net;
using Conformance.Testing.Statements;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways with rare behaviour that RFC 5844 allows.</summary>
internal static class MagIpv4Variants
{
    public static IEnumerable<LegalVariant> All =>
        [
            OfSettings(
                "mag-ipv4-on-demand",
                "asks for IPv4 home addresses of mobile nodes of both versions when they send a DHCP message",
                ipv4 => ipv4 with { WaitsForDhcp = true },
                claims: ["ipv4-on-demand"]
            ) with
            {
                // In draft -04, a MAG has more to do for a lease whose binding is lost.
                Edition = Edition.Find("rfc5844"),

                // Most scenarios about the first request for IPv4 await it at the attachment.
                IsOftenUnreached = true,
            },
            OfSettings("mag-dhcp-short-leases", "gives leases of a minute", ipv4 => ipv4 with { LeaseTime = TimeSpan.FromMinutes(1) }),
            OfRules(
                "mag-dhcp-drops-until-registered",
                "drops DHCPDISCOVER messages until the registration is complete",
                rules => rules with { Dhcp = rules.Dhcp.InsertingBefore("RegistrationAwaited", new("RFC 5844 3.4.3", "Dropped", Dropped)) }
            ) with
            {
                // In draft -04, the message begins a registration whose failure takes the link down.
                Edition = Edition.Find("rfc5844"),
            },
            OfRules(
                "mag-ipv4-no-proxy-arp",
                "answers ARP requests for its own addresses alone",
                rules => rules with { Ipv4Link = rules.Ipv4Link.Without("ProxyArp") },
                disclaims: ["proxy-arp"]
            ),
            OfRules(
                "mag-ipv4-link-without-router",
                "answers for the default router by proxy, and has not its address",
                rules =>
                    rules with
                    {
                        Ipv4Link = rules.Ipv4Link.InsertingBefore("ProxyArp", new("RFC 5844 3.2.4", "RouterByProxy", RouterByProxy)),
                    }
            ),
            OfRules(
                "mag-dhcp-next-server-unnamed",
                "leaves siaddr at 0",
                rules => rules with { DhcpServer = rules.DhcpServer.Without("NextServer") }
            ) with
            {
                // Draft -04 requires it.
                Edition = Edition.Find("rfc5844"),
            },
            LegalVariant.Of(
                "mag-dhcp-forcerenew-of-its-own",
                "gives DHCPFORCERENEW a transaction identifier of its own",
                MagForceRenewDeviations.Changing((sent, message) => sent with { Payload = OfItsOwn(message).ToBytes() })
            ),
            OfRules(
                "mag-relay-writes-profiles",
                "writes the address that a DHCP server has given into the profile of the mobile node",
                WritingProfiles(address => address),
                claims: ["ipv4-draft-02-shared-profile"]
            ),
            OfRules(
                "mag-relay-without-circuit",
                "names no circuit in the option of the relay agent, and knows a mobile node by its hardware address",
                rules => rules with { DhcpRelay = rules.DhcpRelay.Without("CircuitIdentifier") }
            ),
        ];

    private static LegalVariant OfSettings(
        string name,
        string description,
        Func<Ipv4GatewaySettings, Ipv4GatewaySettings> change,
        IReadOnlyList<string>? claims = null
    ) =>
        LegalVariant.Of(
            name,
            description,
            mag =>
                mag with
                {
                    Claims = claims ?? [],
                    Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                        settings.Ipv4 is { } ipv4 ? settings with { Ipv4 = change(ipv4) } : settings
                    ),
                }
        );

    private static LegalVariant OfRules(
        string name,
        string description,
        Func<MobileAccessGatewayRules, MobileAccessGatewayRules> change,
        IReadOnlyList<string>? disclaims = null,
        IReadOnlyList<string>? claims = null
    ) =>
        LegalVariant.Of(
            name,
            description,
            mag => mag with { Changes = Changes.To<MobileAccessGatewayRules>(change), Claims = claims ?? [], Disclaims = disclaims ?? [] }
        );

    /// <summary>RFC 3203, Section 4: the server chooses the identifier.</summary>
    private static DhcpMessage OfItsOwn(DhcpMessage message)
    {
        const uint TransactionId = 0x2c012c01;
        return MagForceRenewDeviations.Authentic(message with { TransactionId = TransactionId });
    }

    /// <summary>The rules by which the relay agent writes into the profile of a mobile node what a server has confirmed.</summary>
    /// <param name="written">The address that is written in place of the confirmed one.</param>
    public static Func<MobileAccessGatewayRules, MobileAccessGatewayRules> WritingProfiles(Func<IPAddress, IPAddress> written)
    {
        return rules =>
            rules with
            {
                DhcpRelayReply = rules.DhcpRelayReply.InsertingBefore(
                    "AgentInformationRemoved",
                    new("draft-02 3.2.2", "ProfileWritten", ProfileWritten)
                ),
            };

        RuleOutcome ProfileWritten(RelayedDhcpReply relayed)
        {
            if (relayed is { Message: { Type: DhcpMessageType.Ack } message, Attachment.MobileNode: var mobileNode, Gateway: var gateway })
            {
                var length = message.Options.First<DhcpSubnetMaskOption>()?.PrefixLength ?? IpPrefix.MaximumLengthOf(message.YourAddress);
                var profile = new MobileNodeProfile
                {
                    IdentifierPattern = mobileNode.Identifier.Nai,
                    IpVersions = mobileNode.IpVersions,
                    Ipv4HomeAddresses = [new Ipv4HomeAddress(written(message.YourAddress), (byte)length)],
                };
                gateway.Settings = gateway.Settings with { Profiles = [profile, .. gateway.Settings.Profiles] };
            }
            return RuleOutcome.Continue;
        }
    }

    /// <summary>A renewal is answered when the mobile node is registered (RFC 5844, Section 3.4.1).</summary>
    private static RuleOutcome Dropped(DhcpExchange exchange) =>
        exchange is { Ipv4: null, IsResumed: false, Request.Type: DhcpMessageType.Discover, Attachment.Request: not null }
            ? RuleOutcome.Stop
            : RuleOutcome.Continue;

    /// <summary>A relay agent needs its address: the answers of the server are for it.</summary>
    private static RuleOutcome RouterByProxy(Ipv4LinkDraft draft)
    {
        if (draft.Gateway.Settings.Ipv4 is { DhcpServers.Count: > 0 })
        {
            return RuleOutcome.Continue;
        }

        draft.Addresses.Clear();
        if (draft.Registration.DefaultRouter is { } router)
        {
            draft.Proxied.Add(IpPrefix.Of(router));
        }
        return RuleOutcome.Continue;
    }
}
