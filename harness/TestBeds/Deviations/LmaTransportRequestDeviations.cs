using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaTransportParts;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Local mobility anchors that judge requests over IPv4 wrongly, or choose the wrong encapsulation: RFC 5844, Sections 4.1.1, 4.1.3.1 and
/// 5.1, and the drafts before it.
/// </summary>
internal static class LmaTransportRequestDeviations
{
    private const string Silent = "no message and no packet passes over IPv4",
        Moved = "what moves does not get its packets any more",
        OtherEncapsulation = "neither end finds the packets of the other one";

    private static readonly string[] _ofTransport =
    [
        nameof(Ipv4AnchorTransport.AcceptForcedIPv4UDPEncapsulationRequest),
        nameof(Ipv4AnchorTransport.AcceptIPv4UDPEncapsulationRequest),
    ];

    public static IReadOnlyList<Deviation> All { get; } =
    [.. Requests(), .. Forced(), .. Nat(), .. TlvHeaders(), .. Ends(), .. Variables()];

    private static IEnumerable<Deviation> Requests() =>
        [
            Judges(
                "lma-transport-any-gateway",
                "accepts registrations over IPv4 from a MAG without authority",
                "GatewayAuthorized",
                _ => true,
                _ => RuleOutcome.Continue
            ),
            Judges(
                "lma-transport-identifier-missing-128",
                "gives no reason when it rejects a request over IPv4 without a mobile node identifier",
                "MobileNodeIdentifierPresent",
                request => request.MobileNode is null,
                request => request.Reject(BindingStatus.REASON_UNSPECIFIED)
            ),
            OfTransport(
                "lma-transport-unknown-node-128",
                "gives no reason when it rejects a request over IPv4 for a mobile node that it does not know",
                "rfc5844-4.1.3.1-k1",
                rules => rules with { ProxyBindingUpdate = WithoutReason(rules.ProxyBindingUpdate, "MobileNodeKnown") }
            ),
            Judges(
                "lma-transport-without-handoff-indicator",
                "accepts a request over IPv4 without a handoff indicator",
                "HandoffIndicatorPresent",
                _ => true,
                _ => RuleOutcome.Continue
            ),
            Judges(
                "lma-transport-without-access-technology",
                "accepts a request over IPv4 without an access technology",
                "AccessTechnologyTypePresent",
                _ => true,
                _ => RuleOutcome.Continue
            ),
            OfTransport(
                "lma-transport-checksum-judged",
                "discards a request over IPv4 whose Mobility Header has a checksum",
                "rfc5844-4.1.3.1-k2",
                rules =>
                    rules with
                    {
                        MobilityHeader = rules.MobilityHeader.InsertingBefore("WholeHeader", new("RFC 6275 9.2", "Zero", ChecksumZero)),
                    }
            ),
            OfTransport(
                "lma-transport-checksum-ignored",
                "takes a request over IPv4 whose Mobility Header has a wrong checksum",
                "ipv4-draft-04-4.1.3.1-k3b",
                rules =>
                    rules with
                    {
                        MobilityHeader = rules.MobilityHeader.Instead(
                            "Checksum",
                            received => received.Signal.Path is Ipv4UdpIpv6Signaling,
                            _ => RuleOutcome.Continue
                        ),
                    }
            ),
            OfTransport(
                "lma-transport-deaf",
                "takes no requests over IPv4 at the port for them",
                "ipv4-draft-04-4.1.3-k1",
                rules =>
                    rules with
                    {
                        Ipv4TransportPort = ports => new RoleAction.OpenUdp((ushort)(ports.DualStack + 1), UdpContent.MobilityHeaders),
                    }
            ) with
            {
                WhyMany = Silent,
            },
            Refuses(
                "lma-transport-refuses-ipv6",
                "rejects requests over IPv4 for mobile nodes of IPv6 alone",
                request => request.Ipv4Requests.Count == 0
            ),
            Refuses(
                "lma-transport-refuses-ipv4",
                "rejects requests over IPv4 for mobile nodes of IPv4 alone",
                request => request.HomeNetworkPrefixes.Count == 0
            ),
        ];

