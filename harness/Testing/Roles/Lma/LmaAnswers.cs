using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Lma;

/// <summary>What a scenario requires of the answers of an LMA under test.</summary>
public sealed class LmaAnswers(TestSession session, LmaExchanges exchanges)
{
    private const int StatusOffset = 6;

    /// <summary>Requires status 0.</summary>
    public void ExpectAccepted()
    {
        var exchange = exchanges.Expect("an acknowledgement with status 0 ACCEPTED");
        RequireStatus(exchange, 0, "status 0 ACCEPTED", StatusNames.Text(StatusOf(exchange)));
        exchanges.NoteAccepted(exchange);
    }

    /// <summary>
    /// Requires status 0 for the last request of a MAG, which is not necessarily the latest request: its answer may have to wait
    /// for another event.
    /// </summary>
    public void ExpectAccepted(string mag)
    {
        exchanges.ReturnTo(mag);
        ExpectAccepted();
    }

    /// <summary>
    /// Requires that the LMA accepts the last request of a MAG upon the last stimulus, and not at the end of a wait: the stimulus is the
    /// request itself, or an event for which the LMA has kept it waiting.
    /// </summary>
    /// <exception cref="StepFailedException">The wait is so short that these cannot be told apart.</exception>
    public void ExpectAcceptedAtOnce(string mag)
    {
        var stimulus = session.LastStimulus ?? throw new ScenarioFaultException("The tester has sent nothing yet.");
        ExpectAccepted(mag);
        var answer = exchanges.Answered.Answer!.Frame;
        var due = stimulus.At + session.Clock.AnswerWithin + session.Clock.Margin;
        var isEarly = answer.Number < stimulus.Number;
        if (!isEarly && due >= exchanges.EndOfWait && session.Claims(LmaExchanges.Waits))
        {
            throw new StepFailedException(
                $"{LmaExchanges.WaitingTime} is so short that an answer upon the de-registration cannot be told from one at the end of "
                    + "the wait"
            );
        }

        session.Require(
            Observation.Timing,
            !isEarly && answer.At <= due,
            $"an answer within {Seconds(session.Clock.AnswerWithin)} after the request or the event that ends the wait",
            isEarly ? "it came before that event" : $"it came {Seconds(answer.At - stimulus.At)} after that event",
            answer
        );
    }

    /// <summary>
    /// Requires that the LMA has not answered the last request of a MAG yet, unless its wait is over (RFC 5213, Section 9.1).
    /// </summary>
    /// <param name="toTheEnd">True to go on until just under the end of the wait.</param>
    public void ExpectWaiting(string mag, bool toTheEnd)
    {
        exchanges.ReturnTo(mag);
        var request = exchanges.Latest.Request.Frame;
        var end = exchanges.EndOfWait - session.Clock.Margin;
        var came = exchanges.TryFindForbidden(out var reply, until: toTheEnd || end < session.Bed.Now ? end : session.Bed.Now);
        session.Require(
            Observation.Timing,
            !came,
            $"no answer before a de-registration or the end of the wait, {Seconds(exchanges.EndOfWait - request.At)} after the request",
            came
                ? $"status {StatusNames.Text(reply!.Mobility!.Status)}, {Seconds(reply.Frame.At - request.At)} after the request"
                : "none came",
            reply?.Frame ?? request
        );
    }

    /// <summary>Requires a rejection with this status.</summary>
    /// <exception cref="StepFailedException">
    /// Two statuses are right (the ruling lower-and-outside), and the answer has the other one.
    /// </exception>
    public void ExpectRejected(int status, string name)
    {
        StatusNames.Require(status, name);
        var expected = $"status {StatusNames.Text((byte)status)}";
        var exchange = exchanges.Expect($"an acknowledgement with {expected}");
        if (
            status == Answer.TimestampLowerThanPrevAccepted
            && StatusOf(exchange) == Answer.TimestampMismatch
            && MayBeOutsideWindow(exchange)
        )
        {
            throw new StepFailedException(
                "the timestamp was not only lower, but may also have been outside of the window, so that status "
                    + $"{StatusNames.Text(Answer.TimestampMismatch)} is right, too: the device is too slow for this scenario"
            );
        }

        RequireStatus(exchange, status, expected, $"status {StatusNames.Text(StatusOf(exchange))}");
    }

    /// <summary>Requires a rejection with the status of this name, whose number depends on the edition.</summary>
    /// <exception cref="ScenarioFaultException">The edition has no status of this name.</exception>
    public void ExpectRejected(string name)
    {
        var status = StatusNames.Find(name, session.Scenario.Edition);
        var expected = $"status {status} {name}";
        var exchange = exchanges.Expect($"an acknowledgement with {expected}");
        RequireStatus(exchange, status, expected, $"status {StatusNames.Text(StatusOf(exchange))}");
    }

