using FluentAssertions;
using Xunit;
using static Conformance.Harness.Tests.Checks.MobileNodeRun;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in the BID options of Binding Updates of a mobile node.</summary>
public sealed class MobileNodeIdentifierTests
{
    private const string InDraft = "01 04 00000000 23 14 0001 0080 20010db8010100000000000000000051";
    private const string SecondInDraft = "01 00 23 14 0002 0080 20010db8010200000000000000000052";
    private const string Short = "23 04 0001 0000";
    private const string OfHome = "01 04 00000000 23 14 0004 0080 20010db802000000000000005e000001";
    private const string LinkLayer = "01 00 07 07 02 021a00000054";

    [Theory]
    [InlineData(Rfc, First)]
    [InlineData(Rfc, First + Second)]
    [InlineData(Draft, InDraft)]
    [InlineData(Draft, InDraft + SecondInDraft)]
    [InlineData(Draft, Short)]
    [InlineData(Rfc, "01 04 00000000 23 14 0000 0000 20010db8010100000000000000000051", "4.3-k5", "5.1-k2")]
    [InlineData(Draft, "23 04 0000 0000", "2-k1", "5.1-k2")]
    [InlineData(Rfc, First + "01 00 23 14 0001 0000 20010db8010200000000000000000052", "2-d1", "5.1-k1", "5.3-d1")]
    [InlineData(Draft, InDraft + "01 00 23 14 0001 0080 20010db8010200000000000000000052", "2-d1", "5.4-d2")]
    [InlineData(Rfc, Short, "5.1-k4", "5.2-k3")]
    [InlineData(Rfc, First + "23 04 0002 0000", "5.1-k4", "5.2-k3", "5.3-d2")]
    [InlineData(Rfc, "01 04 00000000 23 14 0001 0001 20010db8010100000000000000000051", "4.3-k7")]
    [InlineData(Draft, "01 04 00000000 23 14 0001 0081 20010db8010100000000000000000051", "4.2.1-d2")]
    [InlineData(Draft, "01 04 00000000 23 14 0001 0000 20010db8010100000000000000000051", "4.2.1-k1")]
    [InlineData(Draft, "23 04 0001 0080", "4.2.1-k2")]
    [InlineData(Rfc, "01 02 0000 23 14 0001 0000 20010db8010100000000000000000051", "4.3-d1")]
    [InlineData(Rfc, "23 05 0001 0000 00", "4.3-k2", "4.3-k9")]
    [InlineData(Rfc, "01 04 00000000 23 12 0001 0000 20010db80101000000000000000000", "4.3-k4")]
    [InlineData(Draft, InDraft + "23 04 0002 0000", "4.2.1-d1", "5.4-k1")]
    [InlineData(Draft, InDraft + "01 00 23 14 0002 00c0 20010db8010200000000000000000052", "5.4-k1")]
    [InlineData(Draft, InDraft + "01 00 23 14 0004 00a0 20010db802000000000000005e000001")]
    [InlineData(Rfc, First + "01 04 00000000 03 10 20010db8010100000000000000000051", "5.2-k4")]
    [InlineData(Draft, "23 04 0001 0000 01 02 0000 03 10 20010db8010200000000000000000052", "4.2.1-k4")]
    public void OptionsOfAHomeRegistration_AreJudged(string edition, string options, params string[] violated) =>
        new MobileNodeRun(edition).Update(options).Violated.Should().BeEquivalentTo(violated);

    [Theory]
    [InlineData(0xc040, "", 10, "4.2-d2")]
    [InlineData(0xc000, "", 0)]
    [InlineData(0xc040, First, 10)]
    public void OverwriteFlag_NeedsABid(int flags, string options, int units, params string[] violated) =>
        new MobileNodeRun(Rfc)
            .Update(options, flags: flags, units: units)
            .Violated.Where(id => id[0] != 'r')
            .Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(Rfc, First)]
    [InlineData(Rfc, First + Second, "2-d2")]
    [InlineData(Rfc, "01 04 00000000 23 14 0001 0080 20010db8010100000000000000000051", "4.3-d2")]
    [InlineData(Rfc, "01 04 00000000 23 08 0001 0000 c0000251", "4.3-d3")]
    [InlineData(Draft, Short)]
    [InlineData(Draft, InDraft, "4.2.1-d3")]
    [InlineData(Draft, "23 04 0001 0040", "4.2.1-d4")]
    [InlineData(Draft, "23 04 0001 0020", "4.2.1-d5")]
    [InlineData(Draft, "23 04 0001 0000 23 04 0002 0000", "2-k3")]
    public void OptionsTowardsACorrespondent_AreJudged(string edition, string options, params string[] violated) =>
        new MobileNodeRun(edition)
            .Update(options, flags: 0x8000, to: Correspondent)
            .Violated.Where(id => id[0] != 'r' && !id.StartsWith("5.", StringComparison.Ordinal) && id != "4.2.1-d1")
            .Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(OfHome + LinkLayer, 10)]
    [InlineData(OfHome, 10, "5.6.3-k4")]
    [InlineData(OfHome + "01 00 07 07 01 021a00000054", 10, "5.6.3-k5")]
    [InlineData(OfHome + LinkLayer, 0, "5.6.3-k2")]
    [InlineData("01 04 00000000 23 14 0004 0080 20010db8010100000000000000000051" + LinkLayer, 10, "5.6.3-k3")]
    [InlineData(OfHome + "01 00 23 14 0005 0080 20010db802000000000000005e000001" + LinkLayer, 10, "5.6.3-d1")]
    [InlineData(OfHome + Second + LinkLayer, 10)]
    public void HomeBinding_IsJudged(string options, int units, params string[] violated) =>
        new MobileNodeRun(Rfc, "names-link-layer-address")
            .Update(options, units: units, source: Home, link: "home")
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void EndOfAHomeBinding_MayKeepItsFlag() =>
        new MobileNodeRun(Rfc)
            .Update(OfHome, source: Home, link: "home")
            .Answer("23 04 0004 0080", to: Home, link: "home")
            .Update("23 04 0004 0080", units: 0, source: Home, link: "home")
            .Violated.Should()
            .BeEmpty();

    [Theory]
    [InlineData("23 04 0004 0020", 0)]
    [InlineData("23 04 0004 0020", 10, "5.5-d5")]
    public void HomeBindingOfTheDraft_HasLifetimeZero(string options, int units, params string[] violated) =>
        new MobileNodeRun(Draft).Update(options, units: units, source: Home, link: "home").Violated.Should().BeEquivalentTo(violated);

    [Fact]
    public void RefreshOfAKnownBid_NeedsNoCareOfAddress() =>
        new MobileNodeRun(Rfc).Update(First).Answer(Short).Update(Short).Violated.Should().BeEmpty();

    [Theory]
    [InlineData("05 0c 000000000000000000000000 23 04 0001 0000", "5.3-d1")]
    [InlineData("23 04 0001 0000 05 0c 000000000000000000000000")]
    public void AuthorizationStandsBehindTheBid(string options, params string[] violated) =>
        new MobileNodeRun(Draft)
            .Update(options, flags: 0x8000, to: Correspondent)
            .Violated.Where(id => id == "5.3-d1")
            .Should()
            .BeEquivalentTo(violated);
}
