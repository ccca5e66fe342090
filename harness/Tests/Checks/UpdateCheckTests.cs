using System.Net;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>
/// Checks what the tester finds in the updates of a MAG, by their purpose: an initial registration, an extension or a de-registration
/// that is right, or wrong in one point.
/// </summary>
public sealed class UpdateCheckTests
{
    private const string NoOctets = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";
    private const int SequenceNumber = 6;
    private const int Flags = 8;
    private const int Lifetime = 10;

    /// <summary>The octets after type and length.</summary>
    private const int Data = 2;

    private static readonly Ipv6Prefix _assigned = Ipv6Prefix.Parse("2001:db8:8000:1::/64");

    /// <summary>The first update for a node asks for a prefix and an address.</summary>
    private static readonly HandMadeMessage _initial = HandMadeMessage
        .Update.With(HandMadeMessage.Prefix + Data, "00 00" + NoOctets)
        .With(HandMadeMessage.LinkLocal + Data, NoOctets);

    /// <summary>The node is none of the scenario.</summary>
    private static readonly HandMadeMessage _ofAnother = _initial
        .With(HandMadeMessage.Identifier + 3, "6e")
        .With(HandMadeMessage.LinkLayer + 9, "09");

    private static readonly HandMadeMessage _extension = HandMadeMessage
        .Update.With(SequenceNumber, "12 35")
        .With(HandMadeMessage.Handoff + 3, "05");

    private static readonly HandMadeMessage _deregistration = HandMadeMessage
        .Update.With(SequenceNumber, "12 35")
        .With(Lifetime, "00 00")
        .With(HandMadeMessage.Handoff + 3, "04");

    [Fact]
    public void GoodInitialUpdate_ConfirmsEveryStatement()
    {
        var judged = Judged(_initial);

        judged.Violated.Should().BeEmpty();
        judged
            .Statements.Should()
            .BeEquivalentTo([
                "rfc5213-6.9.1.5-k2a",
                "rfc5213-6.9.1.5-k2b",
                "rfc5213-8.1-k1",
                "rfc5213-6.9.1.5-k3",
                "rfc5213-6.9.1.5-k4",
                "rfc5213-6.9.1.5-k13",
                "rfc5213-6.9.1.1-k3",
                "rfc5213-6.9.1.5-k5",
                "rfc5213-6.9.1.1-k4",
                "rfc5213-6.9.1.5-k6",
                "rfc5213-6.9.1.1-k8",
                "rfc5213-6.9.1.5-k7",
                "rfc5213-6.9.1.1-k20",
                "rfc5213-6.9.1.5-k8",
                "rfc5213-6.9.1.1-k7",
                "rfc5213-6.9.1.1-k9",
                "rfc5213-6.9.1.1-k15",
                "rfc5213-6.9.1.1-k21",
                "rfc5213-6.9.1.1-k19",
                "rfc5213-6.9.1.1-k18",
                "rfc5213-8.6-d1",
                "rfc5213-6.9.1.1-k22",
                "rfc5213-6.9.1.1-k16",
                "rfc5213-9.3-k4",
                "rfc5213-5.5-k11",
                "rfc5213-6.9.1.1-k25",
                "rfc5213-6.6-k8",
                "rfc5213-6.9.1.1-k1",
            ]);
        judged.Findings.Should().OnlyContain(finding => finding.Actual == "as expected" && finding.Packet == 1 && finding.Octet == null);
    }

