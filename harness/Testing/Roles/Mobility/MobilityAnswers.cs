using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mobility;

/// <summary>What a scenario requires of the Binding Acknowledgements of a home agent or correspondent node under test.</summary>
public sealed class MobilityAnswers(TestSession session, MobilityExchanges exchanges)
{
    private const string Accepted = "status 0 to 127 (accepted)";

    private WireEdition Edition => session.Scenario.Edition.Wire;

    /// <summary>Requires a status below 128 in the acknowledgement, and in each of its BID options.</summary>
    public void ExpectAccepted()
    {
        var exchange = exchanges.Expect($"an acknowledgement with {Accepted}");
        RequireStatus(exchange, !IsRejected(exchange) && RejectedBids(exchange).Count == 0, Accepted);
    }

    /// <summary>Requires that each BID was accepted.</summary>
    public void ExpectAccepted(Bids bids) =>
        RequireCounted(bids, $"{Accepted} for {bids}", status => status < MobilityOctets.FirstRejection);

    /// <summary>Requires a status for each BID, in the place where it counts.</summary>
    public void ExpectCounted(Bids bids, string name)
    {
        var wanted = StatusNames.Find(name, session.Scenario.Edition);
        RequireCounted(bids, $"status {Words(wanted)} for {bids}", status => status == wanted);
    }

    /// <summary>
    /// Requires a rejection with the status of this name: in the acknowledgement, or, for each BID of the update, in its option.
    /// </summary>
    public void ExpectRejected(string name)
    {
        var wanted = StatusNames.Find(name, session.Scenario.Edition);
        var exchange = exchanges.Expect($"an acknowledgement with status {Words(wanted)}");
        var (message, asked) = (exchange.Answer!.Mobility!, BindingIdentity.In(exchange.Message, Edition));
        var isOfEach = asked.Count > 0 && asked.All(option => BidOptions.StatusOf(message, option.Bid, Edition) == wanted);
        RequireStatus(exchange, message.Status == wanted || isOfEach, $"status {Words(wanted)}", wanted);
    }

    /// <inheritdoc cref="IMobilityUnderTest.ExpectNotRejected"/>
    public void ExpectNotRejected(string name)
    {
        var unwanted = StatusNames.Find(name, session.Scenario.Edition);
        var expected = $"an acknowledgement without status {Words(unwanted)}";
        var exchange = exchanges.Expect(expected);
        var rejection = IsRejected(exchange) ? exchange.Answer!.Mobility!.Status : RejectedBids(exchange).FirstOrDefault()?.Status;
        if (rejection is { } other && other != unwanted)
        {
            throw new StepFailedException($"the update is rejected with {Text(exchange)}, which is about something else");
        }

        RequireStatus(exchange, rejection is null, expected, unwanted);
    }

    /// <summary>Requires that no acknowledgement comes.</summary>
    public void ExpectSilence()
    {
        var came = exchanges.TryFindForbidden(out var reply);
        session.Require(
            Observation.Silence,
            !came,
            "no acknowledgement",
            came ? $"an acknowledgement with status {Words(reply!.Mobility!.Status)}" : "none came",
            reply?.Frame ?? exchanges.Latest.Request.Frame
        );
    }

    /// <summary>Requires a status in the BID options themselves.</summary>
    /// <exception cref="StepFailedException">A BID has no option, which is another fault.</exception>
    public void ExpectStatus(Bids bids, string name)
    {
        var wanted = StatusNames.Find(name, session.Scenario.Edition);
        var exchange = exchanges.Expect("an acknowledgement with BID options");
        var message = exchange.Answer!.Mobility!;
        foreach (var bid in bids.All)
        {
            var option =
                BindingIdentity.In(message, Edition).FirstOrDefault(option => option.Bid == bid)
                ?? throw new StepFailedException($"the acknowledgement has no option for BID {bid}, whose status could be judged");
            session.Require(
                Observation.Status,
                option.Status == wanted,
                $"status {Words(wanted)} in the option of BID {bid}",
                $"status {Words(option.Status)}",
                exchange.Answer.Frame,
                message.Offset + option.Option.Offset + BidOptions.StatusOffset
            );
        }
    }

