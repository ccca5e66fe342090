using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// The checks of a Binding Acknowledgement against its request: RFC 6275, Sections 6.1.8, 6.2, 9.5.2 to 9.5.4, 10.3.1 and 10.3.2.
/// </summary>
internal static class BindingAnswers
{
    private const int SecondsPerUnit = 4;
    private const int FlagsOffset = 7;
    private const int LifetimeOffset = 10;
    private const byte SequenceNumberOutOfWindow = 135;
    private const byte ExpiredHomeNonce = 136;
    private const byte ExpiredNonces = 138;

    /// <summary>MAX_RR_BINDING_LIFETIME (RFC 6275, Section 12), in units of 4 seconds.</summary>
    private const int MostUnits = 105;

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("destination of the acknowledgement", "9.5.4-k12", Destination),
        Row("destination of the acknowledgement at home", "9.5.4-k13", answer => IsFromHome(answer) ? Destination(answer) : null),
        Row("source of the acknowledgement", "5.2.6-d1", MobilityCheck.Correspondent, Source),
        Row("no routing header without Home Address option", "9.5.4-k14", NoRoutingHeader),
        Row("type 2 routing header of the acknowledgement", "9.5.4-k15", RoutingHeader),
        Row("sequence number of the acknowledgement", "6.1.8-d1", SequenceNumber),
        Row(
            "sequence number of a home agent",
            "10.3.1-k30",
            MobilityCheck.HomeAgent,
            answer => Ends(answer) ? null : SequenceNumber(answer)
        ),
        Row(
            "sequence number of a home agent after a removal",
            "10.3.2-k7",
            MobilityCheck.HomeAgent,
            answer => Ends(answer) ? SequenceNumber(answer) : null
        ),
        Row("reserved bits of the acknowledgement", "6.1.8-k2", ReservedBits),
        Row("K flag of a correspondent node", "6.1.8-k1", MobilityCheck.Correspondent, answer => KeyFlag(answer)),
        Row(
            "K flag of a home agent",
            "10.3.1-d3",
            MobilityCheck.HomeAgent,
            answer => Flag(answer.Request, "K") == 0 && !Ends(answer) ? KeyFlag(answer) : null
        ),
        Row("lifetime within what a correspondent node is asked for", "9.5.2-k3", MobilityCheck.Correspondent, Lifetime),
        Row("lifetime within what a home agent is asked for", "10.3.1-k19", MobilityCheck.HomeAgent, Lifetime),
        Row("lifetime within what return routability proves", "5.2.6-k1", MobilityCheck.Correspondent, LifetimeOfTest),
        Row("lifetime 0 after a removal", "10.3.2-k8", MobilityCheck.HomeAgent, LifetimeOfRemoval),
        Row("no refresh advice after a removal", "10.3.2-k9", MobilityCheck.HomeAgent, NoRefreshAdvice),
        Row("no authenticator without nonces", "9.5.4-k7", MobilityCheck.Correspondent, NoAuthenticator),
        Row("authenticator of the acknowledgement", "9.5.4-k8", MobilityCheck.Correspondent, HasAuthenticator),
        Row("right authenticator of the acknowledgement", "9.5.4-k9", MobilityCheck.Correspondent, RightAuthenticator),
        Row("authenticator behind all other options", "6.2-k1", MobilityCheck.Correspondent, AuthenticatorLast),
        Row("no padding behind the authenticator", "6.2-k2", MobilityCheck.Correspondent, NoPaddingLast),
    ];

    private static MobilityCheck<Answer> Row(string name, string rfc6275, Func<Answer, CheckResult?> judge) =>
        new(name, rfc6275, null, null, judge);

    private static MobilityCheck<Answer> Row(string name, string rfc6275, string only, Func<Answer, CheckResult?> judge) =>
        new(name, rfc6275, null, null, judge) { Only = only };

    private static bool Ends(Answer answer) => answer.Exchange.IsDeregistration;

    /// <summary>An update over IPv4 has the home address as source instead of a Home Address option (RFC 5555, Section 4.4.2).</summary>
    private static bool IsFromHome(Answer answer) => answer.Exchange.Request is { IsMessageInUdp: false, Ip.HomeAddress: null };

    private static CheckResult Source(Answer answer) =>
        new(
            answer.Source.Equals(answer.RequestDestination),
            $"source address {answer.RequestDestination}, the destination of the Binding Update",
            $"source address {answer.Source}"
        );

    private static CheckResult Destination(Answer answer) =>
        new(
            answer.Destination.Equals(answer.RequestSource),
            $"destination address {answer.RequestSource}, the source of the Binding Update",
            $"destination address {answer.Destination}"
        );

    private static CheckResult? NoRoutingHeader(Answer answer) =>
        IsFromHome(answer)
            ? new(
                answer.Packet.Headers.All(header => header.Type != IpProtocols.Routing),
                "no routing header, as the Binding Update had no Home Address option",
                "one is there"
            )
            : null;

    private static CheckResult? RoutingHeader(Answer answer) =>
        answer.Exchange.Request.Ip!.HomeAddress is { } home && !home.Equals(answer.RequestSource)
            ? new(
                home.Equals(answer.Packet.Ip!.RoutedTo),
                $"a type 2 routing header with the home address {home}",
                answer.Packet.Ip.RoutedTo is { } other ? $"one with {other}" : "none"
            )
            : null;

    private static CheckResult? SequenceNumber(Answer answer) =>
        answer.Message.Status == SequenceNumberOutOfWindow
            ? null
            : new(
                answer.Message.SequenceNumber == answer.Request.SequenceNumber,
                Text($"the sequence number {answer.Request.SequenceNumber} of the Binding Update"),
                Text($"{answer.Message.SequenceNumber}"),
                answer.Message.SequenceNumberOffset
            );

    private static CheckResult ReservedBits(Answer answer)
    {
        var field = MessageFields.Find(answer.Message.Type, MessageFields.ReservedFlags)!;
        var bits = answer.Message.Part.Bits(field.Bit, field.Width);
        return new(bits == 0, "reserved bits of 0 in the acknowledgement", Text($"they are 0x{bits:x}"), FlagsOffset);
    }

    private static CheckResult KeyFlag(Answer answer) =>
        new(Flag(answer.Message, "K") == 0, "the K flag set to 0", "the K flag is 1", FlagsOffset);

    private static CheckResult? Lifetime(Answer answer) =>
        answer.IsRejection || Ends(answer) ? null : AtMost(answer, answer.Request.LifetimeUnits, "as asked for");

    private static CheckResult? LifetimeOfTest(Answer answer) =>
        answer.IsRejection || Ends(answer) ? null : AtMost(answer, MostUnits, "MAX_RR_BINDING_LIFETIME");

    private static CheckResult AtMost(Answer answer, int units, string why) =>
        new(
            answer.Message.LifetimeUnits <= units,
            Text($"a lifetime of at most {units * SecondsPerUnit} s, {why}"),
            Text($"{answer.Message.LifetimeUnits * SecondsPerUnit} s"),
            LifetimeOffset
        );

    private static CheckResult? LifetimeOfRemoval(Answer answer) =>
        Ends(answer) && !answer.IsRejection
            ? new(
                answer.Message.LifetimeUnits == 0,
                "lifetime 0 in the answer to a removal",
                Text($"{answer.Message.LifetimeUnits * SecondsPerUnit} s"),
                LifetimeOffset
            )
            : null;

    private static CheckResult? NoRefreshAdvice(Answer answer) =>
        Ends(answer) && !answer.IsRejection
            ? new(
                !answer.Has(BindingRefreshAdviceKind.Type),
                "no Binding Refresh Advice option in the answer to a removal",
                "one is there",
                answer.Given(BindingRefreshAdviceKind.Type)?.Offset
            )
            : null;

    private static bool IsAboutNonces(Answer answer) => answer.Message.Status is >= ExpiredHomeNonce and <= ExpiredNonces;

    private static CheckResult? NoAuthenticator(Answer answer) =>
        IsAboutNonces(answer)
            ? new(
                !answer.Has(BindingAuthorizationDataKind.Type),
                Text($"no Binding Authorization Data option with status {answer.Message.Status}"),
                "one is there",
                answer.Given(BindingAuthorizationDataKind.Type)?.Offset
            )
            : null;

    /// <summary>Without an authentic request there is no key by which the answer could be authentic.</summary>
    private static CheckResult? HasAuthenticator(Answer answer) =>
        answer.Exchange.Key is not null && !IsAboutNonces(answer)
            ? new(
                answer.Has(BindingAuthorizationDataKind.Type),
                "a Binding Authorization Data option",
                "none",
                answer.Given(BindingAuthorizationDataKind.Type)
            )
            : null;

    private static CheckResult? RightAuthenticator(Answer answer) =>
        answer.Exchange.Key is { } key && answer.Given(BindingAuthorizationDataKind.Type) is { } given
            ? new(
                key.Fits(answer.Message),
                $"the authenticator for the care-of address {key.CareOf} and the correspondent node {key.Correspondent}",
                Convert.ToHexStringLower(given.Data.Span),
                given
            )
            : null;

    private static CheckResult? AuthenticatorLast(Answer answer) =>
        answer.Given(BindingAuthorizationDataKind.Type) is { } given
            ? new(
                answer.Message.Options[^1] == given,
                "the Binding Authorization Data option as the last one",
                $"{MobilityOptionKind.OfType(answer.Message.Options[^1].Type).Name} follows it",
                given
            )
            : null;

    private static CheckResult? NoPaddingLast(Answer answer) =>
        answer.Given(BindingAuthorizationDataKind.Type) is { } given
            ? new(!answer.Message.Layout[^1].IsPadding, "no padding behind the Binding Authorization Data option", "padding", given)
            : null;

    private static ulong Flag(MobilityOctets message, string name) =>
        MessageFields.Find(message.Type, name) is { } field ? message.Part.Bits(field.Bit, field.Width) : 0;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
