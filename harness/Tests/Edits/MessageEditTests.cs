using System.Net;
using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Edits;

/// <summary>Checks octet by octet which message the words of a scenario give: <c>no Timestamp and Handoff Indicator = 2</c>.</summary>
public sealed class MessageEditTests
{
    private const string Zeros = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";

    /// <summary>The fixed part of an update whose Header Len is the first octet of what follows <c>3b</c>.</summary>
    private const string AfterHeaderLen = " 05 00  00 00  12 34  82 00 00 96";

    private const string Prefix = HandMadeMessage.PrefixOption;
    private const string Identifier = HandMadeMessage.IdentifierOption;
    private const string Handoff = HandMadeMessage.HandoffOption;
    private const string Technology = HandMadeMessage.TechnologyOption;
    private const string LinkLayer = HandMadeMessage.LinkLayerOption;
    private const string Timestamp = HandMadeMessage.TimestampOption;
    private const string LinkLocal = HandMadeMessage.LinkLocalOption;

    /// <summary>Padding of two, four and six octets.</summary>
    private const string Two = "01 00";
    private const string Four = "01 02 00 00";
    private const string Six = "01 04 00 00 00 00";

    [Fact]
    public void NoEdit_LeavesTheMessage()
    {
        new HandMade().Edited(null).Should().Equal(Checked(HandMadeMessage.Update));
        new HandMade().Edited(null, acknowledgement: true).Should().Equal(Checked(HandMadeMessage.Acknowledgement));
    }

    [Fact]
    public void Copy_IsEditedOnItsOwn()
    {
        var session = new HandMade();
        var draft = new MessageDraft { IsAcknowledgement = false, Edition = WireEdition.Rfc5213 };
        draft.Options.Add(new HandoffIndicatorOption(HandoffIndicator.HandoffStateUnknown));
        var before = draft.ToBytes(IPAddress.IPv6Loopback, IPAddress.IPv6Loopback);

        var copy = draft.Copy();
        new DraftEditor(session.Session, session.Node, lastSequenceNumber: 0).Apply(
            copy,
            EditList.Parse("Sequence Number = 7; no Handoff Indicator; Reserved = 1")
        );

        draft.ToBytes(IPAddress.IPv6Loopback, IPAddress.IPv6Loopback).Should().Equal(before);
        copy.ToBytes(IPAddress.IPv6Loopback, IPAddress.IPv6Loopback).Should().NotEqual(before);
    }

