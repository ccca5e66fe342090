using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.CorrespondentFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 6275, Section 9.5: Binding Updates and their answers, with one care-of address.</summary>
public sealed class CorrespondentUpdateTests
{
    private readonly CorrespondentFixture _fixture = new();

    [Fact]
    public void Registration_IsAnswered_AndPacketsGoToTheCareOfAddress()
    {
        var actions = _fixture.Send(Valid);

        actions
            .OfType<RoleAction>()
            .Where(action => action is not RoleAction.SendSignal)
            .Should()
            .Equal(
                new RoleAction.AcceptHomeAddress(Home, CareOf1),
                new RoleAction.AddRouteOptimization(Home, CareOf1),
                new RoleAction.PreferPath(Home, CareOf1)
            );
        actions
            .Only<BindingAcknowledgement>()
            .Should()
            .BeEquivalentTo(
                new
                {
                    Status = BindingStatus.ACCEPTED,
                    Flags = BindingAcknowledgementFlags.None,
                    SequenceNumber = 1,
                    LifetimeUnits = 100,
                }
            );
    }

    [Fact]
    public void Registration_OfAnotherCareOfAddress_MovesTheBinding()
    {
        _fixture.Register(Valid);

        var actions = _fixture.Send(Valid with { Source = CareOf2, SequenceNumber = 2 });

        actions
            .Where(action => action is not RoleAction.SendSignal)
            .Should()
            .Equal(
                new RoleAction.AcceptHomeAddress(Home, CareOf2),
                new RoleAction.AddRouteOptimization(Home, CareOf2),
                new RoleAction.RemoveRouteOptimization(Home, CareOf1),
                new RoleAction.RefuseHomeAddress(Home, CareOf1),
                new RoleAction.PreferPath(Home, CareOf2)
            );
    }

