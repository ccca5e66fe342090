using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Drivers;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Which reading of an ambiguous text is legal for whom, and what the reader is told about it.</summary>
public sealed class AmbiguousOutcomeTests
{
    private static readonly Reading[] _readings =
    [
        new("accepted", "lenient", "always"),
        new("rejected", "strict", "always"),
        new("not answered", "quiet", "ics:quiet-lma"),
        new("redirected", "helpful", "ics:helpful-lma"),
    ];

    [Theory]
    [InlineData("", "accepted", true, "accepted (lenient), or rejected (strict)", "seen")]
    [InlineData("", "rejected", true, "accepted (lenient), or rejected (strict)", "seen")]
    [InlineData(
        "",
        "not answered",
        false,
        "accepted (lenient), or rejected (strict)",
        "seen: the reading 'quiet' is legal only if ics:quiet-lma is declared"
    )]
    [InlineData("", "on fire", false, "accepted (lenient), or rejected (strict)", "seen")]
    [InlineData("quiet-lma", "not answered", true, "not answered (quiet)", "seen")]
    [InlineData("quiet-lma", "accepted", false, "not answered (quiet)", "seen: the reading 'lenient' is not the declared reading")]
    [InlineData("quiet-lma", "redirected", false, "not answered (quiet)", "seen: the reading 'helpful' is not the declared reading")]
    [InlineData("quiet-lma", "on fire", false, "not answered (quiet)", "seen")]
    [InlineData("quiet-lma helpful-lma", "redirected", true, "not answered (quiet), or redirected (helpful)", "seen")]
    public void Reading_IsLegal_IfItIsDeclared_OrIfNoneIsDeclaredAndItAlwaysIs(
        string claims,
        string outcome,
        bool ok,
        string expected,
        string actual
    )
    {
        var session = SessionOf(claims);

        var require = session.Invoking(judging => AmbiguousOutcome.Require(judging, [outcome], "seen", frame: null, _readings));

        if (ok)
        {
            require.Should().NotThrow();
        }
        else
        {
            require.Should().Throw<StepFailedException>().WithMessage($"expected {expected}; {actual}").Which.Decided.Should().BeTrue();
        }

        session.Findings.All.Select(finding => (finding.Ok, finding.Expected, finding.Actual)).Should().Equal((ok, expected, actual));
    }

    [Theory]
    [InlineData("accepted", "ambiguous text: seen (lenient)")]
    [InlineData("not answered", "ambiguous text: seen (quiet)")]
    [InlineData("on fire", "ambiguous text: seen")]
    public void Reading_ThatWasSeen_IsARemark_LegalOrNot(string outcome, string remark)
    {
        var session = SessionOf("");

        try
        {
            AmbiguousOutcome.Require(session, [outcome], "seen", frame: null, _readings);
        }
        catch (StepFailedException)
        {
            // The remark is there in either case.
        }

        session.Remarks.Should().Equal(remark);
    }

    [Fact]
    public void Outcome_InSeveralWords_FitsTheReadingThatUsesOneOfThem()
    {
        var session = SessionOf("");

        AmbiguousOutcome.Require(session, ["answered", "rejected", "rejected late"], "seen", frame: null, _readings);

        session.Remarks.Should().Equal("ambiguous text: seen (strict)");
    }

    [Fact]
    public void Reading_DecidesTheStatementsAboutAStatusAlone()
    {
        foreach (var observation in Enum.GetValues<Observation>())
        {
            var session = Sessions.On(new ScriptedBed(), Sessions.Must("rfc5213-9.9-k1", observation));

            AmbiguousOutcome.Require(session, ["accepted"], "seen", frame: null, _readings);

            session.Findings.All.Should().HaveCount(observation == Observation.Status ? 1 : 0, "{0}", observation);
        }
    }

    /// <summary>The same outcome may follow from two readings, one of them legal without a claim.</summary>
    [Fact]
    public void Outcome_OfALegalReading_IsLegal()
    {
        var session = SessionOf("nothing");
        Reading[] readings = [new("accepted", "with a claim", "ics:claimed"), new("accepted", "without", "always")];

        AmbiguousOutcome.Require(session, ["accepted"], "seen", frame: null, readings);

        session.Remarks.Should().Equal("ambiguous text: seen (without)");
    }

    private static TestSession SessionOf(string claims) =>
        Sessions.On(new ScriptedBed(Sessions.Facts(claims: claims.Split(' '))), Sessions.Must("rfc5213-9.9-k1", Observation.Status));
}
