using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in the answer to a request for an IPv4 home address, in each edition.</summary>
public sealed class Ipv4AnswerCheckTests
{
    private const string AsksForAny = "24 06 00 00 00 00 00 00";
    private const string AsksForOne = "24 06 60 00 c0 00 02 05";
    private const string Assigned = "25 06 00 60 c0 00 02 05";
    private const string Router = "26 06 00 00 c0 00 02 01";
    private const string Refused = "25 06 81 00 00 00 00 00";

    private const string DraftAsksForAny = "1d 06 00 00 00 00 00 00";
    private const string DraftAsksForOne = "1d 06 60 00 c0 00 02 05";
    private const string DraftAssigned = "1e 06 00 60 c0 00 02 05";
    private const string DraftRefused = "1e 06 81 00 00 00 00 00";

    private const int Status = 6;

    private static readonly HandMadeMessage _request = HandMadeMessage.Update;
    private static readonly HandMadeMessage _accepted = HandMadeMessage.Acknowledgement;

    [Theory]
    [InlineData("rfc5844", AsksForAny, "00", Assigned + Router)]
    [InlineData("rfc5844", AsksForOne, "00", Assigned + Router)]
    [InlineData("rfc5844", AsksForAny, "9b", Refused)]
    [InlineData("rfc5844", AsksForAny, "ab", Refused)]
    [InlineData("rfc5844", AsksForAny, "01", Assigned)]
    [InlineData("rfc5844", "", "00", "")]
    [InlineData("ipv4-draft-04", DraftAsksForAny, "00", DraftAssigned + Router)]
    [InlineData("ipv4-draft-04", DraftAsksForAny + DraftAsksForAny, "9b", DraftRefused + DraftRefused)]
    [InlineData("ipv4-draft-04", DraftAsksForAny, "00", DraftAssigned + "1e 06 00 60 c0 00 02 06" + Router)]
    [InlineData("ipv4-draft-02", DraftAsksForAny, "00", DraftAssigned)]
    [InlineData("ipv4-draft-02", DraftAsksForAny, "9b", "1e 06 85 60 c0 00 02 05")]
    [InlineData("ipv4-draft-02", DraftAsksForOne, "00", DraftRefused)]
    [InlineData("ipv4-draft-02", DraftAsksForOne, "00", DraftAssigned)]
    public void GoodAnswer_ViolatesNothing(string edition, string asked, string status, string given) =>
        Judged(edition, _request.And(asked), _accepted.With(Status, status).And(given)).Violated.Should().BeEmpty();

