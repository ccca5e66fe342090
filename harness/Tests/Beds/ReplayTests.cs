using System.Globalization;
using System.Net;
using Conformance.Harness.Tests.Capture;
using Conformance.TestBeds.Recorded;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Peers;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>What a traced bed records is what a recorded bed replays, call for call, and a call that differs is a mismatch.</summary>
public sealed class ReplayTests
{
    private static readonly DateTimeOffset _start = ScriptedBed.Start;
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly UpperTesterAction _ping = new UpperTesterAction.Ping("MN1", IPAddress.Parse("2001:db8:200::c1"), 1);

    [Fact]
    public void EveryCall_IsRecorded_WithTheNumberOfFramesBeforeIt()
    {
        var bed = ScriptedBedWithEverything();
        var traced = new TracedBed(bed);

        Everything(traced);

        var trace = traced.ToTrace("TC-1");
        trace.Scenario.Should().Be("TC-1");
        trace.Facts.Should().BeSameAs(bed.Facts);
        trace
            .Frames.Select(frame => $"{frame.Number} {frame.Direction} {frame.Port} {frame.At:ss.f} {frame.Bytes.Span[0]}")
            .Should()
            .Equal("1 Sent core 00.0 1", "2 Received home 01.0 2", "3 Sent core 02.0 3", "4 Received core 02.5 4");
        trace
            .Events.Should()
            .Equal(
                new TraceEvent.Clock(0, _start),
                new TraceEvent.Step(0, 1),
                new TraceEvent.IdentityTaken(0, 7),
                new TraceEvent.MobileNode(0, "MN1", MacAddress.Parse("02:5e:00:00:00:07"), "mn1@example"),
                new TraceEvent.NoIdentity(0, _start.AddHours(1)),
                new TraceEvent.Can(0, IsSupported: true),
                new TraceEvent.Can(0, IsSupported: false),
                new TraceEvent.Carrier(0, Ports.Access(1), IsUp: true, Outcome.Ok),
                new TraceEvent.Silence(2, _start + (2 * _second)),
                new TraceEvent.Clock(2, _start + (2 * _second)),
                new TraceEvent.Health(2, IutHealth.Running),
                new TraceEvent.Crash(2),
                new TraceEvent.Upper(4, "Ping", "MN1", new Outcome.Replies(1)),
                new TraceEvent.Health(4, IutHealth.Crashed),
                new TraceEvent.Crash(4, "a null pointer"),
                new TraceEvent.Silence(4, _start + (3 * _second))
            );
    }

    [Fact]
    public void Record_IsReplayedCallForCall_AndRecordedAgainIsTheSame()
    {
        using var directory = new TemporaryDirectory();
        var traced = new TracedBed(ScriptedBedWithEverything());
        var transcript = Everything(traced);
        var trace = TraceFile.Read(TraceFile.Write(directory.Path, traced.ToTrace("TC-1"), "A title"));

        var replayed = new TracedBed(new RecordedBed(trace));
        var again = Everything(replayed);

        again.Should().Equal(transcript);
        var second = replayed.ToTrace("TC-1");
        second.Events.Should().Equal(trace.Events);
        PcapngTests.AssertEqual(second.Frames, trace.Frames);
    }

    [Fact]
    public void BedThatIsLost_IsLostAgainInTheReplay()
    {
        var bed = new ScriptedBed { OnSend = (_, _, _) => throw new BedLostException("core is down") };
        var traced = new TracedBed(bed);
        _ = traced.Now;
        traced.TryReceive(_start + _second, out _).Should().BeFalse();
        var sending = () => traced.Send(Ports.Core, new byte[60]);
        sending.Should().Throw<BedLostException>();

        var replayed = new RecordedBed(traced.ToTrace("TC-1"));

        replayed.TryReceive(_start + _second, out _).Should().BeFalse();
        var again = () => replayed.Send(Ports.Core, new byte[60]);
        again.Should().Throw<BedLostException>().WithMessage("core is down");
    }

    [Fact]
    public void LateDelivery_OfAFrameWithAnEarlyTimestamp_IsSilentAgainBeforeItComes()
    {
        var bed = new ScriptedBed().DeliverLate(_start + (2 * _second), stamped: _start, Ports.Core, 1);
        var traced = new TracedBed(bed);
        _ = traced.Now;
        traced.TryReceive(_start + _second, out _).Should().BeFalse();
        traced.TryReceive(_start + (2 * _second), out _).Should().BeTrue();

        var replayed = new RecordedBed(traced.ToTrace("TC-1"));

        replayed.TryReceive(_start + _second, out _).Should().BeFalse();
        replayed.TryReceive(_start + (2 * _second), out var frame).Should().BeTrue();
        frame!.At.Should().Be(_start);
    }

