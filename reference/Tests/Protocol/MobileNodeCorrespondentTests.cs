using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.MobileNodeFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 6275, Sections 11.6 and 11.7.2, and return routability of several care-of addresses.</summary>
public class MobileNodeCorrespondentTests
{
    private static MobileNodeFixture Optimizing(McoaEdition edition) => Of(edition, settings => settings with { OptimizesRoutes = true });

    private static void ShouldBeAuthorized(SentMessage sent)
    {
        var (key, address) = Authority(sent);
        BindingAuthorization
            .TryVerify(key, address, Correspondent, sent.Action.MobilityHeader.Span, out var error)
            .Should()
            .BeTrue(error?.Detail);
    }

    [Fact]
    public void PacketThroughTheTunnel_StartsBothTests_AndARegistration()
    {
        var node = Optimizing(McoaEdition.None);
        node.Attach(1);
        node.Forget();
        node.Hear();

        node.Sent.Select(sent => sent.Message.GetType().Name).Should().Equal("HomeTestInit", "CareOfTestInit", "BindingUpdate");
        node.Sent[0].Path.Should().Be(new Ipv6Signaling(Home, Correspondent));
        node.Sent[1].Path.Should().Be(new Ipv6Signaling(CareOf(1), Correspondent));
        var update = node.Sent[2];
        update.Path.Should().Be(new Ipv6Signaling(CareOf(1), Correspondent) { HomeAddress = Home });
        update.Update.Flags.Should().Be(BindingUpdateFlags.Acknowledge);
        update.Update.LifetimeUnits.Should().Be(60, "that is the rest of the home registration");
        update.Update.Options.First<NonceIndicesOption>().Should().Be(new NonceIndicesOption(7, 9));
        ShouldBeAuthorized(update);
        node.Actions.Should().Contain(new RoleAction.AddOptimizedPeer(Correspondent, Home, CareOf(1)));
    }

    [Fact]
    public void Correspondent_IsNotRegisteredWith_UnlessRoutesAreOptimized()
    {
        var node = Plain();
        node.Attach(1);
        node.Forget();
        node.Hear();
        node.Sent.Should().BeEmpty();
    }

    [Theory]
    [InlineData(McoaEdition.Rfc5648)]
    [InlineData(McoaEdition.Draft04)]
    public void EachCareOfAddress_IsTested_AndRegisteredByItself(McoaEdition edition)
    {
        var node = Optimizing(edition);
        node.Attach(1, 2);
        node.Forget();
        node.Hear();
        node.Of<HomeTestInit>().Should().ContainSingle();
        node.Of<CareOfTestInit>().Select(sent => sent.Path.Source).Should().Equal(CareOf(1), CareOf(2));
        var hasOption = edition == McoaEdition.Draft04;
        node.Of<CareOfTestInit>()
            .Select(sent => ((CareOfTestInit)sent.Message).Options.OfType<BindingIdentityOption>().SingleOrDefault()?.BindingId)
            .Should()
            .Equal(hasOption ? [1, 2] : [null, null]);
        var updates = node.UpdatesTo(Correspondent);
        updates.Select(sent => sent.BindingIds.Single()).Should().Equal(1, 2);
        updates.Select(sent => sent.Identities.Single().CareOfAddress).Should().Equal(hasOption ? [null, null] : [CareOf(1), CareOf(2)]);
        updates.Should().OnlyContain(sent => !sent.Overwrites);
        foreach (var update in updates)
        {
            ShouldBeAuthorized(update);
        }
    }

    [Fact]
    public void TestInits_AreRepeated_WithNewCookies_AtDoubledIntervals()
    {
        var node = Optimizing(McoaEdition.None);
        node.AnswersTests = false;
        node.Attach(1);
        node.Hear();
        node.Advance(16);
        node.Of<HomeTestInit>().Select(sent => sent.At.TotalSeconds).Should().Equal(0, 1, 3, 7, 15);
        node.Of<CareOfTestInit>().Select(sent => ((CareOfTestInit)sent.Message).Cookie).Should().OnlyHaveUniqueItems();
        node.UpdatesTo(Correspondent).Should().BeEmpty();
    }

    [Fact]
    public void NewCareOfAddress_NeedsNoNewHomeToken()
    {
        var node = Optimizing(McoaEdition.Draft04);
        node.Attach(1);
        node.Hear();
        node.Forget();
        node.Attach(2);
        node.Of<HomeTestInit>().Should().BeEmpty();
        node.Of<CareOfTestInit>().Should().ContainSingle();
        node.UpdatesTo(Correspondent).Should().ContainSingle();
    }

    [Fact]
    public void ExpiredTokens_AreRenewed()
    {
        var node = Optimizing(McoaEdition.None);
        node.Attach(1);
        node.Hear();
        node.Forget();
        node.Advance(181);
        node.UpdatesTo(Correspondent).Should().ContainSingle("the lifetime ends at 240 s");
        node.Of<HomeTestInit>().Should().BeEmpty("the tokens can be used for 210 s");
        node.Forget();
        node.Advance(180);
        node.Of<HomeTestInit>().Should().ContainSingle();
        node.Of<CareOfTestInit>().Should().ContainSingle();
    }

    [Theory]
    [InlineData(BindingStatus.EXPIRED_HOME_NONCE_INDEX, 1, 0)]
    [InlineData(BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX, 0, 1)]
    [InlineData(BindingStatus.EXPIRED_NONCES, 1, 1)]
    public void ExpiredNonces_AreTestedAgain(BindingStatus status, int homeTests, int careOfTests)
    {
        var node = Optimizing(McoaEdition.Rfc5648);
        node.Attach(1);
        node.Forget();
        node.AnswerNext(status);
        node.Hear();
        (node.Of<HomeTestInit>().Count - 1, node.Of<CareOfTestInit>().Count - 1).Should().Be((homeTests, careOfTests));
        node.UpdatesTo(Correspondent).Should().HaveCount(2);
    }

