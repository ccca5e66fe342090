using FluentAssertions;
using Xunit;
using static Conformance.Harness.Tests.Checks.MobileNodeRun;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in packets of a mobile node that are no mobility messages.</summary>
public sealed class MobileNodeLinkTests
{
    private const string OfHome = "01 04 00000000 23 14 0004 0080 20010db802000000000000005e000001";
    private const string AllNodes = "ff02::1";
    private const string Asking = "2001:db8:200::ff";
    private const string WithoutDiscovery = "23 04 0004 0580";

    [Fact]
    public void PacketsOfTheHomeAddress_DoNotLeaveBareOnAForeignLink()
    {
        new MobileNodeRun(Base).Receive(Data(Home, Correspondent)).Violated.Should().Equal("11.3.1-k5");
        new MobileNodeRun(Base).Receive(InTunnel(OnLink1, HomeAgent, Data(Home, Correspondent))).Violated.Should().BeEmpty();
        new MobileNodeRun(Base).Receive(Data(Home, Correspondent), link: "home").Violated.Should().BeEmpty();
    }

    [Fact]
    public void HomeAddressOptionInData_NeedsABindingOfItsSource()
    {
        var data = Data(OnLink1, Correspondent, withHomeAddress: true);

        new MobileNodeRun(Base).Receive(data).Violated.Should().Equal("11.3.1-k11");
        new MobileNodeRun(Base).TestHome().TestCareOf().Register().Receive(data).Violated.Should().BeEmpty();
        new MobileNodeRun(Base)
            .TestHome()
            .TestCareOf()
            .Register()
            .Receive(Data(OnLink2, Correspondent, withHomeAddress: true))
            .Violated.Should()
            .Equal("11.3.1-k11");
    }

    [Fact]
    public void NothingLeavesFromTheHomeAddress_BeforeTheReturn()
    {
        var away = new MobileNodeRun(Base).Update(Alternate).Answer().Change("home");
        away.Receive(Data(Home, Correspondent), link: "home").Violated.Should().Equal("11.5.5-k2");

        var home = new MobileNodeRun(Base).Update(Alternate).Answer().Change("home").Update("", units: 0, source: Home, link: "home");
        home.Receive(Data(Home, Correspondent), link: "home").Violated.Should().BeEmpty();
    }

    private static readonly byte[] _test = HandMadeMobility.Frame(
        "::",
        "ff02::1:ff00:1",
        58,
        "",
        HandMadeMessage.Hex("87 00 0000 00000000 20010db802000000000000005e000001")
    );

