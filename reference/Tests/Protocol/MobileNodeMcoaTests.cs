using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.MobileNodeFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5648, Section 5, and draft-ietf-monami6-multiplecoa-04, Section 5, on foreign links.</summary>
public class MobileNodeMcoaTests
{
    private readonly MobileNodeFixture _single = Of(McoaEdition.Rfc5648);
    private readonly MobileNodeFixture _bulk = Of(McoaEdition.Rfc5648, settings => settings with { RegistersInBulk = true });

    [Fact]
    public void FirstUpdate_HasO_AndTheOthersAddBindings()
    {
        _single.Attach(1, 2);
        _single.Updates.Select(sent => sent.Overwrites).Should().Equal(true, false);
        _single
            .Updates.Select(sent => sent.Identities.Single())
            .Should()
            .Equal(new BindingIdentifierOption(1, 0, false, CareOf(1)), new BindingIdentifierOption(2, 0, false, CareOf(2)));
        _single.Updates.Select(sent => sent.Path.Source).Should().Equal(CareOf(1), CareOf(2));
        _single.Updates.Should().OnlyContain(sent => !sent.Update.Options.OfType<AlternateCareOfAddressOption>().Any());
    }

    [Fact]
    public void OtherBindings_WaitForTheAcknowledgement_OfTheFirst()
    {
        _single.AgentAnswers = false;
        _single.Attach(1, 2);
        _single.Updates.Should().ContainSingle();
        _single.AgentAnswers = true;
        _single.Advance(2);
        _single.Updates.Select(sent => sent.BindingIds.Single()).Should().Equal(1, 1, 2);
        _single.Updates.Select(sent => sent.Overwrites).Should().Equal(true, true, false);
    }

    [Fact]
    public void Bulk_GathersCareOfAddresses()
    {
        _bulk.Attach(1, 2, 3);
        _bulk.Updates.Should().BeEmpty();
        _bulk.Advance(1);
        var sent = _bulk.Updates.Should().ContainSingle().Which;
        sent.BindingIds.Should().Equal(1, 2, 3);
        sent.Identities.Select(identity => identity.CareOfAddress).Should().Equal(CareOf(1), CareOf(2), CareOf(3));
    }

    [Fact]
    public void Bulk_RefreshesAllTogether_WithoutCareOfAddresses()
    {
        _bulk.Granted = 10;
        _bulk.Attach(1, 2);
        _bulk.Advance(32);
        var sent = _bulk.Updates[^1];
        _bulk.Updates.Should().HaveCount(2);
        sent.Identities.Should().OnlyContain(identity => identity.CareOfAddress == null);
        (sent.BindingIds.Count, sent.Overwrites).Should().Be((2, false));
    }

    [Fact]
    public void LostLink_IsRemoved_ByItsBindingId_FromAnotherLink()
    {
        _single.Attach(1, 2);
        _single.Forget();
        _single.Detach(1);
        var sent = _single.Updates.Should().ContainSingle().Which;
        (sent.Update.LifetimeUnits, sent.Path.Source).Should().Be(((ushort)0, CareOf(2)));
        sent.Identities.Should().Equal(new BindingIdentifierOption(1, 0, false, null));
        _single.Attach(1);
        _single.Advance(1);
        _single.Updates[^1].Identities.Should().Equal(new BindingIdentifierOption(1, 0, false, CareOf(1)));
    }

    [Fact]
    public void BindingId_StaysWithItsLink_OverAnotherAddress()
    {
        _single.Attach(1, 2);
        _single.Detach(2);
        _single.Advance(1);
        _single.Forget();
        _single.Do(new RoleInput.AddressUsable(Links[1], CareOf(2, 9), Prefix(2)));
        _single.Updates.Single().Identities.Should().Equal(new BindingIdentifierOption(2, 0, false, CareOf(2, 9)));
    }

    [Fact]
    public void SecondPrefix_HasABindingIdOfItsOwn()
    {
        _single.Attach(1, 2);
        _single.Do(new RoleInput.AddressUsable(Links[0], CareOf(4), Prefix(4)));
        _single.Updates[^1].Identities.Should().Equal(new BindingIdentifierOption(5, 0, false, CareOf(4)));
    }

    [Fact]
    public void SequenceNumbers_AreOneForThePeer()
    {
        _single.Attach(1, 2, 3);
        var first = _single.Updates[0].Update.SequenceNumber;
        _single.Updates.Select(sent => (ushort)(sent.Update.SequenceNumber - first)).Should().Equal(0, 1, 2);
    }

    [Theory]
    [InlineData(McoaEdition.Rfc5648)]
    [InlineData(McoaEdition.Draft04)]
    public void AnswerWithoutBindingIds_EndsTheirUse(McoaEdition edition)
    {
        var node = Of(edition);
        node.Edits.Enqueue((_, answer) => answer with { Options = [] });
        node.Attach(1, 2);
        node.Advance(0);
        node.Updates.Should().ContainSingle();
        node.MobileNode.Bindings.Should().ContainSingle().Which.Binding.Key.BindingId.Should().BeNull();
        node.Detach(1);
        var sent = node.Updates[^1];
        (sent.Path.Source, sent.Identities.Count).Should().Be((CareOf(2), 0));
    }