    private static IEnumerable<Deviation> Forced() =>
        [
            Chooses(
                "lma-transport-forced-udp-accepted",
                "tunnels in UDP for a request that forces it, although that is not allowed",
                "rfc5844-4.1.3.1-k5",
                rules => rules.Omitting("ForcedUdpRefused")
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Chooses(
                "lma-transport-forced-udp-128",
                "gives no reason when it refuses forced UDP",
                "rfc5844-4.1.3.1-k5",
                rules =>
                    rules.Instead(
                        "ForcedUdpRefused",
                        request => request.Has(BindingUpdateFlags.ForcingUdp) && !AcceptsForced(request),
                        request => request.Reject(BindingStatus.REASON_UNSPECIFIED)
                    )
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Chooses(
                "lma-transport-forced-udp-ends-session",
                "forgets the session of a mobile node when it refuses forced UDP",
                "rfc5844-4.1.3.1-k3",
                rules =>
                    rules.Instead(
                        "ForcedUdpRefused",
                        request => request.Has(BindingUpdateFlags.ForcingUdp) && !AcceptsForced(request),
                        SessionsEnded
                    )
            ),
            Chooses(
                "lma-transport-forced-udp-plain",
                "tunnels without UDP for a request that forces it",
                "rfc5844-4.1.3.1-k6",
                rules => rules.Omitting("ForcedUdp")
            ) with
            {
                WhyMany = OtherEncapsulation,
            },
            Chooses(
                "lma-transport-udp-unasked",
                "tunnels in UDP although nothing asks for it",
                "rfc5844-4.1.3.1-k7",
                rules => rules.BeforeTunnel(request => request.UsesUdp = true)
            ) with
            {
                WhyMany = OtherEncapsulation,
            },
            Chooses(
                "lma-transport-forced-udp-refused",
                "refuses forced UDP where there is no NAT",
                "ipv4-draft-04-4.1.3.1-k9",
                rules =>
                    rules.Instead(
                        "ForcedUdp",
                        request =>
                            request is { HasNat: false, Signal.Path: Ipv4UdpIpv6Signaling } && request.Has(BindingUpdateFlags.ForcingUdp),
                        request => request.Reject(BindingStatus.ADMINISTRATIVELY_PROHIBITED)
                    )
            ),
            Tells(
                "lma-transport-forced-udp-untold",
                "does not tell a MAG that packets are tunnelled in UDP",
                "rfc5844-1.2-d1",
                rules => rules.Omitting("ForcedUdpTold")
            ),
        ];

    private static IEnumerable<Deviation> Nat() =>
        [
            Chooses(
                "lma-transport-nat-unseen",
                "tunnels without UDP through a NAT",
                "ipv4-draft-04-4.1.3.1-k7",
                rules => rules.Omitting("UdpThroughNat")
            ) with
            {
                WhyMany = OtherEncapsulation,
            },
            Chooses(
                "lma-transport-nat-by-option",
                "takes every request with the option for the care-of address for one through a NAT",
                "ipv4-draft-04-4.1.3.1-k8",
                rules =>
                    rules.Has("UdpThroughNat")
                        ? rules.BeforeTunnel(request =>
                            request.UsesUdp |= request.Update.Options.First<Ipv4CareOfAddressOption>() is not null
                        )
                        : rules
            ) with
            {
                WhyMany = OtherEncapsulation,
            },
            Tells(
                "lma-transport-nat-untold",
                "does not tell a MAG that there is a NAT",
                "ipv4-draft-04-4.1.3.2-k3",
                rules => rules.Omitting("NatTold")
            ),
            Tells(
                "lma-transport-nat-told-once",
                "tells a MAG of the NAT when it registers a mobile node, and not later",
                "ipv4-draft-04-4.1.3.2-k3",
                rules => rules.Only("NatTold", draft => draft.Request.FoundBinding is null)
            ),
            Tells(
                "lma-transport-nat-invented",
                "tells every MAG that there is a NAT",
                "ipv4-draft-04-4.1.3.2-k4",
                rules => rules.Instead("NatTold", _ => true, NatInvented)
            ),
            Tells(
                "lma-transport-nat-for-forced-udp",
                "tells a MAG that forces UDP that there is a NAT",
                "ipv4-draft-04-4.1.3.2-k4",
                rules => rules.Instead("NatTold", draft => draft.Request.Has(BindingUpdateFlags.ForcingUdp), NatInvented)
            ),
            Chooses(
                "lma-transport-nat-not-followed",
                "tunnels to the port that the NAT had when the mobile node was registered",
                "ipv4-draft-04-4.1.3.3-k1",
                rules =>
                    rules.ThenTunnel(
                        (request, tunnel) =>
                            request.TunnelBefore() is { Ports: not null } before && before.Remote.Equals(tunnel.Remote) ? before : tunnel
                    )
            ),
        ];

    private static IEnumerable<Deviation> TlvHeaders() =>
        [
            Chooses(
                "lma-transport-tlv-ignored",
                "tunnels without a TLV header for a request that asks for it",
                "ipv4-draft-04-4.1.3.1-k10",
                rules => rules.Omitting("TlvHeader")
            ),
            Chooses(
                "lma-transport-tlv-announced-only",
                "grants the TLV header and tunnels without it",
                "ipv4-draft-02-4.3.2-k8",
                rules =>
                    rules.ThenTunnel(
                        (_, tunnel) =>
                            tunnel.Mode == TunnelMode.Ipv4UdpTlv
                                ? new Tunnel(tunnel.Local, tunnel.Remote, TunnelMode.Ipv4Udp, tunnel.Ports)
                                : tunnel
                    )
            ),
            Chooses(
                "lma-transport-tlv-kept",
                "keeps the TLV header of a tunnel for which a later request does not ask any more",
                "ipv4-draft-04-4.1.3.1-k8",
                rules =>
                    rules.Has("TlvHeader")
                        ? rules.BeforeTunnel(request => request.UsesTlvHeader |= request.TunnelBefore() is { Mode: TunnelMode.Ipv4UdpTlv })
                        : rules
            ),
        ];

    private static IEnumerable<Deviation> Ends() =>
        [
            Chooses(
                "lma-transport-first-address-kept",
                "tunnels to the IPv4 address from which the mobile node was registered first",
                "rfc5844-4.1.1-k2",
                rules =>
                    rules.ThenTunnel(
                        (request, tunnel) => request.TunnelBefore() is { } before && !before.Remote.Equals(tunnel.Remote) ? before : tunnel
                    )
            ) with
            {
                WhyMany = Moved,
            },
            Chooses(
                "lma-transport-tunnel-to-option",
                "tunnels through a NAT to the address in the option for the care-of address",
                "ipv4-draft-04-4.1.3.1-d1",
                rules =>
                    rules.ThenTunnel(
                        (request, tunnel) =>
                            request.HasNat && request.Update.Options.First<Ipv4CareOfAddressOption>() is { Address: var careOf }
                                ? new Tunnel(tunnel.Local, careOf, tunnel.Mode, tunnel.Ports)
                                : tunnel
                    )
            ) with
            {
                WhyMany = OtherEncapsulation,
            },
            OfTransport(
                "lma-transport-first-tunnel-kept",
                "stays in the tunnel of before when a MAG changes its transport",
                "ipv4-draft-04-4.1.3.1-d1",
                rules =>
                    rules with
                    {
                        LifetimeExtension = rules.LifetimeExtension.Replacing("ForwardingResumed", _ => RuleOutcome.Continue),
                    }
            ) with
            {
                WhyMany = Moved,
            },
            Chooses(
                "lma-transport-other-data-port",
                "tunnels in UDP to the port from which the request came",
                "rfc5844-4.1.4.1-d2",
                rules =>
                    rules.ThenTunnel(
                        (request, tunnel) =>
                            tunnel.Ports is { } ports && request.Signal.Path is Ipv4UdpSignaling path
                                ? new Tunnel(tunnel.Local, tunnel.Remote, tunnel.Mode, new TunnelPorts(ports.Local, path.SourcePort))
                                : tunnel
                    )
            ) with
            {
                WhyMany = OtherEncapsulation,
            },
        ];

    private static IEnumerable<Deviation> Variables() =>
        [
            Administers(
                "lma-transport-fixed-variables",
                "takes new values of the variables of IPv4 transport without using them",
                "rfc5844-5.1-k1",
                rules => rules.Instead("VariableSet", IsOfTransport, _ => RuleOutcome.Continue)
            ),
            Administers(
                "lma-transport-forgets-variables",
                "does not keep the variables of IPv4 transport over a restart",
                "rfc5844-5.1-k2",
                rules => rules.Instead("VariableSaved", IsOfTransport, _ => RuleOutcome.Continue)
            ),
            Sets(
                "lma-transport-forced-udp-by-default",
                "accepts forced UDP if nothing else is configured",
                "rfc5844-5.1-d1",
                transport => transport with { AcceptForcedIPv4UDPEncapsulationRequest = true }
            ),
            Sets(
                "lma-transport-no-udp-by-default",
                "tunnels in UDP for no MAG if nothing else is configured",
                "ipv4-draft-04-5.1-k3",
                transport => transport with { AcceptIPv4UDPEncapsulationRequest = false }
            ),
            Chooses(
                "lma-transport-udp-although-forbidden",
                "tunnels in UDP although its variable forbids it",
                "ipv4-draft-04-5.1-k4",
                rules => rules.Omitting("UdpRefused")
            ),
        ];

    private static Deviation Refuses(string name, string description, Func<RegistrationRequest, bool> isRefused) =>
        Chooses(
            name,
            description,
            "rfc5844-4-d1",
            rules =>
                rules.Instead(
                    rules[0].Name,
                    request => !request.IsDeRegistration && isRefused(request),
                    request => request.Reject(BindingStatus.INSUFFICIENT_RESOURCES)
                )
        ) with
        {
            WhyMany = "mobile nodes of a kind are not served",
        };

    private static Deviation Administers(
        string name,
        string description,
        string statement,
        Func<RuleList<AdministrativeRequest>, RuleList<AdministrativeRequest>> change
    ) => OfTransport(name, description, statement, rules => rules with { Administration = change(rules.Administration) });

    private static Deviation Sets(
        string name,
        string description,
        string statement,
        Func<Ipv4AnchorTransport, Ipv4AnchorTransport> change
    ) =>
        Deviation.InLma(
            name,
            description,
            statement,
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            Ipv4Transport = settings.Ipv4Transport is { } transport ? change(transport) : null,
                        }
                    ),
                }
        );

    private static bool IsOfTransport(AdministrativeRequest request) =>
        request.Action is AdministrativeAction.SetVariable { Name: var name } && _ofTransport.Contains(name);

    private static bool AcceptsForced(RegistrationRequest request) =>
        request.Anchor.Settings.Ipv4Transport is { AcceptForcedIPv4UDPEncapsulationRequest: true };

    private static RuleList<RegistrationRequest> WithoutReason(RuleList<RegistrationRequest> rules, string name)
    {
        var original = rules.First(rule => rule.Name == name);
        return rules.Replacing(
            name,
            request =>
                original.Apply(request) == RuleOutcome.Stop
                    ? request.Reject(request.IsOverIpv4 ? BindingStatus.REASON_UNSPECIFIED : request.Status!.Value)
                    : RuleOutcome.Continue
        );
    }

    private static RuleOutcome SessionsEnded(RegistrationRequest request)
    {
        foreach (var entry in request.MobileNode is { } mobileNode ? request.Anchor.Bindings.Of(mobileNode) : [])
        {
            request.Anchor.Rules.EndOfSession.Apply(new EndingSession(request.Anchor, entry));
        }
        return request.Reject(BindingStatus.ADMINISTRATIVELY_PROHIBITED);
    }

    private static RuleOutcome NatInvented(AcknowledgementDraft draft)
    {
        draft.NatDetection = new NatDetectionOption(ForcesUdp: true, RefreshTimeSeconds: 110);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ChecksumZero(ReceivedSignal received) =>
        received is { Signal.Path: Ipv4UdpSignaling, Bytes: [_, _, _, _, var high, var low, ..] } && (high | low) != 0
            ? received.Discard("ChecksumZero", "the checksum is not zero")
            : RuleOutcome.Continue;
}
