using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Correspondent nodes that treat headers and packets wrongly: RFC 6275, Sections 9.1, 9.2 and 9.3.</summary>
internal static class CnPacketDeviations
{
    /// <summary>The octet of a care-of address by which those of one mobile node differ, and the last one of a home address.</summary>
    private const int CareOfOctet = 13,
        LastOctet = 15;

    public static IReadOnlyList<Deviation> All { get; } = [.. Headers(), .. Errors(), .. Packets()];

    private static IEnumerable<Deviation> Headers() =>
        [
            Reads(
                "cn-any-checksum",
                "processes Mobility Headers with a wrong checksum",
                "rfc6275-9.2-k2",
                headers => headers.Without("Checksum")
            ),
            Reads(
                "cn-unknown-type-dropped",
                "drops a Mobility Header of unknown type",
                "rfc6275-9.2-k4",
                headers =>
                    headers.First(received =>
                        received.Bytes[MobilityHeader.TypeOffset] > (byte)MobilityHeaderType.BindingError
                            ? received.Discard("Type", "unknown")
                            : RuleOutcome.Continue
                    )
            ),
            Reads(
                "cn-any-payload-proto",
                "processes Mobility Headers that announce a following header",
                "rfc6275-9.2-k6",
                headers => headers.Without("PayloadProto").Replacing("WellFormed", received => Parse(received, WithoutNext))
            ),
            Reads(
                "cn-payload-proto-unreported",
                "drops a Mobility Header that announces a following header without an error",
                "rfc6275-9.2-k7",
                headers =>
                    headers.With(
                        "PayloadProto",
                        received =>
                            received.Bytes[0] == MobilityHeader.PayloadProtoNone
                                ? RuleOutcome.Continue
                                : received.Discard("PayloadProto", "something follows")
                    )
            ),
            Reads(
                "cn-wrong-pointer",
                "points to another octet of a Mobility Header than the wrong one",
                "rfc6275-9.2-k8",
                headers =>
                    headers.With(
                        "PayloadProto",
                        received =>
                            received.Bytes[0] == MobilityHeader.PayloadProtoNone
                                ? RuleOutcome.Continue
                                : received.DiscardWithParameterProblem(2, "PayloadProto", "something follows")
                    )
            ),
            CnParts.Rules(
                "cn-short-header-answered",
                "answers an update whose Header Len is too short with status 128",
                "rfc6275-9.2-k10",
                rules =>
                    rules with
                    {
                        MobilityHeader = rules
                            .MobilityHeader.Without("HeaderLength")
                            .Replacing("WellFormed", received => Parse(received, Misreading.WithRightHeaderLen)),
                        Update = rules.Update.First(request =>
                            request.Signal.MobilityHeader.Span[MobilityHeader.HeaderLenOffset] == 0
                                ? request.Answer(BindingStatus.REASON_UNSPECIFIED)
                                : RuleOutcome.Continue
                        ),
                    }
            ),
            Reads(
                "cn-short-header-unreported",
                "drops a Mobility Header that is too short without an error",
                "rfc6275-9.2-k11",
                headers =>
                    headers.AheadOf(
                        "HeaderLength",
                        received => received.Bytes[1] == 0 ? received.Discard("HeaderLength", "too short") : RuleOutcome.Continue
                    )
            ),
            Reads(
                "cn-wrong-pointer-for-length",
                "points to another octet of a Mobility Header than its length",
                "rfc6275-9.2-k12",
                headers =>
                    headers.AheadOf(
                        "HeaderLength",
                        received =>
                            received.Bytes[1] == 0
                                ? received.DiscardWithParameterProblem(2, "HeaderLength", "too short")
                                : RuleOutcome.Continue
                    )
            ),
        ];

    private static IEnumerable<Deviation> Errors() =>
        [
            CnParts.Rules(
                "cn-no-binding-error",
                "drops a packet with a Home Address option that is not verified without an error",
                "rfc6275-9.3.1-k6",
                rules => rules with { Unverified = rules.Unverified.Without("BindingErrorSent") }
            ),
            Reports(
                "cn-error-status",
                "reports a binding that is not there by status 2",
                "rfc6275-9.3.1-d1",
                error => error with { Status = 2 }
            ),
            Reports(
                "cn-error-without-home-address",
                "reports a binding that is not there without its home address",
                "rfc6275-9.3.3-k2",
                error => error with { HomeAddress = IPAddress.IPv6Any }
            ),
            CnParts.Acting(
                "cn-error-to-home-address",
                "sends a Binding Error to the home address",
                "rfc6275-9.3.3-d1",
                action =>
                    action is RoleAction.SendSignal signal && CnParts.Sent(action) is BindingError { HomeAddress: var home } error
                        ? [Sending(new Ipv6Signaling(signal.Path.Source, home), error)]
                        : [action]
            ),
            CnParts.Acting(
                "cn-error-by-routing-header",
                "sends a Binding Error with a routing header to the home address",
                "rfc6275-6.1-k1",
                action =>
                    action is RoleAction.SendSignal { Path: Ipv6Signaling path }
                    && CnParts.Sent(action) is BindingError { Status: 1, HomeAddress: var home } error
                        ? [Sending(path with { RoutedTo = home }, error)]
                        : [action]
            ),
            CnParts.Sending(
                "cn-error-reserved",
                "sets Reserved of a Binding Error",
                "rfc6275-6.1.9-k1",
                CnParts.Octets(MobilityHeaderType.BindingError, octets => octets[BindingError.ReservedOffset] = 0xff)
            ),
        ];

