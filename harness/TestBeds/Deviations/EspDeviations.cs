using System.Net;
using System.Security.Cryptography;
using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Devices of either role with faults in ESP: RFC 5213, Sections 4, 5.3.6, 5.6.3 and 6.9.1.5.</summary>
internal static class EspDeviations
{
    private const string Authentication = "rfc5213-4-k1",
        Ability = "rfc5213-4-k2",
        Mode = "rfc5213-4-k3",
        Authority = "rfc5213-5.3.1-k8",
        AnswerAssociation = "rfc5213-5.3.6-k31",
        UpdateAssociation = "rfc5213-6.9.1.5-k12",
        Negotiation = "rfc5213-4-k5",
        PayloadUnderEsp = "rfc5213-6.10.5-d1",
        EcnAtTheEntry = "rfc5213-5.6.3-k3",
        EcnAtTheExit = "rfc5213-5.6.3-k6",
        AntiReplay = "esp-anti-replay";

    private const int IntegrityKeyLength = 32;

    private static readonly IReadOnlyList<string> _lma = ["LMA", "E2E"];
    private static readonly IReadOnlyList<string> _mag = ["MAG", "E2E"];

    public static IReadOnlyList<Deviation> All { get; } =
    [
        .. InEitherRole("lma", "an LMA", "requests", _lma),
        .. InEitherRole("mag", "a MAG", "acknowledgements", _mag),
        Deviation.OfLma(
            "lma-esp-clear-accepted",
            "processes a registration that is not protected",
            Authentication,
            lma => lma with { Protection = lma.Protection.Without("Authenticated") }
        ),
        Deviation.OfLma(
            "lma-esp-peer-not-compared",
            "accepts from a MAG a registration under the association of another MAG",
            Authentication,
            lma => lma with { Protection = lma.Protection.Without("PeerIsSource") }
        ),
        Deviation.OfLma(
            "lma-esp-authority-skipped",
            "takes a MAG whose registration is protected for an authorized one",
            Authority,
            lma => lma with { ProxyBindingUpdate = WithoutAuthority(lma.ProxyBindingUpdate) }
        ),
        Deviation.OfLma(
            "lma-esp-answers-in-clear",
            "answers a protected registration without protection",
            AnswerAssociation,
            lma => lma with { Acknowledgement = lma.Acknowledgement.Without("SecurityAssociation") }
        ),
        Deviation.OfLma(
            "lma-esp-answers-under-another-association",
            "answers a MAG under the association of another MAG",
            AnswerAssociation,
            lma => lma with { Acknowledgement = lma.Acknowledgement.Replacing("SecurityAssociation", UnderAnotherAssociation) }
        ),
        Deviation.OfMag(
            "mag-esp-clear-accepted",
            "processes an acknowledgement that is not protected",
            Authentication,
            mag => mag with { Protection = mag.Protection.Without("Authenticated") }
        ),
        Deviation.OfMag(
            "mag-esp-peer-not-compared",
            "accepts from an LMA an acknowledgement under the association of another LMA",
            Authentication,
            mag => mag with { Protection = mag.Protection.Without("PeerIsSource") }
        ),
        Deviation.OfMag(
            "mag-esp-asks-in-clear",
            "sends its requests without protection",
            UpdateAssociation,
            mag => mag with { Construction = mag.Construction.Without("SecurityAssociation") }
        ),
        Deviation.OfMag(
            "mag-esp-asks-under-another-association",
            "sends a request to an LMA under the association of another LMA",
            UpdateAssociation,
            mag => mag with { Construction = mag.Construction.Replacing("SecurityAssociation", UnderAnotherAssociation) }
        ),
        Deviation.Of(
            "mag-esp-payload-in-clear",
            "sends the packets of its mobile nodes without protection, although it takes those for them under ESP",
            PayloadUnderEsp,
            mag =>
                mag with
                {
                    Around = (node, create) => node.Role == NodeRole.Mag ? new RewritingRole(create()) { Actions = InClear } : create(),
                }
        ) with
        {
            Roles = _mag,
        },
        Deviation.Of(
            "mag-ikev2-not-begun",
            "sends its registrations without protection to an LMA with which it could negotiate security associations",
            Negotiation,
            mag => mag with { Claims = ["ikev2"] }
        ) with
        {
            Roles = _mag,
        },
        Claiming(
            "esp-replays-accepted",
            "accepts replayed packets, although it claims to detect them",
            Authentication,
            settings => settings
        ),
        Claiming(
            "esp-replay-window-of-one",
            "accepts no packet that was overtaken by another one",
            Ability,
            settings => settings with { AntiReplay = true, Rules = InOrder(settings) }
        ),
        TunnelDeviations.Forwarding(
            "esp-tunnel-outer-ecn-clear",
            "does not copy the ECN field into the outer header of a tunnel under ESP",
            EcnAtTheEntry,
            rules => rules with { EspEcn = rules.EspEcn with { Outer = _ => Ecn.NotEct } }
        ),
        TunnelDeviations.Forwarding(
            "esp-tunnel-outer-ecn-capable",
            "says in the outer header of every packet in a tunnel under ESP that its transport supports ECN",
            EcnAtTheEntry,
            rules => rules with { EspEcn = rules.EspEcn with { Outer = inner => inner == Ecn.NotEct ? Ecn.Ect0 : inner } }
        ),
        TunnelDeviations.Forwarding(
            "esp-tunnel-congestion-hidden",
            "hides in the outer header of a tunnel under ESP that a packet has seen congestion, as in a tunnel without ESP",
            EcnAtTheEntry,
            rules => rules with { EspEcn = rules.EspEcn with { Outer = EcnRules.Rfc3168.Outer } }
        ),
        TunnelDeviations.Forwarding(
            "esp-tunnel-congestion-lost",
            "does not carry the congestion mark out of a tunnel under ESP",
            EcnAtTheExit,
            rules => rules with { EspEcn = rules.EspEcn with { Inner = (_, inner) => inner } }
        ),
        TunnelDeviations.Forwarding(
            "esp-tunnel-not-ect-dropped",
            "drops packets whose transport does not support ECN where congestion was marked in a tunnel under ESP",
            EcnAtTheExit,
            rules => rules with { EspEcn = rules.EspEcn with { Inner = EcnRules.Rfc3168.Inner } }
        ),
    ];