    [Fact]
    public void RecordedFrame_AtTheAskedTime_Comes_AndOneTickEarlierDoesNot()
    {
        var trace = Recorded(Traces.Frame(1, Direction.Received, "core", _second, 1));

        new RecordedBed(trace).TryReceive(_start + _second, out _).Should().BeTrue();
        new RecordedBed(trace).TryReceive(_start + _second - TimeSpan.FromTicks(1), out _).Should().BeFalse();
    }

    [Fact]
    public void Clock_OfARecordWithoutFurtherReadings_FollowsTheCalls()
    {
        var bed = new RecordedBed(Recorded(Traces.Frame(1, Direction.Received, "core", _second, 1)));

        bed.TryReceive(_start + (_second / 2), out _).Should().BeFalse();
        bed.Now.Should().Be(_start + (_second / 2));
        bed.TryReceive(_start + (5 * _second), out _).Should().BeTrue();
        bed.Now.Should().Be(_start + _second);
        bed.TryReceive(DateTimeOffset.MaxValue, out _).Should().BeFalse();
        bed.Now.Should().Be(_start + _second, "a wait without end tells no time");
    }

    [Fact]
    public void HealthAndCrash_ThatTheRecordDoesNotTell_AreUnknown()
    {
        var bed = new RecordedBed(Recorded());

        bed.Health.Should().Be(IutHealth.Unknown);
        bed.Crash.Should().BeNull();
        bed.UpperTester.Can(_ping).Should().BeFalse();
        bed.SetCarrier(Ports.Core, up: true).Should().Be(Completed.Ok);
    }

    [Fact]
    public void ActionOfTheUpperTester_IsCompleteWhenTheFramesBeforeItsEndWereTaken()
    {
        var trace = Recorded(Traces.Frame(1, Direction.Received, "core", _second, 1)) with
        {
            Events = [new TraceEvent.Upper(1, "Ping", "MN1", new Outcome.Replies(1))],
        };
        var bed = new RecordedBed(trace);

        var ping = bed.UpperTester.Start(_ping);

        ping.IsComplete.Should().BeFalse();
        bed.TryReceive(_start + _second, out _);
        ping.IsComplete.Should().BeTrue();
        ping.Result.Should().Be(new Outcome.Replies(1));
    }

    [Fact]
    public void SendingOverReceivedFramesThatNobodyTook_SkipsThem()
    {
        var trace = Recorded(
            Traces.Frame(1, Direction.Received, "core", TimeSpan.Zero, 1),
            Traces.Frame(2, Direction.Sent, "core", _second, 2)
        );

        new RecordedBed(trace).Send(Ports.Core, new byte[] { 2 }).Should().Be(_start + _second);
    }

    [Fact]
    public void SentFrameOfTheRecord_IsNotReceived()
    {
        var trace = Recorded(
            Traces.Frame(1, Direction.Sent, "core", TimeSpan.Zero, 1),
            Traces.Frame(2, Direction.Received, "core", _second, 2)
        );

        new RecordedBed(trace).TryReceive(_start + (2 * _second), out _).Should().BeFalse("the tester sent first when it was recorded");
    }

    [Theory]
    [InlineData("core", new byte[] { 1, 2, 9 }, "Packet 2 * on core: octet 2 is 03 in the record and 09 now.")]
    [InlineData("core", new byte[] { 1, 2 }, "Packet 2 * on core: 3 octets are recorded, 2 are sent.")]
    [InlineData("core", new byte[] { 1, 2, 3, 4 }, "Packet 2 * on core: 3 octets are recorded, 4 are sent.")]
    [InlineData("home", new byte[] { 1, 2, 3 }, "Packet 2 * on home: *")]
    public void OtherFrame_IsAMismatchThatNamesPacketPortAndOctet(string port, byte[] octets, string message)
    {
        var trace = Recorded(
            Traces.Frame(1, Direction.Sent, "core", TimeSpan.Zero, 7),
            Traces.Frame(2, Direction.Sent, "core", _second, 1, 2, 3)
        );
        var bed = new RecordedBed(trace);
        bed.Send(Ports.Core, new byte[] { 7 });

        bed.Invoking(replayed => replayed.Send(new PortId(port), octets)).Should().Throw<TraceMismatchException>().WithMessage(message);
    }

