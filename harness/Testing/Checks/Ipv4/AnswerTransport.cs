using System.Net;
using Conformance.Testing.Data;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>
/// The checks of the headers before a Proxy Binding Acknowledgement to a request over IPv4, and of its NAT Detection option: RFC 5844,
/// Section 4.1.3.2; draft -04, Sections 4.1.3.2 and 4.1.3.3; draft -02, Section 4.3.2.
/// </summary>
internal static class AnswerTransport
{
    public static IReadOnlyList<EditionCheck<Answer>> All { get; } =
    [
        Row("message right behind UDP over IPv4", "4.1.3.2-d1", "", "", answer => Form(answer, "IPv4-UDP")),
        Row("IPv6 packet in UDP over IPv4", "", "4.1.3.2-k5", "", InnerPacket),
        Row("IPv4 transport of the answer", "", "", "4.3.2-k3", answer => OverIpv4(answer) ?? Destination(answer)),
        Row("source port of the answer", "4.1.3.2-d2", "4.1.3.2-d1", "", SourcePort),
        Row("destination port of the answer", "4.1.3.2-d3", "4.1.3.2-d1", "", DestinationPort),
        Row("checksum of 0 in the answer", "4.1.3.2-k3", "", "", MobilityChecksum),
        Row("UDP checksum of the answer", "4.1.3.2-k4", "", "", UdpChecksum),
        Row("IPv4 source address of the answer", "4.1.3.2-k5", "4.1.3.2-k6", "", Source),
        Row("IPv4 destination address of the answer", "4.1.3.2-d5", "4.1.3.2-d1", "", Destination),
        Row("NAT Detection for forced UDP", "1.2-d1", "", "", ForcedUdp),
        Row("NAT Detection with a NAT", "", "4.1.3.2-k3", "4.3.2-k4", WithNat),
        Row("no NAT Detection without a NAT", "", "4.1.3.2-k4", "4.3.2-k6", WithoutNat),
        Row(CheckNames.OuterAssociation, "4.1.3.2-d4", "4.1.3.2-k7", "4.3.2-k5", OutsideUdp),
        Row(CheckNames.InnerAssociation, "", "4.1.3.2-k8", "4.3.2-k5", InsideUdp),
    ];

    private static EditionCheck<Answer> Row(
        string name,
        string rfc5844,
        string draft04,
        string draft02,
        Func<Answer, CheckResult?> judge
    ) =>
        new(
            name,
            Ids("rfc5844", rfc5844),
            Ids("ipv4-draft-04", draft04),
            Ids("ipv4-draft-02", draft02),
            answer => answer.Exchange.Request.IsMessageInUdp ? judge(answer) : null
        );

    private static string? Ids(string edition, string row) => row.Length == 0 ? null : $"{edition}-{row}";

    private static CheckResult Form(Answer answer, string wanted) =>
        new(Words(answer) == wanted, $"an answer over {wanted}", $"one over {Words(answer)}");

    private static CheckResult InnerPacket(Answer answer)
    {
        var form = Form(answer, "IPv4-UDP-IPv6");
        var (asked, given) = (answer.Exchange.Request.Ip!, answer.Packet.Ip!);
        var lma = answer.Session.AddressOf(answer.Session.Tested);
        return !form.Ok
            ? form
            : new(
                given.Source.Equals(lma) && given.Destination.Equals(asked.Source),
                $"an IPv6 packet from {lma}, the LMAA, to {asked.Source}, the Proxy-CoA",
                $"one from {given.Source} to {given.Destination}"
            );
    }

    private static CheckResult? OverIpv4(Answer answer) =>
        Of(answer).IsUdp ? null : new(Ok: false, "an answer in UDP over IPv4", $"one over {Words(answer)}");

    private static CheckResult? SourcePort(Answer answer)
    {
        var wanted = answer.Session.Scenario.Edition == Edition.Rfc5844 ? MobilityPort.Control : answer.Session.Ixit.DualStackPort;
        return Of(answer).Udp is { } udp ? new(udp.SourcePort == wanted, $"UDP source port {wanted}", $"{udp.SourcePort}") : null;
    }

    private static CheckResult? DestinationPort(Answer answer)
    {
        var wanted = answer.Exchange.Request.Udp!.SourcePort;
        return Of(answer).Udp is { } udp
            ? new(udp.DestinationPort == wanted, $"UDP destination port {wanted}, from which the request came", $"{udp.DestinationPort}")
            : null;
    }