    [Theory]
    [InlineData("rfc5844", AsksForAny, "00", Router, "rfc5844-3.1.2.6-k5")]
    [InlineData("rfc5844", AsksForAny, "9b", "", "rfc5844-3.1.2.6-k5", "rfc5844-3.1.2.6-k6a")]
    [InlineData("rfc5844", AsksForAny, "9b", "25 06 81 60 c0 00 02 05", "rfc5844-3.1.2.6-k6b")]
    [InlineData("rfc5844", AsksForOne, "9b", Refused, "rfc5844-3.1.2.6-k6b")]
    [InlineData("rfc5844", AsksForOne, "9b", "25 06 81 80 c0 00 02 05", "rfc5844-3.1.2.6-k6b")]
    [InlineData("rfc5844", AsksForAny, "9b", "25 06 00 00 00 00 00 00", "rfc5844-3.1.2.6-d1")]
    [InlineData("rfc5844", AsksForAny, "ab", "25 06 80 00 00 00 00 00", "rfc5844-3.1.2.2-k4")]
    [InlineData("rfc5844", AsksForAny, "ab", "", "rfc5844-3.1.2.2-k4", "rfc5844-3.1.2.6-k5", "rfc5844-3.1.2.6-k6a")]
    [InlineData("rfc5844", AsksForAny, "00", "25 06 00 60 00 00 00 00" + Router, "rfc5844-3.1.2.6-k7")]
    [InlineData("rfc5844", AsksForAny, "00", "25 06 00 60 e0 00 00 05" + Router, "rfc5844-3.1.2.6-k7")]
    [InlineData("rfc5844", AsksForAny, "00", "25 06 00 80 c0 00 02 05" + Router, "rfc5844-3.1.2.6-k8")]
    [InlineData("rfc5844", AsksForAny, "00", "25 06 81 60 c0 00 02 05" + Router, "rfc5844-3.1.2.6-d2")]
    [InlineData("rfc5844", AsksForAny, "00", Assigned, "rfc5844-3.1.2.6-k9")]
    [InlineData("rfc5844", AsksForAny, "01", Assigned + Router, "rfc5844-3.1.2.6-k10")]
    [InlineData("rfc5844", AsksForAny, "9b", Refused + Router, "rfc5844-3.1.2.6-k10")]
    [InlineData("rfc5844", AsksForAny, "00", Assigned + "26 06 00 00 c0 00 02 02", "rfc5844-3.1.2.6-k11")]
    [InlineData("ipv4-draft-04", DraftAsksForAny, "00", Router, "ipv4-draft-04-3.1.2.6-k4")]
    [InlineData("ipv4-draft-04", DraftAsksForAny + DraftAsksForAny, "9b", DraftRefused, "ipv4-draft-04-3.1.2.6-k5a")]
    [InlineData("ipv4-draft-04", DraftAsksForAny, "9b", "1e 06 81 60 c0 00 02 05", "ipv4-draft-04-3.1.2.6-k5b")]
    [InlineData("ipv4-draft-04", DraftAsksForAny, "00", DraftAssigned + DraftAssigned + Router, "ipv4-draft-04-3.1.2.6-k6")]
    [InlineData("ipv4-draft-02", DraftAsksForAny, "00", "", "ipv4-draft-02-3.3.2-k21")]
    [InlineData("ipv4-draft-02", DraftAsksForAny, "00", "1e 06 00 60 00 00 00 00", "ipv4-draft-02-3.3.2-k10", "ipv4-draft-02-3.3.2-k23")]
    [InlineData("ipv4-draft-02", DraftAsksForAny, "9b", "1e 06 86 00 00 00 00 00", "ipv4-draft-02-3.3.2-k24")]
    [InlineData("ipv4-draft-02", DraftAsksForAny, "00", "1e 06 81 60 c0 00 02 05", "ipv4-draft-02-3.3.2-k24")]
    [InlineData("ipv4-draft-02", DraftAsksForOne, "00", "1e 06 86 60 c0 00 02 05", "ipv4-draft-02-3.3.2-k24")]
    [InlineData("ipv4-draft-02", DraftAsksForOne, "00", "1e 06 00 60 00 00 00 00", "ipv4-draft-02-3.3.2-k23")]
    public void Fault_ViolatesItsStatement(string edition, string asked, string status, string given, params string[] statements) =>
        Judged(edition, _request.And(asked), _accepted.With(Status, status).And(given))
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .BeEquivalentTo(statements);

    [Theory]
    [InlineData("00")]
    [InlineData("9b")]
    public void AnswerAboutIpv4Alone_HasNoPrefix(string status)
    {
        var request = _request.Without(HandMadeMessage.Prefix).And(AsksForAny);
        var answer = _accepted.With(Status, status).And(status == "00" ? Assigned + Router : Refused);

        Judged("rfc5844", request, answer.Without(HandMadeMessage.Prefix)).Violated.Should().BeEmpty();
        Judged("rfc5844", request, answer)
            .Violated.Should()
            .ContainSingle()
            .Which.Should()
            .Match<Testing.Verdicts.Finding>(finding =>
                finding.Statement.Value == "rfc5844-3.1.2.6-k3" && finding.Octet == HandMade.Message + HandMadeMessage.Prefix
            );
    }