    /// <summary>Requires that the request is not accepted: it is rejected with any status, or not answered.</summary>
    public void ExpectNotAccepted()
    {
        var answer = exchanges.TryAnswer() ? exchanges.Latest.Answer : null;
        session.Require(
            Observation.Status,
            answer is not { Mobility.Status: < MobilityOctets.FirstRejection },
            "a rejection or no answer",
            answer is null ? "none came" : $"status {StatusNames.Text(answer.Mobility!.Status)}",
            (answer ?? exchanges.Latest.Request).Frame,
            answer?.Mobility!.Offset + StatusOffset
        );
    }

    public void ExpectNoAnswer() => ExpectNone(Observation.Silence, "no acknowledgement", onlyProxy: false);

    /// <summary>
    /// Requires that no acknowledgement with the P flag comes. An LMA that is a home agent, too, may answer a Binding Update without
    /// the P flag as a home agent does.
    /// </summary>
    public void ExpectNoProxyAnswer() => ExpectNone(Observation.Flags, "no acknowledgement with P = 1", onlyProxy: true);

    /// <summary>Compares the fields of the last answer with a table.</summary>
    public void ExpectCarries(IEnumerable<(string Field, string Expected)> rows)
    {
        var exchange = exchanges.Answered;
        var reply = exchange.Answer!;
        var before = exchanges.AnswerBefore;
        var fields = new FieldExpectation(session, reply, exchange, before?.Packet, before?.Request);
        FieldTable.Require(session, rows.Select(row => fields.Judge(row.Field, row.Expected)), reply.Frame, reply.Mobility!.Offset);
    }

    /// <summary>Waits for the outcome of the last request and expresses it in the words of a table of legal readings.</summary>
    /// <exception cref="StepFailedException">The request is accepted for a session that cannot be identified.</exception>
    public (IReadOnlyList<string> Outcomes, string Text, Frame? Frame) ReadOutcome()
    {
        if (!exchanges.TryAnswer())
        {
            return (["not answered"], session.NothingCame(exchanges.AnswerWithin), null);
        }

        var exchange = exchanges.Latest;
        var reply = exchange.Answer!;
        var status = StatusNames.Text(StatusOf(exchange));
        if (StatusOf(exchange) >= MobilityOctets.FirstRejection)
        {
            return ([$"rejected with {status}"], $"status {status}", reply.Frame);
        }

        var isFirst = exchange.Node!.Binding.AcceptedRequest is null;
        exchanges.NoteAccepted(exchange);
        if (exchange.IsDeregistration || isFirst)
        {
            return (["accepted"], "accepted", reply.Frame);
        }

        var evidence = SessionEvidence.Of(exchange, session.Scenario.Edition.Wire);
        var outcome = evidence switch
        {
            { Identity: SessionIdentity.Unknown } or { Identity: SessionIdentity.PerhapsEarlier, IsAskedFor: true } =>
                throw new StepFailedException($"the session cannot be identified: {evidence.Text}"),
            { Identity: SessionIdentity.New or SessionIdentity.PerhapsNew } => "accepted, the session is a new one",
            _ => "accepted, the session is the earlier one",
        };
        return (["accepted", outcome], outcome, reply.Frame);
    }

    private void ExpectNone(Observation observation, string expected, bool onlyProxy)
    {
        var came = exchanges.TryFindForbidden(out var reply, onlyProxy);
        session.Require(
            observation,
            !came,
            expected,
            came ? $"an acknowledgement with status {StatusNames.Text(reply!.Mobility!.Status)}" : "none came",
            reply?.Frame ?? exchanges.Latest.Request.Frame
        );
    }

    /// <summary>True if the LMA may have read its clock when the timestamp of the request was no longer in its window.</summary>
    private bool MayBeOutsideWindow(Exchange exchange)
    {
        var clock = session.Clock;
        return exchange.Message.First(TimestampKind.Type) is { } stamp
            && clock.OnDevice(exchange.Answer!.Frame.At) - TimestampOctets.ToTime(stamp.Timestamp)
                > session.Ixit.Timer("TimestampValidityWindow") - clock.Margin - clock.Uncertainty;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static byte StatusOf(Exchange exchange) => exchange.Answer!.Mobility!.Status;

    private void RequireStatus(Exchange exchange, int status, string expected, string actual) =>
        session.Require(
            Observation.Status,
            StatusOf(exchange) == status,
            expected,
            actual,
            exchange.Answer!.Frame,
            exchange.Answer.Mobility!.Offset + StatusOffset
        );
}