    [Theory]
    [InlineData(Flags, "02", "the A flag set to 1", "the A flag is 0", Flags, "rfc5213-6.9.1.5-k2b")]
    [InlineData(Flags, "80", "the P flag set to 1", "the P flag is 0", Flags, "rfc5213-6.9.1.5-k2a", "rfc5213-8.1-k1")]
    [InlineData(HandMadeMessage.Handoff + 3, "00", "a Handoff Indicator from 1 to 4", "0", HandMadeMessage.Handoff, "rfc5213-6.9.1.1-k9")]
    [InlineData(HandMadeMessage.Handoff + 3, "05", "a Handoff Indicator from 1 to 4", "5", HandMadeMessage.Handoff, "rfc5213-6.9.1.1-k9")]
    [InlineData(
        HandMadeMessage.Handoff + 3,
        "02",
        "a Handoff Indicator other than 2 and 3, as nothing indicated a handoff to the MAG",
        "2",
        HandMadeMessage.Handoff,
        "rfc5213-6.9.1.1-k15"
    )]
    [InlineData(
        HandMadeMessage.Handoff + 3,
        "03",
        "a Handoff Indicator other than 2 and 3, as nothing indicated a handoff to the MAG",
        "3",
        HandMadeMessage.Handoff,
        "rfc5213-6.9.1.1-k15"
    )]
    [InlineData(
        HandMadeMessage.Technology + 3,
        "04",
        "Access Technology Type 3, that of the access link",
        "4",
        HandMadeMessage.Technology,
        "rfc5213-6.9.1.1-k21"
    )]
    [InlineData(
        HandMadeMessage.LinkLayer + 9,
        "02",
        "a Mobile Node Link-layer Identifier option with 02:5e:00:00:00:01",
        "025e00000002",
        HandMadeMessage.LinkLayer,
        "rfc5213-6.9.1.1-k18"
    )]
    [InlineData(
        HandMadeMessage.LinkLocal + Data,
        "fe 80 00 00 00 00 00 00 00 00 00 00 00 00 52 13",
        "the Link-local Address option set to ALL_ZERO, to ask for an address",
        "fe80::5213",
        HandMadeMessage.LinkLocal,
        "rfc5213-6.9.1.1-k25"
    )]
    [InlineData(
        HandMadeMessage.Timestamp + Data,
        "00 00 ed 4e 00 00",
        "seconds since 1970-01-01 UTC in 48.16 fixed point",
        "2096-02-29 00:00:00.000",
        HandMadeMessage.Timestamp,
        "rfc5213-5.5-k11"
    )]
    public void InitialUpdate_WithOneFault_ViolatesItsStatementsAlone(
        int offset,
        string octets,
        string expected,
        string actual,
        int octet,
        params string[] statements
    ) =>
        Judged(_initial.With(offset, octets))
            .Violated.Should()
            .Equal(statements.Select(statement => Violation(statement, expected, actual, octet)));

    [Theory]
    [InlineData(HandMadeMessage.Identifier, "a Mobile Node Identifier option", "rfc5213-6.9.1.1-k3", "rfc5213-6.9.1.5-k5")]
    [InlineData(HandMadeMessage.Prefix, "a Home Network Prefix option", "rfc5213-6.9.1.1-k4", "rfc5213-6.9.1.5-k6")]
    [InlineData(HandMadeMessage.Handoff, "a Handoff Indicator option", "rfc5213-6.9.1.1-k8", "rfc5213-6.9.1.5-k7")]
    [InlineData(HandMadeMessage.Technology, "an Access Technology Type option", "rfc5213-6.9.1.1-k20", "rfc5213-6.9.1.5-k8")]
    [InlineData(HandMadeMessage.LinkLayer, "a Mobile Node Link-layer Identifier option with 02:5e:00:00:00:01", "rfc5213-6.9.1.1-k18")]
    [InlineData(HandMadeMessage.LinkLocal, "a Link-local Address option, as no address is fixed in this domain", "rfc5213-6.9.1.1-k22")]
    public void Option_ThatIsMissing_ViolatesItsPresence(int option, string expected, params string[] statements) =>
        Judged(_initial.Without(option))
            .Violated.Should()
            .Equal(statements.Select(statement => Violation(statement, expected, "none", null)));

    [Fact]
    public void Timestamp_ThatIsMissing_ViolatesBothSections() =>
        Judged(_initial.Without(HandMadeMessage.Timestamp))
            .Violated.Should()
            .Equal(
                Violation("rfc5213-6.9.1.1-k16", "a Timestamp option, as the timestamp-based approach is in use", "none", null),
                Violation("rfc5213-9.3-k4", "a Timestamp option, as TimestampBasedApproachInUse is 1", "none", null)
            );

