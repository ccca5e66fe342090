using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Tester;

/// <summary>Which frames an expectation sees, at the very edges of its window, and what the tester keeps from it.</summary>
public sealed class LowerTesterTests
{
    private const string CopyRemark = "an identical Binding Update came again within 100 ms; it counts as duplicated by the network";

    private static readonly DateTimeOffset _start = ScriptedBed.Start;
    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly List<string> _remarks = [];

    [Fact]
    public void Expectation_OfAFrameAtTheLimitPlusTheTolerance_IsMet()
    {
        var tolerance = TimeSpan.FromMilliseconds(7);
        var bed = new ScriptedBed(Sessions.Facts(tolerance)).Deliver(_start + _second + tolerance, Ports.Core, 1);
        var tester = TesterOf(bed);

        tester.TryExpect(Any, _start + _second, after: null, out var found).Should().BeTrue();

        found!.Frame.At.Should().Be(_start + _second + tolerance);
        bed.Now.Should().Be(_start + _second + tolerance);
    }

    [Fact]
    public void Expectation_OfAFrameOneTickAfterTheLimitPlusTheTolerance_IsNotMet_AndALaterOneIs()
    {
        var tolerance = TimeSpan.FromMilliseconds(7);
        var bed = new ScriptedBed(Sessions.Facts(tolerance)).Deliver(_start + _second + tolerance + _tick, Ports.Core, 1);
        var tester = TesterOf(bed);

        tester.TryExpect(Any, _start + _second, after: null, out _).Should().BeFalse();
        bed.Now.Should().Be(_start + _second + tolerance);
        tester.TryExpect(Any, _start + _second + _tick, after: null, out _).Should().BeTrue();
    }

    [Fact]
    public void ForbiddenFrame_AtTheEndOfTheWindow_IsFound_WithoutTolerance()
    {
        var facts = Sessions.Facts(TimeSpan.FromMilliseconds(7));
        var atTheEnd = TesterOf(new ScriptedBed(facts).Deliver(_start + _second, Ports.Core, 1));
        var after = TesterOf(new ScriptedBed(facts).Deliver(_start + _second + _tick, Ports.Core, 1));

        atTheEnd.TryFindForbidden(Any, _start + _second, after: null, out _).Should().BeTrue();
        after.TryFindForbidden(Any, _start + _second, after: null, out _).Should().BeFalse();
    }

    [Fact]
    public void FrameInTheInbox_IsHeldAgainstTheLimitByItsTimeOfArrival()
    {
        var tester = TesterOf(new ScriptedBed().Deliver(_start + _second, Ports.Core, 1));
        tester.WaitUntil(_start + (2 * _second));

        tester.TryFindForbidden(Any, _start + _second - _tick, after: null, out _).Should().BeFalse();
        tester.TryFindForbidden(Any, _start + _second, after: null, out _).Should().BeTrue();
        tester.TryFindForbidden(Any, _start + _second, after: null, out _).Should().BeFalse("a frame is taken once");
    }

    [Fact]
    public void FramesOfOneInstantOnTwoPorts_AreBothThere_InEitherOrder()
    {
        var bed = new ScriptedBed().Deliver(_start + _second, Ports.Core, 1).Deliver(_start + _second, Ports.Home, 2);
        var tester = TesterOf(bed);

        tester.TryExpect(On(Ports.Home), _start + _second, after: null, out var home).Should().BeTrue();
        tester.TryExpect(On(Ports.Core), _start + _second, after: null, out var core).Should().BeTrue();

        (core!.Frame.Number, home!.Frame.Number).Should().Be((1, 2));
        (core.Frame.At, home.Frame.At).Should().Be((_start + _second, _start + _second));
    }

    [Fact]
    public void FramesOfOneInstant_ThatAllFit_AreTakenInTheirOrder()
    {
        var bed = new ScriptedBed().Deliver(_start + _second, Ports.Core, 1).Deliver(_start + _second, Ports.Home, 2);
        var tester = TesterOf(bed);

        Octets(tester, 2, _start + _second).Should().Equal(1, 2);
    }

    [Fact]
    public void ReceivedCause_InTheSameInstant_CountsAsBeforeTheFrame()
    {
        var bed = new ScriptedBed().Deliver(_start + _second, Ports.Core, 1).Deliver(_start + _second, Ports.Home, 2);
        var tester = TesterOf(bed);
        tester.TryExpect(Any, _start + _second, after: null, out var cause);

        tester.TryExpect(Any, _start + _second, cause!.Frame, out var found).Should().BeTrue();

        found!.Frame.Number.Should().Be(2);
    }

