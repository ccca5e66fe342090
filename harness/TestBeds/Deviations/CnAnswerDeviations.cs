using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Correspondent nodes whose acknowledgements are wrong: RFC 6275, Sections 5.2.6, 6.1, 6.2, 6.4.1 and 9.5.4.</summary>
internal static class CnAnswerDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Occasions(), .. Fields(), .. Proofs(), .. Paths(), .. Layout()];

    private static IEnumerable<Deviation> Occasions() =>
        [
            CnParts.Rules(
                "cn-no-acknowledgement",
                "does not answer the updates that it accepts of a third mobile node",
                "rfc6275-9.5.4-k2",
                rules =>
                    rules with
                    {
                        Acknowledgement = rules.Acknowledgement.First(draft =>
                            !draft.IsRejection && draft.Request.IsOfThird() ? RuleOutcome.Stop : RuleOutcome.Continue
                        ),
                    }
            ) with
            {
                WhyMany = "that an update is accepted is asked in several sections",
            },
            CnParts.Rules(
                "cn-acknowledges-unasked",
                "answers an accepted update with A clear",
                "rfc6275-9.5.4-k4",
                rules => rules with { Acknowledgement = rules.Acknowledgement.Without("RequestedOrRejection") }
            ),
            CnParts.Rules(
                "cn-rejects-only-if-asked",
                "does not tell a mobile node of a rejection that asked for no answer",
                "rfc6275-9.5.4-k3",
                rules =>
                    rules with
                    {
                        Acknowledgement = rules.Acknowledgement.First(draft =>
                            draft.Request.Update.Flags.HasFlag(BindingUpdateFlags.Acknowledge) ? RuleOutcome.Continue : RuleOutcome.Stop
                        ),
                    }
            ),
            CnParts.Rules(
                "cn-answers-what-it-drops",
                "answers an update that is not proved with status 128",
                "rfc6275-9.5.4-k1",
                rules =>
                    rules with
                    {
                        Update = new RuleList<CorrespondentRegistration>(
                            rules.Update.Select(test =>
                                test with
                                {
                                    Apply = request =>
                                        test.Apply(request) == RuleOutcome.Stop
                                            ? request.Answer(request.Status ?? BindingStatus.REASON_UNSPECIFIED)
                                            : RuleOutcome.Continue,
                                }
                            )
                        ),
                    }
            ) with
            {
                WhyMany = "the silence is a purpose of each test of an update",
            },
            CnParts.Answering(
                "cn-accepts-by-rejection",
                "answers the updates that it accepts of a third mobile node with status 128",
                "rfc6275-9.5.4-k5",
                draft => draft.Status = draft.IsRejection || !draft.Request.IsOfThird() ? draft.Status : BindingStatus.REASON_UNSPECIFIED
            ) with
            {
                WhyMany = "that an update is accepted is asked in several sections",
            },
            CnParts.Answering(
                "cn-rejects-by-acceptance",
                "answers an update that it rejects with status 0",
                "rfc6275-9.5.4-k6",
                draft => draft.Status = BindingStatus.ACCEPTED
            ) with
            {
                WhyMany = "each rejection has a status of its own",
            },
        ];

    private static IEnumerable<Deviation> Fields() =>
        [
            CnParts.Answering(
                "cn-sequence-number-zero",
                "answers with Sequence Number 0",
                "rfc6275-6.1.8-d1",
                draft => draft.SequenceNumber = 0
            ),
            CnParts.Rules(
                "cn-last-number-not-told",
                "answers status 135 with the number of the update",
                "rfc6275-9.5.1-k15",
                rules => rules with { Acknowledgement = rules.Acknowledgement.Without("LastAcceptedSequenceNumber") }
            ),
            CnParts.Answering(
                "cn-k-copied",
                "copies K into its answer",
                "rfc6275-6.1.8-k1",
                draft =>
                {
                    if (draft.Request.Update.Flags.HasFlag(BindingUpdateFlags.KeyManagement))
                    {
                        draft.Flags |= BindingAcknowledgementFlags.KeyManagement;
                    }
                }
            ),
            CnParts.Answering(
                "cn-reserved-flags",
                "sets reserved bits of its answers",
                "rfc6275-6.1.8-k2",
                draft => draft.Flags |= (BindingAcknowledgementFlags)1
            ),
        ];

    private static IEnumerable<Deviation> Proofs() =>
        [
            CnParts.Answering("cn-answers-unproved", "answers without an authenticator", "rfc6275-9.5.4-k8", draft => draft.Key = null),
            CnParts.Answering(
                "cn-135-unproved",
                "answers status 135 without an authenticator",
                "rfc6275-9.5.4-k8",
                draft => draft.Key = draft.Status == BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW ? null : draft.Key
            ),
            CnParts.Answering(
                "cn-expired-proved",
                "answers status 136 to 138 with an authenticator",
                "rfc6275-9.5.4-k7",
                draft => draft.Key ??= draft.Request.NonceIndices is null ? null : BindingManagementKey.ForDeletion(0)
            ),
            CnParts.Answering(
                "cn-authenticator-of-no-address",
                "computes the authenticator of its answers over the unspecified address",
                "rfc6275-9.5.4-k9",
                draft => draft.AuthorizedAddress = IPAddress.IPv6Any
            ),
        ];

    private static IEnumerable<Deviation> Paths() =>
        [
            OnPath(
                "cn-no-routing-header",
                "answers without a routing header",
                "rfc6275-9.5.4-k15",
                (_, path) => path with { RoutedTo = null }
            ),
            OnPath(
                "cn-routing-header-at-home",
                "answers with a routing header to the home address, too",
                "rfc6275-9.5.4-k14",
                (draft, path) => path with { RoutedTo = draft.Request.Home }
            ),
            OnPath(
                "cn-answer-to-binding",
                "answers to the care-of address that was registered last",
                "rfc6275-9.5.4-k12",
                (draft, path) =>
                    draft.Request.Bindings.Of(draft.Request.Home) is [.., { CareOf: var careOf }] && path.RoutedTo is not null
                        ? path with
                        {
                            Destination = careOf,
                        }
                        : path
            ),
            OnPath(
                "cn-answer-to-care-of-address",
                "answers an update from the home address to the care-of address",
                "rfc6275-9.5.4-k13",
                (draft, path) =>
                    path.RoutedTo is null ? path with { Destination = draft.Request.CareOf, RoutedTo = draft.Request.Home } : path
            ),
            OnPath(
                "cn-answer-with-option",
                "answers with a Home Address option",
                "rfc6275-6.1-k2",
                (draft, path) => path with { HomeAddress = draft.Request.Node.Settings.Address }
            ),
            OnPath(
                "cn-answer-from-elsewhere",
                "answers from another address than that of the update",
                "rfc6275-5.2.6-d1",
                (_, path) => path with { Source = path.Source.WithOctet(15, octet => (byte)(octet ^ 1)) }
            ),
        ];

    private static IEnumerable<Deviation> Layout() =>
        [
            CnParts.Writing(
                "cn-header-reserved",
                "sets Reserved of the Mobility Header",
                "rfc6275-6.1.1-k3",
                before: octets => [.. octets[..3], 0xff, .. octets[4..]]
            ),
            CnParts.Writing(
                "cn-payload-proto",
                "announces that UDP follows an acknowledgement",
                "rfc6275-6.1.1-k1",
                before: octets => [17, .. octets[1..]]
            ),
            CnParts.Writing(
                "cn-odd-length",
                "sends 4 octets behind an acknowledgement",
                "rfc6275-6.1.1-k2",
                after: octets => [.. octets, 0, 0, 0, 0]
            ),
            CnParts.Sending(
                "cn-wrong-checksum",
                "sends acknowledgements with a checksum of zero",
                "rfc6275-6.1.1-d1",
                () => new PacketRewriter((_, packet) => WithRouting(packet, octets => octets[24 + MobilityHeader.ChecksumOffset] ^= 0xff))
            ),
            CnParts.Writing("cn-padding-behind-authenticator", "pads behind the authenticator", "rfc6275-6.2-k2", after: Padded),
            CnParts.Writing(
                "cn-option-behind-authenticator",
                "puts an option behind the authenticator",
                "rfc6275-6.2-k1",
                after: octets => Padded(octets, 200)
            ),
            Routing("cn-routing-reserved", "sets Reserved of the routing header", "rfc6275-6.4.1-k1", octets => octets[4] = 0xff),
            Routing("cn-segments-left", "sends routing headers with Segments Left 0", "rfc6275-6.4.1-k4", octets => octets[3] = 0),
            CnParts.Sending(
                "cn-long-routing-header",
                "sends routing headers of acknowledgements with 8 octets of padding",
                "rfc6275-6.4.1-k3",
                () =>
                    new PacketRewriter(
                        (_, packet) =>
                            packet.NextHeader == IpProtocol.Routing && packet.Payload.Span[0] == IpProtocol.MobilityHeader
                                ? packet with
                                {
                                    Payload = (byte[])
                                        [
                                            packet.Payload.Span[0],
                                            3,
                                            .. packet.Payload.Span[2..24],
                                            .. new byte[8],
                                            .. packet.Payload.Span[24..],
                                        ],
                                }
                                : packet
                    )
            ),
        ];

    private static Deviation OnPath(
        string name,
        string description,
        string statement,
        Func<CorrespondentAcknowledgement, Ipv6Signaling, Ipv6Signaling> change
    ) =>
        CnParts.Answering(
            name,
            description,
            statement,
            draft => draft.Path = draft.Path is Ipv6Signaling path ? change(draft, path) : draft.Path
        );

    private static Deviation Routing(string name, string description, string statement, Action<byte[]> edit) =>
        CnParts.Sending(name, description, statement, () => new PacketRewriter((_, packet) => WithRouting(packet, edit)));

    /// <summary>Edits the octets from the routing header on of a packet with an acknowledgement.</summary>
    private static Ipv6Packet WithRouting(Ipv6Packet packet, Action<byte[]> edit)
    {
        if (packet.NextHeader != IpProtocol.Routing || packet.Payload.Span[0] != IpProtocol.MobilityHeader)
        {
            return packet;
        }
        var octets = packet.Payload.ToArray();
        edit(octets);
        return packet with { Payload = octets };
    }

    private static byte[] Padded(byte[] octets) => Padded(octets, 1);

    /// <summary>The message with one more option of 8 octets.</summary>
    private static byte[] Padded(byte[] octets, byte type) => [octets[0], (byte)(octets[1] + 1), .. octets[2..], type, 6, 0, 0, 0, 0, 0, 0];
}
