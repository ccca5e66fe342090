using System.Buffers.Binary;
using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Protection;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Checks;

/// <summary>
/// One mobile node, MN1, and one MAG and one LMA whose messages a test makes octet by octet. Everything that the tests of the checks
/// and of the edits create stands in this file.
/// </summary>
internal sealed class HandMade
{
    public const string Lma = "2001:db8:100::1";
    public const string Mag = "2001:db8:100::a1";

    /// <summary>The offset of the Mobility Header in a frame without extension headers: Ethernet 14, IPv6 40.</summary>
    public const int Message = 54;

    private static readonly PortId _core = new("core");

    /// <param name="claims">The ICS items that the implementation claims.</param>
    public HandMade(
        string[]? claims = null,
        DeviceClock? clock = null,
        TimeSpan tolerance = default,
        Edition? edition = null,
        Ixit? ixit = null,
        string kind = "dynamic",
        Keyring? keys = null
    )
    {
        var facts = new BedFacts("hand-made", 1, tolerance, ixit ?? Ixit, claims ?? [])
        {
            DeviceClock = clock,
            Keys = keys ?? Keyring.None,
        };
        Session = new TestSession(
            new ScenarioFacts("TC-HAND-MADE-BV-01", "LMA", ScenarioKind.BV, []) { Edition = edition ?? Edition.Rfc5213 },
            new TracedBed(Bed = new(facts, Start))
        );
        Node = Session.Nodes.Named("MN1");
        Node.Is(kind);
        Session.Nodes.Bind(Node);
    }

    /// <summary>The time of day in the messages: 0x69a38180 s after 1970.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static Ixit Ixit { get; } =
        new()
        {
            Domain = new Domain
            {
                Links = [new DomainLink(_core, LinkKind.Core)],
                Nodes =
                [
                    On("LMA1", NodeRole.Lma, Lma),
                    On("MAG1", NodeRole.Mag, Mag) with
                    {
                        Player = NodePlayer.Implementation,
                    },
                    On("MAG2", NodeRole.Mag, "2001:db8:100::a2"),
                ],
            },
            IdentifierPattern = "m{mac}",
            LinkLayerPattern = "02:5e:00:00:{n}",
            OwnedPrefix = Ipv6Prefix.Parse("2001:db8:8000::/48"),
            ForeignPrefix = Ipv6Prefix.Parse("2001:db8:dead::/64"),
            Timers = new Dictionary<string, TimeSpan>
            {
                ["MinDelayBeforeBCEDelete"] = TimeSpan.FromMilliseconds(10000),
                ["TimestampValidityWindow"] = TimeSpan.FromMilliseconds(300),
                ["INITIAL_BINDACK_TIMEOUT"] = TimeSpan.FromMilliseconds(1000),
            },
            Ipv4 = new Ipv4HomeNetwork(IpPrefix.Parse("192.0.2.0/24"), IPAddress.Parse("192.0.2.1"), IPAddress.Parse("203.0.113.9"))
            {
                Fixed = IPAddress.Parse("192.0.2.77"),
            },
        };

    /// <summary>The same network with CN1, which has an address of each family.</summary>
    public static Domain DualStack { get; } =
        Ixit.Domain with
        {
            Nodes =
            [
                .. Ixit.Domain.Nodes,
                new DomainNode(
                    "CN1",
                    NodeRole.Cn,
                    [new DomainInterface(_core) { Addresses = [IPAddress.Parse("2001:db8:100::4"), IPAddress.Parse("192.0.2.4")] }]
                ),
            ],
        };

    private static DomainNode On(string name, NodeRole role, string address) =>
        new(name, role, [new DomainInterface(_core) { Addresses = [IPAddress.Parse(address)] }]);

    public TestSession Session { get; }

    public MobileNode Node { get; }

    public IReadOnlyList<Finding> Findings => Session.Findings.All;

    public IEnumerable<Finding> Violated => Findings.Where(finding => !finding.Ok);

    /// <summary>The statements that were judged, in the order of the findings.</summary>
    public IEnumerable<string> Statements => Findings.Select(finding => finding.Statement.Value);

    private HandMadeBed Bed { get; }

    public static Finding Violation(string statement, string expected, string actual, int packet, int? octet) =>
        new(new StatementId(statement), false, expected, actual, packet, octet);

    /// <summary>The scenario has started sessions of MN1, one after the other.</summary>
    public HandMade WithSessions(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            Node.Registered([Ipv6Prefix.Parse($"2001:db8:8000:{number}::/64")], linkLocalAddress: null);
        }

