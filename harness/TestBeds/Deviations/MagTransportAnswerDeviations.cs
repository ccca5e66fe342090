using System.Buffers.Binary;
using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.Security;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.MagTransportParts;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that judge acknowledgements over IPv4 wrongly, or draw the wrong conclusions from them, and those that protect
/// messages over IPv4 wrongly: RFC 5844, Sections 4.2.2 and 4.3, and its drafts.
/// </summary>
internal static class MagTransportAnswerDeviations
{
    private static readonly IPAddress _otherAnchor = ReferenceDomains.Ipv4OnCore(IPAddress.Parse("2001:db8:100::2"));

    public static IReadOnlyList<Deviation> All { get; } = [.. Judged(), .. Encapsulations(), .. RefreshTimes(), .. Protection()];

    private static IEnumerable<Deviation> Judged() =>
        [
            Deviation.OfMag(
                "mag-transport-checksum-ignored",
                "accepts an acknowledgement whose Mobility Header has a wrong checksum in the IPv6 packet behind UDP",
                "ipv4-draft-04-4.2.2-k10b",
                rules =>
                    rules with
                    {
                        MobilityHeader = rules.MobilityHeader.Only(
                            "Checksum",
                            received => received.Signal.Path is not Ipv4UdpIpv6Signaling
                        ),
                    }
            ),
            Compares("mag-transport-any-handoff", "Handoff Indicator", "rfc5844-4.2.2-k6", option => option is HandoffIndicatorOption),
            Compares(
                "mag-transport-any-technology",
                "Access Technology Type",
                "ipv4-draft-04-4.2.2-k10a",
                option => option is AccessTechnologyTypeOption
            ),
            Deviation.OfMag(
                "mag-transport-serves-the-refused",
                "forwards packets of a mobile node after a rejection over IPv4",
                "ipv4-draft-02-4.2.2-k21",
                ServingTheRefused
            ),
        ];

