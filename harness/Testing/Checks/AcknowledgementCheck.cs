using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks;

/// <summary>
/// The full check of a Proxy Binding Acknowledgement against its request: RFC 5213, Section 5.3.6, bullet by bullet, and the
/// requirements of Section 5.5 on its Sequence Number and Timestamp.
/// </summary>
public sealed class AcknowledgementCheck(TestSession session)
{
    private const byte FirstRejection = 128;
    private const byte SequenceNumberOutOfWindow = 135;
    private const byte TimestampMismatch = 156;
    private const byte TimestampLowerThanPrevAccepted = 157;

    public void Check(Request request, Packet answer)
    {
        var check = new Comparison(session, request, answer);
        Addressing(check);
        Identifier(check);
        HomeNetworkPrefixes(check);
        Copied(check, OptionType.HandoffIndicator, "rfc5213-5.3.6-k11", "rfc5213-5.3.6-k12", "rfc5213-5.3.6-k13");
        Copied(check, OptionType.AccessTechnologyType, "rfc5213-5.3.6-k14", "rfc5213-5.3.6-k15", "rfc5213-5.3.6-k16");
        LinkLayerIdentifier(check);
        LinkLocalAddress(check);
        Ordering(check);
    }

    private static void Addressing(Comparison check)
    {
        var (request, ip) = (check.Request.Packet, check.Answer.Ip!);
        check.Judge("rfc5213-5.3.6-d1", check.Message.ProxyFlag, "the P flag set to 1", "the P flag is 0", check.Message.ProxyFlagOffset);
        check.Judge(
            "rfc5213-5.3.6-k2",
            ip.Source.Equals(request.Destination),
            $"source address {request.Destination}, the destination of the request",
            $"source address {ip.Source}"
        );
        check.Judge(
            "rfc5213-5.3.6-k3",
            ip.Destination.Equals(request.Source),
            $"destination address {request.Source}, the source of the request",
            $"destination address {ip.Destination}"
        );
        var routing = check.Answer.Headers.FirstOrDefault(header => header is { Type: IpProtocols.Routing, RoutingType: 2 });
        check.Judge("rfc5213-5.3.6-k32", routing is null, "no Type 2 Routing header", "a Type 2 Routing header");
    }

    private static void Identifier(Comparison check)
    {
        var asked = check.Asked.First(OptionType.MobileNodeIdentifier);
        var given = check.Message.First(OptionType.MobileNodeIdentifier);
        check.Judge("rfc5213-5.3.6-k4", given is not null, "a Mobile Node Identifier option", "none");
        if (asked is null)
        {
            check.Judge(
                "rfc5213-5.3.6-k6",
                given is { Length: 1 },
                "a Mobile Node Identifier option with a zero-length identifier",
                given is null ? "none" : $"'{given.Identifier}'",
                given
            );
            check.Judge(
                "rfc5213-5.3.1-k6",
                given is { Length: 1 },
                "a Mobile Node Identifier option with a zero-length identifier",
                given is null ? "none" : $"'{given.Identifier}'",
                given
            );
        }
        else if (given is not null)
        {
            check.Judge(
                "rfc5213-5.3.6-k5",
                given.Data.Span.SequenceEqual(asked.Data.Span),
                $"the request's identifier '{asked.Identifier}'",
                $"'{given.Identifier}'",
                given
            );
        }
    }

    private static void HomeNetworkPrefixes(Comparison check)
    {
        var asked = check.Asked.All(OptionType.HomeNetworkPrefix).ToList();
        var given = check.Message.All(OptionType.HomeNetworkPrefix).ToList();
        var givenText = Texts(given);
        check.Judge("rfc5213-5.3.6-k7", given.Count > 0, "at least one Home Network Prefix option", "none");
        if (!check.IsRejection)
        {
            var useless = given.Find(option => option.IsAllZeroPrefix || option.PrefixLength is 0 or > 128);
            check.Judge(
                "rfc5213-5.3.6-k10",
                given.Count > 0 && useless is null,
                "a Home Network Prefix option with each assigned prefix",
                givenText,
                useless
            );
        }
        else if (asked.Count == 0)
        {
            check.Judge(
                "rfc5213-5.3.6-k9",
                given is [{ IsAllZeroPrefix: true }],
                "exactly one Home Network Prefix option, ALL_ZERO",
                givenText,
                given.Find(option => !option.IsAllZeroPrefix)
            );
        }
        else
        {
            var all =
                asked.TrueForAll(option => given.Exists(other => other.Content.Span.SequenceEqual(option.Content.Span)))
                && asked.Count == given.Count;
            check.Judge(
                "rfc5213-5.3.6-k8",
                all,
                $"the request's Home Network Prefix options: {Texts(asked)}",
                givenText,
                given.FirstOrDefault()
            );
        }
    }