    /// <summary>Asks for a second tunnel without ESP, and routes packets into that.</summary>
    private static IEnumerable<RoleAction> InClear(RoleAction action) =>
        action switch
        {
            RoleAction.AddTunnel({ Mode: TunnelMode.EspTunnel } tunnel) => [action, new RoleAction.AddTunnel(InClear(tunnel))],
            RoleAction.RemoveTunnel({ Mode: TunnelMode.EspTunnel } tunnel) => [action, new RoleAction.RemoveTunnel(InClear(tunnel))],
            RoleAction.AddRoute(var route) => [new RoleAction.AddRoute(InClear(route))],
            RoleAction.RemoveRoute(var route) => [new RoleAction.RemoveRoute(InClear(route))],
            _ => [action],
        };

    private static Tunnel InClear(Tunnel tunnel) => new(tunnel.Local, tunnel.Remote);

    private static Route InClear(Route route) =>
        route.Target is RouteTarget.IntoTunnel({ Mode: TunnelMode.EspTunnel } tunnel)
            ? route with
            {
                Target = new RouteTarget.IntoTunnel(InClear(tunnel)),
            }
            : route;

    /// <summary>The faults that do not depend on the role.</summary>
    private static IEnumerable<Deviation> InEitherRole(string role, string device, string received, IReadOnlyList<string> roles) =>
        [
            InSecurity(
                $"{role}-esp-any-index",
                $"accepts {received} under an SPI for which it has no association",
                Authentication,
                settings => settings with { Rules = Receiving(settings, inbound => inbound.Replacing("KnownAssociation", ByPeer(inbound))) }
            ) with
            {
                Roles = roles,
            },
            InSecurity(
                $"{role}-esp-code-unchecked",
                $"does not verify the Integrity Check Value of {received}",
                Authentication,
                settings => settings with { Rules = Receiving(settings, inbound => inbound.Replacing("Authentic", Unchecked(inbound))) }
            ) with
            {
                Roles = roles,
            },
            InSecurity(
                $"{role}-esp-code-optional",
                $"accepts {received} that have no Integrity Check Value",
                Authentication,
                settings => settings with { Rules = Receiving(settings, inbound => inbound.Replacing("Authentic", Completed(inbound))) }
            ) with
            {
                Roles = roles,
            },
            InSecurity(
                $"{role}-esp-tunnel-mode",
                $"is {device} that sends its messages in tunnel mode",
                Mode,
                settings => settings with { Rules = InTunnelMode(settings) }
            ) with
            {
                Roles = roles,
            },
            InSecurity(
                $"{role}-esp-without-null-encryption",
                $"is {device} that takes no {received} whose ESP has no encryption",
                Ability,
                settings => Deaf(settings, SecurityTransform.NullHmacSha256)
            ) with
            {
                Roles = roles,
            },
        ];

    private static SecuritySettings Deaf(SecuritySettings settings, SecurityTransform to) =>
        settings with
        {
            Associations = [.. settings.Associations.Where(known => !known.IsInbound || known.Transform != to)],
        };

    private static Deviation InSecurity(
        string name,
        string description,
        string statement,
        Func<SecuritySettings, SecuritySettings> change
    ) => Deviation.Of(name, description, statement, node => node with { Changes = Changes.To<SecuritySettings>(change) });

    /// <summary>A device that claims to detect replays.</summary>
    private static Deviation Claiming(string name, string description, string statement, Func<SecuritySettings, SecuritySettings> change) =>
        Deviation.Of(
            name,
            description,
            statement,
            node => node with { Claims = [AntiReplay], Changes = Changes.To<SecuritySettings>(change) }
        );