        return this;
    }

    public HandMade WithFormatCheck()
    {
        Session.Tester.Add(new FormatObserver(Session, CheckList.For(Session.Scenario.Edition, "LMA")));
        return this;
    }

    /// <summary>Judges how messages are protected, as those of a role.</summary>
    public HandMade WithProtectionCheck(string role)
    {
        var checks = CheckList.For(Session.Scenario.Edition, role);
        Session.Tester.Add(new FormatObserver(Session, checks));
        Session.Tester.Add(new ProtectionObserver(Session, checks));
        return this;
    }

    public HandMade WithUpdateCheck()
    {
        Session.Tester.Add(new UpdateObserver(Session, CheckList.For(Session.Scenario.Edition, "MAG")));
        return this;
    }

    /// <summary>The tester sends a frame.</summary>
    public Frame Send(byte[] frame) => Session.Tester.Send(_core, frame);

    /// <summary>The tester receives a frame, by default one second after now, so that equal messages do not count as copies.</summary>
    public HandMade Receive(byte[] frame, DateTimeOffset? at = null)
    {
        var until = at ?? Bed.Now + TimeSpan.FromSeconds(1);
        Bed.Deliver(_core, until, frame);
        Session.Tester.WaitUntil(until);
        return this;
    }

    /// <summary>
    /// Lets the tester send a request, as packet 1, and judges its answer, packet 2, which comes half a second later.
    /// </summary>
    /// <param name="known">The prefixes of the node's session before the request.</param>
    public HandMade Answer(byte[] request, byte[] answer, params IEnumerable<string> known)
    {
        var sent = Request(request, [.. known.Select(Ipv6Prefix.Parse)]);
        var at = sent.Request.Frame.At + TimeSpan.FromMilliseconds(500);
        Bed.Deliver(_core, at, answer);
        Session.Bed.TryReceive(at, out var frame);
        CheckList.For(Session.Scenario.Edition, "LMA").Judge(new Answer(Session, sent, Packet.Of(frame!)));
        return this;
    }

    /// <summary>Compares one field of a message that arrived half a second after the start with the words of a table.</summary>
    /// <param name="earlier">The message before, which arrived at the start.</param>
    /// <param name="took">The time from the request before to its answer.</param>
    public (bool Ok, string Expected, string Actual, int? Octet, Observation Observation) Expect(
        HandMadeMessage message,
        string field,
        string expected,
        HandMadeMessage? request = null,
        HandMadeMessage? earlier = null,
        HandMadeMessage? requestBefore = null,
        TimeSpan took = default
    )
    {
        var asked = request is null ? null : Request(request.ToFrame(Mag, Lma), []);
        var judgement = new FieldExpectation(
            Session,
            Received(message, Start + TimeSpan.FromMilliseconds(500)),
            asked,
            earlier is null ? null : Received(earlier, Start),
            requestBefore is null ? null : Received(requestBefore, Start - took)
        ).Judge(field, expected);
        return (judgement.Ok, judgement.Expected, judgement.Actual, judgement.Octet, judgement.Observation);
    }

    /// <summary>The octets from the MAG to the LMA of the draft that <see cref="HandMadeMessage"/> writes down, with edits.</summary>
    /// <param name="edits">Null for none.</param>
    /// <param name="last">The value of <c>last</c> for the Sequence Number.</param>
    public byte[] Edited(string? edits, bool acknowledgement = false, ushort last = 0x4321)
    {
        var draft = new MessageDraft
        {
            IsAcknowledgement = acknowledgement,
            Edition = Session.Scenario.Edition.Wire,
            SequenceNumber = 0x1234,
            LifetimeUnits = 0x96,
        };
        draft.Options.AddRange([
            new HomeNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8:8000:1::/64")),
            MobileNodeIdentifierOption.ForNai("m025e00000001"),
            new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
            new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
            new MobileNodeLinkLayerIdentifierOption(new OctetString([0x02, 0x5e, 0, 0, 0, 1])),
            new TimestampOption(new Timestamp(0x69a3_8180_0000)),
            new LinkLocalAddressOption(IPAddress.Parse("fe80::5213")),
        ]);
        new DraftEditor(Session, Node, last).Apply(draft, edits is null ? EditList.None : EditList.Parse(edits));
        return draft.ToBytes(IPAddress.Parse(Mag), IPAddress.Parse(Lma));
    }

    private static Packet Received(HandMadeMessage message, DateTimeOffset at) =>
        Packet.Of(new Frame(new PortId("core"), Direction.Received, 1, at, message.ToFrame(Mag, Lma)));

    private Exchange Request(byte[] frame, IReadOnlyList<Ipv6Prefix> known) => new(Packet.Of(Send(frame)), Node, "MAG1") { Known = known };
}

/// <summary>A mobility message of MN1, octet by octet (RFC 5213, Section 8), with every option at a fixed place.</summary>
internal sealed class HandMadeMessage
{
    public const int Prefix = 12;
    public const int Identifier = 32;
    public const int Handoff = 48;
    public const int Technology = 52;
    public const int LinkLayer = 56;
    public const int Timestamp = 66;
    public const int LinkLocal = 78;
    public const int End = 96;