    [Theory]
    [InlineData(McoaEdition.Rfc5648)]
    [InlineData(McoaEdition.Draft04)]
    public void Prohibited_LeavesOneCareOfAddressWithoutBindingId(McoaEdition edition)
    {
        var node = Of(edition, settings => settings with { RegistersInBulk = true });
        node.AnswerNext(BindingStatus.MCOA_PROHIBITED);
        node.Attach(1, 2);
        node.Advance(300);
        node.Updates[0].BindingIds.Should().Equal(1, 2);
        node.Updates.Skip(1).Should().OnlyContain(sent => sent.Identities.Count == 0 && sent.Path.Source.Equals(CareOf(1)));
        node.Updates.Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void BulkProhibited_RegistersOneByOne()
    {
        _bulk.AnswerNext(BindingStatus.MCOA_BULK_REGISTRATION_PROHIBITED);
        _bulk.Attach(1, 2, 3);
        _bulk.Advance(3);
        _bulk.Updates.Select(sent => sent.BindingIds.Count).Should().Equal(3, 1, 1, 1);
        _bulk.MobileNode.Bindings.Should().HaveCount(3);
    }

    [Fact]
    public void PlainBinding_IsReplaced_ByO()
    {
        _single.Attach(1);
        _single.AnswerNext(BindingStatus.MCOA_NON_MCOA_BINDING_EXISTS);
        _single.Attach(2);
        _single.Advance(1);
        _single
            .Updates.Select(sent => (sent.BindingIds.Single(), sent.Overwrites))
            .Should()
            .Equal((1, true), (2, false), (2, true), (1, false));
    }

    [Fact]
    public void UnknownCareOfAddress_IsNamed()
    {
        _single.Attach(1);
        _single.Edits.Enqueue((_, answer) => answer with { Options = [_single.Option(1, BindingStatus.MCOA_UNKNOWN_COA)] });
        _single.Advance(200);
        _single.Updates.Select(sent => sent.Identities.Single().CareOfAddress).Should().Equal(CareOf(1), null, CareOf(1));
    }

    [Fact]
    public void StatusOfTheOption_CountsForItsBindingAlone()
    {
        _bulk.Edits.Enqueue(
            (_, answer) =>
                answer with
                {
                    Status = BindingStatus.MCOA_NOTCOMPLETE,
                    Options = [_bulk.Option(1), _bulk.Option(2, BindingStatus.INSUFFICIENT_RESOURCES)],
                }
        );
        _bulk.Attach(1, 2);
        _bulk.Advance(2);
        _bulk.MobileNode.Bindings.Select(entry => entry.Binding.Key.BindingId).Should().Equal((ushort)1);
    }

    [Fact]
    public void RefreshRequest_IsAnsweredForItsBindingIds()
    {
        _bulk.Attach(1, 2);
        _bulk.Advance(1);
        _bulk.Forget();
        _bulk.Receive(new BindingRefreshRequest([_bulk.Option(2, BindingStatus.REASON_UNSPECIFIED)]), Agent, CareOf(1));
        _bulk.Updates.Should().ContainSingle().Which.BindingIds.Should().Equal(2);
    }

    [Fact]
    public void NewStart_BeginsAnew_AfterAllIsLost()
    {
        _single.Granted = 10;
        _single.AnswerNext(BindingStatus.MCOA_PROHIBITED);
        _single.Attach(1);
        _single.Detach(1);
        _single.Advance(41);
        _single.Forget();
        _single.Attach(1);
        _single.Updates.Should().ContainSingle().Which.BindingIds.Should().Equal(1);
    }

    [Fact]
    public void Draft_NamesCareOfAddresses_WithFlagsEqualInBulk()
    {
        var node = Of(McoaEdition.Draft04, settings => settings with { RegistersInBulk = true });
        node.Granted = 10;
        node.Attach(1, 2);
        node.Advance(31.5);
        node.Updates.Should().HaveCount(2);
        node.Updates[0]
            .Identities.Should()
            .Equal(
                new BindingUniqueIdentifierOption(1, 0, true, false, CareOf(1)),
                new BindingUniqueIdentifierOption(2, 0, true, false, CareOf(2))
            );
        node.Updates[1]
            .Identities.Should()
            .Equal(
                new BindingUniqueIdentifierOption(1, 0, false, false, CareOf(1)),
                new BindingUniqueIdentifierOption(2, 0, false, false, CareOf(2))
            );
        node.Detach(1, 2);
    }

    [Fact]
    public void Draft_FlagsConflict_IsTriedOnceMore_ThenSingly()
    {
        var node = Of(McoaEdition.Draft04, settings => settings with { RegistersInBulk = true });
        node.AnswerNext((BindingStatus)new DraftStatusCodes().McoaFlagConflicts);
        node.AnswerNext((BindingStatus)new DraftStatusCodes().McoaFlagConflicts);
        node.Attach(1, 2);
        node.Advance(3);
        node.Updates.Select(sent => sent.BindingIds.Count).Should().Equal(2, 2, 1, 1);
    }

    [Fact]
    public void UpdateGivenUpOnItsWay_IsRemoved()
    {
        _single.Attach(1);
        _single.AgentAnswers = false;
        _single.Attach(2);
        _single.AgentAnswers = true;
        _single.Detach(2);
        var sent = _single.Updates[^1];
        (sent.Update.LifetimeUnits, sent.BindingIds.Single()).Should().Be(((ushort)0, (ushort)2));
    }
}