    /// <summary>The update arrives one second after the start, at 0x69a38181.0.</summary>
    [Theory]
    [InlineData("00 00 69 a2 30 01 00 00", false)]
    [InlineData("00 00 69 a2 30 01 00 01", true)]
    [InlineData("00 00 69 a4 d3 00 ff ff", true)]
    [InlineData("00 00 69 a4 d3 01 00 00", false)]
    public void Timestamp_OneDayOff_IsOfAnotherFormat(string timestamp, bool good) =>
        Judged(_initial.With(HandMadeMessage.Timestamp + Data, timestamp))
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .Equal(good ? [] : ["rfc5213-5.5-k11"]);

    [Fact]
    public void AllZeroPrefix_BesideAnother_IsAViolation() =>
        Judged(_initial.And("01 02 00 00" + HandMadeMessage.PrefixOption))
            .Violated.Should()
            .Equal(
                Violation("rfc5213-6.9.1.1-k7", "one Home Network Prefix option, as it is ALL_ZERO", "2 of them", HandMadeMessage.End + 4)
            );

    /// <summary>The wrong length is a finding of the format.</summary>
    [Fact]
    public void Prefixes_OfAWrongLength_AreNotCompared()
    {
        const int ShortLength = HandMadeMessage.Prefix + 1;

        Judged(_initial.With(ShortLength, "11").And("01 02 00 00" + HandMadeMessage.PrefixOption)).Violated.Should().BeEmpty();
        Judged(Registered(), _extension.With(ShortLength, "11")).Violated.Should().BeEmpty();
        Judged(Registered(), _deregistration.With(ShortLength, "11")).Violated.Should().BeEmpty();
    }

    [Fact]
    public void LinkLayerIdentifier_OfAllZero_IsAViolation() =>
        Judged(_initial.With(HandMadeMessage.LinkLayer + 4, "00 00 00 00 00 00"))
            .Violated.Should()
            .Contain(
                Violation(
                    "rfc5213-6.9.1.1-k19",
                    "no Mobile Node Link-layer Identifier option that is ALL_ZERO",
                    "an ALL_ZERO identifier",
                    HandMadeMessage.LinkLayer
                )
            );

    /// <summary>The address in the reverse order of its octets, and as an identifier of 8 octets (RFC 4291, Appendix A).</summary>
    [Theory]
    [InlineData("19 08 00 00  01 00 00 00 5e 02  01 04 00 00 00 00", "010000005e02", HandMadeMessage.End)]
    [InlineData("01 02 00 00  19 0a 00 00  00 5e 00 ff fe 00 00 01  01 06 00 00 00 00 00 00", "005e00fffe000001", HandMadeMessage.End + 4)]
    public void LinkLayerIdentifier_IsTheAddressAsItIsTransmitted(string options, string actual, int octet) =>
        Judged(_initial.Without(HandMadeMessage.LinkLayer).And(options))
            .Violated.Should()
            .Contain(Violation("rfc5213-8.6-d1", "a link-layer identifier of 6 octets in the order of transmission", actual, octet));

    /// <summary>The P flag is clear and the Handoff Indicator that of an extension, but the node is one of an earlier scenario.</summary>
    [Fact]
    public void UpdateForAnotherNode_IsNotJudged() =>
        Judged(_ofAnother.With(Flags, "80").With(HandMadeMessage.Handoff + 3, "05")).Findings.Should().BeEmpty();

    /// <summary>The sequence numbers of all nodes rise together, whichever of them is judged.</summary>
    [Fact]
    public void SequenceNumber_IsComparedWithThatOfAnotherNode() =>
        Judged(new HandMade(), _ofAnother.With(SequenceNumber, "12 40"), _initial)
            .Violated.Should()
            .Equal(Violation("rfc5213-6.9.1.1-k17", "a sequence number after 4672", "4660", SequenceNumber, packet: 2));

