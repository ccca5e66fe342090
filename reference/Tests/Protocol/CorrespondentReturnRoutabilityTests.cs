using FluentAssertions;
using Pmip.Protocol;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.CorrespondentFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 6275, Sections 5.2 and 9.4: tests, nonces and keys.</summary>
public sealed class CorrespondentReturnRoutabilityTests
{
    /// <summary>
    /// Kcn 00 01 .. 13, nonce a0 .. a7, index 1234. The tokens are those of Python's hmac over address, nonce and 00 or 01.
    /// </summary>
    private sealed class FixedRandom : Random
    {
        public override int Next(int maxValue) => 0x1234;

        public override void NextBytes(byte[] buffer)
        {
            var first = buffer.Length == 8 ? 0xa0 : 0;
            for (var i = 0; i < buffer.Length; i++)
            {
                buffer[i] = (byte)(first + i);
            }
        }
    }

    [Fact]
    public void Tests_HaveTheTokensOfTheFormulas()
    {
        var fixture = new CorrespondentFixture(random: new FixedRandom());

        var home = fixture.TestHome(Home);
        var careOf = fixture.TestCareOf(CareOf1);

        home.NonceIndex.Should().Be(0x1234);
        home.KeygenToken.Should().Be(0xb9ed_ad3c_cf67_fb1e);
        careOf.NonceIndex.Should().Be(0x1234);
        careOf.KeygenToken.Should().Be(0x8958_52d9_bc75_2dd6);
    }

    /// <summary>
    /// Authenticators of Python's hmac: key SHA-1 (home token | care-of token) = 00b5ce76 327876bb 9861eea3 1e3e0120 291ec517, text
    /// 2001:db8:100::5e1:1 | 2001:db8:100::c1 | the message up to the authenticator with a checksum of zero.
    /// </summary>
    [Fact]
    public void Update_WithTheAuthenticatorOfTheFormula_IsAnsweredWithThatOfTheFormula()
    {
        var fixture = new CorrespondentFixture(random: new FixedRandom());
        fixture.TestHome(Home);
        fixture.TestCareOf(CareOf1);

        var answer = fixture
            .Send(CareOf1, Home, Hex.Octets("3b 03 05 00 0000 0005 8000 0064  04 04 1234 1234  05 0c  8d0fb7d2 524281f8 38834b4c"))
            .Only<BindingAcknowledgement>();

        answer.Status.Should().Be(BindingStatus.ACCEPTED);
        answer.Options.First<BindingAuthorizationDataOption>()!.Authenticator.Should().Be(new OctetString(Hex.Octets(AnswerAuthenticator)));
    }

    private const string AnswerAuthenticator = "592b0bba faee983a 2496eeda";

    /// <summary>Key SHA-1 (home token) = fd17f5e5 3413a94b 2a042a58 92a88227 0863727c, over the home address instead.</summary>
    [Fact]
    public void Removal_WithTheAuthenticatorOfTheFormula_IsAccepted()
    {
        var fixture = new CorrespondentFixture(random: new FixedRandom());
        fixture.TestHome(Home);

        fixture
            .Send(CareOf1, Home, Hex.Octets("3b 03 05 00 0000 0006 8000 0000  04 04 1234 0000  05 0c  fdb9cb2f d59beddc f75eaf08"))
            .Only<BindingAcknowledgement>()
            .Status.Should()
            .Be(BindingStatus.ACCEPTED);
    }

    [Fact]
    public void Test_GoesToTheAddressThatIsTested()
    {
        var fixture = new CorrespondentFixture();

        Path(fixture.Role.Signal(Home, Correspondent, new HomeTestInit(1, []))).Should().Be(new Ipv6Signaling(Correspondent, Home));
        Path(fixture.Role.Signal(CareOf1, Correspondent, new CareOfTestInit(1, []))).Should().Be(new Ipv6Signaling(Correspondent, CareOf1));

        static SignalingTransport Path(IEnumerable<RoleAction> actions) => actions.OfType<RoleAction.SendSignal>().Single().Path;
    }

    [Fact]
    public void TestInit_WithAHomeAddressOption_IsIgnored()
    {
        var fixture = new CorrespondentFixture();
        MobilityMessage[] inits = [new HomeTestInit(1, []), new CareOfTestInit(1, [])];

        foreach (var init in inits)
        {
            fixture.Send(CareOf1, Home, init.ToBytes(Home, Correspondent)).WithoutLog().Should().BeEmpty();
        }
    }

    [Fact]
    public void Message_ToAnotherAddress_IsIgnored()
    {
        var fixture = new CorrespondentFixture();

        fixture.Role.Signal(Home, CareOf1, new HomeTestInit(1, [])).WithoutLog().Should().BeEmpty();
    }

    [Fact]
    public void Message_ForAMobileNode_IsIgnored()
    {
        var fixture = new CorrespondentFixture();

        fixture.Role.Signal(Home, Correspondent, new BindingRefreshRequest([])).WithoutLog().Should().BeEmpty();
    }

    [Fact]
    public void Nonce_IsReplacedAfterAnEighthOfItsLifetime()
    {
        var fixture = new CorrespondentFixture();
        var first = fixture.TestHome(Home);

        fixture.Role.AdvanceToJustBefore(TimeSpan.FromSeconds(30));
        fixture.TestHome(Home).Should().Be(first);
        fixture.Role.Tick();
        var second = fixture.TestHome(Home);

        second.NonceIndex.Should().Be((ushort)(first.NonceIndex + 1));
        second.KeygenToken.Should().NotBe(first.KeygenToken);
    }

    /// <summary>MAX_NONCE_LIFETIME after the first use, which is within MAX_TOKEN_LIFETIME for a token made 30 s later.</summary>
    [Fact]
    public void Token_IsAcceptedFor240SecondsAfterTheFirstUseOfItsNonce()
    {
        var fixture = new CorrespondentFixture();
        fixture.Register(Valid);

        fixture.Role.Advance(TimeSpan.FromSeconds(240));
        fixture.Register(Valid with { SequenceNumber = 2 });
        fixture.Role.Tick();

        fixture.Ask(Valid with { SequenceNumber = 3 }).Status.Should().Be(BindingStatus.EXPIRED_NONCES);
    }

    [Fact]
    public void NonceLifetime_OfTheSettings_IsThatOfTokens()
    {
        var fixture = new CorrespondentFixture(change: settings => settings with { NonceLifetime = TimeSpan.FromSeconds(80) });
        fixture.Register(Valid);

        fixture.Role.Advance(TimeSpan.FromSeconds(81));

        fixture.Ask(Valid with { SequenceNumber = 2 }).Status.Should().Be(BindingStatus.EXPIRED_NONCES);
    }
}
