using FluentAssertions;
using Xunit;
using static Conformance.Harness.Tests.Checks.MobileNodeRun;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in the headers and flags of Binding Updates of a mobile node (RFC 6275).</summary>
public sealed class MobileNodeUpdateFormTests
{
    private const string OfRouter = "2001:db8:101::";

    [Fact]
    public void RightHomeRegistration_IsNoViolation()
    {
        var run = new MobileNodeRun(Base).Advertise(OfRouter).Update(Alternate);

        run.Violated.Should().BeEmpty();
        run.Kept.Should()
            .Contain([
                "11.7.1-k2",
                "11.7.1-k3",
                "11.7.1-k4",
                "11.7.1-k6",
                "11.7.1-k10",
                "6.1.7-k2",
                "6.1.7-k5",
                "6.1.7-k10",
                "6.1.7-k11",
                "11.7.2-k8",
                "6.1.1-k1",
                "6.1.1-d1",
                "6.1-k1",
            ]);
    }

    [Theory]
    [InlineData(0x8000, "11.7.1-k2")]
    [InlineData(0x4000, "11.7.1-k3")]
    [InlineData(0xd000, "6.1.7-k2", "11.7.1-k10")]
    [InlineData(0xc001, "6.1.7-k5")]
    [InlineData(0xc040, "6.1.7-k5")]
    [InlineData(0xe200)]
    public void FlagsOfAHomeRegistration_AreJudged(int flags, params string[] violated) =>
        new MobileNodeRun(Base).Update(Alternate, flags: flags).Violated.Should().BeEquivalentTo(violated);

    [Fact]
    public void KeyManagementFlag_IsLeftToANodeWithDynamicAssociations() =>
        new MobileNodeRun(Base, "mcoa-ikev2").Update(Alternate, flags: 0xd000).Violated.Should().BeEmpty();

    [Theory]
    [InlineData(Rfc)]
    [InlineData(Draft, "rfc6275-6.1.7-k5")]
    public void OverwriteFlag_IsReservedBeforeRfc5648(string edition, params string[] violated) =>
        new MobileNodeRun(edition)
            .Update(edition == Rfc ? First : First.Replace("0001 0000", "0001 0080", StringComparison.Ordinal), flags: 0xc040)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void MissingHomeAddressOption_IsAViolation()
    {
        var bare = HandMadeMessage.Of(Message(1, 0xc000, 10, Alternate)).ToFrame(OnLink1, HomeAgent);

        new MobileNodeRun(Base).Receive(bare).Violated.Should().BeEquivalentTo("11.7.1-k4", "11.7.1-k18");
    }

    [Fact]
    public void MissingHomeAddressOptionTowardsACorrespondent_IsAViolation()
    {
        var bare = HandMadeMessage.Of(Message(1, 0x8000, 10, "")).ToFrame(OnLink1, Correspondent);

        new MobileNodeRun(Base).Receive(bare).Violated.Should().Contain("11.7.2-k17").And.NotContain("11.7.1-k4");
    }

    [Theory]
    [InlineData("", 10, "11.7.1-k6")]
    [InlineData("", 0)]
    public void AlternateCareOfAddress_IsDueInAHomeRegistration(string options, int units, params string[] violated) =>
        new MobileNodeRun(Base).Update(options, units: units).Violated.Should().BeEquivalentTo(violated);

    [Fact]
    public void AlternateCareOfAddress_IsNotDueBesideABid() => new MobileNodeRun(Rfc).Update(First).Violated.Should().BeEmpty();

    [Theory]
    [InlineData("2001:db8:102::52", "6.1.7-k11")]
    [InlineData("fe80::51", "6.1.7-k10", "6.1.7-k11")]
    public void SourceOfAnotherLink_IsAViolation(string source, params string[] violated) =>
        new MobileNodeRun(Base)
            .Advertise(OfRouter)
            .Update("", source: source, units: 0)
            .Violated.Should()
            .BeEquivalentTo([.. violated, "11.7.1-k5"]);

    [Fact]
    public void AddressesOfALinkWithoutRouter_AreNotJudged() =>
        new MobileNodeRun(Base).Update(Alternate, source: "2001:db8:109::51").Violated.Should().BeEmpty();

    [Fact]
    public void CareOfAddressOfNoLink_IsAViolation() =>
        new MobileNodeRun(Base)
            .Advertise(OfRouter)
            .Update(Alternate.Replace("0101", "0109", StringComparison.Ordinal))
            .Violated.Should()
            .Equal("11.7.2-k8");

    [Theory]
    [InlineData(0xc000, 0)]
    [InlineData(0xc000, 10, "11.5.5-k3")]
    [InlineData(0x4000, 0, "11.5.5-k3", "11.7.1-k3")]
    public void Return_IsJudged(int flags, int units, params string[] violated) =>
        new MobileNodeRun(Base)
            .Update("", flags: flags, units: units, source: Home, link: "home")
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void ReturnFromAnotherAddress_IsAViolation() =>
        new MobileNodeRun(Base).Update("", units: 0, source: "2001:db8:200::54", link: "home").Violated.Should().Equal("11.5.5-k4");

    [Fact]
    public void HomeBinding_IsNoReturn() =>
        new MobileNodeRun(Rfc)
            .Update(
                "01 04 00000000 23 14 0004 0080 20010db802000000000000005e000001 01 00 07 07 02 021a00000054",
                source: Home,
                link: "home"
            )
            .Violated.Should()
            .BeEmpty();

    [Theory]
    [InlineData(10)]
    [InlineData(11, "11.7.2-k11")]
    public void LifetimeTowardsACorrespondent_IsWithinThatOfTheHomeRegistration(int units, params string[] violated) =>
        new MobileNodeRun(Base)
            .Update(Alternate)
            .Answer()
            .TestHome()
            .TestCareOf()
            .Register(units: units)
            .Violated.Should()
            .BeEquivalentTo(violated);
}