    /// <summary>What is read late was sent before the link went down.</summary>
    [Fact]
    public void PacketAfterTheReturn_CountsByItsTime()
    {
        var run = Returned().Answer(to: Home, link: "home");
        run.Session.SetCarrier(new("home"), up: false);

        run.Receive(Advertisement(AllNodes, "20"), after: 0, link: "home").Violated.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true, 0.0, "11.5.5-k9")]
    [InlineData(true, 0.5)]
    [InlineData(false, 0.0)]
    public void HomeAddress_IsNotTestedBeforeTheReturn(bool isRouterKnown, double after, params string[] violated)
    {
        var run = new MobileNodeRun(Base).Update(Alternate).Answer().Change("home");
        if (isRouterKnown)
        {
            run.Advertise("2001:db8:200::", "home");
        }

        run.Receive(_test, link: "home").Send(Advertisement(AllNodes, "20"), "home");
        run.Update("", units: 0, source: Home, link: "home", after: after).Violated.Should().BeEquivalentTo(violated);
    }

    [Fact]
    public void HomeAddress_IsNotTestedOnTheReturn()
    {
        Returned().Kept.Should().Contain(["11.5.5-k2", "11.5.5-k9"]);
        Returned().Receive(Data(Home, Correspondent), link: "home").Kept.Should().Contain(["11.5.5-k2", "11.5.5-k9"]);
        Returned()
            .Answer(to: Home, link: "home")
            .Receive(_test, link: "home")
            .Receive(Data(Home, Correspondent), link: "home")
            .Violated.Should()
            .Equal("11.5.5-k9");
        new MobileNodeRun(Base)
            .Update("", units: 0, source: Home, link: "home")
            .Receive(_test, link: "home")
            .Receive(Data(Home, Correspondent), link: "home")
            .Violated.Should()
            .BeEmpty("there was no binding");
    }

    /// <summary>Without an answer, the node solicits again from ::, and answers the home agent that asks.</summary>
    [Fact]
    public void SolicitationBeforeTheAcknowledgement_IsNoTest() =>
        Returned().Receive(_test, link: "home").Receive(Advertisement(Asking, "60"), link: "home").Violated.Should().BeEmpty();

    [Theory]
    [InlineData(Asking, "60")]
    [InlineData(AllNodes, "20", "11.5.5-k12")]
    public void AnswersBeforeTheAcknowledgement_GoToTheAskingNode(string destination, string flags, params string[] violated) =>
        Returned().Receive(Advertisement(destination, flags), link: "home").Violated.Should().BeEquivalentTo(violated);

    [Theory]
    [InlineData("20", "02 01 02 1a 00 00 01 a1")]
    [InlineData("60", "02 01 02 1a 00 00 01 a1", "11.5.5-k17")]
    [InlineData("00", "02 01 02 1a 00 00 01 a1", "11.5.5-k18")]
    [InlineData("20", "", "11.5.5-k15")]
    [InlineData("20", "02 01 02 1a 00 00 01 a2", "11.5.5-k15")]
    public void AnnouncementAfterTheAcknowledgement_IsJudged(string flags, string option, params string[] violated) =>
        Returned()
            .Answer(units: 0, to: Home, link: "home")
            .Receive(Advertisement(AllNodes, flags, option), link: "home")
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void HomeBinding_IsAnsweredBeforeNeighborDiscovery()
    {
        var asked = new MobileNodeRun(Rfc).Update(OfHome, source: Home, link: "home");
        asked.Receive(Advertisement(Asking, "60"), link: "home").Violated.Should().Equal("5.6.3-k7");

        var answered = new MobileNodeRun(Rfc).Update(OfHome, source: Home, link: "home").Answer("23 04 0004 0080", to: Home, link: "home");
        answered.Receive(Advertisement(Asking, "60"), link: "home").Violated.Should().BeEmpty();
    }

    [Theory]
    [InlineData(WithoutDiscovery, 0)]
    [InlineData("23 04 0004 0080", 5)]
    public void Status5_EndsNeighborDiscovery(string option, int status)
    {
        var run = new MobileNodeRun(Rfc).Update(OfHome, source: Home, link: "home").Answer(option, status, to: Home, link: "home");
        run.Receive(Advertisement(Asking, "60"), link: "home").Violated.Should().BeEquivalentTo("4.4-k1", "5.6.4-k1", "5.6.3-k8");
    }

    [Fact]
    public void NeighborDiscovery_HasNoHomeAddressOption()
    {
        var solicitation = HandMadeMobility.Frame(
            OnLink1,
            "ff02::1:ff00:ff",
            60,
            "3a 02 01 02 00 00 c9 10 20010db802000000000000005e000001",
            HandMadeMessage.Hex("87 00 0000 00000000 20010db80101000000000000000000ff")
        );

        new MobileNodeRun(Base).Receive(solicitation).Violated.Should().Equal("11.3.1-k8");
    }

    [Fact]
    public void MobilePrefixSolicitation_HasAHomeAddressOption()
    {
        const string Option = "3a 02 01 02 00 00 c9 10 20010db802000000000000005e000001";
        var solicitation = HandMadeMessage.Hex("92 00 0000 1234 0000");

        var right = HandMadeMobility.Frame(OnLink1, HomeAgent, 60, Option, solicitation);
        new MobileNodeRun(Base).Receive(right).Kept.Should().Contain("11.4.2-k2");
        var bare = HandMadeMobility.Frame(OnLink1, HomeAgent, 58, "", solicitation);
        new MobileNodeRun(Base).Receive(bare).Violated.Should().Equal("11.4.2-k2");
    }

    private static MobileNodeRun Returned() =>
        new MobileNodeRun(Base).Update(Alternate).Answer().Change("home").Update("", units: 0, source: Home, link: "home");
}