    private static void Copied(Comparison check, int type, string present, string copied, string zero)
    {
        var name = Edits.FieldName.NameOf(type);
        var asked = check.Asked.First(type);
        var given = check.Message.First(type);
        check.Judge(present, given is not null, $"{Article(name)} {name} option", "none");
        if (asked is null)
        {
            check.Judge(
                zero,
                given is { Value: 0 },
                $"{Article(name)} {name} option with value 0, as the request had none",
                given is null ? "no option" : $"value {given.Value}",
                given
            );
        }
        else if (given is not null)
        {
            check.Judge(copied, given.Value == asked.Value, $"the request's {name} {asked.Value}", $"{given.Value}", given);
        }
    }

    private static void LinkLayerIdentifier(Comparison check)
    {
        var asked = check.Asked.First(OptionType.MobileNodeLinkLayerIdentifier);
        var given = check.Message.First(OptionType.MobileNodeLinkLayerIdentifier);
        Presence(check, asked, given, "Mobile Node Link-layer Identifier", "rfc5213-5.3.6-k19", "rfc5213-5.3.6-k20");
        if (asked is not null && given is not null)
        {
            check.Judge(
                "rfc5213-5.3.6-k21",
                given.LinkLayerIdentifier.Span.SequenceEqual(asked.LinkLayerIdentifier.Span),
                $"the request's identifier {Convert.ToHexStringLower(asked.LinkLayerIdentifier.Span)}",
                Convert.ToHexStringLower(given.LinkLayerIdentifier.Span),
                given
            );
        }
    }

    private static void LinkLocalAddress(Comparison check)
    {
        var asked = check.Asked.First(OptionType.LinkLocalAddress);
        var given = check.Message.First(OptionType.LinkLocalAddress);
        Presence(check, asked, given, "Link-local Address", "rfc5213-5.3.6-k22", "rfc5213-5.3.6-k23");
        if (asked is null || given is null)
        {
            return;
        }

        if (check.IsRejection)
        {
            check.Judge(
                "rfc5213-5.3.6-k24",
                given.Address.Equals(asked.Address),
                $"the request's link-local address {asked.Address}",
                $"{given.Address}",
                given
            );
        }
        else if (!asked.Address.Equals(IPAddress.IPv6None))
        {
            check.Judge(
                "rfc5213-5.3.6-k29",
                given.Address.Equals(asked.Address),
                $"the request's link-local address {asked.Address}",
                $"{given.Address}",
                given
            );
        }
        else if (!check.IsOfKnownSession)
        {
            check.Judge("rfc5213-5.3.6-k26", given.Address.IsIPv6LinkLocal, "a generated link-local address", $"{given.Address}", given);
            check.Judge(
                "rfc5213-5.3.6-k27",
                given.Address.IsIPv6LinkLocal,
                "the generated link-local address in the Link-local Address option",
                $"{given.Address}",
                given
            );
        }
        else if (check.Request.Node.SessionLinkLocal is { } mark)
        {
            check.Judge(
                "rfc5213-5.3.6-k25",
                given.Address.Equals(mark),
                $"the link-local address of the session, {mark}",
                $"{given.Address}",
                given
            );
            check.Judge(
                "rfc5213-5.3.6-k30",
                given.Address.Equals(mark),
                $"the link-local address that was uploaded earlier, {mark}",
                $"{given.Address}",
                given
            );
        }
    }

