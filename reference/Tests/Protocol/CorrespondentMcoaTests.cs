using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.CorrespondentFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>Several care-of addresses at a correspondent node: what RFC 5648 and draft-ietf-monami6-multiplecoa-04 share.</summary>
public sealed class CorrespondentMcoaTests
{
    public static TheoryData<McoaEdition> Editions() => [McoaEdition.Rfc5648, McoaEdition.Draft04];

    [Theory]
    [MemberData(nameof(Editions))]
    public void Registrations_WithTwoBids_AreTwoBindings(McoaEdition edition)
    {
        var fixture = WithTwo(edition);

        fixture.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [1] = CareOf1, [2] = CareOf2 });
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Answer_HasTheBidWithoutAddressAndWithStatusZero(McoaEdition edition)
    {
        var fixture = WithTwo(edition);

        var accepted = fixture.Ask(With(fixture, 3, CareOf3, 3));
        var refused = fixture.Ask(With(fixture, 4, CareOf3, 4) with { Options = [fixture.Bid(4), fixture.Bid(5)] });

        accepted.Options.All<BindingIdentityOption>().Should().Equal((BindingIdentityOption)fixture.Bid(3));
        refused
            .Options.All<BindingIdentityOption>()
            .Should()
            .Equal((BindingIdentityOption)fixture.Bid(4), (BindingIdentityOption)fixture.Bid(5));
        refused.Options.First<BindingAuthorizationDataOption>().Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void SeveralOptions_InOneUpdate_AreProhibited(McoaEdition edition)
    {
        var fixture = new CorrespondentFixture(edition);

        var answer = fixture.Ask(Valid with { Options = [fixture.Bid(1, CareOf1), fixture.Bid(2, CareOf2)] });

        answer.Status.Should().Be(Named(fixture, edition, "MCOA_BULK_REGISTRATION_PROHIBITED", "MCOA_BULK_REGISTRATION_NOT_SUPPORTED"));
        fixture.Bindings.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void SeveralAddresses_WhereTheyAreProhibited_AreRefused(McoaEdition edition)
    {
        var fixture = new CorrespondentFixture(edition, settings => settings with { AllowsMultipleCareOfAddresses = false });

        var answer = fixture.Ask(With(fixture, 1, CareOf1, 1));
        fixture.Register(Valid with { SequenceNumber = 2 });

        answer.Status.Should().Be(Named(fixture, edition, "MCOA_PROHIBITED", "MCOA_PROHIBITED"));
        fixture.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [0] = CareOf1 });
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void UpdateWithoutBid_ReplacesAllBindings(McoaEdition edition)
    {
        var fixture = WithTwo(edition);

        var actions = fixture.Send(Valid with { Source = CareOf3, SequenceNumber = 3 });

        fixture.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [0] = CareOf3 });
        actions.OfType<RoleAction.RefuseHomeAddress>().Select(action => action.CareOf).Should().Equal(CareOf1, CareOf2);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void RemovalWithoutBid_RemovesAllBindings(McoaEdition edition)
    {
        var fixture = WithTwo(edition);

        fixture.Register(Valid with { SequenceNumber = 3, LifetimeUnits = 0 });

        fixture.Bindings.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void RemovalOfABid_LeavesTheOther(McoaEdition edition)
    {
        var fixture = WithTwo(edition);

        fixture.Register(Valid with { SequenceNumber = 3, LifetimeUnits = 0, Options = [fixture.Bid(1, overwrites: true)] });

        fixture.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [2] = CareOf2 });
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void RemovalOfAnUnknownBid_IsRefused(McoaEdition edition)
    {
        var fixture = WithTwo(edition);

        fixture
            .Ask(Valid with { SequenceNumber = 3, LifetimeUnits = 0, Options = [fixture.Bid(9)] })
            .Status.Should()
            .Be(BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE);

        fixture.Bindings.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void KnownBid_WithAnotherAddress_Moves(McoaEdition edition)
    {
        var fixture = WithTwo(edition);

        fixture.Register(With(fixture, 1, CareOf3, 3));

        fixture.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [2] = CareOf2, [1] = CareOf3 });
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void OptionOfAWrongLength_IsMalformed(McoaEdition edition)
    {
        var fixture = WithTwo(edition);
        var wrong = new UnknownOption(35, new OctetString([0, 3, 0, 0, 0]));

        var sent = fixture.Send(Valid with { Source = CareOf3, SequenceNumber = 3, Options = [wrong] });

        var answer = (BindingAcknowledgement)fixture.Parse(sent.OfType<RoleAction.SendSignal>().Last());
        answer.Status.Should().Be(Named(fixture, edition, "MCOA_MALFORMED", "MCOA_INCOMPLIANT"));
        answer.Options.First<BindingIdentityOption>()!.BindingId.Should().Be(3);
        fixture.Bindings.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void AddressThatIsNotRoutable_IsMalformed(McoaEdition edition)
    {
        var fixture = new CorrespondentFixture(edition);

        foreach (var (address, number) in new[] { "::", "::1", "fe80::1", "ff0e::1" }.Select((address, i) => (address, i)))
        {
            var update = Valid with { SequenceNumber = (ushort)(number + 1), Options = [fixture.Bid(1, IPAddress.Parse(address))] };
            fixture.Ask(update).Status.Should().Be(Named(fixture, edition, "MCOA_MALFORMED", "MCOA_INCOMPLIANT"), address);
        }

        fixture.Bindings.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void AddressInTheOption_NeedsItsToken(McoaEdition edition)
    {
        var fixture = new CorrespondentFixture(edition);
        var update = Valid with { Options = [fixture.Bid(1, CareOf2)] };

        fixture.Send(update).Messages<BindingAcknowledgement>().Should().BeEmpty();
        fixture.Register(update with { Proved = CareOf2 });

        fixture.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [1] = CareOf2 });
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void RefreshRequest_HasTheBid(McoaEdition edition)
    {
        var fixture = new CorrespondentFixture(edition, settings => settings with { RefreshRequestBefore = TimeSpan.FromSeconds(5) });
        fixture.Register(With(fixture, 7, CareOf1, 1));

        var request = (BindingRefreshRequest)
            fixture.Parse(fixture.Role.Advance(TimeSpan.FromSeconds(396)).OfType<RoleAction.SendSignal>().Single());

        request.Options.Should().Equal(fixture.Bid(7));
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void OneAddressWithTwoBids_IsFollowedUntilBothAreGone(McoaEdition edition)
    {
        var fixture = new CorrespondentFixture(edition);
        fixture.Register(With(fixture, 1, CareOf1, 1));
        fixture.Register(With(fixture, 2, CareOf1, 2));

        var first = fixture.Send(Valid with { SequenceNumber = 3, LifetimeUnits = 0, Options = [fixture.Bid(1)] });
        var second = fixture.Send(Valid with { SequenceNumber = 4, LifetimeUnits = 0, Options = [fixture.Bid(2)] });

        first.OfType<RoleAction.RefuseHomeAddress>().Should().BeEmpty();
        second.OfType<RoleAction.RefuseHomeAddress>().Should().Equal(new RoleAction.RefuseHomeAddress(Home, CareOf1));
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void CareOfTest_HasTheBidOfItsInit(McoaEdition edition)
    {
        var fixture = new CorrespondentFixture(edition);
        var plain = fixture.TestCareOf(CareOf1);

        var test = fixture.TestCareOf(CareOf1, fixture.Bid(7));

        test.Options.Should().Equal(fixture.Bid(7));
        test.KeygenToken.Should().Be(plain.KeygenToken, "the BID has no part in the token");
    }

    private static CorrespondentFixture WithTwo(McoaEdition edition)
    {
        var fixture = new CorrespondentFixture(edition);
        fixture.Register(With(fixture, 1, CareOf1, 1));
        fixture.Register(With(fixture, 2, CareOf2, 2));
        return fixture;
    }

    /// <summary>A BID with its care-of address as each edition has it towards a correspondent node.</summary>
    private static TestRegistration With(CorrespondentFixture fixture, ushort bid, IPAddress careOf, ushort number) =>
        Valid with
        {
            Source = careOf,
            SequenceNumber = number,
            Options = [fixture.Edition == WireEdition.Rfc5648 ? fixture.Bid(bid, careOf) : fixture.Bid(bid)],
        };

    private static BindingStatus Named(CorrespondentFixture fixture, McoaEdition edition, string rfc, string draft)
    {
        fixture.Edition.TryFindStatus(edition == McoaEdition.Rfc5648 ? rfc : draft, out var status).Should().BeTrue();
        return status;
    }
}