    [Theory]
    [InlineData("Sequence Number = 7", 6, "00 07")]
    [InlineData("Sequence Number = 65535", 6, "ff ff")]
    [InlineData("Sequence Number = last", 6, "43 21")]
    [InlineData("Sequence Number = last + 1", 6, "43 22")]
    [InlineData("Sequence Number = last - 1", 6, "43 20")]
    [InlineData("Sequence Number = last + 32767", 6, "c3 20")]
    [InlineData("Sequence Number = last + 32768", 6, "c3 21")]
    [InlineData("Lifetime = 40 s", 10, "00 0a")]
    [InlineData("Lifetime = 0 s", 10, "00 00")]
    [InlineData("Lifetime = 8000 ms", 10, "00 02")]
    [InlineData("Lifetime = MinDelayBeforeBCEDelete", 10, "00 02")]
    [InlineData("Lifetime = 262140 s", 10, "ff ff")]
    [InlineData("Lifetime = 262144 s", 10, "ff ff")]
    [InlineData("P = 0", 8, "80")]
    [InlineData("P = 1", 8, "82")]
    [InlineData("A = 0", 8, "02")]
    [InlineData("A = 1", 8, "82")]
    [InlineData("Payload Proto = 6", 0, "06")]
    [InlineData("Header Len = 0", 1, "00")]
    [InlineData("MH Type = 200", 2, "c8")]
    [InlineData("mh type = 200", 2, "c8")]
    [InlineData("Mobile Node Identifier = stranger@exam", 35, "73 74 72 61 6e 67 65 72 40 65 78 61 6d")]
    [InlineData("Mobile Node Identifier = MN2", 35, "6d 30 32 35 65 30 30 30 30 30 30 30 32")]
    [InlineData("Mobile Node Identifier = its own", 35, "6d 30 32 35 65 30 30 30 30 30 30 30 31")]
    [InlineData("Home Network Prefix = ALL_ZERO", 15, "00" + Zeros)]
    [InlineData("Home Network Prefix = foreign", 15, "40 20 01 0d b8 de ad 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("Home Network Prefix = 2001:db8:cccc::/48", 15, "30 20 01 0d b8 cc cc 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("Handoff Indicator = 3", 51, "03")]
    [InlineData("handoff indicator = 255", 51, "ff")]
    [InlineData("Access Technology Type = 4", 55, "04")]
    [InlineData("Access Technology Type = another", 55, "04")]
    [InlineData("Mobile Node Link-layer Identifier = another", 60, "02 5e ee 00 00 01")]
    [InlineData("Mobile Node Link-layer Identifier = ALL_ZERO", 60, "00 00 00 00 00 00")]
    [InlineData("Mobile Node Link-layer Identifier = 02:00:5e:00:53:01", 60, "02 00 5e 00 53 01")]
    [InlineData("Mobile Node Link-layer Identifier = its own", 60, "02 5e 00 00 00 01")]
    [InlineData("Link-local Address = ALL_ZERO", 80, Zeros)]
    [InlineData("Link-local Address = fe80::9", 80, "fe 80 00 00 00 00 00 00 00 00 00 00 00 00 00 09")]
    [InlineData("Link-local Address = its own", 80, "fe 80 00 00 00 00 00 00 00 5e 00 ff fe 00 00 01")]
    [InlineData("len(Home Network Prefix) = 19", 13, "13")]
    [InlineData("len(Mobile Node Identifier) = 0", 33, "00")]
    [InlineData("len(Handoff Indicator) = 3", 49, "03")]
    [InlineData("len(Access Technology Type) = 255", 53, "ff")]
    [InlineData("len(Mobile Node Link-layer Identifier) = 7", 57, "07")]
    [InlineData("len(Timestamp) = 9", 67, "09")]
    [InlineData("len(Link-local Address) = 15", 79, "0f")]
    [InlineData("len(Option 23) = 3", 49, "03")]
    public void FieldOfAnUpdate_ChangesItsOctetsAlone(string edit, int offset, string octets) =>
        new HandMade().Edited(edit).Should().Equal(Checked(HandMadeMessage.Update.With(offset, octets)));

    [Theory]
    [InlineData("Status = 130", 6, "82")]
    [InlineData("Status = 130 INSUFFICIENT_RESOURCES", 6, "82")]
    [InlineData("P = 0", 7, "00")]
    [InlineData("Sequence Number = last + 1", 8, "43 22")]
    [InlineData("Lifetime = 40 s", 10, "00 0a")]
    public void FieldOfAnAcknowledgement_ChangesItsOctetsAlone(string edit, int offset, string octets) =>
        new HandMade().Edited(edit, acknowledgement: true).Should().Equal(Checked(HandMadeMessage.Acknowledgement.With(offset, octets)));

    /// <summary>
    /// What follows is laid out again: with its alignment, without a gap that nothing needs, and with a right Header Len.
    /// </summary>
    [Theory]
    [InlineData(
        "no Home Network Prefix",
        "3b 09" + AfterHeaderLen + Identifier + Handoff + Technology + LinkLayer + Four + Timestamp + Two + LinkLocal
    )]
    [InlineData(
        "no Mobile Node Identifier",
        "3b 09" + AfterHeaderLen + Prefix + Handoff + Technology + LinkLayer + Timestamp + Two + LinkLocal
    )]
    [InlineData(
        "no Handoff Indicator",
        "3b 0b" + AfterHeaderLen + Prefix + Identifier + Technology + LinkLayer + Four + Timestamp + Two + LinkLocal
    )]
    [InlineData(
        "no Access Technology Type",
        "3b 0b" + AfterHeaderLen + Prefix + Identifier + Handoff + LinkLayer + Four + Timestamp + Two + LinkLocal
    )]
    [InlineData(
        "no Mobile Node Link-layer Identifier",
        "3b 0a" + AfterHeaderLen + Prefix + Identifier + Handoff + Technology + Two + Timestamp + Two + LinkLocal
    )]
    [InlineData("no Timestamp", "3b 0a" + AfterHeaderLen + Prefix + Identifier + Handoff + Technology + LinkLayer + Four + LinkLocal)]
    [InlineData(
        "no Link-local Address",
        "3b 09" + AfterHeaderLen + Prefix + Identifier + Handoff + Technology + LinkLayer + Timestamp + Four
    )]
    [InlineData(
        "no Option 23",
        "3b 0b" + AfterHeaderLen + Prefix + Identifier + Technology + LinkLayer + Four + Timestamp + Two + LinkLocal
    )]
    [InlineData(
        "no Handoff Indicator and no Access Technology Type",
        "3b 0a" + AfterHeaderLen + Prefix + Identifier + LinkLayer + Timestamp + Two + LinkLocal
    )]
    [InlineData(
        "no Home Network Prefix; no Mobile Node Identifier;no Link-local Address",
        "3b 05" + AfterHeaderLen + Handoff + Technology + LinkLayer + Four + Timestamp + Four
    )]
    [InlineData(
        "no Alternate Care-of Address",
        "3b 0b" + AfterHeaderLen + Prefix + Identifier + Handoff + Technology + LinkLayer + Timestamp + Two + LinkLocal
    )]
    public void Option_ThatIsLeftOut_LeavesTheOthersAligned(string edit, string octets) =>
        new HandMade().Edited(edit).Should().Equal(Checked(HandMadeMessage.Of(octets)));

    [Theory]
    [InlineData("two Home Network Prefix", Four + Prefix)]
    [InlineData("two Mobile Node Identifier", Identifier)]
    [InlineData("two Handoff Indicator", Handoff + Four)]
    [InlineData("two Access Technology Type", Technology + Four)]
    [InlineData("two Mobile Node Link-layer Identifier", LinkLayer + Six)]
    [InlineData("two Timestamp", Two + Timestamp + Four)]
    [InlineData("two Link-local Address", Six + LinkLocal)]
    [InlineData("two Option 23", Handoff + Four)]
    [InlineData("Option 200 = 0102030405", "c8 05 01 02 03 04 05 00")]
    [InlineData("Option 200 = 01:02 03", "c8 03 01 02 03 01 01 00")]
    [InlineData("option 201 = ffff", "c9 02 ff ff" + Four)]
    [InlineData("Alternate Care-of Address = MAG2", Six + "03 10 20 01 0d b8 01 00 00 00 00 00 00 00 00 00 00 a2")]
    [InlineData("Alternate Care-of Address = 2001:db8::5", Six + "03 10 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 05")]
    public void Option_ThatIsAdded_StandsAtTheEnd(string edit, string octets) =>
        new HandMade().Edited(edit).Should().Equal(Checked(HandMadeMessage.Update.And(octets)));

    [Theory]
    [InlineData("foreign, 2001:db8:8000:3::/64", "20 01 0d b8 de ad 00 00", "20 01 0d b8 80 00 00 03")]
    [InlineData("assigned", "20 01 0d b8 80 00 00 05", "20 01 0d b8 80 00 00 06")]
    [InlineData("MN2's", "20 01 0d b8 80 00 00 07", "20 01 0d b8 80 00 00 08")]
    [InlineData("the first assigned, foreign", "20 01 0d b8 80 00 00 05", "20 01 0d b8 de ad 00 00")]
    public void SeveralPrefixes_StandInThePlaceOfTheFirst(string words, string first, string second)
    {
        const string Length64 = "16 12 00 40 ";
        const string End = " 00 00 00 00 00 00 00 00";
        var session = new HandMade();
        session.Node.Session.Prefixes = [Ipv6Prefix.Parse("2001:db8:8000:5::/64"), Ipv6Prefix.Parse("2001:db8:8000:6::/64")];
        session.Session.Nodes.Named("MN2").Session.Prefixes =
        [
            Ipv6Prefix.Parse("2001:db8:8000:7::/64"),
            Ipv6Prefix.Parse("2001:db8:8000:8::/64"),
        ];
        var prefixes = Length64 + first + End + Four + Length64 + second + End;

        session
            .Edited($"Home Network Prefix = {words}")
            .Should()
            .Equal(
                Checked(
                    HandMadeMessage.Of(
                        "3b 0e" + AfterHeaderLen + prefixes + Identifier + Handoff + Technology + LinkLayer + Timestamp + Two + LinkLocal
                    )
                )
            );
    }

    [Fact]
    public void AssignedPrefixes_IfThereAreNone_SendNothing() =>
        new HandMade()
            .Invoking(message => message.Edited("Home Network Prefix = assigned"))
            .Should()
            .Throw<StepFailedException>()
            .WithMessage("no valid home network prefix was assigned to MN1");

    [Fact]
    public void Option_ThatIsSetAgain_StaysInItsPlaceOnce() =>
        new HandMade()
            .Edited("two Handoff Indicator; Handoff Indicator = 2")
            .Should()
            .Equal(Checked(HandMadeMessage.Update.With(HandMadeMessage.Handoff + 3, "02")));

    [Theory]
    [InlineData("Handoff Indicator = 2 and Access Technology Type = 4 and Mobile Node Link-layer Identifier = another")]
    [InlineData("Handoff Indicator = 2; Access Technology Type = 4;Mobile Node Link-layer Identifier = another")]
    [InlineData("Handoff Indicator=2  and  Access Technology Type=4 ; Mobile Node Link-layer Identifier =another")]
    public void Edits_AreSeparatedByAndOrSemicolon(string edits) =>
        new HandMade().Edited(edits).Should().Equal(Checked(HandMadeMessage.Update.With(51, "02").With(55, "04").With(62, "ee")));

    [Fact]
    public void EditsOfEachForm_FollowEachOtherByAnd() =>
        new HandMade()
            .Edited("no Timestamp and two Handoff Indicator and len(Home Network Prefix) = 17 and P = 0")
            .Should()
            .Equal(
                Checked(
                    HandMadeMessage
                        .Of(
                            "3b 0b"
                                + AfterHeaderLen
                                + Prefix
                                + Identifier
                                + Handoff
                                + Technology
                                + LinkLayer
                                + Four
                                + LinkLocal
                                + Handoff
                                + Four
                        )
                        .With(13, "11")
                        .With(8, "80")
                )
            );

    /// <summary>Changes of options come first, then those of octets, however the words mix them.</summary>
    [Fact]
    public void EditsOfOptionsAndOfOctets_AreOneLanguage()
    {
        var mixed = new HandMade().Edited(
            "option[Home Network Prefix].Length = 17 and no Timestamp; Reserved = 1\nLifetime = 0x10 and drop option[Link-local Address] "
                + "and octet 14 = 0xff"
        );

        mixed
            .Should()
            .Equal(
                Checked(
                    HandMadeMessage
                        .Of("3b 08" + AfterHeaderLen + Prefix + Identifier + Handoff + Technology + LinkLayer + Six)
                        .With(13, "11 ff")
                        .With(3, "01")
                        .With(10, "00 10")
                )
            );
    }

    [Fact]
    public void Checksum_IsWrongOnlyIfTheWordsSaySo()
    {
        var right = Checked(HandMadeMessage.Update);
        var wrong = new HandMade().Edited("Checksum = wrong");

        wrong[4..6].Should().NotEqual(right[4..6]);
        right[4..6].CopyTo(wrong, 4);
        wrong.Should().Equal(right);
    }

    [Fact]
    public void ForgedLength_AppliesToEveryOptionOfThatName() =>
        new HandMade()
            .Edited("two Handoff Indicator; len(Handoff Indicator) = 1")
            .Should()
            .Equal(Checked(HandMadeMessage.Update.And(Handoff + Four).With(49, "01").With(97, "01")));

    /// <summary>
    /// It is 10 s after the start: 0x69a3818a. The last Timestamp is 0x69a38100.0001, the window 300 ms and the margin 2 ms. The
    /// offset is rounded down to a unit of 2^-16 s.
    /// </summary>
    [Theory]
    [InlineData("now", "69 a3 81 8a 00 00")]
    [InlineData("now - 10 s", "69 a3 81 80 00 00")]
    [InlineData("now + 10 s", "69 a3 81 94 00 00")]
    [InlineData("now -10 s", "69 a3 81 80 00 00")]
    [InlineData("now - 400 ms", "69 a3 81 89 99 9a")]
    [InlineData("now + just under TimestampValidityWindow", "69 a3 81 8a 4c 49")]
    [InlineData("now + just over TimestampValidityWindow", "69 a3 81 8a 4d 4f")]
    [InlineData("now - just under TimestampValidityWindow", "69 a3 81 89 b3 b7")]
    [InlineData("now - just over TimestampValidityWindow", "69 a3 81 89 b2 b1")]
    [InlineData("last", "69 a3 81 00 00 01")]
    [InlineData("last - 100 ms", "69 a3 80 ff e6 68")]
    [InlineData("last + 10 s", "69 a3 81 0a 00 01")]
    public void Timestamp_IsCountedFromNowOrTheLast(string words, string octets)
    {
        var session = new HandMade();
        session.Node.Binding.LastTimestamp = 0x69a3_8100_0001;
        session.Session.Tester.WaitUntil(HandMade.Start + TimeSpan.FromSeconds(10));

        session.Edited($"Timestamp = {words}").Should().Equal(Checked(HandMadeMessage.Update.With(70, octets)));
    }

    [Fact]
    public void Timestamp_OfADeviceWithItsOwnClock_IsOnThatClock()
    {
        var clock = new DeviceClock(TimeSpan.FromSeconds(-16), TimeSpan.FromMilliseconds(100));

        new HandMade(clock: clock).Edited("Timestamp = now").Should().Equal(Checked(HandMadeMessage.Update.With(70, "69 a3 81 70 00 00")));

        // 300 ms and 102 ms, the margin and the uncertainty of the clock: 0.402 s are 26345.5 units.
        new HandMade(clock: clock)
            .Edited("Timestamp = now + just over TimestampValidityWindow")
            .Should()
            .Equal(Checked(HandMadeMessage.Update.With(70, "69 a3 81 70 66 e9")));
    }

    [Theory]
    [InlineData("now + just over TimestampValidityWindow", true)]
    [InlineData("now - just under TimestampValidityWindow", true)]
    [InlineData("now - 10 s", false)]
    [InlineData("now", false)]
    [InlineData("last + just over TimestampValidityWindow", false)]
    public void Timestamp_JustBesideALimit_MustBeSentAtOnce(string words, bool atOnce)
    {
        var session = new HandMade();
        session.Node.Binding.LastTimestamp = 0x69a3_8100_0001;

        session.Edited($"Timestamp = {words}");

        session.Session.NextStimulusAt.Should().Be(atOnce ? HandMade.Start : null);
    }

    [Theory]
    [InlineData(297, true)]
    [InlineData(298, false)]
    public void Timestamp_JustUnderALimit_NeedsAClockThatIsKnownWell(int milliseconds, bool possible)
    {
        var session = new HandMade(clock: new DeviceClock(TimeSpan.Zero, TimeSpan.FromMilliseconds(milliseconds)));

        var edit = () => session.Edited("Timestamp = now + just under TimestampValidityWindow");

        if (possible)
        {
            edit.Should().NotThrow();
        }
        else
        {
            edit.Should()
                .Throw<StepFailedException>()
                .Which.Message.Should()
                .Be(
                    "the device's clock is known to within 298 ms, with a tolerance of 2 ms: this is not precise enough for "
                        + "'now + just under TimestampValidityWindow'"
                );
        }
    }

    [Fact]
    public void MarkedAddress_IsALinkLocalOneThatTheSessionKeeps()
    {
        var session = new HandMade();
        var marked = session.Edited("Link-local Address = marked")[80..96];

        marked[..8].Should().Equal(0xfe, 0x80, 0, 0, 0, 0, 0, 0);
        session.Node.Mark.Should().Be(new IPAddress(marked));
        session.Edited("Link-local Address = the mark")[80..96].Should().Equal(marked);
        session.Edited("Link-local Address = marked")[80..96].Should().NotEqual(marked);
    }

    [Theory]
    [InlineData("Timestamp", "'Timestamp': not a change to a message; say 'no Option', 'two Option', ")]
    [InlineData("three Timestamp", "'three Timestamp': not a change to a message")]
    [InlineData("no Timestamp and Handoff Indicator", "'Timestamp and Handoff Indicator' is not a field of this message")]
    public void TextOfNoForm_IsNamed(string edits, string part)
    {
        var apply = () => new HandMade().Edited(edits);

        apply.Should().Throw<ScenarioFaultException>().Which.Message.Should().Contain(part);
    }

    [Theory]
    [InlineData("no Timstamp", "'Timstamp' is not a field of this message. Options: Binding Refresh Advice, Alternate Care-of Address, ")]
    [InlineData("no Timstamp", "Option <number>. Fields: Payload Proto, Header Len, MH Type, Reserved, Checksum, Sequence Number, A, ")]
    [InlineData("no Lifetime", "'Lifetime' is not a field")]
    [InlineData("two Timstamp", "'Timstamp' is not a field")]
    [InlineData("two Alternate Care-of Address", "the message has no 'Alternate Care-of Address' that could stand there twice")]
    [InlineData("len(Timstamp) = 1", "'Timstamp' is not a field")]
    [InlineData("len(Timestamp) = 256", "'256' needs more than 8 bits")]
    [InlineData("Timstamp = now", "'Timstamp' is not a field")]
    [InlineData("Option 1 = 00", "'Option 1' is not a field")]
    [InlineData("Option 256 = 00", "'Option 256' is not a field")]
    [InlineData("Option 200 = 123", "'123' is not a sequence of hexadecimal octets")]
    [InlineData("Option 200 = xy", "'xy' is not a sequence of hexadecimal octets")]
    [InlineData("Checksum = right", "'right' is not a number")]
    [InlineData("Sequence Number = 65536", "'65536' is not a number from 0 to 65535")]
    [InlineData("Sequence Number = next", "'next' is not a number from 0 to 65535")]
    [InlineData("Sequence Number = last + one", "'+one' is not a number")]
    [InlineData("Lifetime = 40", "'40' is not a duration")]
    [InlineData("Lifetime = MaxLifetime", "The IXIT has no timer 'MaxLifetime'")]
    [InlineData("Status = 256", "'Status' is not a field of this message")]
    [InlineData("P = 2", "'2' is not a number from 0 to 1")]
    [InlineData("A = yes", "'yes' is not a number from 0 to 1")]
    [InlineData("Payload Proto = 256", "'256' needs more than 8 bits")]
    [InlineData("Header Len = -1", "'-1' is not a number")]
    [InlineData("MH Type = five", "'five' is not a number")]
    [InlineData("Handoff Indicator = 256", "'256' is not a number from 0 to 255")]
    [InlineData("Access Technology Type = WLAN", "'WLAN' is not a number from 0 to 255")]
    [InlineData(
        "Home Network Prefix = other",
        "'other' is not a prefix: say ALL_ZERO, foreign, owned, unassigned, assigned, the first assigned, MN2's or"
    )]
    [InlineData("Home Network Prefix = 2001:db8::/129", "'2001:db8::/129' is not a prefix")]
    [InlineData("Link-local Address = other", "'other' is not a link-local address: say ALL_ZERO, marked, the mark, its own or")]
    [InlineData("Link-local Address = the mark", "MN1's session was not marked.")]
    [InlineData("Mobile Node Link-layer Identifier = other", "'other' is not a sequence of hexadecimal octets")]
    [InlineData("Alternate Care-of Address = MAG9", "'MAG9' is neither an address nor a node of the IXIT")]
    [InlineData("Timestamp = 5", "'5' is not a timestamp: say now or last, with + or - a duration.")]
    [InlineData("Timestamp = now - soon", "no timer 'soon'")]
    [InlineData("Timestamp = now 15 s", "'now 15 s' is not a timestamp: say now or last, with + or - a duration.")]
    [InlineData("Timestamp = last - 10 s", "'last - 10 s' is before 1970")]
    [InlineData("Handoff Indicator = 3 or 4", "'3 or 4' is not a number from 0 to 255")]
    [InlineData("Option 2 = ffff", "'ffff' is not a number from 0 to 65535")]
    [InlineData("len(Alternate Care-of Address) = 3", "the message has no 'Alternate Care-of Address' whose length could be wrong")]
    [InlineData("no Timestamp and len(Timestamp) = 3", "the message has no 'Timestamp' whose length could be wrong")]
    public void Edit_ThatDoesNotFitTheMessage_IsNamed(string edits, string part)
    {
        var apply = () => new HandMade().Edited(edits);

        apply.Should().Throw<ScenarioFaultException>().Which.Message.Should().Contain(part);
    }

    [Fact]
    public void Identifier_ThatIsTooLong_IsNamed()
    {
        var apply = () => new HandMade().Edited($"Mobile Node Identifier = {new string('x', 255)}");

        apply.Should().Throw<ScenarioFaultException>().Which.Message.Should().Contain("the option cannot have this value");
    }

    [Fact]
    public void TwoLengths_AreBothWrong() =>
        new HandMade()
            .Edited("len(Handoff Indicator) = 3 and len(Timestamp) = 9")
            .Should()
            .Equal(Checked(HandMadeMessage.Update.With(49, "03").With(67, "09")));

    [Fact]
    public void FirstAssignedPrefix_IfThereIsNone_FailsTheStep()
    {
        var edit = () => new HandMade().Edited("Home Network Prefix = the first assigned");

        edit.Should().Throw<StepFailedException>().WithMessage("no valid home network prefix was assigned to MN1");
    }

    private static byte[] Checked(HandMadeMessage message) => message.WithChecksum(HandMade.Mag, HandMade.Lma);
}