    private void Ordering(Comparison check)
    {
        var asked = check.Asked.First(OptionType.Timestamp);
        var given = check.Message.First(OptionType.Timestamp);
        Presence(check, asked, given, "Timestamp", "rfc5213-5.3.6-k17", "rfc5213-5.3.6-k18");
        if (asked is null)
        {
            check.Judge("rfc5213-5.5-k26", given is null, "no Timestamp option, as the request had none", "a Timestamp option", given);
            LastSequenceNumber(check);
            return;
        }

        check.Judge("rfc5213-5.5-k6", given is not null, "a Timestamp option, as in the request", "none");
        check.Judge(
            "rfc5213-5.5-k13",
            check.Message.SequenceNumber == check.Asked.SequenceNumber,
            $"the request's sequence number {check.Asked.SequenceNumber}",
            $"{check.Message.SequenceNumber}",
            check.Message.SequenceNumberOffset
        );
        if (given is null)
        {
            return;
        }

        var now = session.OnDevice(check.Answer.Frame.At);
        var stated = TimestampOctets.ToTime(given.Timestamp);

        // The device may have read its clock when the request arrived, not when the answer left.
        var isClock =
            stated >= session.OnDevice(check.Request.Frame.At) - session.ClockTolerance
            && stated <= now + session.ClockTolerance
            && given.Timestamp != asked.Timestamp;
        var clock = $"the LMA's time of day, {now:HH:mm:ss.fff}, not the request's timestamp";

        // Compares with the true time of day, not with the device's clock, so that a wrong format does not pass for a wrong
        // clock.
        check.Judge(
            "rfc5213-5.5-k11",
            (stated - check.Answer.Frame.At).Duration() < TimeSpan.FromDays(1),
            "seconds since 1970-01-01 UTC in 48.16 fixed point",
            $"{stated:yyyy-MM-dd HH:mm:ss.fff}",
            given
        );
        if (!check.IsRejection)
        {
            check.Judge(
                "rfc5213-5.5-k19",
                given.Timestamp == asked.Timestamp,
                $"the request's timestamp {asked.Timestamp:x16}",
                $"{given.Timestamp:x16}",
                given
            );
        }
        else if (check.Message.Status == TimestampLowerThanPrevAccepted)
        {
            check.Judge("rfc5213-5.5-k21", isClock, clock, $"{stated:HH:mm:ss.fff}", given);
        }
        else if (check.Message.Status == TimestampMismatch)
        {
            check.Judge("rfc5213-5.5-k23", isClock, clock, $"{stated:HH:mm:ss.fff}", given);
        }
    }

    private static void LastSequenceNumber(Comparison check)
    {
        var node = check.Request.Node;
        if (check.Message.Status == SequenceNumberOutOfWindow && node is { LastSequenceNumber: { } last, Sessions: 1 })
        {
            check.Judge(
                "rfc5213-5.5-k25",
                check.Message.SequenceNumber == last,
                $"the last accepted sequence number {last}",
                $"{check.Message.SequenceNumber}",
                check.Message.SequenceNumberOffset
            );
        }
    }

    private static void Presence(Comparison check, OptionOctets? asked, OptionOctets? given, string name, string present, string absent)
    {
        if (asked is not null)
        {
            check.Judge(present, given is not null, $"{Article(name)} {name} option, as in the request", "none");
        }
        else
        {
            check.Judge(absent, given is null, $"no {name} option, as the request had none", $"{Article(name)} {name} option", given);
        }
    }

    private static string Article(string name) => name[0] is 'A' ? "an" : "a";

    private static string Texts(List<OptionOctets> prefixes) =>
        prefixes.Count == 0 ? "none" : string.Join(", ", prefixes.Select(option => option.PrefixText));

    private sealed class Comparison(TestSession session, Request request, Packet answer)
    {
        public Request Request { get; } = request;

        public Packet Answer { get; } = answer;

        public MobilityOctets Asked { get; } = request.Message;

        public MobilityOctets Message { get; } = answer.Mobility!;

        public bool IsRejection => Message.Status >= FirstRejection;

        /// <summary>True if the answer is about the session that the tester knows: it carries the prefixes of that session.</summary>
        public bool IsOfKnownSession =>
            Request.Known.Count > 0
            && Message
                .All(OptionType.HomeNetworkPrefix)
                .Select(option => option.PrefixText)
                .ToHashSet()
                .SetEquals(Request.Known.Select(prefix => prefix.ToString()));

        public void Judge(string statement, bool ok, string expected, string actual, OptionOctets? option) =>
            Judge(statement, ok, expected, actual, option?.Offset);

        public void Judge(string statement, bool ok, string expected, string actual, int? offset = null) =>
            session.Find(
                statement,
                ok,
                expected,
                ok ? "as expected" : actual,
                Answer.Frame,
                ok || offset is null ? null : Message.Offset + offset
            );
    }
}