    /// <summary>The timestamp tells which was made first. To one LMA, and with the order of timestamps, updates keep their order.</summary>
    [Theory]
    [InlineData("2001:db8:100::2", "00 00 69 a3 81 7f ff ff", true)]
    [InlineData("2001:db8:100::2", "00 00 69 a3 81 80 00 01", false)]
    [InlineData(HandMade.Lma, "00 00 69 a3 81 7f ff ff", false)]
    public void SequenceNumber_OfAnUpdateThatAnotherToAnotherAnchorHasOvertaken_IsGood(string anchor, string timestamp, bool good)
    {
        var judged = Judged(_ofAnother.With(SequenceNumber, "12 35"));
        judged.Receive(_initial.With(HandMadeMessage.Timestamp + Data, timestamp).ToFrame(HandMade.Mag, anchor));

        judged.Violated.Where(finding => finding.Statement.Value == "rfc5213-6.9.1.1-k17").Should().HaveCount(good ? 0 : 1);
    }

    [Fact]
    public void UpdateInSequenceMode_NeedsNoTimestamp() =>
        Judged(new HandMade(["sequence-numbers-in-use"]), _initial.Without(HandMadeMessage.Timestamp)).Violated.Should().BeEmpty();

    [Fact]
    public void LinkLocalAddress_OfAGatewayThatChoosesIt_IsGood() =>
        Judged(
            new HandMade(["own-link-local-address"]),
            _initial.With(HandMadeMessage.LinkLocal + Data, "fe 80 00 00 00 00 00 00 00 00 00 00 00 00 52 13")
        )
            .Violated.Should()
            .BeEmpty();

    /// <summary>A MAG that registers a node again after the binding has expired may keep the address that the LMA gave it.</summary>
    [Theory]
    [InlineData("fe 80 00 00 00 00 00 00 0a 00 00 00 00 00 00 01", true)]
    [InlineData("fe 80 00 00 00 00 00 00 0a 00 00 00 00 00 00 02", false)]
    public void LinkLocalAddress_ThatTheAnchorGave_IsGood(string address, bool good)
    {
        var judged = new HandMade();
        judged.Node.Mark = IPAddress.Parse("fe80::a00:0:0:1");

        Judged(judged, _initial.With(HandMadeMessage.LinkLocal + Data, address))
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .Equal(good ? [] : ["rfc5213-6.9.1.1-k25"]);
    }

    /// <summary>After a rejected extension, a MAG may register anew or try again.</summary>
    [Theory]
    [InlineData("01")]
    [InlineData("05")]
    public void UpdateAfterARejectedExtension_IsJudgedAsNeither(string handoff)
    {
        var judged = Registered();
        judged.Node.Binding.Refuse();

        Judged(judged, _extension.With(HandMadeMessage.Handoff + 3, handoff)).Violated.Should().BeEmpty();
    }

    /// <summary>Nothing has shown yet whether the MAG has taken the acceptance of its registration.</summary>
    [Theory]
    [InlineData("01")]
    [InlineData("05")]
    public void UpdateAfterAnAcceptance_ThatNothingConfirms_IsJudgedAsNeither(string handoff)
    {
        var judged = Judged(_initial);
        judged.Node.Binding.Offer();

        Judged(judged, _extension.With(HandMadeMessage.Handoff + 3, handoff)).Violated.Should().BeEmpty();
    }

    /// <summary>The number of the option stands in the data of an experimental option of the header, and is no option.</summary>
    [Fact]
    public void NumberOfTheHomeAddressOption_InOtherData_IsNoViolation() =>
        new HandMade()
            .WithUpdateCheck()
            .Receive(_initial.ToFrame(HandMade.Mag, HandMade.Lma, 60, "87 00 1e 04 00 c9 10 00"))
            .Violated.Should()
            .BeEmpty();

    [Fact]
    public void LinkLocalAddress_InADomainWithAFixedOne_IsAViolation()
    {
        string[] claims = ["fixed-mag-link-local-address"];
        var good = Judged(new HandMade(claims), _initial.Without(HandMadeMessage.LinkLocal));
        good.Violated.Should().BeEmpty();
        good.Statements.Should().Contain("rfc5213-6.9.1.1-k23").And.NotContain("rfc5213-6.9.1.1-k22");

        Judged(new HandMade(claims), _initial)
            .Violated.Should()
            .Equal(
                Violation(
                    "rfc5213-6.9.1.1-k23",
                    "no Link-local Address option, as the address is fixed in this domain",
                    "a Link-local Address option",
                    HandMadeMessage.LinkLocal
                )
            );
        Judged(new HandMade(claims), HandMadeMessage.Update)
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .Equal(["rfc5213-6.9.1.1-k23"], "such a MAG asks for no address");
    }

