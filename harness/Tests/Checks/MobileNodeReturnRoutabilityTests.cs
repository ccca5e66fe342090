using FluentAssertions;
using Xunit;
using static Conformance.Harness.Tests.Checks.MobileNodeRun;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in requests for keygen tokens, and in Binding Updates to a correspondent node.</summary>
public sealed class MobileNodeReturnRoutabilityTests
{
    private const string HomeTestInit = "3b 01 01 00 0000 0000 0000000000000001";
    private const string CareOfTestInit = "3b 01 02 00 0000 0000 0000000000000002";
    private const string InDraft = "01 04 00000000 23 14 0001 0080 20010db8010100000000000000000051";
    private const string Short = "23 04 0001 0000";

    [Fact]
    public void RightRegistration_IsNoViolation()
    {
        var run = new MobileNodeRun(Base).Update(Alternate).Answer().TestHome().TestCareOf().Register();

        run.Violated.Should().BeEmpty();
        run.Kept.Should()
            .Contain(["11.6.1-k3", "11.6.1-k4", "11.7.2-d1", "11.7.2-k17", "6.2-k1", "6.2-k2", "5.2.7-k4", "6.1.3-k1", "6.1.4-k1"]);
    }

    [Fact]
    public void HomeTestInit_GoesThroughTheTunnel()
    {
        var right = HandMadeMobility.Plain(HomeTestInit, Correspondent, Home);

        new MobileNodeRun(Base).Receive(InTunnel(OnLink1, HomeAgent, right)).Violated.Should().BeEmpty();
        new MobileNodeRun(Base).Receive(right, link: "home").Violated.Should().BeEmpty();
        new MobileNodeRun(Base).Receive(right).Violated.Should().Equal("11.6.1-k3");
        new MobileNodeRun(Base).Receive(InTunnel(OnLink1, Correspondent, right)).Violated.Should().Equal("11.6.1-k3");
        new MobileNodeRun(Base)
            .Receive(InTunnel(OnLink1, HomeAgent, HandMadeMobility.Plain(HomeTestInit, Correspondent, OnLink1)))
            .Violated.Should()
            .Equal("11.6.1-k3");
    }

    [Fact]
    public void CareOfTestInit_GoesDirectly()
    {
        var right = HandMadeMobility.Plain(CareOfTestInit, Correspondent, OnLink1);

        new MobileNodeRun(Base).Receive(right).Violated.Should().BeEmpty();
        new MobileNodeRun(Base).Receive(InTunnel(OnLink1, HomeAgent, right)).Violated.Should().Equal("11.6.1-k4");
        new MobileNodeRun(Base).Receive(FrameOf(CareOfTestInit, OnLink1, Correspondent)).Violated.Should().Contain("6.1-k2");
    }

    [Theory]
    [InlineData("3b 01 02 00 0000 0001 0000000000000002", "6.1.4-k1")]
    [InlineData("3a 01 02 00 0000 0000 0000000000000002", "6.1.1-k1")]
    [InlineData("3b 01 02 07 0000 0000 0000000000000002", "6.1.1-k3")]
    public void FieldsOfACareOfTestInit_AreJudged(string init, params string[] violated) =>
        new MobileNodeRun(Base).Receive(HandMadeMobility.Plain(init, Correspondent, OnLink1)).Violated.Should().BeEquivalentTo(violated);

