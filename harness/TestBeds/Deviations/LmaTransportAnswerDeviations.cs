using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.LmaTransportParts;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors that answer wrongly over IPv4: RFC 5844, Section 4.1.3.2, and the drafts before it.</summary>
internal static class LmaTransportAnswerDeviations
{
    private const ushort OtherPort = 49_200;

    private const byte AnyOctet = 200;

    private const string Unheard = "the MAG finds no answer";

    public static IReadOnlyList<Deviation> All { get; } = [.. Headers(), .. Addresses(), .. Protection()];

    private static IEnumerable<Deviation> Headers() =>
        [
            OfTransport(
                "lma-transport-accepts-with-1",
                "accepts a request over IPv4 with a status above 0",
                "rfc5844-4.1.3.1-k8",
                rules =>
                    rules with
                    {
                        Acknowledgement = rules.Acknowledgement.InsertingBefore(
                            "SecurityAssociation",
                            new("RFC 5844 4.1.3.1 b4", "AcceptedWith1", AcceptedWith1)
                        ),
                    }
            ) with
            {
                WhyMany = "every answer is wrong",
            },
            Sends(
                "lma-transport-answers-in-ipv6",
                "puts a header of IPv6 between UDP and its answer",
                "rfc5844-4.1.3.2-d1",
                signal => signal.Path is Ipv4UdpSignaling path ? Anew(signal, InIpv6(path)) : signal
            ),
            Sends(
                "lma-transport-answers-without-ipv6",
                "puts no header of IPv6 between UDP and its answer",
                "ipv4-draft-04-4.1.3.2-k5",
                signal =>
                    signal.Path is Ipv4UdpIpv6Signaling path
                        ? Anew(signal, new Ipv4UdpSignaling(path.Source, path.Destination, path.SourcePort, path.DestinationPort))
                        : signal
            ),
            Sends(
                "lma-transport-inner-addresses-exchanged",
                "gives the header of IPv6 behind UDP the addresses of the request",
                "ipv4-draft-04-4.1.3.2-k5",
                signal =>
                    signal.Path is Ipv4UdpIpv6Signaling path
                        ? Anew(signal, path with { Inner = (Ipv6Signaling)path.Inner.Reversed })
                        : signal
            ),
            Writes(
                "lma-transport-checksum-written",
                "writes a checksum into the Mobility Header of its answer",
                "rfc5844-4.1.3.2-k3",
                packet => IsDirect(packet) ? packet.WithContent(Checked) : packet
            ),
            Writes(
                "lma-transport-udp-checksum-0",
                "sends its answer without a checksum of UDP",
                "rfc5844-4.1.3.2-k4",
                packet => packet.WithUdpChecksum(_ => 0)
            ),
            Writes(
                "lma-transport-udp-checksum-wrong",
                "writes a wrong checksum of UDP",
                "rfc5844-4.1.3.2-k4",
                packet => packet.WithUdpChecksum(octet => (byte)~octet)
            ),
        ];