    [Fact]
    public void SentCause_IsFollowedByFramesOfALaterTick_NotOfTheSame()
    {
        var bed = new ScriptedBed().Deliver(_start, Ports.Core, 1).Deliver(_start + _tick, Ports.Core, 2);
        var tester = TesterOf(bed);
        var cause = tester.Send(Ports.Core, new byte[] { 9 });

        tester.TryExpect(Any, _start + _second, cause, out var found).Should().BeTrue();

        found!.Frame.Bytes.ToArray().Should().Equal(2);
        tester.TryExpect(Any, _start + _second, after: null, out var earlier).Should().BeTrue("it stays for a step that does not ask when");
        earlier!.Frame.Bytes.ToArray().Should().Equal(1);
    }

    [Fact]
    public void FrameThatIsDeliveredAfterTheCause_ButArrivedBefore_IsNoReaction()
    {
        var bed = new ScriptedBed().DeliverLate(_start + (2 * _second), stamped: _start + _second - _tick, Ports.Core, 1);
        var tester = TesterOf(bed);
        tester.WaitUntil(_start + _second);
        var cause = tester.Send(Ports.Core, new byte[] { 9 });

        tester.TryExpect(Any, _start + (3 * _second), cause, out _).Should().BeFalse();
    }

    [Fact]
    public void FrameBeforeTheCause_InTheInbox_IsNoReaction()
    {
        var tester = TesterOf(new ScriptedBed().Deliver(_start + _tick, Ports.Core, 1));
        tester.WaitUntil(_start + _second);
        var cause = tester.Send(Ports.Core, new byte[] { 9 });

        tester.TryExpect(Any, _start + (2 * _second), cause, out _).Should().BeFalse();
    }

    [Fact]
    public void Wait_UntilATimeInThePast_ReturnsAtOnce_AndTakesNothingLater()
    {
        var bed = new ScriptedBed().Deliver(_start + (2 * _second), Ports.Core, 1);
        var tester = TesterOf(bed);
        tester.WaitUntil(_start + _second);

        tester.WaitUntil(_start);

        bed.Now.Should().Be(_start + _second);
        tester.Bed.Frames.Should().BeEmpty();
    }

    [Fact]
    public void Expectation_WithALimitInThePast_FindsWhatIsInTheInbox_AndNothingElse()
    {
        var bed = new ScriptedBed().Deliver(_start + _tick, Ports.Core, 1).Deliver(_start + (2 * _second), Ports.Core, 2);
        var tester = TesterOf(bed);
        tester.WaitUntil(_start + _second);

        tester.TryExpect(Any, _start + _tick, after: null, out _).Should().BeTrue();
        tester.TryExpect(Any, _start + _tick, after: null, out _).Should().BeFalse();
        bed.Now.Should().Be(_start + _second);
    }

    [Fact]
    public void Wait_TakesFramesUpToItsEnd_AndKeepsThem()
    {
        var bed = new ScriptedBed().Deliver(_start + _second, Ports.Core, 1).Deliver(_start + _second + _tick, Ports.Core, 2);
        var tester = TesterOf(bed);

        tester.WaitUntil(_start + _second);

        tester.Bed.Frames.Should().ContainSingle();
        Octets(tester, 2, _start + (2 * _second)).Should().Equal(1, 2);
    }

    [Fact]
    public void IdenticalUpdate_OneTickBeforeTheEndOfTheCopyWindow_IsACopy_AndNobodySeesIt()
    {
        var seen = new Observer();
        var tester = UpdatesAt(Ports.Core, Ports.Core, TimeSpan.FromMilliseconds(100) - _tick, seen);

        Count(tester).Should().Be(1);

        seen.Numbers.Should().Equal(1);
        tester.Bed.Frames.Should().HaveCount(2, "the capture still shows the copy");
        _remarks.Should().Equal(CopyRemark);
    }

    [Fact]
    public void IdenticalUpdate_AtTheEndOfTheCopyWindow_IsAMessageOfItsOwn()
    {
        var seen = new Observer();
        var tester = UpdatesAt(Ports.Core, Ports.Core, TimeSpan.FromMilliseconds(100), seen);

        Count(tester).Should().Be(2);

        seen.Numbers.Should().Equal(1, 2);
        _remarks.Should().BeEmpty();
    }

    [Fact]
    public void IdenticalUpdate_OnAnotherPort_IsAMessageOfItsOwn() =>
        Count(UpdatesAt(Ports.Core, Ports.Home, TimeSpan.Zero, new Observer())).Should().Be(2);