    public const string PrefixOption = "16 12 00 40  20 01 0d b8 80 00 00 01 00 00 00 00 00 00 00 00";
    public const string IdentifierOption = "08 0e 01  6d 30 32 35 65 30 30 30 30 30 30 30 31";
    public const string HandoffOption = "17 02 00 01";
    public const string TechnologyOption = "18 02 00 03";
    public const string LinkLayerOption = "19 08 00 00  02 5e 00 00 00 01";
    public const string TimestampOption = "1b 08  00 00 69 a3 81 80 00 00";
    public const string LinkLocalOption = "1a 10  fe 80 00 00 00 00 00 00 00 00 00 00 00 00 52 13";

    private const string Options =
        PrefixOption + IdentifierOption + HandoffOption + TechnologyOption + LinkLayerOption + TimestampOption + "01 00" + LinkLocalOption;

    private HandMadeMessage(byte[] octets) => Octets = octets;

    /// <summary>A Proxy Binding Update: A and P set, sequence number 0x1234, 600 s.</summary>
    public static HandMadeMessage Update { get; } = Of("3b 0b 05 00  00 00  12 34  82 00 00 96" + Options);

    /// <summary>A Proxy Binding Acknowledgement that accepts <see cref="Update"/>.</summary>
    public static HandMadeMessage Acknowledgement { get; } = Of("3b 0b 06 00  00 00  00 20  12 34 00 96" + Options);

    public byte[] Octets { get; }

    /// <summary>The message with its options, padded to a multiple of 8 octets.</summary>
    public static string Padded(string fields, string options)
    {
        var octets = Hex("3b 00" + fields + options).ToList();
        var padding = (8 - (octets.Count % 8)) % 8;
        octets.AddRange(
            padding == 1 ? [0]
            : padding == 0 ? []
            : [1, (byte)(padding - 2), .. new byte[padding - 2]]
        );
        octets[1] = (byte)(octets.Count / 8 - 1);
        return Convert.ToHexString([.. octets]);
    }

    public static HandMadeMessage Of(string hex) => new(Hex(hex));

    public static byte[] Hex(string hex) => Convert.FromHexString(string.Concat(hex.Where(c => !char.IsWhiteSpace(c))));

    /// <summary>The same message with other octets at an offset.</summary>
    public HandMadeMessage With(int offset, string hex)
    {
        var octets = (byte[])Octets.Clone();
        Hex(hex).CopyTo(octets, offset);
        return new HandMadeMessage(octets);
    }

    /// <summary>The same message with padding in place of an option, so that the others stay where they are.</summary>
    public HandMadeMessage Without(int option)
    {
        var length = Octets[option + 1];
        return With(option, $"01 {length:x2}" + new string('0', 2 * length));
    }

    /// <summary>The same message with more options at the end, a multiple of 8 octets, and a Header Len that covers them.</summary>
    public HandMadeMessage And(string options)
    {
        byte[] octets = [.. Octets, .. Hex(options)];
        octets[1] = (byte)(octets.Length / 8 - 1);
        return new HandMadeMessage(octets);
    }

    /// <summary>The message with the checksum of RFC 6275, Section 6.1.1.</summary>
    public byte[] WithChecksum(string source, string destination)
    {
        var octets = (byte[])Octets.Clone();
        (octets[4], octets[5]) = (0, 0);
        byte[] summed =
        [
            .. IPAddress.Parse(source).GetAddressBytes(),
            .. IPAddress.Parse(destination).GetAddressBytes(),
            .. (byte[])[0, 0, (byte)(octets.Length >> 8), (byte)octets.Length, 0, 0, 0, 135],
            .. octets,
        ];
        var sum = 0;
        for (var i = 0; i < summed.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(summed.AsSpan(i));
        }

        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(4), (ushort)~sum);
        return octets;
    }

    /// <summary>The Ethernet frame with the message.</summary>
    /// <param name="header">The Next Header value of the IPv6 header.</param>
    /// <param name="headers">The extension headers.</param>
    public byte[] ToFrame(string source, string destination, byte header = 135, string headers = "")
    {
        byte[] payload = [.. Hex(headers), .. WithChecksum(source, destination)];
        return
        [
            .. Hex("02 1a 00 00 00 01  02 1a 00 00 01 a1  86 dd  60 00 00 00"),
            (byte)(payload.Length >> 8),
            (byte)payload.Length,
            header,
            64,
            .. IPAddress.Parse(source).GetAddressBytes(),
            .. IPAddress.Parse(destination).GetAddressBytes(),
            .. payload,
        ];
    }
}