    /// <summary>A repetition may be on its way when the node leaves, and be sent until its departure is noticed.</summary>
    [Theory]
    [InlineData(true, 2, false)]
    [InlineData(true, 1, true)]
    [InlineData(true, null, true)]
    [InlineData(false, 2, true)]
    public void HandoffIndicator_OfANodeThatHasLeft_MayBeThatOfItsArrival(bool hasLeft, int? hint, bool isViolated)
    {
        var hand = new HandMade();
        hand.Node.EarlierHint = hint;
        if (hasLeft)
        {
            hand.Node.Binding.Leave();
        }

        Judged(hand, _initial.With(HandMadeMessage.Handoff + 3, "02"))
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .Equal(isViolated ? ["rfc5213-6.9.1.1-k15"] : []);
    }

    [Fact]
    public void Addresses_AreThoseOfTheMagAndTheLma()
    {
        new HandMade()
            .WithUpdateCheck()
            .Receive(_initial.ToFrame("2001:db8:100::a2", HandMade.Lma))
            .Violated.Should()
            .Equal(
                Violation(
                    "rfc5213-6.9.1.5-k3",
                    "source address 2001:db8:100::a1, the MAG's address on its egress interface",
                    "2001:db8:100::a2",
                    null
                )
            );
        new HandMade()
            .WithUpdateCheck()
            .Receive(_initial.ToFrame(HandMade.Mag, "2001:db8:100::2"))
            .Violated.Should()
            .Equal(Violation("rfc5213-6.9.1.5-k4", "destination address 2001:db8:100::1, the LMA's address", "2001:db8:100::2", null));
    }

    [Fact]
    public void HomeAddressOption_IsAViolation()
    {
        const string HomeAddress = "87 02 01 02 00 00  c9 10  20 01 0d b8 80 00 00 01 00 00 00 00 00 00 00 01";

        new HandMade()
            .WithUpdateCheck()
            .Receive(_initial.ToFrame(HandMade.Mag, HandMade.Lma, 60, HomeAddress))
            .Violated.Should()
            .Equal(Violation("rfc5213-6.9.1.5-k13", "no Home Address destination option", "a Home Address destination option", null));
        new HandMade()
            .WithUpdateCheck()
            .Receive(_initial.ToFrame(HandMade.Mag, HandMade.Lma, 60, "87 00 04 01 04 01 01 00"))
            .Violated.Should()
            .BeEmpty();
    }

    /// <summary>Sequence numbers are compared modulo 2^16 (RFC 6275, Section 9.5.1).</summary>
    [Theory]
    [InlineData("12 34", "12 35", true)]
    [InlineData("12 34", "12 34", false)]
    [InlineData("12 34", "12 33", false)]
    [InlineData("12 34", "92 33", true)]
    [InlineData("12 34", "92 34", false)]
    [InlineData("ff ff", "00 00", true)]
    [InlineData("00 00", "ff ff", false)]
    public void SequenceNumber_OfTheNextUpdate_IsLater(string first, string next, bool good)
    {
        var judged = Judged(new HandMade(), _initial.With(SequenceNumber, first), _initial.With(SequenceNumber, next));

        judged.Statements.Should().Contain("rfc5213-6.9.1.1-k17");
        Finding[] violations = good
            ? []
            :
            [
                Violation(
                    "rfc5213-6.9.1.1-k17",
                    $"a sequence number after {Convert.ToInt32(first.Replace(" ", "", StringComparison.Ordinal), 16)}",
                    $"{Convert.ToInt32(next.Replace(" ", "", StringComparison.Ordinal), 16)}",
                    SequenceNumber,
                    packet: 2
                ),
            ];
        judged.Violated.Should().Equal(violations);
    }

