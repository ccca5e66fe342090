using System.Globalization;
using Conformance.Testing.Drivers;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// Expectations for the fields that tables about messages of Mobile IPv6 name: every field of the message by its name, the status by its
/// name in the edition, and the status of the BID option.
/// </summary>
internal static class MobilityFieldWords
{
    private const string OfRequest = "the request's";
    private const string AnyRejection = "128 or above";
    private const string IdentifierStatus = BindingIdentity.Name + " " + MessageFields.Status;

    /// <summary>The fields that have words of their own.</summary>
    private static readonly string[] _others = [MessageFields.Lifetime, MessageFields.SequenceNumber, "P", "A"];

    /// <returns>Null for a field of other words, and for a message of Proxy Mobile IPv6.</returns>
    /// <exception cref="ScenarioFaultException">The words are no value of the field.</exception>
    /// <exception cref="StepFailedException">The message has no BID option whose status could be compared.</exception>
    public static FieldJudgement? Judge(TestSession session, MobilityOctets message, MobilityOctets? request, string field, string expected)
    {
        var edition = session.Scenario.Edition.Wire;
        if (field.Equals(IdentifierStatus, StringComparison.OrdinalIgnoreCase))
        {
            var option =
                BindingIdentity.FirstIn(message, edition)
                ?? throw new StepFailedException($"the message has no BID option whose status could be compared with: {expected}");
            return Of(field, expected, option.Status, IsStatus(session, expected, option.Status), option.Option.Offset);
        }

        if (
            !session.Scenario.Edition.Includes(Edition.Rfc6275)
            || _others.Contains(field, StringComparer.OrdinalIgnoreCase)
            || MessageFields.Find(message.Type, field) is not { Width: <= 64 } known
            || MobilityOptionKind.Named(field, edition) is not null
        )
        {
            return null;
        }

        var actual = message.Part.Bits(known.Bit, known.Width);
        var ok =
            expected == OfRequest ? request is not null && Value(request, field) == actual
            : known.Name == MessageFields.Status ? IsStatus(session, expected, (byte)actual)
            : expected.Split(" or ", StringSplitOptions.TrimEntries).Select(Number).Contains(actual);
        return Of(known.Name, expected, actual, ok, known.Bit / 8);
    }

    /// <summary>The number that words mean in a field: for a status, also its name.</summary>
    internal static ulong NumberOf(TestSession session, string field, string words) =>
        field == MessageFields.Status && words is not [>= '0' and <= '9', ..]
            ? StatusNames.Find(words, session.Scenario.Edition)
            : Number(words);

    private static FieldJudgement Of(string field, string expected, ulong actual, bool ok, int octet) =>
        new(
            field.EndsWith(MessageFields.Status, StringComparison.OrdinalIgnoreCase) ? Observation.Status : Observation.Options,
            ok,
            $"{field} {expected}",
            string.Create(CultureInfo.InvariantCulture, $"{field} {actual}"),
            octet
        );

    private static ulong? Value(MobilityOctets message, string field) =>
        MessageFields.Find(message.Type, field) is { Width: <= 64 } known ? message.Part.Bits(known.Bit, known.Width) : null;

    private static bool IsStatus(TestSession session, string expected, byte status) =>
        expected == AnyRejection ? status >= MobilityOctets.FirstRejection
        : expected is [>= '0' and <= '9', ..] ? OptionWords.Numbers(expected, byte.MaxValue).Contains(status)
        : expected.Split(" or ", StringSplitOptions.TrimEntries).Any(name => StatusNames.Find(name, session.Scenario.Edition) == status);

    private static ulong Number(string words) =>
        words.StartsWith("0x", StringComparison.Ordinal)
        && ulong.TryParse(words.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hexadecimal)
            ? hexadecimal
        : ulong.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ScenarioFaultException($"'{words}' is not a number.");
}
