using System.Globalization;
using System.Net;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Checks;

/// <summary>The judgement of one field of a received message by one row of a scenario's table.</summary>
/// <param name="Ok">True if the field is as expected.</param>
/// <param name="Octet">The offset of the field in the message; null if the message does not have the field.</param>
public sealed record FieldJudgement(Observation Observation, bool Ok, string Expected, string Actual, int? Octet);

/// <summary>Compares the fields of a message with the expectations in a table.</summary>
/// <param name="request">The request that the message answers; null if it is not an answer.</param>
/// <param name="earlier">The previous message of the same kind; null if there was none.</param>
public sealed class FieldExpectation(
    TestSession session,
    MobilityOctets message,
    DateTimeOffset at,
    Exchange? request,
    MobilityOctets? earlier
)
{
    public FieldJudgement Judge(string field, string expected)
    {
        if (FieldName.OptionTypeOf(field) is { } type)
        {
            return JudgeOption(type, field, expected);
        }

        var (actual, octet) = field.ToUpperInvariant() switch
        {
            "LIFETIME" => ($"{message.LifetimeUnits * 4} s", 10),
            "SEQUENCE NUMBER" => ($"{message.SequenceNumber}", message.SequenceNumberOffset),
            "STATUS" => ($"{message.Status}", 6),
            "P" => (message.ProxyFlag ? "1" : "0", message.ProxyFlagOffset),
            "A" => (message.AcknowledgeFlag ? "1" : "0", 8),
            _ => throw FieldName.Unknown(field),
        };
        var ok = field.ToUpperInvariant() switch
        {
            "LIFETIME" when expected.StartsWith("at most ", StringComparison.Ordinal) => message.LifetimeUnits * 4
                <= Durations.Parse(expected[8..], session.Ixit).TotalSeconds,
            "LIFETIME" when expected == "greater than 0" => message.LifetimeUnits > 0,
            "LIFETIME" => message.LifetimeUnits == (ushort)(Durations.Parse(expected, session.Ixit).TotalSeconds / 4),
            "SEQUENCE NUMBER" when expected == "the request's" => message.SequenceNumber == request?.Message.SequenceNumber,
            "SEQUENCE NUMBER" when expected == "greater than the one before" => earlier is not null
                && (short)(message.SequenceNumber - earlier.SequenceNumber) > 0,
            _ => AnyOf(expected).Contains(actual),
        };
        return new FieldJudgement(Observation.Options, ok, $"{field} {expected}", $"{field} {actual}", octet);
    }

    private FieldJudgement JudgeOption(int type, string field, string expected)
    {
        var given = message.All(type).ToList();
        var observation = type switch
        {
            OptionType.Timestamp => Observation.Clock,
            OptionType.HomeNetworkPrefix => Observation.Prefixes,
            _ => Observation.Options,
        };
        var actual = given.Count == 0 ? "absent" : string.Join(", ", given.Select(option => Text(type, option)));
        var ok = expected switch
        {
            "absent" => given.Count == 0,
            "present" => given.Count > 0,
            "the request's" => Same(given, request?.Message.All(type)),
            _ => given.Count > 0 && Matches(type, given, expected),
        };
        return new FieldJudgement(observation, ok, $"{field} {expected}", $"{field} {actual}", given.FirstOrDefault()?.Offset);
    }

    private bool Matches(int type, List<OptionOctets> given, string expected) =>
        type switch
        {
            OptionType.HandoffIndicator or OptionType.AccessTechnologyType => AnyOf(expected)
                .Contains(given[0].Value.ToString(CultureInfo.InvariantCulture)),
            OptionType.HomeNetworkPrefix => MatchesPrefixes(given, expected),
            OptionType.MobileNodeIdentifier when expected == "zero-length" => given[0].Length == 1,
            OptionType.MobileNodeIdentifier => given[0].Identifier == expected,
            OptionType.LinkLocalAddress => expected switch
            {
                "ALL_ZERO" => given[0].Address.Equals(IPAddress.IPv6None),
                "NON_ZERO" => !given[0].Address.Equals(IPAddress.IPv6None),
                "link-local" => given[0].Address.IsIPv6LinkLocal,
                _ => given[0].Address.Equals(IPAddress.Parse(expected)),
            },
            OptionType.Timestamp => MatchesTimestamp(given[0], expected),
            _ => Convert.ToHexStringLower(given[0].Data.Span) == expected,
        };

    private static bool MatchesPrefixes(List<OptionOctets> given, string expected)
    {
        var words = expected.Split(", ", 2);
        var (count, value) = words is [("one" or "two" or "three"), _]
            ? (Array.IndexOf(["", "one", "two", "three"], words[0]), words[1])
            : (0, expected);
        return (count == 0 || given.Count == count)
            && value switch
            {
                "ALL_ZERO" => given.TrueForAll(option => option.IsAllZeroPrefix),
                "NON_ZERO" => given.TrueForAll(option => !option.IsAllZeroPrefix),
                _ => given
                    .Select(option => option.PrefixText)
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(value.Split(", ").Order(StringComparer.Ordinal)),
            };
    }

    private bool MatchesTimestamp(OptionOctets given, string expected) =>
        expected switch
        {
            "the LMA's time of day" => IsTimeOfDay(TimestampOctets.ToTime(given.Timestamp))
                && given.Timestamp != request?.Message.First(OptionType.Timestamp)?.Timestamp,
            "the time of day" => IsTimeOfDay(TimestampOctets.ToTime(given.Timestamp)),
            "later than the one before" => earlier?.First(OptionType.Timestamp) is { } before && given.Timestamp > before.Timestamp,
            _ => throw new ScenarioFaultException(
                $"'{expected}' is not an expectation for a Timestamp: say absent, present, the request's, the LMA's time of day, "
                    + "the time of day or later than the one before."
            ),
        };

    /// <summary>The device may have read its clock when the request arrived, not when the answer left.</summary>
    private bool IsTimeOfDay(DateTimeOffset stated) =>
        stated >= session.Clock.OnDevice(request?.Request.Frame.At ?? at) - session.Clock.Tolerance
        && stated <= session.Clock.OnDevice(at) + session.Clock.Tolerance;

    /// <summary>Compares without regard to order: prefixes form a set.</summary>
    private static bool Same(IEnumerable<OptionOctets> given, IEnumerable<OptionOctets>? asked) =>
        asked is not null && Contents(given).SequenceEqual(Contents(asked));

    private static IEnumerable<string> Contents(IEnumerable<OptionOctets> options) =>
        options.Select(option => Convert.ToHexString(option.Content.Span)).Order(StringComparer.Ordinal);

    private static string[] AnyOf(string expected) => expected.Split(" or ", StringSplitOptions.TrimEntries);

    private static string Text(int type, OptionOctets option) =>
        type switch
        {
            OptionType.HandoffIndicator or OptionType.AccessTechnologyType => option.Value.ToString(CultureInfo.InvariantCulture),
            OptionType.HomeNetworkPrefix => option.IsAllZeroPrefix ? "ALL_ZERO" : option.PrefixText,
            OptionType.MobileNodeIdentifier => option.Length == 1 ? "zero-length" : option.Identifier,
            OptionType.LinkLocalAddress => option.Address.Equals(IPAddress.IPv6None) ? "ALL_ZERO" : option.Address.ToString(),
            OptionType.Timestamp => TimestampOctets.ToTime(option.Timestamp).ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
            OptionType.AlternateCareOfAddress => option.Address.ToString(),
            _ => Convert.ToHexStringLower(option.Data.Span),
        };
}