    private static IEnumerable<Deviation> Addresses() =>
        [
            Sends(
                "lma-transport-from-another-port",
                "answers from another port than that of the request",
                "rfc5844-4.1.3.2-d2",
                signal => signal with { Path = WithPorts(signal.Path, (_, to) => (OtherPort, to)) }
            ),
            Sends(
                "lma-transport-to-the-usual-port",
                "answers to the port for messages, whatever port the request came from",
                "rfc5844-4.1.3.2-d3",
                signal => signal with { Path = WithPorts(signal.Path, (from, _) => (from, from)) }
            ),
            Sends(
                "lma-transport-from-another-address",
                "answers from another IPv4 address than that of the request",
                "rfc5844-4.1.3.2-k5",
                signal => signal with { Path = signal.Path with { Source = After(signal.Path.Source) } }
            ) with
            {
                WhyMany = Unheard,
            },
            Sends(
                "lma-transport-to-another-address",
                "answers to the IPv4 address after that of the request",
                "rfc5844-4.1.3.2-d5",
                signal => signal with { Path = signal.Path with { Destination = After(signal.Path.Destination) } }
            ) with
            {
                WhyMany = Unheard,
            },
            OfTransport(
                "lma-transport-answers-to-the-option",
                "answers through a NAT to the address in the option for the care-of address",
                "ipv4-draft-04-4.1.3.2-d1",
                rules =>
                    rules with
                    {
                        Acknowledgement = rules.Acknowledgement.Instead("DestinationAddress", draft => draft.Request.HasNat, ToOption),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Protection() =>
        [
            OfTransport(
                "lma-transport-answers-in-clear",
                "answers a protected request over IPv4 without protection around UDP",
                "rfc5844-4.1.3.2-d4",
                rules => InClear(rules, isIpv4: true)
            ),
            OfTransport(
                "lma-transport-answers-in-clear-inside",
                "answers a request over IPv4 that is protected behind UDP without protection",
                "ipv4-draft-04-4.1.3.2-k8",
                rules => InClear(rules, isIpv4: false)
            ),
            OfTransport(
                "lma-transport-clear-accepted",
                "processes a registration over IPv4 that is not protected",
                "ipv4-draft-04-4.1.3.1-k1",
                rules =>
                    rules with
                    {
                        Protection = rules.Protection.Instead(
                            "Authenticated",
                            received => received.Signal.Path is not Ipv6Signaling,
                            _ => RuleOutcome.Continue
                        ),
                    }
            ),
        ];

    private static LocalMobilityAnchorRules InClear(LocalMobilityAnchorRules rules, bool isIpv4) =>
        rules with
        {
            Acknowledgement = rules.Acknowledgement.Only(
                "SecurityAssociation",
                draft =>
                    draft.Request is not { IsOverIpv4: true, Signal.Protection.Peer: var peer }
                    || (peer.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork) != isIpv4
            ),
        };

    private static RuleOutcome AcceptedWith1(AcknowledgementDraft draft)
    {
        if (draft is { Status: BindingStatus.ACCEPTED, Request.IsOverIpv4: true })
        {
            draft.Status++;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ToOption(AcknowledgementDraft draft)
    {
        draft.Destination = draft.Request.Update.Options.First<Ipv4CareOfAddressOption>()!.Address;
        return RuleOutcome.Continue;
    }

    private static SignalingTransport WithPorts(SignalingTransport path, Func<ushort, ushort, (ushort From, ushort To)> change)
    {
        switch (path)
        {
            case Ipv4UdpSignaling direct:
                var (from, to) = change(direct.SourcePort, direct.DestinationPort);
                return direct with { SourcePort = from, DestinationPort = to };
            case Ipv4UdpIpv6Signaling draft:
                (from, to) = change(draft.SourcePort, draft.DestinationPort);
                return draft with { SourcePort = from, DestinationPort = to };
            default:
                return path;
        }
    }

    private static Ipv4UdpIpv6Signaling InIpv6(Ipv4UdpSignaling path) =>
        new(
            path.Source,
            path.Destination,
            path.SourcePort,
            path.DestinationPort,
            new Ipv6Signaling(path.Source.MapToIPv6(), path.Destination.MapToIPv6())
        );

    /// <summary>The same message on another path, with the checksum of that path.</summary>
    private static RoleAction.SendSignal Anew(RoleAction.SendSignal signal, SignalingTransport path) =>
        MobilityMessage.TryParse(signal.MobilityHeader.Span, out var message, out _)
            ? signal with
            {
                Path = path,
                MobilityHeader = path.Complete(message),
            }
            : signal;

    /// <summary>The Mobility Header comes right behind UDP.</summary>
    private static bool IsDirect(Ipv4Packet packet) =>
        UdpDatagram.TryReadPorts(packet.Payload.Span, out var from, out _) && from == UdpPort.ProxyMobileIpv6Control;

    /// <summary>With any checksum.</summary>
    private static byte[] Checked(byte[] message)
    {
        message[MobilityHeader.ChecksumOffset] = AnyOctet;
        return message;
    }
}