    /// <summary>Compares the fields of the acknowledgement with a table.</summary>
    public void ExpectFields(IEnumerable<(string Field, string Expected)> rows)
    {
        var exchange = exchanges.Expect("an acknowledgement");
        var (reply, before) = (exchange.Answer!, exchanges.AnsweredBefore);
        var fields = new FieldExpectation(session, reply, exchange, before?.Answer, before?.Request);
        FieldTable.Require(session, rows.Select(row => fields.Judge(row.Field, row.Expected)), reply.Frame, reply.Mobility!.Offset);
    }

    /// <summary><c>accepted</c>, <c>accepted in part</c>, <c>rejected</c>, <c>rejected with 133 NAME</c> or <c>not answered</c>.</summary>
    public (IReadOnlyList<string> Outcomes, string Text, Frame? Frame) ReadOutcome()
    {
        if (!exchanges.TryAnswer())
        {
            return (["not answered"], session.NothingCame(exchanges.AnswerWithin), null);
        }

        var exchange = exchanges.Latest;
        var (reply, rejected) = (exchange.Answer!, RejectedBids(exchange));
        var asked = BindingIdentity.In(exchange.Message, Edition).Count;
        return IsRejected(exchange) ? Rejected(reply.Mobility!.Status)
            : rejected.Count == 0 ? (["accepted"], $"accepted with {Text(exchange)}", reply.Frame)
            : rejected.Count == asked ? Rejected(rejected[0].Status)
            : (["accepted in part"], $"accepted in part, {Text(exchange)}", reply.Frame);

        (IReadOnlyList<string>, string, Frame?) Rejected(byte status) =>
            (["rejected", $"rejected with {Words(status)}"], Text(exchange), reply.Frame);
    }

    private void RequireCounted(Bids bids, string expected, Func<byte, bool> isRight)
    {
        var exchange = exchanges.Expect($"an acknowledgement with {expected}");
        var message = exchange.Answer!.Mobility!;
        var statuses = bids.All.Select(bid => BidOptions.StatusOf(message, bid, Edition)).ToList();
        if (statuses.Contains(null) && statuses.TrueForAll(status => status is not { } given || isRight(given)))
        {
            throw new StepFailedException($"the acknowledgement with {Text(exchange)} does not say what became of {bids}");
        }

        RequireStatus(exchange, statuses.TrueForAll(status => status is { } given && isRight(given)), expected);
    }

    /// <summary>Status 135, required or given, is about the order of updates.</summary>
    private void RequireStatus(Exchange exchange, bool ok, string expected, byte? wanted = null)
    {
        var reply = exchange.Answer!;
        var octet = reply.Mobility!.Offset + reply.Mobility.OffsetOf(MessageFields.Status);
        if (Answer.SequenceNumberOutOfWindow == wanted || reply.Mobility.Status == Answer.SequenceNumberOutOfWindow)
        {
            session.Judge(Observation.Order, ok, expected, Text(exchange), reply.Frame, octet);
        }

        session.Require(Observation.Status, ok, expected, Text(exchange), reply.Frame, octet);
    }

    private static bool IsRejected(Exchange exchange) => exchange.Answer!.Mobility!.Status >= MobilityOctets.FirstRejection;

    private List<BindingIdentity> RejectedBids(Exchange exchange) =>
        [.. BindingIdentity.In(exchange.Answer!.Mobility!, Edition).Where(option => option.Status >= MobilityOctets.FirstRejection)];

    /// <summary><c>status 4 MCOA_NOTCOMPLETE, BID 2: 167 MCOA_UNKNOWN_COA</c>.</summary>
    private string Text(Exchange exchange)
    {
        var message = exchange.Answer!.Mobility!;
        var own = BindingIdentity
            .In(message, Edition)
            .Where(option => option.Status != 0)
            .Select(option => string.Create(CultureInfo.InvariantCulture, $", BID {option.Bid}: {Words(option.Status)}"));
        return $"status {Words(message.Status)}{string.Concat(own)}";
    }

    /// <summary>The number with its name in the edition, or the number alone.</summary>
    private string Words(byte status)
    {
        var number = status.ToString(CultureInfo.InvariantCulture);
        var name = Edition.NameOf((BindingStatus)status);
        return name == number ? number : $"{number} {name}";
    }
}
