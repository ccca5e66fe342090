using FluentAssertions;
using Xunit;
using static Conformance.Harness.Tests.Checks.MobileNodeRun;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in Binding Updates that follow an answer.</summary>
public sealed class MobileNodeReactionTests
{
    private const string Short = "23 04 0001 0000";
    private const string InDraft = "01 04 00000000 23 14 0001 0080 20010db8010100000000000000000051";
    private const string SecondInDraft = "01 00 23 14 0002 0080 20010db8010200000000000000000052";
    private const string OverwritingInDraft = "01 04 00000000 23 14 0001 00c0 20010db8010100000000000000000051";

    private const int Malformed = 164,
        Plain = 165,
        Prohibited = 166,
        Unknown = 167,
        BulkProhibited = 168;

    [Theory]
    [InlineData(Rfc, First, "5.7-k2")]
    [InlineData(Rfc, Alternate)]
    [InlineData(Draft, InDraft, "5.6-k2")]
    public void AnswerWithoutBid_EndsBids(string edition, string next, params string[] violated) =>
        new MobileNodeRun(edition)
            .Update(edition == Rfc ? First : InDraft)
            .Answer()
            .Update(next)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(First)]
    [InlineData(First + Second, "5.7-k4")]
    public void Prohibition_LeavesOneCareOfAddress(string next, params string[] violated) =>
        new MobileNodeRun(Rfc).Update(First + Second).Answer(Short, Prohibited).Update(next).Violated.Should().BeEquivalentTo(violated);

    [Fact]
    public void SecondBidAfterProhibition_IsASecondCareOfAddress()
    {
        var run = new MobileNodeRun(Rfc).Update(First).Answer(Short, Prohibited).Update(First).Answer(Short);

        run.Update("01 04 00000000" + Second[6..], source: OnLink2, link: "link2").Violated.Should().Equal("5.7-k4");
    }

    [Fact]
    public void ProhibitionOfTheDraft_EndsBids()
    {
        var status = StatusOf("MCOA_PROHIBITED");

        new MobileNodeRun(Draft).Update(InDraft).Answer(Short, status).Update(Alternate).Violated.Should().BeEmpty();
        new MobileNodeRun(Draft).Update(InDraft).Answer(Short, status).Update(InDraft).Violated.Should().Equal("5.6-k5");
        new MobileNodeRun(Draft)
            .Update(InDraft)
            .Answer(Short, status)
            .Update(InDraft + SecondInDraft)
            .Violated.Should()
            .Equal("5.6-k4", "5.6-k5");
    }

    [Theory]
    [InlineData(First)]
    [InlineData(First + Second, "5.7-d2")]
    public void RefusedBulk_IsNotRepeated(string next, params string[] violated) =>
        new MobileNodeRun(Rfc).Update(First + Second).Answer(Short, BulkProhibited).Update(next).Violated.Should().BeEquivalentTo(violated);

    [Fact]
    public void StatusOfTheOption_CountsBeforeThatOfTheAnswer()
    {
        new MobileNodeRun(Rfc).Update(First).Answer("23 04 0001 a500").Update(First).Violated.Should().Equal("5.7-k5");
        new MobileNodeRun(Rfc).Update(First).Answer("23 04 0001 a400", Plain).Update(First).Violated.Should().BeEmpty();
    }

    [Fact]
    public void RefusedBulkOfTheDraft_IsNotRepeated() =>
        new MobileNodeRun(Draft)
            .Update(InDraft + SecondInDraft)
            .Answer(Short, StatusOf("MCOA_BULK_REGISTRATION_NOT_SUPPORTED"))
            .Update(InDraft + SecondInDraft)
            .Violated.Should()
            .Equal("5.6-k6");

    [Theory]
    [InlineData(InDraft + SecondInDraft)]
    [InlineData(InDraft + "23 04 0002 0000", "5.6-k7")]
    public void FlagsAfterConflict_AreEqual(string next, params string[] violated) =>
        new MobileNodeRun(Draft)
            .Update(InDraft + SecondInDraft)
            .Answer(Short, StatusOf("MCOA_FLAG_CONFLICTS"))
            .Update(next)
            .Violated.Where(id => id.StartsWith("5.6", StringComparison.Ordinal))
            .Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(InDraft, "5.6-k8")]
    [InlineData(OverwritingInDraft)]
    [InlineData(Alternate)]
    public void ConflictOfBids_IsResolved(string next, params string[] violated) =>
        new MobileNodeRun(Draft)
            .Update(InDraft)
            .Answer(Short, StatusOf("MCOA_BID_CONFLICT"))
            .Update(next)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(0xc000, "5.7-k5")]
    [InlineData(0xc040)]
    public void BindingWithoutBid_IsOverwritten(int flags, params string[] violated) =>
        new MobileNodeRun(Rfc).Update(First).Answer(Short, Plain).Update(First, flags: flags).Violated.Should().BeEquivalentTo(violated);

    [Fact]
    public void OnlyTheNextUpdate_IsJudgedByTheAnswer() =>
        new MobileNodeRun(Rfc)
            .Update(First)
            .Answer(Short, Plain)
            .Update(First, flags: 0xc040)
            .Answer(Short)
            .Update(Short)
            .Violated.Should()
            .BeEmpty();

    [Theory]
    [InlineData(Short, "5.7-k6")]
    [InlineData(First)]
    [InlineData(Second)]
    public void UnknownBid_IsNamedWithItsAddress(string next, params string[] violated) =>
        new MobileNodeRun(Rfc)
            .Update(First)
            .Answer(Short)
            .Update(Short)
            .Answer("23 04 0001 a700", Unknown)
            .Update(next == Second ? "01 04 00000000" + Second[6..] : next)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void StatusThatAsksForNothing_ChangesNothing() =>
        new MobileNodeRun(Rfc).Update(First).Answer(Short, Malformed).Update(First + Second).Violated.Should().BeEmpty();

    [Theory]
    [InlineData(Rfc, First, 0xc000, "5.9-k1")]
    [InlineData(Rfc, First, 0xc040)]
    [InlineData(Rfc, Alternate, 0xc000)]
    [InlineData(Draft, InDraft, 0xc000, "5.9-k1")]
    [InlineData(Draft, OverwritingInDraft, 0xc000)]
    public void FirstUpdateAfterAStart_Overwrites(string edition, string first, int flags, params string[] violated) =>
        new MobileNodeRun(edition).Restart().Update(first, flags: flags).Violated.Should().BeEquivalentTo(violated);

    [Fact]
    public void Restart_EndsWhatWasRefused() =>
        new MobileNodeRun(Rfc).Update(First).Answer().Restart().Update(First, flags: 0xc040).Violated.Should().BeEmpty();

    [Fact]
    public void AddressOfAnotherNode_IsNotUsedAgain()
    {
        new MobileNodeRun(Base).Update(Alternate).Answer(status: 134).Update(Alternate).Violated.Should().Equal("11.7.1-k23");
        new MobileNodeRun(Base).Update(Alternate).Answer(status: 128).Update(Alternate).Violated.Should().BeEmpty();
    }

    [Fact]
    public void AnswerToARemoval_ForbidsNothing() =>
        new MobileNodeRun(Rfc).Update(Short, units: 0).Answer(Short, Prohibited).Update(First + Second).Violated.Should().BeEmpty();

    [Fact]
    public void AnswerThatIsStillOnItsWay_CountsForNothing()
    {
        new MobileNodeRun(Rfc).Update(First).Answer(Short, Plain).Update(First, after: 0.0001).Violated.Should().NotContain("5.7-k5");
        new MobileNodeRun(Rfc).Update(First).Answer(Short, Plain).Update(First, after: 0.0002).Violated.Should().Contain("5.7-k5");
    }

    [Fact]
    public void AnswerOnALinkThatGoesDown_CountsForNothing() =>
        new MobileNodeRun(Rfc).Update(First).Answer(Short, Plain).Change().Update(First).Violated.Should().BeEmpty();

    [Fact]
    public void AnswerToAnotherNumber_CountsForNothing() =>
        new MobileNodeRun(Rfc).Update(First).Answer(Short, Plain, number: 7).Update(First, after: 5).Violated.Should().BeEmpty();

    [Theory]
    [InlineData(39.0)]
    [InlineData(45.0, "11.7.3-k10")]
    public void Binding_IsRenewedInTime(double after, params string[] violated) =>
        new MobileNodeRun(Base).Update(Alternate).Answer().Update(Alternate, after: after).Violated.Should().BeEquivalentTo(violated);

    [Fact]
    public void BindingThatIsOverAfterALinkChange_IsNoViolation() =>
        new MobileNodeRun(Base).Update(Alternate).Answer().Change().Update(Alternate, after: 45).Violated.Should().BeEmpty();

    [Fact]
    public void HomeBinding_IsRenewedInTime()
    {
        const string OfHome = "01 04 00000000 23 14 0004 0080 20010db802000000000000005e000001";

        new MobileNodeRun(Rfc)
            .Update(OfHome, source: Home, link: "home")
            .Answer("23 04 0004 0080", to: Home, link: "home")
            .Update(OfHome, source: Home, link: "home", after: 45)
            .Violated.Should()
            .Equal("5.6.3-k9");
    }

    [Fact]
    public void Ledger_KnowsTheBindingsThatWereGranted()
    {
        var run = new MobileNodeRun(Rfc).Update(First + Second).Answer("23 04 0001 0000 23 04 0002 8000");

        run.Ledger.At(System.Net.IPAddress.Parse(HomeAgent))
            .Select(binding => (binding.Bid, $"{binding.CareOf}"))
            .Should()
            .Equal((1, OnLink1));
        run.Update(Short, units: 0).Answer(Short, units: 0);
        run.Ledger.At(System.Net.IPAddress.Parse(HomeAgent)).Should().BeEmpty();
    }

    private static int StatusOf(string name) =>
        Conformance.Testing.Statements.Edition.McoaDraft04.Wire.TryFindStatus(name, out var status) ? (int)status : 0;
}