    [Fact]
    public void LostLink_IsRemoved_WithTheHomeTokenAlone()
    {
        var node = Optimizing(McoaEdition.Rfc5648);
        node.Attach(1, 2);
        node.Hear();
        node.Forget();
        node.Detach(2);
        node.Advance(1);
        var removal = node.UpdatesTo(Correspondent).Should().ContainSingle().Which;
        (removal.Update.LifetimeUnits, removal.BindingIds.Single(), removal.Path.Source).Should().Be(((ushort)0, (ushort)2, CareOf(1)));
        removal.Update.Options.First<NonceIndicesOption>()!.CareOfNonceIndex.Should().Be(0);
        ShouldBeAuthorized(removal);
        node.Actions.Should().Contain(new RoleAction.RemoveOptimizedPeer(Correspondent, Home, CareOf(2)));
    }

    [Fact]
    public void Draft_TestWithoutBindingId_EndsTheirUse_AndTheTokenCounts()
    {
        var node = Optimizing(McoaEdition.Draft04);
        node.EditCareOfTest = test => test with { Options = [] };
        node.Attach(1, 2);
        node.Forget();
        node.Hear();
        node.UpdatesTo(Correspondent).Should().ContainSingle().Which.Identities.Should().BeEmpty();
    }

    [Fact]
    public void Draft_RefusedTest_BringsNoUpdate()
    {
        var node = Optimizing(McoaEdition.Draft04);
        node.EditCareOfTest = test => test with { Options = [node.Option(1, (BindingStatus)new DraftStatusCodes().McoaIncompliant)] };
        node.Attach(1);
        node.Forget();
        node.Hear();
        node.Advance(20);
        node.UpdatesTo(Correspondent).Should().BeEmpty();
    }

    [Fact]
    public void Refusal_EndsTheRegistration_ForGood()
    {
        var node = Optimizing(McoaEdition.Rfc5648);
        node.Attach(1);
        node.AnswerNext(BindingStatus.ADMINISTRATIVELY_PROHIBITED);
        node.Hear();
        node.Attach(2);
        node.Hear();
        node.UpdatesTo(Correspondent).Should().ContainSingle();
    }

    [Fact]
    public void UnsignedAcknowledgement_IsIgnored()
    {
        var node = Optimizing(McoaEdition.None);
        node.CorrespondentAnswers = false;
        node.Attach(1);
        node.Hear();
        var update = node.UpdatesTo(Correspondent).Single().Update;
        node.Receive(new BindingAcknowledgement(0, 0, update.SequenceNumber, 10, []), Correspondent, CareOf(1));
        node.MobileNode.Bindings.Should().ContainSingle();
    }

    [Fact]
    public void BindingError_RemovesTheEntry_UntilThereIsAnotherPacket()
    {
        var node = Optimizing(McoaEdition.Rfc5648);
        node.Attach(1);
        node.Hear();
        node.Forget();
        node.Receive(new BindingError(BindingError.UnknownBindingForHomeAddress, Home, []), Correspondent, CareOf(1));
        node.Actions.Should().Contain(new RoleAction.RemoveOptimizedPeer(Correspondent, Home, CareOf(1)));
        node.Sent.Should().BeEmpty();
        node.Hear();
        node.UpdatesTo(Correspondent).Should().ContainSingle();
    }

    [Fact]
    public void UnknownType_EndsBindingIdsFirst_ThenRouteOptimization()
    {
        var node = Optimizing(McoaEdition.Rfc5648);
        node.CorrespondentAnswers = false;
        node.Attach(1);
        node.Hear();
        node.Receive(new BindingError(BindingError.UnrecognizedMobilityHeaderType, Home, []), Correspondent, CareOf(1));
        node.UpdatesTo(Correspondent)[^1].Identities.Should().BeEmpty();
        var count = node.UpdatesTo(Correspondent).Count;
        node.Receive(new BindingError(BindingError.UnrecognizedMobilityHeaderType, Home, []), Correspondent, CareOf(1));
        node.Advance(60);
        node.UpdatesTo(Correspondent).Should().HaveCount(count);
    }

    [Fact]
    public void MessagesOfAType_AreAtMostThreeInASecond()
    {
        var node = Optimizing(McoaEdition.Rfc5648);
        node.Attach(1);
        for (var n = 0; n < 10; n++)
        {
            node.AnswerNext(BindingStatus.EXPIRED_NONCES);
        }
        node.Hear();
        node.Advance(10);
        var times = node.Of<CareOfTestInit>().Select(sent => sent.At).ToList();
        times.Should().HaveCountGreaterThan(5);
        times.Zip(times.Skip(3)).Should().OnlyContain(pair => pair.Second - pair.First >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Draft_RefreshRequestOfAnUnknownNode_IsAnsweredByARegistration()
    {
        var node = Optimizing(McoaEdition.Draft04);
        node.Attach(1);
        node.Receive(new BindingRefreshRequest([]), Correspondent, CareOf(1));
        node.UpdatesTo(Correspondent).Should().ContainSingle();
    }

    [Fact]
    public void Move_ReplacesTheBinding_AndDoesNotRemoveIt()
    {
        var node = Optimizing(McoaEdition.None);
        node.Attach(1);
        node.Hear();
        node.Detach(1);
        node.Forget();
        node.Attach(2);
        var sent = node.UpdatesTo(Correspondent).Should().ContainSingle().Which;
        (sent.Path.Source, sent.Update.LifetimeUnits).Should().Be((CareOf(2), (ushort)60));
    }
}