    [Theory]
    [InlineData("3b 01 02 00 0000 0000 0000000000000003", 1.0)]
    [InlineData(CareOfTestInit, 1.0, "11.8-k9")]
    [InlineData("3b 01 02 00 0000 0000 0000000000000003", 0.3, "11.8-d1")]
    public void RepeatedInit_HasANewCookie(string next, double after, params string[] violated) =>
        new MobileNodeRun(Base)
            .Receive(HandMadeMobility.Plain(CareOfTestInit, Correspondent, OnLink1))
            .Receive(HandMadeMobility.Plain(next, Correspondent, OnLink1), after)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(Short)]
    [InlineData("23 04 0002 0000", "3-d2")]
    [InlineData("", "5.2-k2")]
    [InlineData("23 04 0001 0040", "5.2-k3")]
    [InlineData("23 04 0001 0020", "5.2-k3")]
    public void BidOfACareOfTestInit_IsThatOfTheHomeAgent(string asked, params string[] violated) =>
        new MobileNodeRun(Draft, "mcoa-draft-04-route-optimization")
            .Restart()
            .Update(InDraft.Replace("0080", "00c0", StringComparison.Ordinal))
            .Answer(Short)
            .TestCareOf(asked: asked)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void CareOfTestInitWithoutBid_IsRightForANodeThatRegistersOneAddress()
    {
        new MobileNodeRun(Draft).Update(InDraft).Answer(Short).TestCareOf().Violated.Should().BeEmpty();
        new MobileNodeRun(Draft, "mcoa-draft-04-route-optimization")
            .Update(InDraft)
            .Answer(Short)
            .TestCareOf(asked: Short)
            .TestCareOf(cookie: 5)
            .Violated.Should()
            .BeEmpty("the correspondent node does not know the option");
    }

    [Fact]
    public void UpdateAfterACareOfTestWithoutBid_HasNone()
    {
        new MobileNodeRun(Draft).TestHome().TestCareOf(asked: Short).Register(Short).Violated.Should().Equal("5.2-k4");
        new MobileNodeRun(Draft).TestHome().TestCareOf(asked: Short).Register().Violated.Should().BeEmpty();
        new MobileNodeRun(Draft).TestHome().TestCareOf(asked: Short, given: Short).Register(Short).Violated.Should().BeEmpty();
    }

    [Fact]
    public void TokenOfARefusedTest_IsNotUsed() =>
        new MobileNodeRun(Draft)
            .TestHome()
            .TestCareOf(asked: Short, given: "23 04 0001 a400")
            .Register(Short)
            .Violated.Should()
            .Equal("4.2.1-d6");

    [Fact]
    public void UpdateBeforeTheTests_IsAViolation()
    {
        new MobileNodeRun(Rfc).Ask().TestHome().Register(First).Violated.Should().BeEquivalentTo("5.2-k5", "rfc6275-11.7.2-d1");
        new MobileNodeRun(Rfc).Ask().TestCareOf().Register(First).Violated.Should().BeEquivalentTo("5.2-k5", "rfc6275-11.7.2-d1");
        new MobileNodeRun(Rfc).TestHome().TestCareOf().Register(First).Violated.Should().BeEmpty();
        new MobileNodeRun(Draft).Ask().TestHome().Register(Short).Violated.Should().BeEquivalentTo("5.2-k1", "5.3-k5", "rfc6275-11.7.2-d1");
    }

    [Fact]
    public void TokensOfAnEarlierScenario_MayServe()
    {
        new MobileNodeRun(Rfc).Register(First).Violated.Should().BeEmpty();
        new MobileNodeRun(Rfc).TestHome().Register(First).Violated.Should().BeEmpty();
        new MobileNodeRun(Rfc).Register(First, after: 250).Violated.Should().BeEquivalentTo("5.2-k5", "rfc6275-11.7.2-d1");
        new MobileNodeRun(Rfc).Restart().Register(First).Violated.Should().BeEquivalentTo("5.2-k5", "rfc6275-11.7.2-d1");
    }

    [Fact]
    public void TestOfAnotherCareOfAddress_IsNoProof() =>
        new MobileNodeRun(Rfc)
            .Ask()
            .TestHome()
            .TestCareOf(OnLink2)
            .Register(First)
            .Violated.Should()
            .BeEquivalentTo("5.2-k5", "rfc6275-11.7.2-d1");

    [Fact]
    public void TestWithAnotherCookie_IsNoProof() =>
        new MobileNodeRun(Rfc)
            .TestHome()
            .TestCareOf(answered: 9)
            .Register(First)
            .Violated.Should()
            .BeEquivalentTo("5.2-k5", "rfc6275-11.7.2-d1");

    [Theory]
    [InlineData(OnLink1, CareOfToken, "0007 0008")]
    [InlineData(OnLink2, CareOfToken, "0007 0008", "11.7.2-d1")]
    [InlineData(OnLink1, 5ul, "0007 0008", "11.7.2-d1")]
    [InlineData(OnLink1, CareOfToken, "0007 0009", "11.7.2-d1")]
    public void Authenticator_IsThatOfTheTokens(string covered, ulong token, string indices, params string[] violated) =>
        new MobileNodeRun(Base)
            .TestHome()
            .TestCareOf()
            .Register(covered: covered, careOfToken: token, indices: indices)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void AuthenticatorOfADeletion_IsThatOfTheHomeToken()
    {
        new MobileNodeRun(Base)
            .TestHome()
            .Register(covered: Home, careOfToken: null, units: 0, indices: "0007 0000")
            .Violated.Should()
            .BeEmpty();
        new MobileNodeRun(Base)
            .TestHome()
            .Register(covered: Home, careOfToken: null, units: 0, indices: "0007 0008")
            .Violated.Should()
            .Equal("11.7.2-k13");
        new MobileNodeRun(Base).TestHome().TestCareOf().Register(units: 0, indices: "0007 0000").Violated.Should().Equal("11.7.2-d1");
    }

    [Fact]
    public void MissingOptions_AreAViolation() =>
        new MobileNodeRun(Base).TestHome().TestCareOf().Update("", flags: 0x8000, to: Correspondent).Violated.Should().Equal("11.7.2-d1");

    [Theory]
    [InlineData("01 06 000000000000", "6.2-k2")]
    [InlineData("fa 06 000000000000", "6.2-k1")]
    public void AuthorizationStandsAtTheEnd(string behind, params string[] violated) =>
        new MobileNodeRun(Base).TestHome().TestCareOf().Register(behind: behind).Violated.Should().BeEquivalentTo(violated);

    [Theory]
    [InlineData(200.0)]
    [InlineData(215.0, "5.2.7-k4")]
    public void Tokens_AreNotOlderThan210Seconds(double after, params string[] violated) =>
        new MobileNodeRun(Base).TestHome().TestCareOf().Register(after: after).Violated.Should().BeEquivalentTo(violated);

    [Theory]
    [InlineData(0x8000)]
    [InlineData(0x9000, "6.1.7-k3")]
    public void FlagsTowardsACorrespondent_AreJudged(int flags, params string[] violated) =>
        new MobileNodeRun(Base).TestHome().TestCareOf().Register(flags: flags).Violated.Should().BeEquivalentTo(violated);
}