    [Fact]
    public void FrameLeftOver_AfterTheEndOfTheRecord_IsAMismatchThatNamesThePort()
    {
        var bed = new RecordedBed(Recorded(Traces.Frame(1, Direction.Received, "core", TimeSpan.Zero, 1)));

        bed.Invoking(replayed => replayed.Send(Ports.Home, new byte[] { 1 }))
            .Should()
            .Throw<TraceMismatchException>()
            .WithMessage("The record ends before the tester sends on home: *");
    }

    [Fact]
    public void IdentityOrAction_ThatTheRecordDoesNotHave_IsAMismatchThatNamesIt()
    {
        var bed = new RecordedBed(Recorded());

        bed.Invoking(replayed => replayed.TryTakeIdentity(out _, out _))
            .Should()
            .Throw<TraceMismatchException>()
            .WithMessage("The record has no further identity for the scenario.");
        bed.Invoking(replayed => replayed.UpperTester.Start(_ping))
            .Should()
            .Throw<TraceMismatchException>()
            .WithMessage("The record has no outcome of Ping * MN1*");
    }

    [Fact]
    public void EventOfAnotherKind_AtTheSamePlace_DoesNotAnswerACall()
    {
        var trace = Recorded() with { Events = [new TraceEvent.Clock(0, _start), new TraceEvent.Can(0, IsSupported: true)] };
        var bed = new RecordedBed(trace);

        bed.Health.Should().Be(IutHealth.Unknown);
        bed.Invoking(replayed => replayed.TryTakeIdentity(out _, out _)).Should().Throw<TraceMismatchException>();
        bed.Now.Should().Be(_start);
        bed.UpperTester.Can(_ping).Should().BeTrue();
    }

    private static Trace Recorded(params Frame[] frames) => Traces.Of("TC-1", frames) with { Events = [new TraceEvent.Clock(0, _start)] };

    private static ScriptedBed ScriptedBedWithEverything()
    {
        var bed = new ScriptedBed { UpperTester = new Pinging() };
        bed.Identities.Enqueue((7, _start));
        bed.Identities.Enqueue((8, _start.AddHours(1)));
        bed.OnSend = (_, _, octets) =>
        {
            if (octets.Span[0] == 3)
            {
                bed.Deliver(_start + (2.5 * _second), Ports.Core, 4);
                (bed.Health, bed.Crash) = (IutHealth.Crashed, "a null pointer");
            }
        };
        return bed.Deliver(_start + _second, Ports.Home, 2);
    }

    /// <summary>Makes every kind of call and tells what came back.</summary>
    private static List<string> Everything(TracedBed bed)
    {
        var transcript = new List<string>();
        Tell("now", bed.Now);
        bed.NoteStep(1);
        Tell("identity", bed.TryTakeIdentity(out var identity, out _), identity);
        bed.NoteMobileNode("MN1", MacAddress.Parse("02:5e:00:00:00:07"), "mn1@example");
        Tell("identity", bed.TryTakeIdentity(out _, out var usableFrom), usableFrom);
        Tell("can", bed.Can(_ping));
        Tell("can", bed.Can(new UpperTesterAction.Detach("MN1")));
        var carrier = bed.SetCarrier(Ports.Access(1), up: true);
        Tell("carrier", carrier.IsComplete, carrier.Result);
        bed.NoteCarrier(Ports.Access(1), up: true, carrier.Result);
        Tell("sent", bed.Send(Ports.Core, new byte[] { 1 }).At);
        Tell("received", bed.TryReceive(_start + (2 * _second), out var first), first?.At);
        Tell("received", bed.TryReceive(_start + (2 * _second), out var none), none?.At);
        Tell("now", bed.Now);
        Tell("health", bed.Health);
        Tell("crash", bed.Crash);
        Tell("sent", bed.Send(Ports.Core, new byte[] { 3 }).At);
        var ping = bed.Start(_ping);
        Tell("received", bed.TryReceive(_start + (3 * _second), out var last), last?.At);
        Tell("ping", ping.IsComplete, ping.Result);
        bed.NoteUpperTester(_ping, ping.Result);
        Tell("health", bed.Health);
        Tell("crash", bed.Crash);
        Tell("received", bed.TryReceive(_start + (3 * _second), out _));
        return transcript;

        void Tell(params object?[] what) => transcript.Add(string.Join(' ', what.Select(one => Text(one))));

        static string Text(object? one) => one is DateTimeOffset time ? time.ToString("O", CultureInfo.InvariantCulture) : $"{one}";
    }

    private sealed class Pinging : IUpperTester
    {
        public bool Can(UpperTesterAction action) => action is UpperTesterAction.Ping;

        public IPending Start(UpperTesterAction action) => new Completed(new Outcome.Replies(1));
    }
}