    private static IEnumerable<Deviation> Packets() =>
        [
            CnParts.Acting(
                "cn-any-home-address-option",
                "accepts the Home Address options of all mobile nodes once one has a binding",
                "rfc6275-9.3.1-k3",
                action =>
                    action is RoleAction.AcceptHomeAddress accept
                        ?
                        [
                            .. Enumerable
                                .Range(0, 256)
                                .Select(number => new RoleAction.AcceptHomeAddress(
                                    accept.Home.WithOctet(LastOctet, _ => (byte)number),
                                    accept.CareOf.WithOctet(LastOctet, _ => (byte)number)
                                )),
                        ]
                        : [action]
            ) with
            {
                WhyMany = "packets that are refused show that there is no binding",
            },
            CnParts.Acting(
                "cn-option-from-anywhere",
                "accepts the Home Address option of a mobile node with a binding from all its addresses",
                "rfc6275-9.3.1-k5",
                action =>
                    action is RoleAction.AcceptHomeAddress accept
                        ?
                        [
                            .. Enumerable
                                .Range(0, 16)
                                .Select(low =>
                                    accept with
                                    {
                                        CareOf = accept.CareOf.WithOctet(CareOfOctet, octet => (byte)((octet & 0xf0) | low)),
                                    }
                                ),
                        ]
                        : [action]
            ) with
            {
                WhyMany =
                    "an address that is not registered is dropped in both editions of several addresses, too, and shows what is registered",
            },
            CnParts.Any(
                "cn-option-refused",
                "accepts no Home Address option of a third mobile node",
                "rfc6275-9.3.1-k7",
                cn =>
                    cn with
                    {
                        Around = (_, create) =>
                        {
                            var homes = new HashSet<IPAddress>();
                            return new ActingRole(
                                create(),
                                action =>
                                    action is RoleAction.AcceptHomeAddress { Home: var home } && homes.Add(home) && homes.Count > 2
                                        ? []
                                        : [action]
                            );
                        },
                    }
            ) with
            {
                WhyMany = "that packets are accepted shows that there is a binding",
            },
            CnParts.Rules(
                "cn-option-binds",
                "takes a packet with a Home Address option for a registration of its source",
                "rfc6275-9.1-k7",
                rules =>
                    rules with
                    {
                        Unverified = rules.Unverified.Last(packet =>
                        {
                            if (packet.Node.Bindings.Of(packet.Input.Home) is [.., var binding])
                            {
                                packet.Node.Put(binding with { CareOf = packet.Input.CareOf }, default);
                            }
                        }),
                    }
            ) with
            {
                WhyMany = "packets that are refused show that there is no binding",
            },
            CnParts.Acting(
                "cn-no-route-optimization",
                "sends all packets to the home address",
                "rfc6275-9.3.2-k2",
                action => action is RoleAction.AddRouteOptimization or RoleAction.RemoveRouteOptimization ? [] : [action]
            ),
            CnParts.Acting(
                "cn-route-of-prefix",
                "sends packets for every home address to the care-of address of one that is bound",
                "rfc6275-9.3.2-d1",
                action =>
                    action is RoleAction.AddRouteOptimization add
                        ?
                        [
                            .. Enumerable
                                .Range(0, 256)
                                .Select(number => add with { Home = add.Home.WithOctet(LastOctet, _ => (byte)number) }),
                        ]
                        : [action]
            ),
            CnParts.Acting(
                "cn-route-kept",
                "sends packets to a care-of address whose binding has ended",
                "rfc6275-9.3.2-d1",
                action => action is RoleAction.RemoveRouteOptimization ? [] : [action]
            ),
        ];

    private static Deviation Reads(
        string name,
        string description,
        string statement,
        Func<RuleList<ReceivedSignal>, RuleList<ReceivedSignal>> change
    ) => CnParts.Rules(name, description, statement, rules => rules with { MobilityHeader = change(rules.MobilityHeader) });

    private static Deviation Reports(string name, string description, string statement, Func<BindingError, BindingError> change) =>
        CnParts.Acting(
            name,
            description,
            statement,
            action =>
                action is RoleAction.SendSignal signal && CnParts.Sent(action) is BindingError { Status: 1 } error
                    ? [Sending(signal.Path, change(error))]
                    : [action]
        );

    private static RoleAction.SendSignal Sending(SignalingTransport path, MobilityMessage message) => new(path, path.Complete(message));

    /// <summary>As <see cref="Misreading.Parse"/>, in the edition of a correspondent node.</summary>
    private static RuleOutcome Parse(ReceivedSignal received, Func<byte[], byte[]> read)
    {
        if (!MobilityMessage.TryParse(read(received.Bytes.ToArray()), McoaVocabulary.Wire, out var message, out var error))
        {
            return received.Discard(error.Rule, error.Detail);
        }
        received.Message = message;
        return RuleOutcome.Continue;
    }

    private static byte[] WithoutNext(byte[] octets) => [MobilityHeader.PayloadProtoNone, .. octets[1..]];
}
