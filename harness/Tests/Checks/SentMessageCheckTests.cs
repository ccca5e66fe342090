using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in tests, Binding Errors and Binding Refresh Requests.</summary>
public sealed class SentMessageCheckTests
{
    private const string Base = "rfc6275";
    private const string Draft = "mcoa-draft-04";

    private const string HomeTestInit = "3b 01 01 00 00 00 00 00 0102030405060708";
    private const string CareOfTestInit = "3b 01 02 00 00 00 00 00 0102030405060708";
    private const string HomeTest = "3b 02 03 00 00 00 00 07 0102030405060708 1112131415161718";
    private const string CareOfTest = "3b 02 04 00 00 00 00 07 0102030405060708 1112131415161718";
    private const string OtherCookie = "3b 02 03 00 00 00 00 07 0102030405060709 1112131415161718";
    private const string Error = "3b 02 07 00 00 00 01 00" + HandMadeMobility.HomeOctets;
    private static readonly byte[] _echo = HandMadeMessage.Hex("80 00 00 00 00 01 00 01");

    private const string RefreshRequest = "3b 00 00 00 00 00 00 00";

    [Theory]
    [InlineData(HomeTest, HandMadeMobility.Home, HandMadeMobility.Tested)]
    [InlineData(OtherCookie, HandMadeMobility.Home, HandMadeMobility.Tested, "rfc6275-9.4.3-d1")]
    [InlineData(HomeTest, HandMadeMobility.CareOf, HandMadeMobility.Tested, "rfc6275-9.4.3-d1", "rfc6275-6.1-k3")]
    public void HomeTest_IsComparedWithItsInit(string test, string destination, string source, params string[] violated) =>
        new HandMadeMobility(Base)
            .Send(HandMadeMobility.Plain(HomeTestInit, HandMadeMobility.Tested, HandMadeMobility.Home))
            .Receive(HandMadeMobility.Plain(test, destination, source))
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(CareOfTest, HandMadeMobility.CareOf)]
    [InlineData(CareOfTest, HandMadeMobility.OtherCareOf, "rfc6275-9.4.4-d1", "rfc6275-6.1-k3")]
    public void CareOfTest_IsComparedWithItsInit(string test, string destination, params string[] violated) =>
        new HandMadeMobility(Base)
            .Send(HandMadeMobility.Plain(CareOfTestInit, HandMadeMobility.Tested, HandMadeMobility.CareOf))
            .Receive(HandMadeMobility.Plain(test, destination))
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void TestThatNothingAskedFor_IsComparedWithNothing() =>
        new HandMadeMobility(Base).Receive(HandMadeMobility.Plain(HomeTest, HandMadeMobility.CareOf)).Violated.Should().BeEmpty();

    [Fact]
    public void RoutedTest_IsAViolation() =>
        new HandMadeMobility(Base).Receive(HandMadeMobility.Routed(CareOfTest)).Violated.Should().Equal("rfc6275-6.1-k1");

    [Theory]
    [InlineData("23 04 00 07 00 00", "23 04 00 07 00 00")]
    [InlineData("23 04 00 07 00 00", "01 04 00 00 00 00", "6.2-k5")]
    [InlineData("23 04 00 07 00 00", "23 04 00 07 a4 00", "6.2-k6")]
    [InlineData("23 04 00 07 00 00", "23 04 00 08 00 00", "6.2-k7")]
    [InlineData("23 04 00 07 00 80", "23 04 00 07 a4 00")]
    [InlineData("23 04 00 07 00 40", "23 04 00 07 00 40", "6.2-k4")]
    [InlineData("23 04 00 07 00 40", "01 04 00 00 00 00", "6.2-k4")]
    [InlineData("23 04 00 07 00 20", "01 04 00 00 00 00")]
    [InlineData("23 04 00 07 00 20", "23 04 00 07 a4 20")]
    [InlineData("23 03 00 07 00 00", "01 04 00 00 00 00")]
    public void IdentifierOfACareOfTest_IsJudgedInTheDraft(string asked, string given, params string[] violated) =>
        new HandMadeMobility(Draft)
            .Send(
                HandMadeMobility.Plain(
                    "3b 02 02 00 00 00 00 00 0102030405060708" + asked + "0000",
                    HandMadeMobility.Tested,
                    HandMadeMobility.CareOf
                )
            )
            .Receive(
                HandMadeMobility.Plain(
                    "3b 03 04 00 00 00 00 07 0102030405060708 1112131415161718" + given + "0000",
                    HandMadeMobility.CareOf
                )
            )
            .Violated.Should()
            .BeEquivalentTo(violated.Select(row => $"{Draft}-{row}"));

    [Theory]
    [InlineData(HandMadeMobility.CareOf, Error)]
    [InlineData(HandMadeMobility.OtherCareOf, Error, "rfc6275-9.3.3-d1")]
    [InlineData(HandMadeMobility.CareOf, "3b 02 07 00 00 00 01 00 20010db802000000000000005e000002", "rfc6275-9.3.3-k2")]
    [InlineData(HandMadeMobility.CareOf, "3b 02 07 00 00 00 01 01" + HandMadeMobility.HomeOctets, "rfc6275-6.1.9-k1")]
    public void BindingError_IsComparedWithItsPacket(string destination, string error, params string[] violated) =>
        new HandMadeMobility(Base)
            .Send(DataWithHomeAddress())
            .Receive(HandMadeMobility.Plain(error, destination))
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void BindingErrorAboutAnUnknownMessage_NamesTheUnspecifiedAddress()
    {
        const string Unknown = "3b 00 c8 00 00 00 00 00";
        var sent = HandMadeMobility.Plain(Unknown, HandMadeMobility.Tested, HandMadeMobility.CareOf);

        new HandMadeMobility(Base)
            .Send(sent)
            .Receive(HandMadeMobility.Plain("3b 02 07 00 00 00 02 00 00000000000000000000000000000000", HandMadeMobility.CareOf))
            .Violated.Should()
            .BeEmpty();
        new HandMadeMobility(Base)
            .Send(sent)
            .Receive(HandMadeMobility.Plain("3b 02 07 00 00 00 02 00" + HandMadeMobility.HomeOctets, HandMadeMobility.CareOf))
            .Violated.Should()
            .Equal("rfc6275-9.3.3-k2");
    }

    [Theory]
    [InlineData("CN", HandMadeMobility.Home, RefreshRequest)]
    [InlineData("CN", HandMadeMobility.CareOf, RefreshRequest, "rfc6275-9.5.5-d1")]
    [InlineData("HA", HandMadeMobility.CareOf, RefreshRequest)]
    [InlineData("CN", HandMadeMobility.Home, "3b 00 00 00 00 00 00 01", "rfc6275-6.1.2-k1")]
    public void RefreshRequest_IsJudged(string role, string destination, string request, params string[] violated) =>
        new HandMadeMobility(Base, role).Receive(HandMadeMobility.Plain(request, destination)).Violated.Should().BeEquivalentTo(violated);

    [Theory]
    [InlineData("rfc5648", "mcoa-refresh-requests", "23 04 00 01 00 00", "23 04 00 01 00 00")]
    [InlineData("rfc5648", "mcoa-refresh-requests", "23 04 00 01 00 00", "23 04 00 02 00 00", "rfc5648-6.4-k1")]
    [InlineData("rfc5648", "mcoa-refresh-requests", "23 04 00 01 00 00", "01 04 00 00 00 00", "rfc5648-6.4-k1")]
    [InlineData("rfc5648", "mcoa-refresh-requests", "01 04 00 00 00 00", "01 04 00 00 00 00")]
    [InlineData("rfc5648", "none", "23 04 00 01 00 00", "01 04 00 00 00 00")]
    [InlineData(Draft, "mcoa-draft-04-refresh-requests", "23 04 00 01 00 00", "01 04 00 00 00 00", "mcoa-draft-04-6.4-k1")]
    public void IdentifierOfARefreshRequest_IsOneThatIsRegistered(
        string edition,
        string claim,
        string registered,
        string given,
        params string[] violated
    ) =>
        new HandMadeMobility(edition, "CN", claim)
            .Send(HandMadeMobility.OfNode("3b 02 05 00 00 00 12 34 80 00 00 69" + registered + "01 04 00 00 00 00"))
            .Receive(HandMadeMobility.Plain("3b 01 00 00 00 00 00 00" + given + "0000", HandMadeMobility.Home))
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData("3a 02 02 01 00 00 00 00")]
    [InlineData("3a 02 02 01 00 00 00 01", "rfc6275-6.4.1-k1")]
    [InlineData("3a 02 02 00 00 00 00 00", "rfc6275-6.4.1-k4")]
    public void RoutingHeaderOfData_IsJudged(string header, params string[] violated)
    {
        var data = HandMadeMobility.Frame(
            HandMadeMobility.Tested,
            HandMadeMobility.CareOf,
            43,
            header + HandMadeMobility.HomeOctets,
            _echo
        );

        new HandMadeMobility(Base).Receive(data).Violated.Should().Equal(violated);
    }

    private static byte[] DataWithHomeAddress() =>
        HandMadeMobility.Frame(
            HandMadeMobility.CareOf,
            HandMadeMobility.Tested,
            60,
            "3a 02 01 02 00 00 c9 10" + HandMadeMobility.HomeOctets,
            _echo
        );
}