    [Fact]
    public void IdenticalUpdate_IsACopy_EvenIfAnotherFrameCameBetween()
    {
        var update = Messages.Update(sequenceNumber: 1);
        var bed = new ScriptedBed()
            .Deliver(_start + _tick, Ports.Core, update)
            .Deliver(_start + (2 * _tick), Ports.Core, Messages.Update(sequenceNumber: 2))
            .Deliver(_start + (3 * _tick), Ports.Core, update);

        Count(TesterOf(bed)).Should().Be(2);
        _remarks.Should().Equal(CopyRemark);
    }

    [Fact]
    public void IdenticalFrames_ThatAreNoUpdates_AreAllSeen()
    {
        var bed = new ScriptedBed();
        foreach (var octets in new[] { Messages.Acknowledgement(sequenceNumber: 1), [1, 2, 3] })
        {
            bed.Deliver(_start + _tick, Ports.Core, octets).Deliver(_start + _tick, Ports.Core, octets);
        }

        Count(TesterOf(bed)).Should().Be(4);
        _remarks.Should().BeEmpty();
    }

    [Fact]
    public void UpdateThatTheTesterSent_IsNoCopyOfAReceivedOne()
    {
        var update = Messages.Update(sequenceNumber: 1);
        var tester = TesterOf(new ScriptedBed().Deliver(_start + _tick, Ports.Core, update));
        tester.Send(Ports.Core, update);

        Count(tester).Should().Be(1);
    }

    [Fact]
    public void Responder_AddedLater_IsAskedFirst_AndAConsumedFrameIsNotSeenByTheOthers()
    {
        var (first, last) = (new Responder(consumes: true), new Responder(consumes: true));
        var seen = new Observer();
        var tester = TesterOf(new ScriptedBed().Deliver(_start + _tick, Ports.Core, 1));
        tester.Add(first);
        tester.Add(last);
        tester.Add(seen);

        Count(tester).Should().Be(0);

        first.Numbers.Should().BeEmpty();
        last.Numbers.Should().Equal(1);
        seen.Numbers.Should().Equal([1], "an observer sees also what a responder consumes");
    }

    [Fact]
    public void Responder_ThatAnswersWithoutConsuming_LeavesTheFrameToOthersAndToTheStep()
    {
        var (first, last) = (new Responder(consumes: false), new Responder(consumes: false) { Answer = [7] });
        var bed = new ScriptedBed().Deliver(_start + _tick, Ports.Core, 1);
        var tester = TesterOf(bed);
        tester.Add(first);
        tester.Add(last);

        Count(tester).Should().Be(1);

        first.Numbers.Should().Equal(1);
        bed.Sent.Should().ContainSingle().Which.Octets.Should().Equal(7);
    }

    [Fact]
    public void Observer_SeesAFrameBeforeItsAnswer_AndAlsoWhatTheTesterSends()
    {
        var seen = new Observer();
        var tester = TesterOf(new ScriptedBed().Deliver(_start + _tick, Ports.Core, 1));
        tester.Add(new Responder(consumes: true) { Answer = [7] });
        tester.Add(seen);

        tester.Send(Ports.Core, new byte[] { 9 });
        tester.WaitUntil(_start + _second);

        seen.Octets.Should().Equal(9, 1, 7);
    }

    [Fact]
    public void SentFrame_IsNoFrameToWaitFor_AndNoResponderIsAsked()
    {
        var responder = new Responder(consumes: true);
        var tester = TesterOf(new ScriptedBed());
        tester.Add(responder);

        tester.Send(Ports.Core, new byte[] { 9 });

        Count(tester).Should().Be(0);
        responder.Numbers.Should().BeEmpty();
    }

    [Fact]
    public void Answer_AtTheTimeThatATesterHas_IsInTime_AndOneTickLaterTheTesterIsLate()
    {
        var limit = TimeSpan.FromMilliseconds(500);

        AnswerAfter(limit).Should().NotThrow();
        AnswerAfter(limit + _tick).Should().Throw<TesterLateException>().WithMessage("the tester answered 500 ms after the request: *");

        Action AnswerAfter(TimeSpan delay)
        {
            var tester = TesterOf(new ScriptedBed { SendsAfter = delay }.Deliver(_start + _tick, Ports.Core, 1));
            tester.Add(new Responder(consumes: true) { Answer = [7] });
            return () => tester.WaitUntil(_start + _second);
        }
    }

    [Fact]
    public void Budget_IsUsedUpToItsLastTick_AndNotBeyond()
    {
        var bed = new ScriptedBed().Deliver(_start + _second, Ports.Core, 1).Deliver(_start + _second + _tick, Ports.Core, 2);
        var tester = TesterOf(bed, budget: _second);

        tester.TryExpect(packet => packet.Frame.Number > 1 ? packet : null, _start + _second, after: null, out _).Should().BeFalse();
        tester.Invoking(waiting => waiting.WaitUntil(_start + _second)).Should().NotThrow();
        tester
            .Invoking(waiting => waiting.WaitUntil(_start + _second + _tick))
            .Should()
            .Throw<ScenarioFaultException>()
            .WithMessage("The scenario takes longer than its budget of 00:00:01.");
        tester.Bed.Frames.Should().ContainSingle("the frame after the end of the budget is not taken");
    }

