using System.Net;
using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Parts of which local mobility anchors with deviating or unusual IPv4 transport are made.</summary>
internal static class LmaTransportParts
{
    /// <summary>Other rules, where the local mobility anchor is reached over IPv4.</summary>
    public static Deviation OfTransport(
        string name,
        string description,
        string statement,
        Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change
    ) => Deviation.OfLma(name, description, statement, WithTransport(change));

    /// <summary>The fault is in the choice of the tunnel over IPv4.</summary>
    public static Deviation Chooses(
        string name,
        string description,
        string statement,
        Func<RuleList<RegistrationRequest>, RuleList<RegistrationRequest>> change
    ) => OfTransport(name, description, statement, rules => rules with { Ipv4Encapsulation = change(rules.Ipv4Encapsulation) });

    /// <summary>The fault is in what the answer says of the tunnel over IPv4.</summary>
    public static Deviation Tells(
        string name,
        string description,
        string statement,
        Func<RuleList<AcknowledgementDraft>, RuleList<AcknowledgementDraft>> change
    ) => OfTransport(name, description, statement, rules => rules with { Ipv4TransportReply = change(rules.Ipv4TransportReply) });

    /// <summary>The fault is in a check of requests over IPv4: what is right over IPv6 is wrong there.</summary>
    public static Deviation Judges(
        string name,
        string description,
        string rule,
        Func<RegistrationRequest, bool> applies,
        Func<RegistrationRequest, RuleOutcome> apply
    ) =>
        OfTransport(
            name,
            description,
            "rfc5844-4.1.3.1-k1",
            rules =>
                rules with
                {
                    ProxyBindingUpdate = rules.ProxyBindingUpdate.Instead(rule, request => request.IsOverIpv4 && applies(request), apply),
                }
        );

    /// <summary>The fault is in the path of messages over IPv4.</summary>
    public static Deviation Sends(
        string name,
        string description,
        string statement,
        Func<RoleAction.SendSignal, RoleAction.SendSignal> edit
    ) =>
        Deviation.InLma(
            name,
            description,
            statement,
            lma => lma with { Around = (node, create) => node.Role == NodeRole.Lma ? Sending(create(), edit) : create() }
        );

    /// <summary>The fault is in the octets of messages over IPv4.</summary>
    public static Deviation Writes(string name, string description, string statement, Func<Ipv4Packet, Ipv4Packet?> edit) =>
        Deviation.InLma(name, description, statement, lma => lma with { Output = Ipv4PacketRewriter.OfSignaling(edit) });

    /// <summary>The fault is in the headers of packets in a tunnel over IPv4.</summary>
    public static Deviation Encapsulates(string name, string description, string statement, Func<Ipv4Packet, Ipv4Packet?> edit) =>
        Deviation.InLma(name, description, statement, lma => lma with { Output = Ipv4PacketRewriter.OfTunnels(edit) });

    /// <summary>The fault is in what a local mobility anchor forwards.</summary>
    public static Deviation Forwards(string name, string description, string statement, Func<ForwardingRules, ForwardingRules> change) =>
        Deviation.InLma(name, description, statement, lma => lma with { Changes = Changes.To(change) }) with
        {
            WhyMany = "each of the statements is about packets that must pass",
        };

    /// <summary>The change, for rules with IPv4 transport only.</summary>
    public static Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> WithTransport(
        Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change
    ) => rules => rules.Ipv4TransportPort is null ? rules : change(rules);

    /// <summary>The list whose last rule, which makes the tunnel, is followed by a change of that tunnel.</summary>
    public static RuleList<RegistrationRequest> ThenTunnel(
        this RuleList<RegistrationRequest> rules,
        Func<RegistrationRequest, Tunnel, Tunnel> change
    )
    {
        var chosen = rules.First(rule => rule.Name == "TunnelChosen");
        return rules.Replacing(
            chosen.Name,
            request =>
            {
                var outcome = chosen.Apply(request);
                request.Ipv4Tunnel = request.Ipv4Tunnel is { } tunnel ? change(request, tunnel) : null;
                return outcome;
            }
        );
    }

