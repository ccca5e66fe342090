using Conformance.Testing.Bed;
using Conformance.Testing.Checks.Ipv4;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Checks;

/// <summary>The judgement of one field of a received message by one row of a scenario's table.</summary>
/// <param name="Ok">True if the field is as expected.</param>
/// <param name="Octet">The offset of the field in the message; null if the message does not have the field.</param>
public sealed record FieldJudgement(Observation Observation, bool Ok, string Expected, string Actual, int? Octet);

/// <summary>Compares the fields of a message with the expectations in a table.</summary>
/// <param name="packet">The packet with the message.</param>
/// <param name="request">The request that the message answers; null if it is not an answer.</param>
/// <param name="before">The packet with the previous message of the same kind; null if there was none.</param>
/// <param name="requestBefore">The request that the previous message answers; null if it is not an answer.</param>
public sealed class FieldExpectation(TestSession session, Packet packet, Exchange? request, Packet? before, Packet? requestBefore = null)
{
    private const string After = "after ",
        OrAfter = " or after";

    private static readonly string[] _fields = ["Sequence Number", "Lifetime", "Status", "P", "A"];

    private readonly MobilityOctets _message =
        packet.Mobility ?? throw new ArgumentException("The packet has no mobility message.", nameof(packet));

    private readonly MobilityOctets? _earlier = before?.Mobility;

    private readonly WireEdition _edition = session.Scenario.Edition.Wire;

    /// <exception cref="ScenarioFaultException">The words are no field, or no value that the field can have.</exception>
    /// <exception cref="StepFailedException">
    /// The option is not there, so that its value cannot be compared, or the message hides options.
    /// </exception>
    public FieldJudgement Judge(string field, string expected)
    {
        if (MobilityOptionKind.Named(field, _edition) is { } kind)
        {
            return JudgeOption(kind, field, expected == "none" ? "absent" : expected);
        }

        if (TransportFields.Judge(session, packet, field, expected) is { } transport)
        {
            return transport;
        }

        if (MobilityFieldWords.Judge(session, _message, request?.Message, field, expected) is { } ofMobility)
        {
            return ofMobility;
        }

        if (PacketFieldWords.Judge(session, packet, field, expected) is { } ofPacket)
        {
            return ofPacket;
        }

        var actual = field.ToUpperInvariant() switch
        {
            "LIFETIME" => $"{_message.LifetimeUnits * 4} s",
            "SEQUENCE NUMBER" => $"{_message.SequenceNumber}",
            "STATUS" => $"{_message.Status}",
            "P" => _message.ProxyFlag ? "1" : "0",
            "A" => _message.AcknowledgeFlag ? "1" : "0",
            _ => throw FieldFault.Unknown(field, _edition, _fields.Concat(TransportFields.Names).Concat(PacketFieldWords.Names)),
        };
        var ok = field.ToUpperInvariant() switch
        {
            "LIFETIME" when expected.StartsWith("at most ", StringComparison.Ordinal) => _message.LifetimeUnits * 4
                <= Durations.Parse(expected[8..], session.Ixit).TotalSeconds,
            "LIFETIME" when expected is "greater than 0" or "above 0 s" => _message.LifetimeUnits > 0,
            "LIFETIME" => _message.LifetimeUnits == LifetimeUnits(expected),
            "SEQUENCE NUMBER" when expected == "the request's" => _message.SequenceNumber == request?.Message.SequenceNumber,
            "SEQUENCE NUMBER" when expected is "greater than the one before" or "after the last" => _earlier is not null
                && (short)(_message.SequenceNumber - _earlier.SequenceNumber) > 0,
            "SEQUENCE NUMBER" when expected == "greater than that of the answer" => (short)(_message.SequenceNumber - AnsweredNumber()) > 0,
            "SEQUENCE NUMBER" when expected.StartsWith(After, StringComparison.Ordinal) => StepFrom(expected[After.Length..]) > 0,
            "SEQUENCE NUMBER" when expected.EndsWith(OrAfter, StringComparison.Ordinal) => StepFrom(expected[..^OrAfter.Length]) >= 0,
            "SEQUENCE NUMBER" => OptionWords.Numbers(expected, ushort.MaxValue).Contains(_message.SequenceNumber),
            "STATUS" => OptionWords.Numbers(expected, byte.MaxValue).Contains(_message.Status),
            _ => OptionWords.Numbers(expected, most: 1).Contains(actual == "1" ? 1 : 0),
        };
        return new FieldJudgement(Observation.Options, ok, $"{field} {expected}", $"{field} {actual}", _message.OffsetOf(field));
    }

