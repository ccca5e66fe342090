using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// The checks of a home agent's Binding Acknowledgement about IPv4 care-of and home addresses: RFC 5648, Sections 4.3 and 8, and RFC 5555.
/// </summary>
internal static class DualStackAnswers
{
    /// <summary>
    /// The statuses of the IPv4 Address Acknowledgement option (RFC 5555, Section 3.2.1) whose numbers have another meaning in a Binding
    /// Acknowledgement.
    /// </summary>
    private const byte FirstOwnStatus = 130,
        LastOwnStatus = 133;

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("length of a BID option for an IPv4 care-of address", "4.3-k3", Length),
        Row("destination over IPv4 of the acknowledgement", "8.1-k6", Destination),
        Row("the care-of address behind a NAT", "8.1-d2", AtSource),
        Row("no IPv4 Address Acknowledgement for a care-of address", "8.1-k7", NoAcknowledgement),
        Row("a BID option for an IPv4 care-of address", "8.1-k8", answer => answer.IsRejection ? null : HasIdentifier(answer)),
        Row("place of a status of the IPv4 home address", "8.1-k9", InAcknowledgement),
        Row("no status of the IPv4 home address in a BID option", "8.1-k10", NotInIdentifier),
        Row("a BID option beside a refused IPv4 home address", "8.1-k11", answer => HasOwnStatus(answer) ? HasIdentifier(answer) : null),
        Row("order of IPv4 Address Acknowledgement and BID options", "8.2-k2", Order),
        Row("an IPv4 Address Acknowledgement for an IPv4 home address", "8.2-k3", HasAcknowledgement),
    ];

    private static MobilityCheck<Answer> Row(string name, string rfc5648, Func<Answer, CheckResult?> judge) =>
        new(name, null, null, rfc5648, judge) { Only = MobilityCheck.HomeAgent };

    private static IReadOnlyList<BindingIdentity> Identities(Answer answer, MobilityOctets message) =>
        BindingIdentity.In(message, answer.Session.Scenario.Edition.Wire);

    private static IReadOnlyList<BindingIdentity> Given(Answer answer) => Identities(answer, answer.Message);

    private static bool AsksForHomeAddress(Answer answer) => answer.Asks(Ipv4HomeAddressKind.Type);

    private static List<OptionOctets> Acknowledgements(Answer answer) => [.. answer.Message.All(Ipv4AddressAcknowledgementKind.Type)];

    private static bool IsRefused(Answer answer) =>
        Acknowledgements(answer).Exists(option => Ipv4ReplyKind.StatusOf(option) >= Ipv4ReplyKind.FirstRefusal);

    /// <summary>
    /// True if the answer accepts the update, and has a status that only an IPv4 Address Acknowledgement option defines. The rejection of a
    /// whole update needs no BID option.
    /// </summary>
    private static bool HasOwnStatus(Answer answer) =>
        !answer.IsRejection
        && Acknowledgements(answer).Exists(option => Ipv4ReplyKind.StatusOf(option) is >= FirstOwnStatus and <= LastOwnStatus);

    private static bool NamesCareOfAddress(Answer answer) =>
        Identities(answer, answer.Request).Any(option => option.Ipv4CareOf is not null);

    private static bool IsBehindNat(Answer answer) => DualStackTunnel.IsBehindNat(answer.Session.Scenario.Edition.Wire, answer.Exchange);

    /// <summary>The care-of address may be left out of the answer (the ruling care-of-address-in-answer).</summary>
    private static CheckResult? Length(Answer answer)
    {
        var asked = Identities(answer, answer.Request).Where(option => option.Ipv4CareOf is not null).Select(option => option.Bid).ToList();
        var copied = Given(answer).Where(option => asked.Contains(option.Bid)).ToList();
        var wrong = copied.Find(option => option.Option.Length is not (BindingIdentity.Ipv4Length or BindingIdentity.ShortLength));
        return copied.Count == 0
            ? null
            : new(
                wrong is null,
                Text($"an IPv4 care-of address in a BID option of Length {BindingIdentity.Ipv4Length}, or none"),
                Text($"Length {wrong?.Option.Length}"),
                wrong?.Option.Offset + 1
            );
    }

    /// <summary>
    /// RFC 5555, Section 4.2: to the source of the update. Behind a NAT that is in UDP, to the port from which the update came.
    /// </summary>
    private static CheckResult? Destination(Answer answer)
    {
        if (answer.Exchange.Request is not { IsMessageInUdp: true, Outer: { } sent, Udp: { } datagram })
        {
            return null;
        }

        var (outer, udp) = (answer.Packet.Stack.Ip as Ipv4Layer, answer.Packet.Udp);
        var isInUdp = udp is null ? !IsBehindNat(answer) : udp.DestinationPort == datagram.SourcePort;
        return new(
            outer is not null && outer.Destination.Equals(sent.Source) && outer.Source.Equals(sent.Destination) && isInUdp,
            Text($"an acknowledgement over IPv4 from {sent.Destination} to {sent.Source}, in UDP to port {datagram.SourcePort}"),
            outer is null ? "one over IPv6"
                : udp is null ? Text($"one without UDP from {outer.Source} to {outer.Destination}")
                : Text($"one from {outer.Source} to {outer.Destination}, port {udp.DestinationPort}")
        );
    }

    /// <summary>The address alone: that the packet is in UDP, and to which port, is another rule.</summary>
    private static CheckResult? AtSource(Answer answer) =>
        IsBehindNat(answer) && answer.Exchange.Request.Outer is { } sent && answer.Packet.Stack.Ip is Ipv4Layer outer
            ? new(
                outer.Destination.Equals(sent.Source),
                Text($"an acknowledgement to {sent.Source}, the IPv4 source of the update"),
                Text($"one to {outer.Destination}")
            )
            : null;

    private static CheckResult? NoAcknowledgement(Answer answer) =>
        NamesCareOfAddress(answer) && !AsksForHomeAddress(answer) && !answer.IsRejection && !IsRefused(answer)
            ? new(
                Acknowledgements(answer).Count == 0,
                "no IPv4 Address Acknowledgement option, as the Binding Update asks for no IPv4 home address",
                "one is there",
                answer.Given(Ipv4AddressAcknowledgementKind.Type)?.Offset
            )
            : null;

    private static CheckResult? HasIdentifier(Answer answer) =>
        NamesCareOfAddress(answer)
            ? new(
                Given(answer).Count > 0,
                "a BID option with the result for the IPv4 care-of address",
                "none",
                BindingIdentity.FirstIn(answer.Message, answer.Session.Scenario.Edition.Wire)?.Option
            )
            : null;

    private static CheckResult? InAcknowledgement(Answer answer) =>
        IsRefused(answer) || Misplaced(answer) is not null
            ? new(
                IsRefused(answer),
                "the refusal of the IPv4 home address in an IPv4 Address Acknowledgement option",
                Text($"status {Misplaced(answer)?.Status} in the option of BID {Misplaced(answer)?.Bid}"),
                Misplaced(answer)?.Option.Offset
            )
            : null;

    private static CheckResult? NotInIdentifier(Answer answer) =>
        IsRefused(answer) || Misplaced(answer) is not null
            ? new(
                Misplaced(answer) is null,
                "no status of the IPv4 home address in a BID option",
                Text($"status {Misplaced(answer)?.Status} in the option of BID {Misplaced(answer)?.Bid}"),
                Misplaced(answer)?.Option.Offset
            )
            : null;

    /// <summary>
    /// The BID option with a status that can only be one of the IPv4 home address: the update is accepted, and has no other BID that could
    /// have fared better.
    /// </summary>
    private static BindingIdentity? Misplaced(Answer answer) =>
        AsksForHomeAddress(answer) && !answer.IsRejection && Given(answer) is [{ Status: >= FirstOwnStatus and <= LastOwnStatus } only]
            ? only
            : null;

    private static CheckResult? Order(Answer answer)
    {
        var acknowledgements = Acknowledgements(answer);
        return acknowledgements is [.., var last] && Given(answer) is [var first, ..]
            ? new(
                last.Offset < first.Option.Offset,
                "the IPv4 Address Acknowledgement option before every BID option",
                "it follows one",
                last.Offset
            )
            : null;
    }

    private static CheckResult? HasAcknowledgement(Answer answer) =>
        AsksForHomeAddress(answer) && !answer.IsRejection && !answer.Exchange.IsDeregistration
            ? new(
                Acknowledgements(answer).Count > 0,
                "an IPv4 Address Acknowledgement option, as the Binding Update has an IPv4 Home Address option",
                "none",
                answer.Given(Ipv4AddressAcknowledgementKind.Type)
            )
            : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
