using System.Globalization;
using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// The checks of every mobility message, of Binding Errors and of Binding Refresh Requests: RFC 6275, Sections 6.1, 6.4.1, 9.3.3 and
/// 9.5.5; RFC 5648 and draft-ietf-monami6-multiplecoa-04, Section 6.4.
/// </summary>
internal static class SentMessages
{
    private const int DataReservedOfRequest = 6;
    private const int DataReservedOfError = 7;
    private const int StatusOfErrorOffset = 6;
    private const int HomeAddressOffset = 8;
    private const byte UnknownBinding = 1;

    /// <summary>The ICS items of a node that asks for a refresh of single bindings.</summary>
    private const string RefreshesOfDraft = "mcoa-draft-04-refresh-requests",
        RefreshesOfRfc = "mcoa-refresh-requests";

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        .. HeaderForm.Of<SentMessage>(),
        Row("no type 2 routing header", "6.1-k1", NoRoutingHeader),
        Row("no Home Address option", "6.1-k2", NoHomeAddress),
        Row(
            "reserved field of a Binding Refresh Request",
            "6.1.2-k1",
            sent => IsRequest(sent) ? Zero(sent, DataReservedOfRequest, 2) : null
        ),
        Row("reserved field of a Binding Error", "6.1.9-k1", sent => IsError(sent) ? Zero(sent, DataReservedOfError, 1) : null),
        Row("destination of a Binding Error", "9.3.3-d1", DestinationOfError),
        Row("home address of a Binding Error", "9.3.3-k2", HomeAddressOfError),
        Row("status of a Binding Error", "9.3.1-d1", StatusOfError),
        Row("destination of a Binding Refresh Request", "9.5.5-d1", DestinationOfRequest) with
        {
            Only = MobilityCheck.Correspondent,
        },
        new MobilityCheck<SentMessage>("BID option of a Binding Refresh Request", null, "6.4-k1", "6.4-k1", IdentifierOfRequest),
        .. RoutingHeaders.All,
    ];

    private static MobilityCheck<SentMessage> Row(string name, string rfc6275, Func<SentMessage, CheckResult?> judge) =>
        new(name, rfc6275, null, null, judge);

    private static bool IsRequest(SentMessage sent) => sent.Message.Type == MobilityOctets.BindingRefreshRequestType;

    private static bool IsError(SentMessage sent) => sent.Message is { Type: MobilityOctets.BindingErrorType, IsCutOff: false };

    private static CheckResult Zero(SentMessage sent, int at, int length, string field = "a reserved field") =>
        new(sent.Message.Part.Number(at, length) == 0, $"{field} of 0", $"it is 0x{sent.Message.Part.Number(at, length):x}", at);

    private static CheckResult? NoRoutingHeader(SentMessage sent) =>
        sent.Message.Type == MobilityOctets.BindingAcknowledgementType
            ? null
            : new(
                sent.Packet.Headers.All(header => header is not { Type: IpProtocols.Routing, RoutingType: ExtensionHeaderLayer.Type2 }),
                $"a {sent.Message.Name} without type 2 routing header",
                "one is there"
            );

    private static CheckResult NoHomeAddress(SentMessage sent) =>
        new(sent.Packet.Ip!.HomeAddress is null, $"a {sent.Message.Name} without Home Address option", "one is there");

    private static CheckResult? DestinationOfError(SentMessage sent) =>
        IsError(sent) && sent.Cause?.Ip is { } cause
            ? new(
                sent.Destination.Equals(cause.Source),
                $"a Binding Error to {cause.Source}, the source of the packet that it is about",
                $"one to {sent.Destination}"
            )
            : null;

    private static CheckResult? HomeAddressOfError(SentMessage sent)
    {
        if (!IsError(sent) || sent.Cause?.Ip is not { } cause)
        {
            return null;
        }

        var expected = cause.HomeAddress ?? IPAddress.IPv6None;
        return new(
            sent.Message.HomeAddress.Equals(expected),
            cause.HomeAddress is null
                ? "the unspecified address as home address, as the packet had no Home Address option"
                : $"the home address {expected}, as in the Home Address option of the packet",
            $"{sent.Message.HomeAddress}",
            HomeAddressOffset
        );
    }

    /// <summary>About another packet than a message: its Home Address option was not verified.</summary>
    private static CheckResult? StatusOfError(SentMessage sent) =>
        IsError(sent) && sent.Cause is { Mobility: null }
            ? new(
                sent.Message.Status == UnknownBinding,
                $"a Binding Error of status {UnknownBinding}",
                $"status {sent.Message.Status}",
                StatusOfErrorOffset
            )
            : null;

    private static CheckResult? DestinationOfRequest(SentMessage sent) =>
        IsRequest(sent) && sent.HomeAddress is { } home
            ? new(sent.Destination.Equals(home), $"a Binding Refresh Request to the home address {home}", $"one to {sent.Destination}")
            : null;

    private static CheckResult? IdentifierOfRequest(SentMessage sent)
    {
        var session = sent.Session;
        if (!IsRequest(sent) || sent.KnownBids.Count == 0 || !(session.Claims(RefreshesOfDraft) || session.Claims(RefreshesOfRfc)))
        {
            return null;
        }

        var given = BindingIdentity.In(sent.Message, session.Scenario.Edition.Wire);
        return new(
            given.Any(option => sent.KnownBids.Contains(option.Bid)),
            string.Create(CultureInfo.InvariantCulture, $"a BID option with one of {string.Join(", ", sent.KnownBids.Order())}"),
            given.Count == 0 ? "none" : string.Join(", ", given),
            given is [var first, ..] ? first.Option : null
        );
    }
}
