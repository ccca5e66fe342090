using FluentAssertions;
using Xunit;
using static Conformance.Harness.Tests.Checks.MobileNodeRun;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in Sequence Numbers, and in the times of messages that are sent again.</summary>
public sealed class MobileNodeNumberTests
{
    private const string Short = "23 04 0001 0000";
    private const string InDraft = "01 04 00000000 23 14 0001 0080 20010db8010100000000000000000051";
    private const string SecondInDraft = "01 00 23 14 0002 0080 20010db8010200000000000000000052";

    [Theory]
    [InlineData(Base, 500, 501)]
    [InlineData(Base, 500, 900)]
    [InlineData(Base, 65535, 3)]
    [InlineData(Base, 500, 500, "11.7.2-k18")]
    [InlineData(Base, 500, 499, "11.7.2-k18")]
    public void NumbersToOnePeer_Grow(string edition, int number, int next, params string[] violated) =>
        new MobileNodeRun(edition)
            .Update(Alternate, number)
            .Answer()
            .Update(Alternate, next, after: 5)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(501)]
    [InlineData(500, "rfc6275-11.7.2-k18", "4.1-k1", "4.1-d1")]
    public void NumbersOfDifferentBids_GoOnFromEachOther(int next, params string[] violated) =>
        new MobileNodeRun(Rfc)
            .Update(First, 500)
            .Answer(Short)
            .Update("01 04 00000000" + Second[6..], next, source: OnLink2, link: "link2")
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void NumbersOfDifferentBids_AreFreeInTheDraft() =>
        new MobileNodeRun(Draft)
            .Update(InDraft, 500)
            .Answer(Short)
            .Update("01 04 00000000" + SecondInDraft[6..], 20, source: OnLink2, link: "link2")
            .Violated.Should()
            .BeEmpty();

    [Theory]
    [InlineData(601)]
    [InlineData(600, "5.4-k5")]
    [InlineData(501, "5.4-k5")]
    public void NumberOfABulkUpdateOfTheDraft_IsAboveThoseOfItsBids(int number, params string[] violated) =>
        new MobileNodeRun(Draft)
            .Update(InDraft, 500)
            .Answer(Short)
            .Update("01 04 00000000" + SecondInDraft[6..], 600, source: OnLink2, link: "link2")
            .Answer("23 04 0002 0000", to: OnLink2, link: "link2")
            .Update(InDraft + SecondInDraft, number)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void NumberAfterTheEndOfTheBinding_IsFree()
    {
        new MobileNodeRun(Base).Update(Alternate, 500).Answer().Change().Update(Alternate, 20, after: 60).Violated.Should().BeEmpty();
        new MobileNodeRun(Base).Update(Alternate, 500).Answer(status: 128).Update(Alternate, 20).Violated.Should().BeEmpty();
        new MobileNodeRun(Base).Update(Alternate, 500).Answer().Restart().Update(Alternate, 20).Violated.Should().BeEmpty();
        new MobileNodeRun(Base)
            .Update(Alternate, 500)
            .Answer()
            .Update("", 501, units: 0)
            .Answer(units: 0)
            .Update(Alternate, 20)
            .Violated.Should()
            .BeEmpty();
    }

    [Theory]
    [InlineData(Base, 301)]
    [InlineData(Base, 340)]
    [InlineData(Base, 300, "11.7.1-k20")]
    [InlineData(Base, 299, "11.7.1-k20")]
    [InlineData(Rfc, 300, "rfc6275-11.7.1-k20")]
    [InlineData(Draft, 300)]
    [InlineData(Draft, 299, "5.9-k2", "rfc6275-11.7.1-k20")]
    public void NumberAfterStatus135_FollowsThatOfTheAnswer(string edition, int next, params string[] violated)
    {
        var options =
            edition == Base ? Alternate
            : edition == Rfc ? First
            : InDraft;

        new MobileNodeRun(edition)
            .Update(options, 20)
            .Answer(edition == Base ? "" : Short, 135, 300)
            .Update(options, next)
            .Violated.Should()
            .BeEquivalentTo(violated);
    }

    [Theory]
    [InlineData(501)]
    [InlineData(500, "11.8-k8", "11.7.2-k18")]
    public void RepeatedUpdate_HasANewNumber(int next, params string[] violated) =>
        new MobileNodeRun(Base).Update(Alternate, 500).Update(Alternate, next, after: 1.5).Violated.Should().BeEquivalentTo(violated);

    [Theory]
    [InlineData(1.5, 3)]
    [InlineData(1.0, 2, "11.8-k2")]
    [InlineData(4.0, 8, "11.8-k2")]
    [InlineData(1.5, 1.5, "11.8-k4")]
    [InlineData(1.5, 4)]
    public void FirstRegistration_IsRepeatedSlowerAndSlower(double first, double second, params string[] violated) =>
        new MobileNodeRun(Base)
            .Update(Alternate)
            .Update(Alternate, after: first)
            .Update(Alternate, after: second)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(0.5, "11.8-d1")]
    [InlineData(5.0, "11.8-d1")]
    public void LaterUpdate_IsRepeatedAfterASecond(double after, params string[] violated) =>
        new MobileNodeRun(Base)
            .Update(Alternate)
            .Answer()
            .Update(Alternate, after: 20)
            .Update(Alternate, after: after)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void IntervalsUpTo32Seconds_NeedNotGrowOn() =>
        new MobileNodeRun(Base)
            .Update(Alternate, units: 1000)
            .Update(Alternate, units: 1000, after: 1.5)
            .Update(Alternate, units: 1000, after: 31)
            .Update(Alternate, units: 1000, after: 32)
            .Update(Alternate, units: 1000, after: 32)
            .Violated.Should()
            .BeEmpty();

    [Fact]
    public void WhatMayHaveANewReason_IsNoRepetition()
    {
        new MobileNodeRun(Base).Update(Alternate).Change().Update(Alternate, after: 0.2).Violated.Should().BeEmpty();
        new MobileNodeRun(Base).Update(Alternate).Advertise("2001:db8:101::").Update(Alternate, after: 0.2).Violated.Should().BeEmpty();
        new MobileNodeRun(Base)
            .Update(Alternate)
            .Send(HandMadeMobility.Plain("3b 00 00 00 00 00 00 00", Home, HomeAgent))
            .Update(Alternate, after: 0.2)
            .Violated.Should()
            .BeEmpty();
    }

    [Theory]
    [InlineData(0.34)]
    [InlineData(0.3, "11.8-k7")]
    public void MessagesOfAType_AreAtMostThreeASecond(double between, params string[] violated)
    {
        var run = new MobileNodeRun(Base);
        foreach (var source in new[] { OnLink1, OnLink2, OnLink1, OnLink2 })
        {
            run.Change().Update(Alternate, source: source, after: between);
        }

        run.Violated.Should().BeEquivalentTo(violated);
    }
}
