using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Statements;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Reports;

/// <summary>A made-up run with one scenario of every outcome.</summary>
internal static class Runs
{
    public const string Passing = "TC-LMA-REG-BV-01";
    public const string Failing = "TC-LMA-REG-BI-07";
    public const string Inconclusive = "TC-LMA-HO-BV-02";
    public const string NotApplicable = "TC-LMA-V4-BV-01";

    public static RunHeader Header { get; } =
        new(
            "pmip-conformance",
            "0.1.0",
            new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
            "simulated",
            "Reference LMA <without> Handoff Indicator check",
            4711,
            false,
            "--tag @LMA"
        );

    public static StatementRegister Register() =>
        Registers.Of(
            Registers.Row("rfc5213-5.3.1-k1", item: "1", paraphrase: "A valid PBU is answered with a PBA."),
            Registers.Row(
                "rfc5213-5.3.1-k12",
                item: "10",
                level: "SHOULD",
                roles: "LMA,MAG",
                disposal: "pending",
                paraphrase: "A PBU says \"600 s\", or less."
            ),
            Registers.Row("rfc5213-5.3.1-k13"),
            Registers.Row("rfc5213-5.3.4-k2", paraphrase: "After a handoff the session keeps its prefixes."),
            Registers.Row(
                "rfc5213-5.3.4-k3",
                disposal: "not testable: internal.",
                test: "N",
                paraphrase: "The binding cache entry is updated."
            ),
            Registers.Row("rfc5213-5.3.6-k4", disposal: "pending", paraphrase: "The PBA repeats the MN-Id of the PBU."),
            Registers.Row("rfc5844-3.1-k1", paraphrase: "An IPv4 home address is assigned.")
        );

    public static Run Complete() =>
        new(Header, Planned(), [Pass(), Fail(), Undecided()], new RunEnd(Header.Started.AddSeconds(4), Complete: true, null));

    public static IReadOnlyList<PlannedScenario> Planned() =>
        [
            Scenario(Passing, "A registration is accepted", "MUST", Selection.Selected, null, "rfc5213-5.3.1-k1"),
            Scenario(
                Failing,
                "A registration without a Handoff Indicator is rejected",
                "MUST",
                Selection.Selected,
                null,
                "rfc5213-5.3.1-k13"
            ),
            Scenario(Inconclusive, "A handoff keeps the prefixes", "MUST", Selection.Selected, null, "rfc5213-5.3.4-k2"),
            Scenario(
                NotApplicable,
                "An IPv4 home address is assigned",
                "MUST",
                Selection.NotApplicable,
                "ipv4-support is not claimed",
                "rfc5844-3.1-k1"
            ),
        ];

    public static PlannedScenario Scenario(
        string id,
        string title,
        string level,
        Selection selection,
        string? reason,
        params IEnumerable<string> statements
    ) =>
        new(
            id,
            title,
            "Processing Proxy Binding Updates",
            "pmipv6/lma/rfc5213-5.3.1-processing-proxy-binding-updates.feature",
            42,
            "LMA",
            RequirementLevel.OfScenarios.Single(known => known.Word == level),
            "lma-baseline",
            ["@" + id],
            [.. statements.Select(statement => new StatementId(statement))],
            selection,
            reason
        );

    public static ScenarioResult Pass() =>
        Result(Passing, Verdict.Pass, "every statement was kept") with
        {
            Purpose = [new Finding(new StatementId("rfc5213-5.3.1-k1"), true, "a PBA with status 0", "PBA seq 7 status 0", 2, 60)],
            Remarks = ["The lifetime granted is shorter than the one requested (legal)."],
            Steps =
            [
                Step("Given", "MN1 has no mobility session", StepOutcome.Passed, null, null),
                Step("When", "MAG1 registers MN1", StepOutcome.Passed, 1, 2),
            ],
        };

    public static ScenarioResult Fail() =>
        Result(Failing, Verdict.Fail, "rfc5213-5.3.1-k13 was violated") with
        {
            Purpose =
            [
                new Finding(
                    new StatementId("rfc5213-5.3.1-k13"),
                    false,
                    "a PBA with status 161 MISSING_HANDOFF_INDICATOR_OPTION",
                    "PBA seq 7 status 0 ACCEPTED, MN-Id <script>alert(1)</script>",
                    2,
                    60
                ),
            ],
            Incidental =
            [
                new Finding(new StatementId("rfc5213-5.3.6-k4"), false, "the MN-Id of the PBU", "no MN-Id", 2, null),
                new Finding(new StatementId("rfc5213-5.3.1-k1"), true, "a PBA", "a PBA", 2, null),
            ],
            Steps =
            [
                Step("Given", "MN1 has no mobility session", StepOutcome.Passed, null, null),
                Step("When", "MAG1 registers MN1 with no Handoff Indicator", StepOutcome.Passed, 1, 1) with
                {
                    Table = ["| option | value |", "| HNP    | ::/0  |"],
                },
                Step("Then", "the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION", StepOutcome.Failed, 2, 2) with
                {
                    Line = 45,
                    Message = "expected status 161, got 0",
                },
                Step("And", "MN1 has no mobility session", StepOutcome.Skipped, null, null),
            ],
        };

    public static ScenarioResult Undecided() =>
        Result(Inconclusive, Verdict.Inconclusive, "the first registration was not answered within 2 s") with
        {
            NotReached = [new StatementId("rfc5213-5.3.4-k2")],
            Steps = [Step("Given", "MN1 is registered at MAG1", StepOutcome.Failed, 1, 1)],
            Packets = 1,
        };

    /// <summary>Writes the captures named by the results of <see cref="Complete"/>.</summary>
    public static void WriteCaptures(string directory)
    {
        var captures = Path.Combine(directory, "captures");
        MobilityOption[] options =
        [
            MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example"),
            new HomeNetworkPrefixOption(Ipv6Prefix.AllZero),
            new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
        ];
        var request = Traces.Frame(
            1,
            Direction.Sent,
            "core",
            TimeSpan.Zero,
            CapturedPackets.Frame(CapturedPackets.Mag, CapturedPackets.Lma, CapturedPackets.Update(options))
        );
        var answer = Traces.Frame(
            2,
            Direction.Received,
            "core",
            TimeSpan.FromMilliseconds(1.25),
            CapturedPackets.Frame(
                CapturedPackets.Lma,
                CapturedPackets.Mag,
                CapturedPackets.Acknowledgement(BindingStatus.ACCEPTED, options)
            )
        );
        TraceFile.Write(captures, Traces.Of(Passing, request, answer), "A registration is accepted");
        TraceFile.Write(
            captures,
            Traces.Of(Failing, request, answer),
            "A registration is rejected",
            new Dictionary<int, string> { [1] = "a comment of the capture" }
        );
        TraceFile.Write(captures, Traces.Of(Inconclusive, request), "A handoff keeps the prefixes");
    }

    private static ScenarioResult Result(string scenario, Verdict verdict, string reason) =>
        new()
        {
            Scenario = scenario,
            Verdict = verdict,
            Reason = reason,
            Purpose = [],
            Incidental = [],
            NotReached = [],
            Remarks = [],
            Steps = [],
            Capture = $"captures/{scenario}.pcapng",
            Seed = 99,
            ProtocolTime = TimeSpan.FromSeconds(1.5),
            Packets = 2,
        };

    private static StepResult Step(string keyword, string text, StepOutcome outcome, int? first, int? last) =>
        new(keyword, text, 43, [], outcome, null, first, last, TimeSpan.FromMilliseconds(1.25));
}