    [Fact]
    public void Registration_WithAnAlternateCareOfAddress_NeedsTheTokenOfThat()
    {
        var update = Valid with { AlternateCareOf = CareOf2 };

        _fixture.Send(update).WithoutLog().Should().BeEmpty();
        _fixture.Register(update with { Proved = CareOf2 });

        _fixture.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [0] = CareOf2 });
    }

    /// <summary>Faults that no answer tells the mobile node of.</summary>
    public static TheoryData<string> Faults() => [.. _faults.Keys];

    private static readonly Dictionary<string, TestRegistration> _faults = new()
    {
        ["no Nonce Indices"] = Valid with { HasNonceIndices = false },
        ["no authorization"] = Valid with { HasAuthorization = false },
        ["wrong authenticator"] = Valid with { Damage = octets => [.. octets[..^1], (byte)(octets[^1] ^ 1)] },
        ["changed after authentication"] = Valid with { Damage = octets => [.. octets[..7], 9, .. octets[8..]] },
        ["token of another address"] = Valid with { Proved = CareOf2 },
        ["padding behind the authorization"] = Valid with
        {
            Damage = octets => [octets[0], (byte)(octets[1] + 1), .. octets[2..], 1, 6, 0, 0, 0, 0, 0, 0],
        },
        ["H and Nonce Indices"] = Valid with { Flags = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration },
        ["link-local home address"] = Valid with { Home = IPAddress.Parse("fe80::1") },
        ["multicast home address"] = Valid with { Home = IPAddress.Parse("ff0e::1") },
        ["link-local care-of address"] = Valid with { AlternateCareOf = IPAddress.Parse("fe80::1") },
        ["unspecified source"] = Valid with { Source = IPAddress.IPv6Any },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Update_WithAFault_IsIgnored(string fault)
    {
        _fixture.Send(_faults[fault]).WithoutLog().Where(action => !IsTest(action)).Should().BeEmpty();

        _fixture.Bindings.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(5 + 0x8000)]
    public void SequenceNumber_ThatIsNotGreater_IsAnsweredWithTheLast(int number)
    {
        _fixture.Register(Valid with { SequenceNumber = 5 });

        var answer = _fixture.Ask(Valid with { SequenceNumber = (ushort)number, Source = CareOf2, Flags = 0 });

        answer.Status.Should().Be(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        answer.SequenceNumber.Should().Be(5);
        answer.Options.First<BindingAuthorizationDataOption>().Should().NotBeNull();
        _fixture.Bindings.Values.Should().Equal(CareOf1);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(5 + 0x7fff)]
    public void SequenceNumber_ThatIsGreaterModulo65536_IsAccepted(int number)
    {
        _fixture.Register(Valid with { SequenceNumber = 5 });

        _fixture.Register(Valid with { SequenceNumber = (ushort)number });
    }

    [Theory]
    [InlineData(true, false, BindingStatus.EXPIRED_HOME_NONCE_INDEX)]
    [InlineData(false, true, BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX)]
    [InlineData(true, true, BindingStatus.EXPIRED_NONCES)]
    public void NonceIndex_ThatIsNotKnown_IsAnsweredWithoutAuthenticator(bool home, bool careOf, BindingStatus status)
    {
        var unknown = (ushort)(_fixture.TestHome(Home).NonceIndex + 0x4000);

        var answer = _fixture.Ask(Valid with { Indices = (home ? unknown : null, careOf ? unknown : null), Flags = 0 });

        answer.Status.Should().Be(status);
        answer.Options.First<BindingAuthorizationDataOption>().Should().BeNull();
        _fixture.Bindings.Should().BeEmpty();
    }

    [Fact]
    public void Removal_WithAnUnknownCareOfNonceIndex_IsAccepted()
    {
        _fixture.Register(Valid);

        var actions = _fixture.Send(Valid with { SequenceNumber = 2, LifetimeUnits = 0, Indices = (null, 0x7777) });

        actions.Only<BindingAcknowledgement>().Status.Should().Be(BindingStatus.ACCEPTED);
        actions
            .Where(action => action is not RoleAction.SendSignal)
            .Should()
            .Equal(new RoleAction.RemoveRouteOptimization(Home, CareOf1), new RoleAction.RefuseHomeAddress(Home, CareOf1));
    }

    [Fact]
    public void Removal_WithTheKeyOfARegistration_IsIgnored()
    {
        _fixture.Register(Valid);

        // The lifetime becomes zero after the authenticator was computed.
        _fixture
            .Send(Valid with { SequenceNumber = 2, Damage = octets => [.. octets[..10], 0, 0, .. octets[12..]] })
            .WithoutLog()
            .Should()
            .BeEmpty();

        _fixture.Bindings.Should().NotBeEmpty();
    }

    [Fact]
    public void Removal_FromTheHomeAddress_IsAnsweredWithoutRoutingHeader()
    {
        _fixture.Register(Valid);

        _fixture.Register(Valid with { Source = Home, SequenceNumber = 2, LifetimeUnits = 0 });

        _fixture.Bindings.Should().BeEmpty();
    }

    [Fact]
    public void Removal_WithoutBinding_CreatesNone()
    {
        _fixture.Register(Valid with { LifetimeUnits = 0 });

        _fixture.Bindings.Should().BeEmpty();
    }

    /// <summary>RFC 6275, Section 9.5.3: the nonces of a deleted binding do not serve the same addresses again.</summary>
    [Fact]
    public void Registration_AfterARemoval_NeedsANewCareOfToken()
    {
        _fixture.Register(Valid);
        _fixture.Register(Valid with { SequenceNumber = 2, LifetimeUnits = 0 });

        _fixture.Ask(Valid with { SequenceNumber = 3 }).Status.Should().Be(BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX);
        _fixture.ForgetTokens();

        _fixture.Register(Valid with { SequenceNumber = 3 });
    }

    /// <summary>RFC 6275, Section 5.2.8: the number is kept as long as the nonces.</summary>
    [Fact]
    public void Registration_ReplayedAfterTheEndOfItsBinding_IsRefused()
    {
        _fixture.Register(Valid with { SequenceNumber = 5, LifetimeUnits = 1 });
        _fixture.Role.Advance(TimeSpan.FromSeconds(5));

        var answer = _fixture.Ask(Valid with { SequenceNumber = 5, LifetimeUnits = 1 });

        answer.Status.Should().Be(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        _fixture.Register(Valid with { SequenceNumber = 6 });
    }

    [Fact]
    public void SequenceNumber_WithoutBinding_IsAcceptedWhateverItIs()
    {
        _fixture.Register(Valid with { SequenceNumber = 500 });
        _fixture.Register(Valid with { SequenceNumber = 501, LifetimeUnits = 0 });
        _fixture.ForgetTokens();

        _fixture.Register(Valid with { SequenceNumber = 3 });
    }

    [Fact]
    public void HomeRegistration_IsRefused()
    {
        var update = Valid with
        {
            Flags = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration,
            HasNonceIndices = false,
            HasAuthorization = false,
        };

        var answer = _fixture.Ask(update);
        _fixture.Register(Valid);
        var second = _fixture.Ask(update with { SequenceNumber = 2, Source = CareOf2 });

        answer.Status.Should().Be(BindingStatus.HOME_REGISTRATION_NOT_SUPPORTED);
        second.Status.Should().Be(BindingStatus.REGISTRATION_TYPE_CHANGE_DISALLOWED);
        _fixture.Bindings.Values.Should().Equal(CareOf1);
    }

    [Fact]
    public void AcceptedUpdate_WithoutA_IsNotAnswered()
    {
        _fixture.Send(Valid with { Flags = BindingUpdateFlags.KeyManagement }).Messages<BindingAcknowledgement>().Should().BeEmpty();

        _fixture.Bindings.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(ushort.MaxValue, 105)]
    [InlineData(106, 105)]
    [InlineData(105, 105)]
    [InlineData(1, 1)]
    public void Lifetime_IsThatAskedForUpTo420Seconds(int asked, int granted)
    {
        _fixture.Ask(Valid with { LifetimeUnits = (ushort)asked }).LifetimeUnits.Should().Be((ushort)granted);

        _fixture.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(4 * granted)).Should().BeEmpty();
        _fixture
            .Role.Tick()
            .Should()
            .Equal(new RoleAction.RemoveRouteOptimization(Home, CareOf1), new RoleAction.RefuseHomeAddress(Home, CareOf1));
        _fixture.Bindings.Should().BeEmpty();
    }

    [Fact]
    public void CareOfAddress_ThatIsTheHomeAddress_IsRefused()
    {
        _fixture.Ask(Valid with { Source = Home }).Status.Should().Be(BindingStatus.INVALID_CARE_OF_ADDRESS);

        _fixture.Bindings.Should().BeEmpty();
    }

    [Fact]
    public void Registration_WhereBindingsAreNotCached_IsProhibited()
    {
        var fixture = new CorrespondentFixture(change: settings => settings with { AcceptsBindings = false });

        fixture.Ask(Valid).Status.Should().Be(BindingStatus.ADMINISTRATIVELY_PROHIBITED);

        fixture.Bindings.Should().BeEmpty();
    }

    [Fact]
    public void BindingIdentifier_WithoutSeveralCareOfAddresses_IsSkipped()
    {
        var bid = new BindingIdentifierOption(7, 0, SimultaneousHomeAndForeign: false, CareOf3);

        var answer = _fixture.Ask(Valid with { Options = [bid, new UnknownOption(200, default)] });

        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        answer.Options.Should().ContainSingle().Which.Should().BeOfType<BindingAuthorizationDataOption>();
        _fixture.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [0] = CareOf1 });
    }

    [Fact]
    public void UnverifiedHomeAddress_IsReportedToTheSource()
    {
        var sent = _fixture
            .Role.Handle(new RoleInput.UnverifiedHomeAddress(Home, CareOf1, Correspondent, RoleDriver.Core))
            .OfType<RoleAction.SendSignal>()
            .Should()
            .ContainSingle()
            .Which;

        sent.Path.Should().Be(new Ipv6Signaling(Correspondent, CareOf1));
        _fixture.Parse(sent).Should().Be(new BindingError(BindingError.UnknownBindingForHomeAddress, Home, []));
    }

    [Fact]
    public void UnverifiedHomeAddress_FromNoUnicastAddress_IsNotReported() =>
        _fixture
            .Role.Handle(new RoleInput.UnverifiedHomeAddress(Home, IPAddress.IPv6Any, Correspondent, RoleDriver.Core))
            .Should()
            .BeEmpty();

    [Fact]
    public void RefreshRequest_GoesToTheHomeAddressBeforeTheEnd_AndNoMoreAfterAnUpdate()
    {
        var fixture = new CorrespondentFixture(change: settings => settings with { RefreshRequestBefore = TimeSpan.FromSeconds(5) });
        fixture.Register(Valid with { LifetimeUnits = 5 });

        fixture.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(15)).Should().BeEmpty();
        var sent = fixture.Role.Tick().OfType<RoleAction.SendSignal>().Should().ContainSingle().Which;
        fixture.Register(Valid with { SequenceNumber = 2, LifetimeUnits = 50 });

        sent.Path.Should().Be(new Ipv6Signaling(Correspondent, Home));
        fixture.Parse(sent).Should().Be(new BindingRefreshRequest([]));
        fixture.Role.Advance(TimeSpan.FromSeconds(194)).Should().BeEmpty();
    }

    private static bool IsTest(RoleAction action) =>
        action is RoleAction.SendSignal { MobilityHeader: var octets }
        && octets.Span[2] is (byte)MobilityHeaderType.HomeTest or (byte)MobilityHeaderType.CareOfTest;
}