    private static IEnumerable<Deviation> Encapsulations() =>
        [
            Answers(
                "mag-transport-udp-not-taken",
                "tunnels in plain IPv4 although the LMA has said that UDP is in use",
                "rfc5844-4.2.2-k11",
                "Encapsulation",
                (received, _) => Use(received, NegotiatedEncapsulation.Plain)
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Answers(
                "mag-transport-udp-by-the-flag-alone",
                "tunnels in plain IPv4 if the F flag of the NAT Detection option is 0",
                "ipv4-draft-04-4.2.2-k14",
                "Encapsulation",
                (received, known) =>
                    NatDetectionIn(received) is { ForcesUdp: false } ? Use(received, NegotiatedEncapsulation.Plain) : known.Apply(received)
            ),
            Answers(
                "mag-transport-udp-always",
                "tunnels in UDP whatever the LMA says",
                "rfc5844-4.2.2-k12a",
                "Encapsulation",
                (received, _) => UseUdp(received)
            ) with
            {
                WhyMany = "each rule about packets in a tunnel needs the encapsulation that both ends have",
            },
            Answers(
                "mag-transport-udp-as-asked",
                "tunnels in UDP if it has forced UDP, although the LMA does not say so",
                "ipv4-draft-04-4.2.2-k15",
                "Encapsulation",
                (received, known) =>
                    received.Answered?.Flags.HasFlag(BindingUpdateFlags.ForcingUdp) == true ? UseUdp(received) : known.Apply(received)
            ),
            Answers(
                "mag-transport-udp-by-any-option",
                "tunnels in UDP after any NAT Detection option",
                "rfc5844-4.2.2-k12b",
                "Encapsulation",
                (received, known) => NatDetectionIn(received) is null ? known.Apply(received) : UseUdp(received)
            ),
            Answers(
                "mag-transport-first-encapsulation-kept",
                "goes on with the encapsulation of the first acknowledgement, whatever later ones say",
                "rfc5844-4.2.2-k11",
                "Encapsulation",
                (received, known) => received.Attachment?.Binding is null ? known.Apply(received) : RuleOutcome.Continue
            ),
            Answers(
                "mag-transport-no-tlv-header",
                "tunnels without a TLV header although it is granted",
                "ipv4-draft-04-4.2.2-k16",
                "TlvEncapsulation",
                (_, _) => RuleOutcome.Continue
            ),
            Answers(
                "mag-transport-tlv-header-refused",
                "grants no TLV header to itself where there is no NAT",
                "ipv4-draft-02-4.2.2-k22",
                "TlvEncapsulation",
                (received, known) => NatDetectionIn(received) is null ? RuleOutcome.Continue : known.Apply(received)
            ),
        ];

    private static IEnumerable<Deviation> RefreshTimes() =>
        [
            Answers(
                "mag-transport-refresh-time-unread",
                "does not repeat its registration as often as the NAT Detection option says",
                "ipv4-draft-02-4.2.2-k20",
                "NatBindingKept",
                (_, _) => RuleOutcome.Continue
            ),
            Answers(
                "mag-transport-refresh-time-doubled",
                "repeats its registration half as often as the NAT Detection option says",
                "ipv4-draft-02-4.2.2-k20",
                "NatBindingKept",
                (received, known) =>
                {
                    var outcome = known.Apply(received);
                    received.RefreshAfter *= 2;
                    return outcome;
                }
            ),
            Answers(
                "mag-transport-refresh-time-invented",
                "repeats its registration every 30 s where the NAT Detection option asks for nothing",
                "ipv4-draft-02-4.2.2-k20",
                "NatBindingKept",
                (received, known) =>
                {
                    var outcome = known.Apply(received);
                    received.RefreshAfter ??= NatDetectionIn(received) is null ? null : TimeSpan.FromSeconds(30);
                    return outcome;
                }
            ),
            Answers(
                "mag-transport-refresh-time-once",
                "repeats its registration once after the time that the NAT Detection option says, and not again",
                "ipv4-draft-02-4.2.2-k20",
                "NatBindingKept",
                (received, known) => received.Attachment?.Binding is null ? known.Apply(received) : RuleOutcome.Continue
            ),
        ];

    private static IEnumerable<Deviation> Protection() =>
        [
            Deviation.OfMag(
                "mag-transport-esp-clear",
                "sends its messages over IPv4 in clear",
                "rfc5844-4.2.2.1-d3",
                rules => rules with { Construction = rules.Construction.Only("SecurityAssociation", draft => draft.Ipv4Anchor is null) }
            ),
            Deviation.OfMag(
                "mag-transport-esp-clear-later",
                "ends sessions over IPv4 in clear",
                "ipv4-draft-02-4.2.2-k12",
                rules =>
                    rules with
                    {
                        Construction = rules.Construction.Only(
                            "SecurityAssociation",
                            draft => draft.Ipv4Anchor is null || draft.Update.Kind != UpdateKind.DeRegistration
                        ),
                    }
            ),
            Rebinding(
                "mag-transport-esp-inside",
                "puts ESP into the IPv6 packet behind UDP, although the association is one of IPv4 addresses",
                "ipv4-draft-04-4.2.2.1-k6",
                association => association.Peer.Equals(Ipv4AnchorOf(association)) ? Inside(association) : association
            ),
            Rebinding(
                "mag-transport-esp-outside",
                "puts ESP around UDP, although the association is one of IPv6 addresses",
                "ipv4-draft-04-4.2.2.1-k7",
                association => association.Peer.Equals(Ipv4AnchorOf(association)) ? association : Outside(association)
            ),
            AcceptsClear(
                "mag-transport-esp-clear-accepted",
                "acts on an acknowledgement over IPv4 that is not protected",
                "rfc5844-4.2.2-k5",
                _ => true
            ),
            AcceptsClear(
                "mag-transport-esp-clear-accepted-inside",
                "acts on an acknowledgement that is not protected if ESP is expected in the IPv6 packet behind UDP",
                "ipv4-draft-04-4.2.2-k9",
                path => path.Source.Equals(_otherAnchor)
            ),
            AcceptsClear(
                "mag-transport-esp-clear-accepted-outside",
                "acts on an acknowledgement that is not protected if ESP is expected around UDP",
                "ipv4-draft-04-4.2.2-k8",
                path => !path.Source.Equals(_otherAnchor)
            ),
        ];

    /// <summary>The option counts for nothing when the answer is compared with the request.</summary>
    private static Deviation Compares(string name, string option, string statement, Func<MobilityOption, bool> isIgnored) =>
        Deviation.Of(
            name,
            $"accepts an acknowledgement over IPv4 with another {option} than its request had",
            statement,
            mag => mag with { Around = (_, create) => new RewritingRole(create()) { Inputs = input => [Without(input, isIgnored)] } }
        ) with
        {
            Roles = ["MAG"],
        };

    /// <summary>What is not in the answer is not compared.</summary>
    private static RoleInput Without(RoleInput input, Func<MobilityOption, bool> isIgnored) =>
        input is RoleInput.Signal { Path: not Ipv6Signaling } signal
        && MobilityMessage.TryParse(signal.MobilityHeader.Span, out var message, out _)
        && message is BindingAcknowledgement acknowledgement
            ? signal with
            {
                MobilityHeader = signal.Path.Complete(
                    acknowledgement with
                    {
                        Options = new MobilityOptionList(acknowledgement.Options.Where(option => !isIgnored(option))),
                    }
                ),
            }
            : input;

    private static Deviation AcceptsClear(string name, string description, string statement, Func<SignalingTransport, bool> isAccepted) =>
        Deviation.OfMag(
            name,
            description,
            statement,
            rules =>
                rules with
                {
                    Protection = rules.Protection.Only(
                        "Authenticated",
                        received => received.Signal.Path is Ipv6Signaling || !isAccepted(received.Signal.Path)
                    ),
                }
        );

    private static Deviation Rebinding(
        string name,
        string description,
        string statement,
        Func<SecurityAssociation, SecurityAssociation> change
    ) =>
        Deviation.Of(
            name,
            description,
            statement,
            mag =>
                mag with
                {
                    Changes = Changes.To<SecuritySettings>(settings =>
                        settings with
                        {
                            Associations = [.. settings.Associations.Select(change)],
                        }
                    ),
                }
        ) with
        {
            Roles = ["MAG"],
        };

    private static IPAddress Ipv4AnchorOf(SecurityAssociation association) => ReferenceDomains.Ipv4OnCore(association.Peer);

    private static SecurityAssociation Inside(SecurityAssociation association) =>
        Between(association, Ipv6OnCore(association.Peer), Ipv6OnCore(association.Destination));

    private static SecurityAssociation Outside(SecurityAssociation association) =>
        Between(association, ReferenceDomains.Ipv4OnCore(association.Peer), ReferenceDomains.Ipv4OnCore(association.Destination));

    private static SecurityAssociation Between(SecurityAssociation association, IPAddress peer, IPAddress destination) =>
        new(association.SecurityParametersIndex, peer, destination, association.Transform, association.Key)
        {
            Mode = association.Mode,
            MessageType = association.MessageType,
        };

    private static RuleOutcome ZeroChecksum(ReceivedSignal received) =>
        received.Signal.Path is Ipv4UdpSignaling
        && BinaryPrimitives.ReadUInt16BigEndian(received.Bytes[MobilityHeader.ChecksumOffset..]) != 0
            ? received.Discard("ZeroChecksum", "the checksum is not 0")
            : RuleOutcome.Continue;

    private static RuleOutcome Continue(ReceivedAcknowledgement received)
    {
        received.Attachment =
            received.Candidates.FirstOrDefault(attachment =>
                attachment.Request is not null && attachment.MobileNode.Identifier == received.MobileNode
            ) ?? received.Candidates.FirstOrDefault(attachment => attachment.Request is not null);
        received.Answered = received.Attachment?.Request?.Message;
        return received.Attachment is null ? RuleOutcome.Stop : RuleOutcome.Continue;
    }

    private static NatDetectionOption? NatDetectionIn(ReceivedAcknowledgement received) =>
        received.Acknowledgement.Options.First<NatDetectionOption>();

    private static RuleOutcome UseUdp(ReceivedAcknowledgement received) =>
        received.Transport is { Edition: var edition, Ports: var ports }
            ? Use(received, NegotiatedEncapsulation.InUdp(edition == Ipv4Edition.Rfc5844 ? ports.Data : ports.DualStack))
            : RuleOutcome.Continue;

    private static RuleOutcome Use(ReceivedAcknowledgement received, NegotiatedEncapsulation encapsulation)
    {
        received.Use(encapsulation);
        return RuleOutcome.Continue;
    }

    private static MobileAccessGatewayRules ServingTheRefused(MobileAccessGatewayRules rules)
    {
        var released = rules.EndOfService.First(rule => rule.Name == "TunnelReleased");
        return rules with
        {
            EndOfService = rules.EndOfService.Replacing(
                released.Name,
                denied =>
                {
                    var outcome = released.Apply(denied);
                    if (denied.Attachment is { Binding: null } attachment && attachment.IsOverIpv4())
                    {
                        var tunnel = denied.Gateway.TunnelOf(attachment);
                        var into = new RouteTarget.IntoTunnel(tunnel);
                        denied.Gateway.Forwarding.UseTunnel(attachment.Link, tunnel);
                        denied.Gateway.Forwarding.AddRoutes(
                            attachment.Link,
                            [
                                new Route(Ipv6Prefix.AllZero, into) { From = Ipv6Prefix.AllZero },
                                new Route(IpPrefix.AllIpv4, into) { From = IpPrefix.AllIpv4 },
                            ]
                        );
                    }
                    return outcome;
                }
            ),
        };
    }
}