    private static SecurityRules Receiving(SecuritySettings settings, Func<RuleList<ReceivedEsp>, RuleList<ReceivedEsp>> change) =>
        settings.Rules with
        {
            Inbound = change(settings.Rules.Inbound),
        };

    /// <summary>Takes the association of the source if there is none with the SPI.</summary>
    private static Func<ReceivedEsp, RuleOutcome> ByPeer(RuleList<ReceivedEsp> inbound)
    {
        var known = inbound.First(rule => rule.Name == "KnownAssociation");
        return received =>
        {
            if (received.Associations.All(state => state.Association.SecurityParametersIndex != received.Header?.SecurityParametersIndex))
            {
                received.State = received.Associations.FirstOrDefault(state =>
                    state.Association is { Mode: EspMode.Transport } association && association.Peer.Equals(received.Source)
                );
            }
            return known.Apply(received);
        };
    }

    /// <summary>Gives the packet the Integrity Check Value that it should have.</summary>
    private static Func<ReceivedEsp, RuleOutcome> Unchecked(RuleList<ReceivedEsp> inbound)
    {
        var authentic = inbound.First(rule => rule.Name == "Authentic");
        return received =>
        {
            if (received is { State.Association: { } association, Octets.Length: > EspTransform.IntegrityCheckValueLength })
            {
                var authenticated = received.Octets[..^EspTransform.IntegrityCheckValueLength].ToArray();
                received.Octets = (byte[])[.. authenticated, .. Code(association, authenticated)];
            }
            return authentic.Apply(received);
        };
    }

    /// <summary>Gives a packet that does not end with its Integrity Check Value one.</summary>
    private static Func<ReceivedEsp, RuleOutcome> Completed(RuleList<ReceivedEsp> inbound)
    {
        var authentic = inbound.First(rule => rule.Name == "Authentic");
        return received =>
        {
            if (received is { State.Association: { } association, Octets.Length: > EspTransform.IntegrityCheckValueLength })
            {
                var octets = received.Octets.ToArray();
                var at = octets.Length - EspTransform.IntegrityCheckValueLength;
                if (!Code(association, octets[..at]).AsSpan().SequenceEqual(octets.AsSpan(at)))
                {
                    received.Octets = (byte[])[.. octets, .. Code(association, octets)];
                }
            }
            return authentic.Apply(received);
        };
    }

    private static byte[] Code(SecurityAssociation association, byte[] authenticated) =>
        HMACSHA256.HashData(association.Key.Reveal().Span[^IntegrityKeyLength..], authenticated)[..EspTransform.IntegrityCheckValueLength];

    private static SecurityRules InTunnelMode(SecuritySettings settings) =>
        settings.Rules with
        {
            Outbound = settings.Rules.Outbound.InsertingBefore(
                "SequenceNumber",
                new(
                    "RFC 4303 3.1.2",
                    "TunnelMode",
                    sent =>
                    {
                        if (sent.Path is Ipv6Signaling path)
                        {
                            sent.Payload = new Ipv6Packet(path.Source, path.Destination, sent.NextHeader, sent.Payload).ToBytes();
                            sent.NextHeader = IpProtocol.Ipv6;
                        }
                        return RuleOutcome.Continue;
                    }
                )
            ),
        };

    private static SecurityRules InOrder(SecuritySettings settings) =>
        Receiving(
            settings,
            inbound =>
                inbound.Replacing(
                    "NotReplayed",
                    received =>
                        received is { State: { } state, Header: { } header } && header.SequenceNumber <= state.Window.Highest
                            ? received.Discard("EspReplayed", "not the next packet")
                            : RuleOutcome.Continue
                )
        );

    private static RuleList<RegistrationRequest> WithoutAuthority(RuleList<RegistrationRequest> rules)
    {
        var authorized = rules.First(rule => rule.Name == "GatewayAuthorized");
        return rules.Replacing(
            authorized.Name,
            request => request.Signal.Protection is null ? authorized.Apply(request) : RuleOutcome.Continue
        );
    }

    private static RuleOutcome UnderAnotherAssociation(AcknowledgementDraft draft)
    {
        draft.ProtectedFor = Other(draft.Request.Signal.Protection?.Peer, draft.Request.Anchor.Settings.AuthorizedMobileAccessGateways);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome UnderAnotherAssociation(UpdateDraft draft)
    {
        var settings = draft.Gateway.Settings;
        var anchor = draft.Attachment.MobileNode.AnchorAddress;
        draft.ProtectedFor = settings.ProtectionRequired
            ? Other(anchor, [settings.LocalMobilityAnchorAddress, .. settings.Profiles.Select(known => known.LocalMobilityAnchorAddress)])
            : null;
        return RuleOutcome.Continue;
    }

    private static IPAddress? Other(IPAddress? peer, IEnumerable<IPAddress?> all) =>
        peer is null ? null : all.FirstOrDefault(known => known is not null && !known.Equals(peer));
}
