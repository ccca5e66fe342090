using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Checks;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Mobility;

/// <summary>
/// The exchanges of emulated mobile nodes with a home agent or correspondent node under test: which answer belongs to which update, and
/// what the tester knows of the bindings by then.
/// </summary>
/// <param name="delay">How much later than usual the answer to an update may come.</param>
public sealed class MobilityExchanges(TestSession session, CheckList checks, Func<Exchange, TimeSpan> delay)
{
    private readonly List<Exchange> _all = [];
    private readonly BindingLedger _ledger = new(session.Scenario.Edition.Wire);

    /// <summary>Why an implementation may be unable to answer an update; null if it is not.</summary>
    public Func<Exchange, string?> Hindrance { get; init; } = _ => null;

    /// <summary>The exchange that the next step is about; null if there was none.</summary>
    public Exchange? Current { get; private set; }

    /// <exception cref="ScenarioFaultException">Nothing was sent yet.</exception>
    public Exchange Latest => Current ?? throw new ScenarioFaultException("No mobile node has sent a Binding Update yet.");

    /// <summary>The current exchange, which has an answer.</summary>
    /// <exception cref="ScenarioFaultException">No answer came yet.</exception>
    public Exchange Answered =>
        Current is { Answer: not null } exchange ? exchange : throw new ScenarioFaultException("No answer came yet.");

    /// <summary>The exchange with an answer before the current one; null if there is none.</summary>
    public Exchange? AnsweredBefore => _all.LastOrDefault(exchange => exchange != Current && exchange.Answer is not null);

    /// <summary>The last update of a mobile node; null if there was none.</summary>
    public Exchange? LastOf(MobileNode node) => _all.LastOrDefault(exchange => exchange.Node == node);

    /// <summary>The time for an answer to the current update.</summary>
    public TimeSpan AnswerWithin => session.Clock.AnswerWithin + delay(Latest);

    /// <summary>Runs an exchange of a bookend, which leaves no trace in the exchanges of the scenario.</summary>
    public T Apart<T>(Func<T> exchange)
    {
        var kept = (Current, session.LastStimulus, session.LastAnswer);
        try
        {
            return exchange();
        }
        finally
        {
            (Current, session.LastStimulus, session.LastAnswer) = kept;
        }
    }

    /// <summary>
    /// Makes an exchange the current one. In the preamble, its outcome is awaited: a step that only prepares the scenario may leave it
    /// open.
    /// </summary>
    public void Open(Exchange exchange)
    {
        Current = exchange;
        _all.Add(exchange);
        if (session.Phase == Phase.Preamble)
        {
            TryAnswer();
        }
    }

    /// <summary>Waits for the answer to the current update, and fails the step if none comes.</summary>
    /// <exception cref="StepFailedException">None comes; without a finding if something hindered it.</exception>
    public Exchange Expect(string expected)
    {
        if (!TryAnswer())
        {
            if (Hindrance(Latest) is { } hindrance)
            {
                throw new StepFailedException($"no acknowledgement came: {hindrance}");
            }

            session.Require(Observation.Status, ok: false, expected, session.NothingCame(AnswerWithin), Latest.Request.Frame);
        }

        return Latest;
    }

    /// <summary>Waits for the answer to the current update, unless it has one. The checks judge it.</summary>
    public bool TryAnswer()
    {
        var exchange = Latest;
        if (exchange.Answer is not null)
        {
            return true;
        }

        var until = exchange.Request.Frame.At + AnswerWithin;
        if (!TryFind(exactly: true, out var reply) && !TryFind(exactly: false, out reply))
        {
            return false;
        }

        exchange.Add(reply);
        checks.Judge(new Answer(session, exchange, reply));
        session.LastAnswer = reply.Frame;
        _ledger.Note(exchange);
        return true;

        bool TryFind(bool exactly, [NotNullWhen(true)] out Packet? found) =>
            session.Tester.TryExpect(packet => AnswerIn(packet, exactly), until, exchange.Request.Frame, out found);
    }

    /// <summary>Finds an answer to the current update although none may come.</summary>
    public bool TryFindForbidden([NotNullWhen(true)] out Packet? reply)
    {
        if (Latest.Answer is { } known)
        {
            reply = known;
            return true;
        }

        return session.Tester.TryFindForbidden(
            packet => AnswerIn(packet, exactly: false),
            Latest.Request.Frame.At + session.Clock.Guard + delay(Latest),
            Latest.Request.Frame,
            out reply
        );
    }

    /// <summary>Over IPv4, an answer need not be in UDP unless there is a NAT (RFC 5555, Section 4.5).</summary>
    private Packet? AnswerIn(Packet packet, bool exactly)
    {
        var message = packet is { Mobility: null, Inner: { } inner } && Latest.Request.IsMessageInUdp ? inner : packet;
        return IsAnswer(message, exactly) ? message : null;
    }

    /// <summary>
    /// A faulty answer must be recognised before it can be judged. If no packet matches exactly by the time the answer is due, two of
    /// sequence number, care-of address and home address are enough. Only with status 135 does the sequence number differ from the
    /// request's.
    /// </summary>
    private bool IsAnswer(Packet packet, bool exactly)
    {
        if (!packet.IsMobility(MobilityOctets.BindingAcknowledgementType, out var message))
        {
            return false;
        }

        var (request, asked, ip) = (Latest.Request, Latest.Message, packet.Ip!);
        bool[] matches =
        [
            message.SequenceNumber == asked.SequenceNumber || message.Status == Answer.SequenceNumberOutOfWindow,
            ip.Destination.Equals(request.Ip!.Source),
            ip.UpperDestination.Equals(request.Ip.UpperSource),
        ];
        return matches.Count(match => match) >= (exactly ? matches.Length : 2) && !IsOfAnother(packet);
    }

    /// <summary>A network may duplicate a packet: the duplicate of an answer to an earlier update does not answer this one.</summary>
    private bool IsOfAnother(Packet packet) =>
        _all.Exists(earlier =>
            earlier != Current
            && earlier.Answers.Any(answer => answer.Frame != packet.Frame && answer.Frame.Bytes.Span.SequenceEqual(packet.Frame.Bytes.Span))
        );
}