    [Fact]
    public void FrameInsideTheBudget_IsFound_EvenIfTheLimitIsBeyondIt()
    {
        var tester = TesterOf(new ScriptedBed().Deliver(_start + _second, Ports.Core, 1), budget: _second);

        tester.TryExpect(Any, _start + (5 * _second), after: null, out _).Should().BeTrue();
    }

    [Fact]
    public void Action_ThatCompletesWithoutAFrame_IsNoticedAtTheNextLook()
    {
        var bed = new ScriptedBed();
        var complete = _start + TimeSpan.FromMilliseconds(15);

        TesterOf(bed).Await(new Pending(() => bed.Now >= complete), _start + _second).Should().BeTrue();

        bed.Now.Should().Be(_start + TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Action_ThatCompletesAtItsLimit_IsComplete_AndOneTickLaterIsNot()
    {
        var limit = _start + TimeSpan.FromMilliseconds(25);
        var (inTime, late) = (new ScriptedBed(), new ScriptedBed());

        TesterOf(inTime).Await(new Pending(() => inTime.Now >= limit), limit).Should().BeTrue();
        TesterOf(late).Await(new Pending(() => late.Now >= limit + _tick), limit).Should().BeFalse();

        inTime.Now.Should().Be(limit);
        late.Now.Should().Be(limit);
    }

    [Fact]
    public void Action_ThatIsComplete_TakesNoTime_AndOneThatIsNotEndsAtALimitInThePast()
    {
        var bed = new ScriptedBed().Deliver(_start, Ports.Core, 1);

        TesterOf(bed).Await(Completed.Ok, _start + _second).Should().BeTrue();
        TesterOf(bed).Await(new Pending(() => false), _start - _tick).Should().BeFalse();

        bed.Now.Should().Be(_start);
    }

    [Fact]
    public void FramesDuringAnAction_StayForTheSteps()
    {
        var bed = new ScriptedBed().Deliver(_start + _tick, Ports.Core, 1);
        var tester = TesterOf(bed);

        tester.Await(new Pending(() => bed.Now > _start + _second), _start + (2 * _second)).Should().BeTrue();

        tester.TryExpect(Any, _start + _tick, after: null, out _).Should().BeTrue();
    }

    private static Packet? Any(Packet packet) => packet;

    private static Func<Packet, Packet?> On(PortId port) => packet => packet.Frame.Port == port ? packet : null;

    private LowerTester TesterOf(ScriptedBed bed, TimeSpan? budget = null) =>
        new(new TracedBed(bed), budget ?? TimeSpan.FromMinutes(1), _remarks.Add);

    /// <summary>The number of frames that steps see within half a minute.</summary>
    private static int Count(LowerTester tester)
    {
        var count = 0;
        while (tester.TryExpect(Any, _start + (30 * _second), after: null, out _))
        {
            count++;
        }

        return count;
    }

    private static IEnumerable<int> Octets(LowerTester tester, int count, DateTimeOffset until) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => tester.TryExpect(Any, until, after: null, out var found) ? found.Frame.Bytes.Span[0] : -1),
        ];

    private LowerTester UpdatesAt(PortId first, PortId second, TimeSpan apart, IFrameObserver observer)
    {
        var update = Messages.Update(sequenceNumber: 1);
        var tester = TesterOf(new ScriptedBed().Deliver(_start + _tick, first, update).Deliver(_start + _tick + apart, second, update));
        tester.Add(observer);
        return tester;
    }

    private sealed class Observer : IFrameObserver
    {
        public List<int> Numbers { get; } = [];

        public List<int> Octets { get; } = [];

        public void Observe(Packet packet)
        {
            Numbers.Add(packet.Frame.Number);
            Octets.Add(packet.Frame.Bytes.Span[0]);
        }
    }

    private sealed class Responder(bool consumes) : IResponder
    {
        public List<int> Numbers { get; } = [];

        public byte[]? Answer { get; init; }

        public bool TryRespond(Packet packet, LowerTester tester)
        {
            Numbers.Add(packet.Frame.Number);
            if (Answer is not null)
            {
                tester.Send(packet.Frame.Port, Answer);
            }

            return consumes;
        }
    }

    private sealed class Pending(Func<bool> complete) : IPending
    {
        public bool IsComplete => complete();

        public Outcome Result => Outcome.Ok;
    }
}
