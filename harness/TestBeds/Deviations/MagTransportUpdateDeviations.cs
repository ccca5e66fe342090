using System.Buffers.Binary;
using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.MagTransportParts;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that send wrong Proxy Binding Updates over IPv4: RFC 5844, Sections 4.1.2, 4.2.2, 4.2.2.1 and 5.2, and its
/// drafts.
/// </summary>
internal static class MagTransportUpdateDeviations
{
    private const ushort ForeignPort = 5438;

    /// <summary>An address of the core link that is no node's.</summary>
    private static readonly IPAddress _ofNobody = IPAddress.Parse("192.0.2.99");
    private static readonly IPAddress _ofOther = IPAddress.Parse("192.0.2.2");

    private static readonly string[] _variables =
    [
        nameof(Ipv4GatewayTransport.ForceIPv4UDPEncapsulationSupport),
        nameof(Ipv4GatewayTransport.RequestIPv4UDPEncapsulationSupport),
    ];

    public static IReadOnlyList<Deviation> All { get; } = [.. Transport(), .. Headers(), .. Addresses(), .. Flags(), .. Drafts()];

    private static IEnumerable<Deviation> Transport() =>
        [
            Sends(
                "mag-transport-over-ipv6",
                "sends its messages over IPv6 to an LMA that it is to reach over IPv4",
                "rfc5844-4.2.2-k3",
                (draft, _) => OverIpv6(draft)
            ),
            Sends(
                "mag-transport-refreshes-over-ipv6",
                "extends over IPv6 what it has registered over IPv4",
                "rfc5844-4.2.2-k4",
                (draft, path) => draft.Update.Kind == UpdateKind.Extension ? OverIpv6(draft) : path
            ) with
            {
                WhyMany = "each rule about messages over IPv4 is judged on extensions, too",
            },
            Sends(
                "mag-transport-leaves-over-ipv6",
                "ends over IPv6 what it has registered over IPv4",
                "rfc5844-4.2.2-k4",
                (draft, path) => draft.Update.Kind == UpdateKind.DeRegistration ? OverIpv6(draft) : path
            ),
            Deviation.OfMag(
                "mag-transport-ipv6-nodes-over-ipv6",
                "registers mobile nodes of IPv6 alone over IPv6, although it is to reach the LMA over IPv4",
                "rfc5844-4.2.2-k3",
                rules => ExceptFor(rules, IpVersions.Ipv6)
            ) with
            {
                WhyMany = "each rule about messages over IPv4 is judged with mobile nodes of IPv6, too",
            },
            Deviation.OfMag(
                "mag-transport-ipv4-nodes-over-ipv6",
                "registers mobile nodes of IPv4 alone over IPv6, although it is to reach the LMA over IPv4",
                "rfc5844-4.2.2-k3",
                rules => ExceptFor(rules, IpVersions.Ipv4)
            ) with
            {
                WhyMany = "each rule about messages over IPv4 is judged with mobile nodes of IPv4, too",
            },
            Sets(
                "mag-transport-profile-says-ipv6-in-vain",
                "registers over IPv4 a mobile node whose profile says IPv6",
                "ipv4-draft-04-4.1.2-k1b",
                (settings, _) =>
                    settings with
                    {
                        Profiles = [.. settings.Profiles.Select(profile => profile with { SignalsOverIpv4 = null })],
                    }
            ),
            Sets(
                "mag-transport-one-anchor",
                "sends the messages for all mobile nodes to the IPv4 address of one LMA",
                "rfc5844-4.1.2-k1",
                (settings, transport) =>
                    settings with
                    {
                        Profiles = [.. settings.Profiles.Select(profile => profile with { Ipv4AnchorAddress = null })],
                        Ipv4Transport = transport with { Anchors = ToOne(transport.Anchors) },
                    }
            ),
            Sends(
                "mag-transport-other-anchor",
                "sends its messages to the IPv4 address of another LMA",
                "rfc5844-4.2.2.1-k4",
                (_, path) => path with { Destination = _ofOther }
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Sends(
                "mag-transport-refreshes-elsewhere",
                "extends sessions with messages to another IPv4 address than the one configured for the LMA",
                "ipv4-draft-02-4.2.2-k20",
                (draft, path) => draft.Update.Kind == UpdateKind.Extension ? path with { Destination = _ofNobody } : path
            ),
        ];

    private static IEnumerable<Deviation> Headers() =>
        [
            Sends(
                "mag-transport-other-form",
                "puts the message into an IPv6 packet behind UDP, or does without one where there is to be one",
                "rfc5844-4.2.2.1-d1",
                OtherForm
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Sends(
                "mag-transport-other-form-later",
                "sends extensions in the form of another edition",
                "ipv4-draft-04-4.2.2-k7",
                (draft, path) => draft.Update.Kind == UpdateKind.Extension ? OtherForm(draft, path) : path
            ),
            Sends(
                "mag-transport-foreign-port",
                "sends its messages to another UDP port",
                "rfc5844-4.2.2.1-d2",
                (_, path) => path.WithPorts(destination: ForeignPort)
            ),
            Sends(
                "mag-transport-foreign-port-later",
                "sends extensions to another UDP port than first registrations",
                "ipv4-draft-04-4.2.2.1-d1",
                (draft, path) => draft.Update.Kind == UpdateKind.Extension ? path.WithPorts(destination: ForeignPort) : path
            ),
            Leaves(
                "mag-transport-checksum-computed",
                "computes the checksum of the Mobility Header behind UDP",
                "rfc5844-4.2.2.1-k1",
                Ipv4PacketRewriter.OfSignaling(ChecksumComputed)
            ),
            Leaves(
                "mag-transport-udp-checksum-absent",
                "sends its messages without a UDP checksum",
                "rfc5844-4.2.2.1-k2",
                Ipv4PacketRewriter.OfSignaling(packet => WithUdpChecksum(packet, _ => 0))
            ),
            Leaves(
                "mag-transport-udp-checksum-wrong",
                "sends its messages with a wrong UDP checksum",
                "rfc5844-4.2.2.1-k2",
                Ipv4PacketRewriter.OfSignaling(packet => WithUdpChecksum(packet, right => (ushort)(right ^ 0x0101)))
            ),
        ];

    private static IEnumerable<Deviation> Addresses() =>
        [
            Sends(
                "mag-transport-foreign-source",
                "sends its messages from an address that is not its own",
                "rfc5844-4.2.2.1-k3",
                (_, path) => path with { Source = _ofNobody }
            ),
            Sends(
                "mag-transport-foreign-source-later",
                "sends extensions from an address that is not its own",
                "rfc5844-4.2.2-k4",
                (draft, path) => draft.Update.Kind == UpdateKind.Extension ? path with { Source = _ofNobody } : path
            ),
            Sends(
                "mag-transport-inner-source-mapped",
                "maps its IPv4 address into the source of the IPv6 packet behind UDP",
                "ipv4-draft-02-4.2.2-k4",
                (_, path) => path.WithInner(inner => inner with { Source = Mapped(path.Source) })
            ),
            Sends(
                "mag-transport-inner-source-all-zero",
                "leaves the source of the IPv6 packet behind UDP unspecified, as if it had no IPv6 address",
                "ipv4-draft-02-4.2.2-k2",
                (_, path) => path.WithInner(inner => inner with { Source = IPAddress.IPv6Any })
            ),
            Sends(
                "mag-transport-inner-source-of-the-node",
                "sends the IPv6 packet behind UDP from the address of the mobile node on the link",
                "ipv4-draft-04-4.2.2-k3",
                (draft, path) => path.WithInner(inner => inner with { Source = LinkLocalOf(draft) ?? inner.Source })
            ) with
            {
                WhyMany = "the answers go to that address",
            },
            Sends(
                "mag-transport-inner-destination-mapped",
                "maps the IPv4 address of the LMA into the destination of the IPv6 packet behind UDP",
                "ipv4-draft-02-4.2.2-k5",
                (_, path) => path.WithInner(inner => inner with { Destination = Mapped(path.Destination) })
            ),
        ];

    private static IEnumerable<Deviation> Flags() =>
        [
            Constructs(
                "mag-transport-never-forces",
                "does not force UDP although ForceIPv4UDPEncapsulationSupport is 1",
                "rfc5844-4.2.2.1-k5",
                draft => draft.Flags &= ~BindingUpdateFlags.ForcingUdp
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Constructs(
                "mag-transport-forces-once",
                "forces UDP in first registrations only",
                "rfc5844-4.2.2.1-k5",
                draft => draft.Flags &= draft.IsFirst() ? draft.Flags : ~BindingUpdateFlags.ForcingUdp
            ),
            Constructs(
                "mag-transport-always-forces",
                "forces UDP although ForceIPv4UDPEncapsulationSupport is 0",
                "rfc5844-5.2-d1",
                draft => draft.Flags |= BindingUpdateFlags.ForcingUdp
            ) with
            {
                WhyMany = Deviation.ShownByEachRule,
            },
            Administers(
                "mag-transport-fixed-variables",
                "does not let the variables of IPv4 transport be set",
                "rfc5844-5.2-k1",
                administration =>
                    administration.InsertingBefore(
                        "VariableSet",
                        new(
                            "RFC 5844 5.2",
                            "TransportVariableIgnored",
                            request => IsTransport(request) ? RuleOutcome.Stop : RuleOutcome.Continue
                        )
                    )
            ),
            Administers(
                "mag-transport-forgets-variables",
                "does not keep the variables of IPv4 transport over a restart",
                "rfc5844-5.2-k2",
                administration => administration.Only("VariableSaved", request => !IsTransport(request))
            ),
            Constructs(
                "mag-transport-no-proxy-flag",
                "does not set the P flag in messages over IPv4",
                "ipv4-draft-02-4.2.2-k13",
                draft => draft.Flags &= ~BindingUpdateFlags.ProxyRegistration
            ),
        ];

    private static IEnumerable<Deviation> Drafts() =>
        [
            Constructs(
                "mag-transport-no-care-of-address",
                "sends no IPv4 Care-of Address option",
                "ipv4-draft-04-4.2.2-k4",
                draft => draft.Ipv4CareOfAddress = null
            ),
            Constructs(
                "mag-transport-care-of-address-once",
                "sends the IPv4 Care-of Address option in first registrations only",
                "ipv4-draft-04-4.2.2.1-k3",
                draft => draft.Ipv4CareOfAddress = draft.IsFirst() ? draft.Ipv4CareOfAddress : null
            ),
            Constructs(
                "mag-transport-foreign-care-of-address",
                "names an address in the IPv4 Care-of Address option that is not its own",
                "ipv4-draft-04-4.2.2-k5",
                draft => draft.Ipv4CareOfAddress = draft.Ipv4CareOfAddress is null ? null : _ofNobody
            ),
            Constructs(
                "mag-transport-anchor-as-care-of-address",
                "names the address of the LMA in the IPv4 Care-of Address option when it extends a session",
                "ipv4-draft-04-4.2.2.1-k4",
                draft =>
                    draft.Ipv4CareOfAddress =
                        draft.IsFirst() || draft.Ipv4CareOfAddress is null ? draft.Ipv4CareOfAddress : draft.Ipv4Anchor
            ),
            Sends(
                "mag-transport-tlv-flag-alone",
                "asks for the TLV header by the flag, and sends none",
                "ipv4-draft-02-4.2.2-k10",
                (_, path) => path is Ipv4UdpIpv6Signaling inside ? inside with { HasTlvHeader = false } : path
            ),
            Constructs(
                "mag-transport-tlv-header-alone",
                "sends a TLV header without the flag that asks for it",
                "ipv4-draft-02-4.2.2-k11",
                draft => draft.Flags &= ~BindingUpdateFlags.TlvHeader
            ),
        ];

    private static Deviation Administers(
        string name,
        string description,
        string statement,
        Func<RuleList<AdministrativeRequest>, RuleList<AdministrativeRequest>> change
    ) => Deviation.OfMag(name, description, statement, rules => rules with { Administration = change(rules.Administration) });

    private static bool IsTransport(AdministrativeRequest request) =>
        request.Action is AdministrativeAction.SetVariable { Name: var name } && _variables.Contains(name);

    private static Ipv6Signaling OverIpv6(UpdateDraft draft) => new(draft.Source, draft.Destination);

    /// <summary>The rules by which the LMA of mobile nodes of some IP versions has no IPv4 address.</summary>
    private static MobileAccessGatewayRules ExceptFor(MobileAccessGatewayRules rules, IpVersions versions) =>
        rules with
        {
            Identification = rules.Identification.Only("Ipv4AnchorAddress", detected => detected.MobileNode?.IpVersions != versions),
        };

    private static Dictionary<IPAddress, IPAddress> ToOne(IReadOnlyDictionary<IPAddress, IPAddress> anchors) =>
        anchors.ToDictionary(anchor => anchor.Key, _ => anchors.Values.First());

    private static SignalingTransport OtherForm(UpdateDraft draft, SignalingTransport path) =>
        path switch
        {
            Ipv4UdpSignaling(var source, var destination, var from, var to) => new Ipv4UdpIpv6Signaling(
                source,
                destination,
                from,
                to,
                OverIpv6(draft)
            ),
            Ipv4UdpIpv6Signaling(var source, var destination, var from, var to, _) => new Ipv4UdpSignaling(source, destination, from, to),
            _ => path,
        };

    private static IPAddress? LinkLocalOf(UpdateDraft draft) => draft.Attachment.MobileNode.LinkLocalAddresses.FirstOrDefault();

    private static Ipv4Packet ChecksumComputed(Ipv4Packet packet) =>
        EditDatagram(
            packet,
            datagram =>
            {
                var content = datagram.Payload.ToArray();
                if (content.Length < MobilityHeader.Length || content[0] != MobilityHeader.PayloadProtoNone)
                {
                    return datagram;
                }

                MobilityHeader.FillChecksum(Mapped(packet.Source), Mapped(packet.Destination), content);
                return datagram with { Payload = content };
            }
        );

    private static Ipv4Packet WithUdpChecksum(Ipv4Packet packet, Func<ushort, ushort> edit)
    {
        var payload = packet.Payload.ToArray();
        var field = payload.AsSpan(UdpDatagram.ChecksumOffset);
        BinaryPrimitives.WriteUInt16BigEndian(field, edit(BinaryPrimitives.ReadUInt16BigEndian(field)));
        return packet with { Payload = payload };
    }

    private static Ipv4Packet WithoutUdp(Ipv4Packet packet) =>
        UdpDatagram.TryParse(packet.Payload, out var datagram, out _) && Ipv6Packet.TryParse(datagram.Payload, out _, out _)
            ? packet with
            {
                Protocol = IpProtocol.Ipv6,
                Payload = datagram.Payload,
            }
            : packet;

    private static Ipv4PacketRewriter FromSecondOn(Func<Ipv4Packet, Ipv4Packet> edit)
    {
        var isSecond = false;
        return new Ipv4PacketRewriter(packet =>
        {
            if (!Ipv4PacketRewriter.IsSignal(packet))
            {
                return packet;
            }

            var (before, _) = (isSecond, isSecond = true);
            return before ? edit(packet) : packet;
        });
    }
}