    [Fact]
    public void GoodExtension_ConfirmsItsStatements()
    {
        var judged = Judged(Registered(), _extension);

        judged.Violated.Should().BeEmpty();
        judged.Statements.Should().Contain(["rfc5213-6.9.1.3-k1", "rfc5213-6.9.1.3-k2", "rfc5213-6.9.1.3-k3"]);
    }

    [Fact]
    public void GoodDeregistration_ConfirmsItsStatements()
    {
        var judged = Judged(Registered(), _deregistration);

        judged.Violated.Should().BeEmpty();
        judged.Statements.Should().Contain(["rfc5213-6.9.1.4-k2", "rfc5213-6.9.1.4-k3", "rfc5213-6.9.1.4-k4"]);
    }

    [Theory]
    [InlineData(HandMadeMessage.LinkLayer, "Mobile Node Link-layer Identifier", "rfc5213-6.9.1.1-k18")]
    [InlineData(HandMadeMessage.Handoff, "Handoff Indicator", "rfc5213-6.9.1.1-k8")]
    [InlineData(HandMadeMessage.Technology, "Access Technology Type", "rfc5213-6.9.1.1-k20")]
    [InlineData(HandMadeMessage.Prefix, "Home Network Prefix", "rfc5213-6.9.1.1-k4")]
    [InlineData(HandMadeMessage.Timestamp, "Timestamp", "rfc5213-6.9.1.1-k16")]
    [InlineData(HandMadeMessage.LinkLocal, "Link-local Address", "rfc5213-6.9.1.1-k22")]
    public void LaterUpdate_WithoutAnOptionOfTheFirst_IsAnotherSet(int option, string name, string presence)
    {
        const string Expected = "the same set of options as in the initial registration";

        Judged(Registered(), _extension.Without(option))
            .Violated.Should()
            .Contain(Violation("rfc5213-6.9.1.3-k1", Expected, $"without {name}", null, packet: 2))
            .And.Contain(finding => finding.Statement.Value == presence);
        Judged(Registered(), _deregistration.Without(option))
            .Violated.Should()
            .Contain(Violation("rfc5213-6.9.1.4-k2", Expected, $"without {name}", null, packet: 2));
    }

    [Fact]
    public void LaterUpdate_WithAnOptionThatTheFirstHadNot_IsAnotherSet()
    {
        var judged = Registered(_initial.Without(HandMadeMessage.LinkLayer).Without(HandMadeMessage.Timestamp));

        Judged(judged, _extension.Without(HandMadeMessage.LinkLocal))
            .Violated.Should()
            .Contain(
                Violation(
                    "rfc5213-6.9.1.3-k1",
                    "the same set of options as in the initial registration",
                    "without Link-local Address; with Timestamp",
                    null,
                    packet: 2
                )
            );
    }

    [Theory]
    [InlineData(HandMadeMessage.Prefix + 3, "30", "2001:db8:8000:1::/48")]
    [InlineData(HandMadeMessage.Prefix + 11, "02", "2001:db8:8000:2::/64")]
    public void LaterUpdate_WithOtherPrefixes_IsAViolation(int offset, string octets, string actual)
    {
        const string Expected = "a Home Network Prefix option for each assigned prefix: 2001:db8:8000:1::/64";

        Judged(Registered(), _extension.With(offset, octets))
            .Violated.Should()
            .Equal(Violation("rfc5213-6.9.1.3-k2", Expected, actual, HandMadeMessage.Prefix, packet: 2));
        Judged(Registered(), _deregistration.With(offset, octets))
            .Violated.Should()
            .Equal(Violation("rfc5213-6.9.1.4-k3", Expected, actual, HandMadeMessage.Prefix, packet: 2));
    }

    [Fact]
    public void LaterUpdate_NamesEachAssignedPrefix_InAnyOrder()
    {
        var registered = Registered();
        registered.Node.Session.Prefixes = [Ipv6Prefix.Parse("2001:db8:8000:2::/64"), _assigned];
        var turned = _extension.With(HandMadeMessage.Prefix + 11, "02").And("01 02 00 00" + HandMadeMessage.PrefixOption);

        Judged(registered, turned).Violated.Should().BeEmpty();
        Judged(registered, _extension.With(SequenceNumber, "12 36"))
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .Equal("rfc5213-6.9.1.3-k2");
    }