    [Fact]
    public void AnswerWithoutAnyAddress_IsWrong() =>
        Judged("rfc5844", _request.Without(HandMadeMessage.Prefix).And(AsksForAny), _accepted.Without(HandMadeMessage.Prefix))
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .BeEquivalentTo("rfc5844-3.1.2.6-k4", "rfc5844-3.1.2.6-k5", "rfc5844-3.1.2.6-k9");

    [Fact]
    public void RequestForNothing_IsAnsweredWithAllZeroByDraft02()
    {
        var request = _request.Without(HandMadeMessage.Prefix);
        var answer = _accepted.With(Status, "9e").Without(HandMadeMessage.Prefix).And("16 12 00 00" + new string('0', 32) + "01 02 00 00");

        Judged("ipv4-draft-02", request, answer)
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .Equal("ipv4-draft-02-3.3.2-k22");
        Judged("ipv4-draft-02", request, answer.And("1e 06 81 00 00 00 00 00")).Violated.Should().BeEmpty();
    }

    [Theory]
    [InlineData("25 07 00 60 c0 00 02 05 00 01 05 00 00 00 00 00", "rfc5844-3.3.2-k1")]
    [InlineData("01 00 25 06 00 60 c0 00 02 05 01 04 00 00 00 00", "rfc5844-3.3.2-d1")]
    [InlineData("25 06 00 61 c0 00 02 05", "rfc5844-3.3.2-k2")]
    [InlineData("26 05 00 00 c0 00 02 00", "rfc5844-3.3.3-k1")]
    [InlineData("01 00 26 06 00 00 c0 00 02 01 01 04 00 00 00 00", "rfc5844-3.3.3-d1")]
    [InlineData("26 06 00 01 c0 00 02 01", "rfc5844-3.3.3-k2")]
    [InlineData("27 03 00 01 00 01 01 00", "rfc5844-3.3.4-k1")]
    [InlineData("27 02 80 01 01 02 00 00", "rfc5844-3.3.4-k2")]
    [InlineData("24 06 00 01 00 00 00 00", "rfc5844-3.3.1-k2")]
    [InlineData("26 06 00 01 c0 00 02 01", "ipv4-draft-04-3.3.1-k2", "ipv4-draft-04")]
    public void Form_ViolatesItsStatement(string options, string statement, string edition = "rfc5844")
    {
        var judged = new HandMade(edition: Edition.Find(edition)).WithFormatCheck();

        judged.Receive(_accepted.And(options).ToFrame(HandMade.Lma, HandMade.Mag));

        judged.Violated.Select(finding => finding.Statement.Value).Should().Equal(statement);
    }

    [Fact]
    public void Form_IsRight()
    {
        var judged = new HandMade(edition: Edition.Find("rfc5844")).WithFormatCheck();

        judged.Receive(_accepted.And(Assigned + Router + "27 02 00 01 01 02 00 00").ToFrame(HandMade.Lma, HandMade.Mag));

        judged.Violated.Should().BeEmpty();
        judged
            .Statements.Where(statement => statement.StartsWith("rfc5844", StringComparison.Ordinal))
            .Should()
            .BeEquivalentTo(
                "rfc5844-3.3.2-k1",
                "rfc5844-3.3.2-d1",
                "rfc5844-3.3.2-k2",
                "rfc5844-3.3.3-k1",
                "rfc5844-3.3.3-d1",
                "rfc5844-3.3.3-k2",
                "rfc5844-3.3.4-k1",
                "rfc5844-3.3.4-k2"
            );
    }

    private static HandMade Judged(string edition, HandMadeMessage request, HandMadeMessage answer) =>
        new HandMade(edition: Edition.Find(edition)).Answer(
            request.ToFrame(HandMade.Mag, HandMade.Lma),
            answer.ToFrame(HandMade.Lma, HandMade.Mag)
        );
}