    private static CheckResult? MobilityChecksum(Answer answer)
    {
        var checksum = answer.Message.Part.Word(MessageFields.ChecksumOffset);
        return Of(answer) is { IsUdp: true, Inner: null }
            ? new(checksum == 0, "the Checksum of the Mobility Header set to 0", $"it is 0x{checksum:x4}", MessageFields.ChecksumOffset)
            : null;
    }

    private static CheckResult? UdpChecksum(Answer answer) =>
        Of(answer).Udp is { } udp
            ? new(
                udp.Checksum != 0 && udp.HasRightChecksum != false,
                "a correct UDP checksum",
                udp.Checksum == 0 ? "none" : $"0x{udp.Checksum:x4}, which is wrong"
            )
            : null;

    private static CheckResult? Source(Answer answer) =>
        Of(answer).Outer is { } outer
            ? Address("source", answer.Exchange.Request.Outer!.Destination, outer.Source, "to which the request was sent")
            : null;

    private static CheckResult? Destination(Answer answer) =>
        Of(answer).Outer is { } outer
            ? Address("destination", answer.Exchange.Request.Outer!.Source, outer.Destination, "from which the request came")
            : null;

    private static CheckResult? ForcedUdp(Answer answer) =>
        !answer.IsRejection && !answer.Exchange.IsDeregistration && Negotiated.IsForced(answer.Request)
            ? new(
                answer.Given(NatDetectionKind.Type) is { } option && NatDetectionKind.ForcesUdp(option),
                "a NAT Detection option with F = 1",
                answer.Has(NatDetectionKind.Type) ? "one with F = 0" : "none",
                answer.Given(NatDetectionKind.Type)
            )
            : null;

    /// <summary>An LMA that may not use UDP has nothing to say of a NAT (the ruling nat-without-udp).</summary>
    private static CheckResult? WithNat(Answer answer) =>
        !answer.IsRejection
        && !answer.Exchange.IsDeregistration
        && Negotiated.IsBehindNat(answer.Exchange)
        && Negotiated.MayUseUdp(answer.Session)
            ? new(
                answer.Has(NatDetectionKind.Type),
                "a NAT Detection option, as the IPv4 Care-of Address is not the source of the request",
                "none",
                answer.Given(NatDetectionKind.Type)
            )
            : null;

    private static CheckResult? WithoutNat(Answer answer) =>
        !Negotiated.IsBehindNat(answer.Exchange)
            ? new(
                !answer.Has(NatDetectionKind.Type),
                "no NAT Detection option, as no NAT is there",
                "one",
                answer.Given(NatDetectionKind.Type)?.Offset
            )
            : null;

    /// <summary>The association of the IPv4 addresses: ESP is between the IPv4 header and UDP.</summary>
    private static CheckResult? OutsideUdp(Answer answer) =>
        Of(answer) is { IsUdp: true, Outer: { } outer } carriage ? Esp(answer, outer, carriage.Inner, "around UDP") : null;

    /// <summary>
    /// The association of the IPv6 addresses: ESP is in the IPv6 packet behind UDP, unless the IPv4 addresses have an association.
    /// </summary>
    private static CheckResult? InsideUdp(Answer answer) =>
        Of(answer) is { IsUdp: true, Outer: { } outer, Inner: { } inner }
        && answer.Session.Ixit.Domain.AssociationTo(outer.Destination, answer.Session.Tested) is null
            ? Esp(answer, inner, outer, "in the IPv6 packet")
            : null;

    private static CheckResult? Esp(Answer answer, IpLayer wanted, IpLayer? other, string where) =>
        answer.Session.Ixit.Domain.AssociationTo(wanted.Destination, answer.Session.Tested) is { } agreed
            ? new(
                wanted.Esp?.Association == agreed && other?.Esp is null,
                $"ESP {where}, under {agreed.Words}",
                wanted.Esp is { Association: { } used } ? $"ESP {where}, under {used.Words}"
                    : other?.Esp is { } elsewhere ? $"{elsewhere.Words()} in another place"
                    : "a message in clear"
            )
            : null;

    private static CheckResult Address(string what, IPAddress wanted, IPAddress given, string why) =>
        new(given.Equals(wanted), $"{what} address {wanted}, {why}", $"{given}");

    private static Carriage Of(Answer answer) => Carriage.Of(answer.Packet);

    private static string Words(Answer answer) => Of(answer).Words;
}