    /// <summary>The list in which a rule precedes the choice of the tunnel.</summary>
    public static RuleList<RegistrationRequest> BeforeTunnel(this RuleList<RegistrationRequest> rules, Action<RegistrationRequest> apply) =>
        rules.InsertingBefore(
            "TunnelChosen",
            new(
                "RFC 5844 4.1.3.1",
                "Deviating",
                request =>
                {
                    apply(request);
                    return RuleOutcome.Continue;
                }
            )
        );

    /// <summary>The rules that drop packets of a kind at the entrance of tunnels over IPv4.</summary>
    public static ForwardingRules WithoutEntrance(this ForwardingRules rules, Func<IpPacket, bool> isDropped) =>
        rules with
        {
            Departure = rules.Departure.InsertingBefore(
                "HopLimit",
                new(
                    "RFC 5844 4.1.4.1",
                    "NoEntrance",
                    leaving => leaving.IsOverIpv4() && isDropped(leaving.Packet) ? RuleOutcome.Stop : RuleOutcome.Continue
                )
            ),
        };

    /// <summary>The rules that drop packets of a kind at the exit of tunnels over IPv4.</summary>
    public static ForwardingRules WithoutExit(this ForwardingRules rules, Func<IpPacket, bool> isDropped) =>
        rules with
        {
            TunnelExit = rules.TunnelExit.InsertingBefore(
                "ReversePath",
                new(
                    "RFC 5844 4.1.4.1",
                    "NoExit",
                    tunnelled =>
                        tunnelled is { Outer: Ipv4Packet, Inner: { } inner } && isDropped(inner)
                            ? tunnelled.Drop("NoExit", "out of a tunnel over IPv4")
                            : RuleOutcome.Continue
                )
            ),
        };

    /// <summary>The packet is to enter a tunnel over IPv4.</summary>
    public static bool IsOverIpv4(this ForwardedPacket leaving) => leaving.Tunnel is { Mode: var mode } && !mode.IsOverIpv6();

    public static bool Has(this RegistrationRequest request, BindingUpdateFlags flag) => request.Update.Flags.HasFlag(flag);

    /// <summary>The tunnel over IPv4 that the mobile node of a request has; null if it has none.</summary>
    public static Tunnel? TunnelBefore(this RegistrationRequest request) =>
        request.MobileNode is { } mobileNode && request.Anchor.Bindings.Of(mobileNode) is [var first, ..] ? first.Binding.Ipv4Tunnel : null;

    /// <summary>The address after an IPv4 address.</summary>
    public static IPAddress After(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        octets[^1]++;
        return new IPAddress(octets);
    }

    /// <summary>The datagram with other octets behind UDP, and with the right checksum.</summary>
    public static Ipv4Packet WithContent(this Ipv4Packet packet, Func<byte[], byte[]> edit) =>
        UdpDatagram.TryParse(packet.Payload, out var datagram, out _)
            ? packet with
            {
                Payload = (datagram with { Payload = edit(datagram.Payload.ToArray()) }).ToBytes(packet.Source, packet.Destination),
            }
            : packet;

    /// <summary>The datagram with another checksum.</summary>
    public static Ipv4Packet WithUdpChecksum(this Ipv4Packet packet, Func<byte, byte> edit)
    {
        var octets = packet.Payload.ToArray();
        octets[UdpDatagram.ChecksumOffset] = edit(octets[UdpDatagram.ChecksumOffset]);
        octets[UdpDatagram.ChecksumOffset + 1] = edit(octets[UdpDatagram.ChecksumOffset + 1]);
        return packet with { Payload = octets };
    }

    private static RewritingRole Sending(IRole role, Func<RoleAction.SendSignal, RoleAction.SendSignal> edit) =>
        new(role) { Actions = action => [action is RoleAction.SendSignal { Path: not Ipv6Signaling } signal ? edit(signal) : action] };
}