    /// <summary>By how much the number is greater, modulo 2^16.</summary>
    private short StepFrom(string number) => (short)(_message.SequenceNumber - OptionWords.Number(number, ushort.MaxValue));

    /// <summary>The sequence number in the last acknowledgement of the tester.</summary>
    private int AnsweredNumber() =>
        session
            .Bed.Frames.Where(frame => frame.Direction == Direction.Sent)
            .Select(frame => Packet.Of(frame).Mobility)
            .LastOrDefault(message => message?.Type == MobilityOctets.BindingAcknowledgementType)
            ?.SequenceNumber
        ?? throw new ScenarioFaultException("The tester has sent no acknowledgement yet.");

    private FieldJudgement JudgeOption(MobilityOptionKind kind, string field, string expected)
    {
        var type = kind.NumberIn(_edition);
        var given = _message.All(type).ToList();
        if (given.Count == 0 && _message.HidesOptions)
        {
            throw new StepFailedException($"the message has octets that cannot be read as options: whether it has {field} is not known");
        }

        // That a message has the option at all is a statement of its own, which is judged on every message.
        if (given.Count == 0 && expected is not ("absent" or "present"))
        {
            throw new StepFailedException($"the message has no {field} option that could be compared with: {expected}");
        }

        if (given.Exists(option => option.HasWrongLength) && expected is not ("absent" or "present"))
        {
            throw new StepFailedException($"{field} has a wrong length, so that its value cannot be compared with: {expected}");
        }

        if (expected is TimestampKind.Later or TimestampKind.AsMuchLater && (given.Count == 0 || _earlier?.First(type) is null))
        {
            throw new StepFailedException($"one of the two messages has no {field} option that could be compared with the other's");
        }

        var actual = given.Count == 0 ? "absent" : string.Join(", ", given.Select(kind.Text));
        var ok = expected switch
        {
            "absent" => given.Count == 0,
            "present" => given.Count > 0,
            "the request's" => Same(kind, given, request?.Message.All(type)),
            _ => given.Count > 0 && kind.Matches(given, expected, Context()),
        };
        return new FieldJudgement(kind.Observation, ok, $"{field} {expected}", $"{field} {actual}", given.FirstOrDefault()?.Offset);
    }

    /// <summary>The device may have read its clock when the request arrived, not when the answer left.</summary>
    private OptionContext Context() =>
        new(session, request?.Node ?? session.Nodes.Identified(_message))
        {
            Request = request?.Message,
            Earlier = before,
            Clock = ReadBy(packet, request?.Request),
            EarlierClock = before is null ? default : ReadBy(before, requestBefore),
        };

    private static (DateTimeOffset From, DateTimeOffset Until) ReadBy(Packet answer, Packet? asked) =>
        ((asked ?? answer).Frame.At, answer.Frame.At);

    /// <summary>Compares without regard to order: prefixes form a set.</summary>
    private static bool Same(MobilityOptionKind kind, IEnumerable<OptionOctets> given, IEnumerable<OptionOctets>? asked) =>
        asked is not null && Contents(kind, given).SequenceEqual(Contents(kind, asked));

    private static IEnumerable<string> Contents(MobilityOptionKind kind, IEnumerable<OptionOctets> options) =>
        options.Select(option => Convert.ToHexString(kind.Content(option).Span)).Order(StringComparer.Ordinal);

    /// <summary>The field counts in units of 4 seconds (RFC 6275, Section 6.1.7).</summary>
    private ushort LifetimeUnits(string expected)
    {
        var units = expected == "0" ? 0 : Durations.Parse(expected, session.Ixit).TotalSeconds / 4;
        return units <= ushort.MaxValue && double.IsInteger(units)
            ? (ushort)units
            : throw new ScenarioFaultException($"'{expected}' is not a Lifetime: it counts in 4 s, up to {ushort.MaxValue * 4} s.");
    }
}
