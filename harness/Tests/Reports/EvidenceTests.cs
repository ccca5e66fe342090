using System.Text.RegularExpressions;
using Conformance.Harness.Tests.Capture;
using Conformance.Reports.Evidence;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed class EvidenceTests : IDisposable
{
    private const string Changed = Runs.Failing;

    /// <summary>Changes of compared data, with the expected differences.</summary>
    private static readonly Dictionary<string, (Func<RunEvidence, RunEvidence> Change, EvidenceDifference[] Told)> _counts = new()
    {
        ["octet"] = (
            WithFrame(1, frame => frame with { Bytes = Flip(frame.Bytes, 58) }),
            [
                new(
                    "octets",
                    "packet 2, octet 58",
                    "ce bd 00 20 00 07 00 96 … of 134 octets",
                    "31 bd 00 20 00 07 00 96 … of 134 octets",
                    "1 of 2 packets"
                ),
            ]
        ),
        ["octets at the end"] = (
            WithFrame(1, frame => frame with { Bytes = frame.Bytes[..^2] }),
            [new("octets", "packet 2, octet 132", "00 00 of 134 octets", "ends here: 132 octets", "1 of 2 packets")]
        ),
        ["time"] = (
            WithFrame(0, frame => frame with { At = frame.At.AddTicks(1) }),
            [new("time", "packet 1", "2026-01-01 00:00:00.0000000", "2026-01-01 00:00:00.0000001", "1 of 2 packets")]
        ),
        ["port"] = (
            WithFrame(1, frame => frame with { Port = new PortId("home") }),
            [new("port", "packet 2", "core", "home", "1 of 2 packets")]
        ),
        ["direction"] = (
            WithFrame(0, frame => frame with { Direction = Direction.Received }),
            [new("direction", "packet 1", "sent", "received", "1 of 2 packets")]
        ),
        ["order"] = (
            WithFrames(frames => [frames[1], frames[0]]),
            [new("order of packets", "packet 1 of A", "packet 1", "packet 2", "2 of 2 packets")]
        ),
        ["missing packet"] = (
            WithFrames(frames => [frames[1]]),
            [
                new(
                    "number of packets",
                    "packet 1 of A",
                    "core, sent, 134 octets, 2026-01-01 00:00:00.0000000",
                    "no such packet",
                    "2 packets in A, 1 in B"
                ),
            ]
        ),
        ["further packet"] = (
            WithFrames(frames => [.. frames, frames[0]]),
            [
                new(
                    "number of packets",
                    "packet 3 of B",
                    "no such packet",
                    "core, sent, 134 octets, 2026-01-01 00:00:00.0000000",
                    "2 packets in A, 3 in B"
                ),
            ]
        ),
        ["several of a packet"] = (
            WithFrames(frames => [frames[1] with { Port = new PortId("home") }]),
            [
                new("number of packets", "", "2 packets", "1 packet", ""),
                new("port", "packet 1", "core", "home", "1 of 2 packets"),
                new("direction", "packet 1", "sent", "received", "1 of 2 packets"),
                new("time", "packet 1", "2026-01-01 00:00:00.0000000", "2026-01-01 00:00:00.0012500", "1 of 2 packets"),
                new(
                    "octets",
                    "packet 1, octet 37",
                    "a1 20 01 0d b8 01 00 00 … of 134 octets",
                    "01 20 01 0d b8 01 00 00 … of 134 octets",
                    "1 of 2 packets"
                ),
            ]
        ),
        ["event's value"] = (
            WithEvents(events => [new TraceEvent.Clock(0, Traces.Start + TimeSpan.FromMilliseconds(100)), events[1]]),
            [
                new(
                    "clock events",
                    "event 1",
                    "before the first packet: 2026-01-01T00:00:00.0000000+00:00",
                    "before the first packet: 2026-01-01T00:00:00.1000000+00:00",
                    "1 of 1 event"
                ),
            ]
        ),
        ["event's place"] = (
            WithEvents(events => [events[0] with { After = 1 }, events[1]]),
            [
                new(
                    "clock events",
                    "event 1",
                    "before the first packet: 2026-01-01T00:00:00.0000000+00:00",
                    "after packet 1: 2026-01-01T00:00:00.0000000+00:00",
                    "1 of 1 event"
                ),
            ]
        ),
        ["missing event"] = (
            WithEvents(events => [events[0]]),
            [new("silence events", "event 1", "after packet 1: 2026-01-01T00:00:03.0000000+00:00", "absent", "1 event in A, 0 in B")]
        ),
        ["beginning of a step"] = (
            WithEvents(events => [.. events, new TraceEvent.Step(1, 2)]),
            [new("step events", "event 1", "absent", "after packet 1: 2", "0 events in A, 1 in B")]
        ),
        ["order of events"] = (
            WithEvents(events => [events[1], events[0]]),
            [
                new(
                    "order of events",
                    "event 1",
                    "before the first packet: clock 2026-01-01T00:00:00.0000000+00:00",
                    "after packet 1: silence 2026-01-01T00:00:03.0000000+00:00",
                    "2 of 2 events"
                ),
            ]
        ),
        ["fact of the bed"] = (
            WithFacts(facts => facts with { Ixit = facts.Ixit with { LinkLayerPattern = "02:5f:00:00:{n}" } }),
            [new("facts of the bed", "Ixit.LinkLayerPattern", "\"02:5e:00:00:{n}\"", "\"02:5f:00:00:{n}\"", "1 fact")]
        ),
        ["claim"] = (
            WithFacts(facts => facts with { Claims = [] }),
            [new("facts of the bed", "Claims[0]", "\"ipv6-transport\"", "no such fact", "1 fact")]
        ),
        ["verdict"] = (
            WithResult(result => result with { Verdict = Verdict.Inconclusive }),
            [new("verdict", "", "fail: rfc5213-5.3.1-k13 was violated", "inconclusive: rfc5213-5.3.1-k13 was violated", "")]
        ),
        ["finding's statement"] = (
            WithFinding(finding => finding with { Statement = new StatementId("rfc5213-5.3.1-k12") }),
            [
                new(
                    "findings of the purpose",
                    "finding 1",
                    "rfc5213-5.3.1-k13 violated, packet 2, octet 60",
                    "rfc5213-5.3.1-k12 violated, packet 2, octet 60",
                    "1 of 1 finding"
                ),
            ]
        ),
        ["finding's outcome"] = (
            WithFinding(finding => finding with { Ok = true }),
            [
                new(
                    "findings of the purpose",
                    "finding 1",
                    "rfc5213-5.3.1-k13 violated, packet 2, octet 60",
                    "rfc5213-5.3.1-k13 holds, packet 2, octet 60",
                    "1 of 1 finding"
                ),
            ]
        ),
        ["finding's packet"] = (
            WithFinding(finding => finding with { Packet = 1 }),
            [
                new(
                    "findings of the purpose",
                    "finding 1",
                    "rfc5213-5.3.1-k13 violated, packet 2, octet 60",
                    "rfc5213-5.3.1-k13 violated, packet 1, octet 60",
                    "1 of 1 finding"
                ),
            ]
        ),
        ["finding's octet"] = (
            WithFinding(finding => finding with { Octet = null }),
            [
                new(
                    "findings of the purpose",
                    "finding 1",
                    "rfc5213-5.3.1-k13 violated, packet 2, octet 60",
                    "rfc5213-5.3.1-k13 violated, packet 2, no octet",
                    "1 of 1 finding"
                ),
            ]
        ),
        ["missing finding"] = (
            WithResult(result => result with { Incidental = [result.Incidental[1]] }),
            [new("incidental findings", "finding 1", "rfc5213-5.3.6-k4 violated, packet 2, no octet", "absent", "2 findings in A, 1 in B")]
        ),
        ["order of findings"] = (
            WithResult(result => result with { Incidental = [result.Incidental[1], result.Incidental[0]] }),
            [
                new(
                    "incidental findings",
                    "finding 1",
                    "rfc5213-5.3.6-k4 violated, packet 2, no octet",
                    "rfc5213-5.3.1-k1 holds, packet 2, no octet",
                    "2 of 2 findings"
                ),
            ]
        ),
        ["statement not reached"] = (
            WithResult(result => result with { NotReached = [new StatementId("rfc5213-5.3.4-k2")] }),
            [new("statements not reached", "statement 1", "absent", "rfc5213-5.3.4-k2", "0 statements in A, 1 in B")]
        ),
        ["missing capture"] = (
            run => run with { Traces = run.Traces.Where(trace => trace.Key.Scenario != Changed).ToDictionary() },
            [new("capture", "", "2 packets, 2 events", "none", "")]
        ),
        ["missing result"] = (WithoutResult, [new("verdict", "", "fail: rfc5213-5.3.1-k13 was violated", "selected, no result", "")]),
        ["missing scenario"] = (
            run => WithoutPlan(WithoutResult(run)),
            [new("verdict", "", "fail: rfc5213-5.3.1-k13 was violated", "not in this run", "")]
        ),
        ["reason to run"] = (
            WithPlan(scenario => scenario with { Selection = Selection.NotTested }, Runs.NotApplicable),
            [new("verdict", "", "not applicable: ipv4-support is not claimed", "not tested: ipv4-support is not claimed", "")]
        ),
    };

    /// <summary>Changes of data that is not compared.</summary>
    private static readonly Dictionary<string, Func<RunEvidence, RunEvidence>> _countsNot = new()
    {
        ["wording of a finding"] = WithFinding(finding => finding with { Expected = "a rejection", Actual = "an acceptance" }),
        ["reason of a verdict"] = WithResult(result => result with { Reason = "other words" }),
        ["remark"] = WithResult(result => result with { Remarks = ["other words"] }),
        ["earlier attempt"] = WithResult(result => result with { LateAttempts = ["the tester was late"] }),
        ["text of a step"] = WithStep(step =>
            step with
            {
                Keyword = "But",
                Text = "other words",
                Message = "other words",
                Table = ["other", "words"],
            }
        ),
        ["line of a step"] = WithStep(step => step with { Line = 4711 }),
        ["path of a capture"] = WithResult(result => result with { Capture = "elsewhere/other.pcapng" }),
        ["title"] = WithPlan(scenario => scenario with { Title = "other words", Feature = "other words" }),
        ["path and line"] = WithPlan(scenario => scenario with { Path = "mag/other.feature", Line = 4711 }),
        ["reason of a selection"] = WithPlan(scenario => scenario with { Reason = "other words" }, Runs.NotApplicable),
        ["order of the results"] = run => run with { Run = run.Run with { Results = [.. run.Run.Results.Reverse()] } },
        ["moment, version and options"] = run =>
            run with
            {
                Run = run.Run with
                {
                    Header = run.Run.Header with { Started = DateTimeOffset.UnixEpoch, Version = "0.2.0", Options = "--out elsewhere" },
                    End = null,
                },
            },
    };

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> AllThatCounts => [.. _counts.Keys];

    public static TheoryData<string> AllThatCountsNot => [.. _countsNot.Keys];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Run_BesideItself_IsEqual()
    {
        var report = EvidenceComparison.Between(Read("a"), Read("b"));

        report.Differing.Should().BeEmpty();
        report
            .Should()
            .BeEquivalentTo(
                new
                {
                    Scenarios = 3,
                    Packets = 5,
                    Events = 6,
                    Findings = 4,
                    WithoutTrace = 0,
                }
            );
    }

    [Theory]
    [MemberData(nameof(AllThatCounts))]
    public void Run_WithOtherEvidence_DiffersThereAndNowhereElse(string name)
    {
        var run = Read("a");
        var (change, told) = _counts[name];

        EvidenceComparison.Between(run, change(run)).Differing.Should().ContainSingle().Which.Differences.Should().Equal(told);
    }

    [Theory]
    [MemberData(nameof(AllThatCounts))]
    public void Run_WithOtherEvidence_DiffersAlsoIfItComesFirst(string name)
    {
        var run = Read("a");

        var differing = EvidenceComparison.Between(_counts[name].Change(run), run).Differing;

        differing.Should().ContainSingle().Which.Scenario.Should().Be(name == "reason to run" ? Runs.NotApplicable : Changed);
        differing[0].Title.Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(AllThatCountsNot))]
    public void Run_InOtherWords_IsEqual(string name)
    {
        var run = Read("a");
        var changed = _countsNot[name](run);

        changed.Should().NotBeEquivalentTo(run, options => options.WithStrictOrdering());
        EvidenceComparison.Between(run, changed).Differing.Should().BeEmpty();
    }

    [Fact]
    public void LongValues_ThatDifferFarFromTheirBeginning_AreCutAroundTheDifference()
    {
        var (common, end) = (new string('x', 500), new string('z', 500));
        var run = WithEvents(_ => [new TraceEvent.Crash(0, common + "\u001b1" + end)])(Read("a"));

        var difference = EvidenceComparison
            .Between(run, WithEvents(_ => [new TraceEvent.Crash(0, common + "\u001b2" + end)])(run))
            .Differing.Should()
            .ContainSingle()
            .Which.Differences.Should()
            .ContainSingle()
            .Subject;

        difference.InA.Should().HaveLength(Excerpt.Longest).And.StartWith("…xxx").And.Contain("x\\u001b1z").And.EndWith("z…");
        difference.InB.Should().HaveLength(Excerpt.Longest).And.Contain("x\\u001b2z");
    }

    [Fact]
    public void EventsOfAKindThatOneRunDoesNotRecord_LeaveTheOthersComparable()
    {
        var run = Read("a");
        var newer = WithEvents(events =>
            [new TraceEvent.Step(0, 1), new TraceEvent.Clock(0, Traces.Start.AddDays(1)), new TraceEvent.Step(0, 2), events[1]]
        )(run);

        EvidenceComparison
            .Between(run, newer)
            .Differing.Should()
            .ContainSingle()
            .Which.Differences.Select(difference => difference.What)
            .Should()
            .Equal("clock events", "step events");
    }

    [Fact]
    public void Trace_OfAnOlderVersion_IsEqualIfItSaysTheSame()
    {
        var run = Read("a");
        Write("b");
        foreach (var events in Directory.GetFiles(Captures("b"), "*" + TraceFile.EventsExtension))
        {
            var text = File.ReadAllText(events);
            var older = Regex.Replace(text, "\"(AccessTechnologyType|PrefixesOfTwoPrefixNode|Guard)\":[^,]*,", string.Empty);
            older.Length.Should().BeLessThan(text.Length);
            File.WriteAllText(events, older);
        }

        EvidenceComparison.Between(run, RunEvidence.Read(In("b"))).Differing.Should().BeEmpty();
    }

    [Fact]
    public void Trace_OfAnotherScenario_IsInvalidDataThatNamesTheFile()
    {
        Write("a");
        var capture = Path.Combine(Captures("a"), Changed + TraceFile.CaptureExtension);
        foreach (var extension in (string[])[TraceFile.CaptureExtension, TraceFile.EventsExtension])
        {
            var other = Path.Combine(Captures("a"), Runs.Passing + extension);
            File.Copy(other, Path.Combine(Captures("a"), Changed + extension), overwrite: true);
        }

        Assert
            .Throws<InvalidDataException>(() => RunEvidence.Read(In("a")))
            .Message.Should()
            .Be($"{capture}: the journal assigns this trace to {Changed}, the trace itself to {Runs.Passing}.");
    }

    private static RunEvidence WithoutResult(RunEvidence run) =>
        run with
        {
            Run = run.Run with { Results = [.. run.Run.Results.Where(result => result.Scenario != Changed)] },
        };

    private static RunEvidence WithoutPlan(RunEvidence run) =>
        run with
        {
            Run = run.Run with { Planned = [.. run.Run.Planned.Where(scenario => scenario.Id != Changed)] },
        };

    private static Func<RunEvidence, RunEvidence> WithResult(Func<ScenarioResult, ScenarioResult> change) =>
        run =>
            run with
            {
                Run = run.Run with
                {
                    Results = [.. run.Run.Results.Select(result => result.Scenario == Changed ? change(result) : result)],
                },
            };

    private static Func<RunEvidence, RunEvidence> WithFinding(Func<Finding, Finding> change) =>
        WithResult(result => result with { Purpose = [change(result.Purpose[0])] });

    private static Func<RunEvidence, RunEvidence> WithStep(Func<StepResult, StepResult> change) =>
        WithResult(result => result with { Steps = [.. result.Steps.Select(change)] });

    private static Func<RunEvidence, RunEvidence> WithPlan(Func<PlannedScenario, PlannedScenario> change, string id = Changed) =>
        run =>
            run with
            {
                Run = run.Run with { Planned = [.. run.Run.Planned.Select(scenario => scenario.Id == id ? change(scenario) : scenario)] },
            };

    private static Func<RunEvidence, RunEvidence> WithTrace(Func<Trace, Trace> change) =>
        run =>
            run with
            {
                Traces = run.Traces.ToDictionary(
                    trace => trace.Key,
                    trace => trace.Key.Scenario == Changed ? change(trace.Value) : trace.Value
                ),
            };

    private static Func<RunEvidence, RunEvidence> WithFacts(Func<BedFacts, BedFacts> change) =>
        WithTrace(trace => trace with { Facts = change(trace.Facts) });

    private static Func<RunEvidence, RunEvidence> WithEvents(Func<IReadOnlyList<TraceEvent>, IReadOnlyList<TraceEvent>> change) =>
        WithTrace(trace => trace with { Events = change(trace.Events) });

    /// <summary>Changes the frames and renumbers them.</summary>
    private static Func<RunEvidence, RunEvidence> WithFrames(Func<IReadOnlyList<Frame>, IReadOnlyList<Frame>> change) =>
        WithTrace(trace => trace with { Frames = [.. change(trace.Frames).Select((frame, index) => frame with { Number = index + 1 })] });

    private static Func<RunEvidence, RunEvidence> WithFrame(int index, Func<Frame, Frame> change) =>
        WithFrames(frames => [.. frames.Select((frame, i) => i == index ? change(frame) : frame)]);

    private static byte[] Flip(ReadOnlyMemory<byte> octets, int at)
    {
        var flipped = octets.ToArray();
        flipped[at] ^= 0xff;
        return flipped;
    }

    private string In(string name) => Path.Combine(_directory.Path, name);

    private string Captures(string name) => Path.Combine(In(name), "captures");

    private void Write(string name)
    {
        var run = Runs.Complete();
        using var journal = new RunJournal(In(name));
        journal.Begin(run.Header, run.Planned);
        foreach (var result in run.Results)
        {
            journal.Add(result);
        }

        journal.End(run.End!);
        Runs.WriteCaptures(In(name));
    }

    private RunEvidence Read(string name)
    {
        Write(name);
        return RunEvidence.Read(In(name));
    }
}