    [Fact]
    public void LaterUpdate_WithAnotherHandoffIndicator_IsAViolation()
    {
        Judged(Registered(), _extension.With(HandMadeMessage.Handoff + 3, "04"))
            .Violated.Should()
            .Equal(Violation("rfc5213-6.9.1.3-k3", "Handoff Indicator 5 in a re-registration", "4", HandMadeMessage.Handoff, packet: 2));
        Judged(Registered(), _deregistration.With(HandMadeMessage.Handoff + 3, "01"))
            .Violated.Should()
            .Equal(Violation("rfc5213-6.9.1.4-k4", "Handoff Indicator 4 in a de-registration", "1", HandMadeMessage.Handoff, packet: 2));
    }

    /// <summary>The node has attached again before its MAG releases the binding of the attachment before.</summary>
    [Fact]
    public void Deregistration_OfAnEarlierAttachment_ViolatesItsOwnStatementAlone()
    {
        var judged = Registered();
        judged.Node.Binding.Renew();

        Judged(judged, _deregistration.With(HandMadeMessage.Handoff + 3, "05"))
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .Equal("rfc5213-6.9.1.4-k4");
    }

    /// <summary>The lifetime of 600 s counts from the request at 1 s or from the acknowledgement 10 ms later.</summary>
    [Theory]
    [InlineData(600_999, "rfc5213-6.9.1.3-k1")]
    [InlineData(601_000, null)]
    [InlineData(601_009, null)]
    [InlineData(601_010, "rfc5213-6.9.1.1-k25")]
    public void Update_AfterTheEndOfTheSession_IsAnInitialOne_AndNeitherWhileItEnds(int milliseconds, string? statement)
    {
        var judged = Registered();
        judged.Receive(_extension.ToFrame(HandMade.Mag, HandMade.Lma), HandMade.Start + TimeSpan.FromMilliseconds(milliseconds));

        string[] decisive = ["rfc5213-6.9.1.3-k1", "rfc5213-6.9.1.1-k25"];
        judged
            .Findings.Where(finding => finding.Packet == 2)
            .Select(finding => finding.Statement.Value)
            .Intersect(decisive)
            .Should()
            .Equal(statement is null ? [] : [statement]);
        judged
            .Violated.Select(finding => finding.Statement.Value)
            .Should()
            .Equal(statement == decisive[1] ? ["rfc5213-6.9.1.1-k9", "rfc5213-6.9.1.1-k25"] : []);
    }

    [Fact]
    public void OtherMessages_AreNotJudged()
    {
        Judged(HandMadeMessage.Acknowledgement).Findings.Should().BeEmpty();
        var sending = new HandMade().WithUpdateCheck();
        sending.Send(_initial.With(Flags, "00").ToFrame(HandMade.Mag, HandMade.Lma));
        sending.Findings.Should().BeEmpty();
    }

    /// <summary>The tester has seen the first update, and its LMA has assigned the prefix for 600 s.</summary>
    private static HandMade Registered(HandMadeMessage? first = null)
    {
        var judged = Judged(first ?? _initial);
        judged.Node.Binding.IsRegistered = true;
        judged.Node.Binding.UntilFromRequest = HandMade.Start + TimeSpan.FromSeconds(601);
        judged.Node.Binding.Until = judged.Node.Binding.UntilFromRequest + TimeSpan.FromMilliseconds(10);
        judged.Node.Session.Prefixes = [_assigned];
        return judged;
    }

    private static Finding Violation(string statement, string expected, string actual, int? octet, int packet = 1) =>
        HandMade.Violation(statement, expected, actual, packet, HandMade.Message + octet);

    private static HandMade Judged(HandMadeMessage update) => Judged(new HandMade(), update);

    private static HandMade Judged(HandMade judged, params IEnumerable<HandMadeMessage> updates)
    {
        if (judged.Findings.Count == 0)
        {
            judged.WithUpdateCheck();
        }

        foreach (var update in updates)
        {
            judged.Receive(update.ToFrame(HandMade.Mag, HandMade.Lma));
        }

        return judged;
    }
}
