using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Octets;
using Conformance.Reports.Html;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Peers;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Reports;

public sealed partial class LadderTests
{
    private const string Id = Runs.Passing;

    private static readonly MacAddress _nodeLink = MacAddress.Parse("02:5e:00:00:00:01");
    private static readonly MacAddress _magLink = MacAddress.Parse("00:00:5e:00:52:13");
    private static readonly MacAddress _magCore = MacAddress.Parse("02:1a:00:00:01:a1");
    private static readonly MacAddress _lmaCore = MacAddress.Parse("02:1a:00:00:00:01");
    private static readonly MacAddress _lmaHome = MacAddress.Parse("02:1a:00:00:00:02");
    private static readonly MacAddress _correspondentLink = MacAddress.Parse("02:7e:00:00:00:c1");
    private static readonly IPAddress _node = IPAddress.Parse("2001:db8:8000:0:5e:ff:fe00:1");
    private static readonly IPAddress _nodeLinkLocal = IPAddress.Parse("fe80::5e:ff:fe00:1");
    private static readonly IPAddress _correspondent = IPAddress.Parse("2001:db8:200::c1");

    [Fact]
    public void EveryMessage_IsAnArrowFromItsSenderToItsReceiver_LinkedToItsFieldsAndBack()
    {
        var html = Html([
            Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update()),
            Signal(CapturedPackets.Lma, CapturedPackets.Mag, Answer()),
        ]);

        Arrows(html).Should().Equal("1: MAG1 → LMA1 (core)", "2: LMA1 → MAG1 (core)");
        Lanes(html).Should().Equal("MAG1", "LMA1 · under test");
        Texts(html, "h").Should().Equal("PBU seq 7, 600 s", "PBA seq 7, 0 ACCEPTED, 600 s");
        Texts(html, "d")[0].Should().Be("AP, MN1, HNP ::/0");
        html.Should()
            .Contain($"""<a href="#{Id}-p1" id="{Id}-a1" """)
            .And.Contain($"""<details class="packet " id="{Id}-p1">""")
            .And.Contain($"""<a href="#{Id}-a1">""");
    }

    /// <summary>A report is made without keys: that a message is protected, and under which SPI, is all that it shows.</summary>
    [Fact]
    public void ProtectedMessage_ShowsItsSpi()
    {
        byte[] esp = [0, 0, 0x10, 0x01, 0, 0, 0, 9, .. new byte[48]];
        var html = Html([Ip("core", _magCore, _lmaCore, CapturedPackets.Mag, CapturedPackets.Lma, IpProtocol.Esp, esp)]);

        Arrows(html).Should().Equal("1: MAG1 → LMA1 (core)");
        Texts(html, "h").Should().Equal("ESP, SPI 0x00001001");
        Texts(html, "d").Should().Equal("seq 9");
        html.Should().Contain("SPI 0x00001001, sequence number 9");
    }

    [Fact]
    public void Arrow_PointsTheWayTheMessageWent()
    {
        var html = Html([
            Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update()),
            Signal(CapturedPackets.Lma, CapturedPackets.Mag, Answer()),
        ]);

        var paths = PathOfArrow()
            .Matches(html)
            .Select(match =>
                (
                    From: int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
                    To: int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)
                )
            )
            .ToList();

        paths.Should().HaveCount(2);
        paths[0].From.Should().BeNegative().And.Be(-paths[0].To);
        paths[1].Should().Be((paths[0].To, paths[0].From));
    }

    [Theory]
    [InlineData(40, 6, "Payload Proto 6, wrong checksum")]
    [InlineData(41, 0, "Header Len says 8 octets of 72, wrong checksum")]
    [InlineData(53, 1, "wrong checksum")]
    public void ErrorsInAMessage_AreShownBesideItsArrow(int at, byte octet, string said)
    {
        var update = Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update());
        update.Content[at] = octet;

        Texts(Html([update]), "d").Single().Should().EndWith(said);
    }

    [Fact]
    public void Finding_ColoursItsArrow_NamesItsClause_AndMarksTheOctet()
    {
        var violated = new Finding(new StatementId("rfc5213-5.3.1-k1"), false, "status 161", "status 0", 2, 60);

        var html = Html(
            [Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update()), Signal(CapturedPackets.Lma, CapturedPackets.Mag, Answer())],
            result => result with { Verdict = Verdict.Fail, Purpose = [violated] }
        );

        html.Should().Contain($"""id="{Id}-a2" class="mobility fail" """).And.Contain($"""id="{Id}-a1" class="mobility" """);
        Texts(html, "k").Should().Equal("✗ rfc5213-5.3.1-k1 violated");
        html.Should().Contain("<tr class=v><td data-l=1>60<td>Status<td>0 ACCEPTED");
    }

    [Fact]
    public void Packet_IsFollowedOverEveryLinkOfItsWay()
    {
        var html = Html(EndToEnd(), configuration: "e2e-baseline");

        Lanes(html).Should().Equal("MN1", "MAG1 · under test", "LMA1 · under test", "CN1");
        Arrows(html)
            .Should()
            .Equal(
                "1: MN1 → MAG1 (link1)",
                "2: MAG1 → LMA1 (core)",
                "3: LMA1 → MAG1 (core)",
                "6: MN1 → MAG1 (link1)",
                "7: MAG1 → LMA1 (core)",
                "8: LMA1 → CN1 (home)"
            );
        Texts(html, "h").Should().EndWith(["Echo Request seq 1", "[Echo Request seq 1 in tunnel]", "Echo Request seq 1"]);
        Texts(html, "d").Should().Contain("MN1 → CN1; packet 6 forwarded");
        Folds(html).Should().Equal("+ 2 Neighbor Discovery");
    }

    /// <summary>Without signalling, only the domain of the bed tells whose access link this is.</summary>
    [Fact]
    public void MagOfAnAccessLink_IsTheNodeWithAnInterfaceThere()
    {
        var solicitation = new RouterSolicitation(NdOptionList.Empty).ToBytes(_nodeLinkLocal, Ipv6Multicast.AllRouters);
        var html = Html(
            [
                Ip(
                    "link2",
                    _nodeLink,
                    MacAddress.ForMulticast(Ipv6Multicast.AllRouters),
                    _nodeLinkLocal,
                    Ipv6Multicast.AllRouters,
                    IpProtocol.Icmpv6,
                    solicitation
                ),
            ],
            configuration: "e2e-baseline"
        );

        Arrows(html).Should().Equal("1: MN1 → MAG2 (link2)");
        Lanes(html).Should().Equal("MN1", "MAG2 · under test");
    }

    [Fact]
    public void FrameCapturedTwice_IsOneArrow()
    {
        var update = Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update());

        var html = Html([update, update with { Port = "core2" }]);

        Arrows(html).Should().Equal("1: MAG1 → LMA1 (core)");
        Texts(html, "d").Single().Should().EndWith("; also on core2: packet 2");
        html.Should().Contain($"""id="{Id}-p2">""");
    }

    [Fact]
    public void Chatter_IsFoldedByKind_AndChatterWithoutRelevantPositionAtTheEndOfItsStep()
    {
        var html = Html([
            Solicits(CapturedPackets.Mag, CapturedPackets.Lma),
            Listens(),
            Solicits(CapturedPackets.Lma, CapturedPackets.Mag),
            Other(),
            Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update()),
        ]);

        Folds(html).Should().Equal("+ 2 Neighbor Discovery", "+ 1 Multicast Listener Discovery, 1 other protocol");
        Arrows(html).Should().Equal("5: MAG1 → LMA1 (core)");
        html.Should().Contain($"""href="#{Id}-p1" id="{Id}-a1">""");
    }

    [Fact]
    public void Chatter_DoesNotBreakASilence()
    {
        var html = Html(
            [
                Listens() with
                {
                    At = TimeSpan.FromSeconds(1),
                },
                Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update()) with
                {
                    At = TimeSpan.FromSeconds(2),
                },
            ],
            result => result with { Steps = [Step("When", "MAG1 registers MN1", StepOutcome.Passed, null, 1, 0) with { LastPacket = 2 }] }
        );

        Outline(html).Should().Equal("When MAG1 registers MN1 (passed)", "2 s pass", "PBU seq 7, 600 s");
    }

    [Fact]
    public void ChatterThatAFindingPointsAt_IsDrawn() =>
        Arrows(
                Html(
                    [Solicits(CapturedPackets.Mag, CapturedPackets.Lma)],
                    result => result with { Purpose = [new Finding(new StatementId("rfc5213-5.3.1-k1"), true, "one", "one", 1, null)] }
                )
            )
            .Should()
            .Equal("1: MAG1 → LMA1 (core)");

    [Fact]
    public void LongFlow_IsFolded_AndOnlyWhatIsDrawnIsListed()
    {
        var html = Html([
            .. Enumerable.Range(1, 400).Select(number => Echo("home", _correspondentLink, _lmaHome, _correspondent, _node, number)),
        ]);

        Arrows(html).Should().HaveCount(12);
        Folds(html).Should().Equal("+ 388 more Echo CN1 ↔ MN1");
        html.Should().Contain("387 more packets: see the capture.");
    }

    [Fact]
    public void Steps_StandAsBands_AndSilenceAsAGap()
    {
        var html = Html(
            [
                Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update()),
                Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update()) with
                {
                    At = TimeSpan.FromSeconds(3),
                },
            ],
            result =>
                result with
                {
                    Steps =
                    [
                        Step("When", "MAG1 registers MN1", StepOutcome.Passed, null, 1, 0),
                        Step("Then", "the LMA does not answer", StepOutcome.Failed, "it did\nand more", null, 0),
                        Step("And", "never mind", StepOutcome.Skipped, null, null, 3),
                    ],
                }
        );

        Outline(html)
            .Should()
            .Equal(
                "When MAG1 registers MN1 (passed)",
                "PBU seq 7, 600 s",
                "Then the LMA does not answer (failed)",
                "it did",
                "3 s pass",
                "And never mind (skipped)",
                "After the scenario (around)",
                "PBU seq 7, 600 s"
            );
    }

    [Fact]
    public void EventsBesidePackets_StandWhereTheyHappened()
    {
        var html = Html(
            [Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update())],
            events:
            [
                new TraceEvent.Carrier(0, Ports.Access(1), IsUp: true, Outcome.Ok),
                new TraceEvent.Carrier(1, Ports.Access(1), IsUp: false, new Outcome.Failed("it is stuck")),
            ]
        );

        html.IndexOf("link up on link1", StringComparison.Ordinal)
            .Should()
            .BePositive()
            .And.BeLessThan(html.IndexOf($"id=\"{Id}-a1\"", StringComparison.Ordinal));
        html.IndexOf("link down on link1: failed: it is stuck", StringComparison.Ordinal)
            .Should()
            .BeGreaterThan(html.IndexOf($"id=\"{Id}-a1\"", StringComparison.Ordinal));
    }

    [Fact]
    public void UnknownNode_HasAColumnNamedByItsAddress() =>
        Lanes(Html([Signal(IPAddress.Parse("2001:db8:100::77"), CapturedPackets.Lma, Update()) with { Source = _correspondentLink }]))
            .Should()
            .Equal("LMA1 · under test", "2001:db8:100::77");

    [Fact]
    public void MissingTraceEvents_LeaveAddressesAsNames()
    {
        var html = Html(
            [Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update())],
            damage: path => File.Delete(Path.ChangeExtension(path, ".trace.ndjson"))
        );

        html.Should().Contain("Nodes are named by their addresses, because the trace events cannot be read: ");
        Arrows(html).Should().Equal("1: 2001:db8:100::a1 → 2001:db8:100::1 (core)");
    }

    [Fact]
    public void TextOfTheWire_IsEscaped()
    {
        var html = Html([
            Signal(CapturedPackets.Mag, CapturedPackets.Lma, CapturedPackets.Update(MobileNodeIdentifierOption.ForNai("<b>&\"\n"))),
        ]);

        html.Should().NotContain("<b>&").And.Contain("&lt;b&gt;&amp;&quot;");
        SvgOf(html).Should().NotBeNull();
    }

    [Fact]
    public void DamagedFrames_GiveALadder()
    {
        foreach (var frames in DamagedFrames.Frames(3000).Chunk(60))
        {
            var html = Html(
                [.. frames.Select((octets, index) => new Wire(index % 2 == 0 ? "core" : "link1", default, default, octets))],
                configuration: "e2e-baseline"
            );

            SvgOf(html).Should().NotBeNull();
            Targets()
                .Matches(html)
                .Select(match => match.Groups[1].Value)
                .Where(target => target.StartsWith(Id, StringComparison.Ordinal))
                .Should()
                .BeSubsetOf(Ids().Matches(html).Select(match => match.Groups[1].Value));
        }
    }

    private static BindingUpdate Update() =>
        CapturedPackets.Update(
            MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example"),
            new HomeNetworkPrefixOption(Ipv6Prefix.AllZero)
        );

    private static BindingAcknowledgement Answer() =>
        CapturedPackets.Acknowledgement(BindingStatus.ACCEPTED, MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example"));

    /// <summary>A mobile node attaches, is registered, and sends an Echo Request; the tester only listens.</summary>
    private static Wire[] EndToEnd() =>
        [
            Ip(
                "link1",
                _nodeLink,
                MacAddress.ForMulticast(Ipv6Multicast.AllRouters),
                _nodeLinkLocal,
                Ipv6Multicast.AllRouters,
                IpProtocol.Icmpv6,
                new RouterSolicitation(NdOptionList.Empty).ToBytes(_nodeLinkLocal, Ipv6Multicast.AllRouters)
            ),
            Signal(CapturedPackets.Mag, CapturedPackets.Lma, Update()),
            Signal(CapturedPackets.Lma, CapturedPackets.Mag, Answer()),
            Solicits(CapturedPackets.Lma, _correspondent) with
            {
                Port = "home",
                Source = _lmaHome,
            },
            Solicits(_correspondent, CapturedPackets.Lma) with
            {
                Port = "home",
                Source = _correspondentLink,
            },
            Echo("link1", _nodeLink, _magLink, _node, _correspondent, 1),
            Ip("core", _magCore, _lmaCore, CapturedPackets.Mag, CapturedPackets.Lma, IpProtocol.Ipv6, EchoPacket(_node, _correspondent, 1)),
            Echo("home", _lmaHome, _correspondentLink, _node, _correspondent, 1),
        ];

    private static Wire Signal(IPAddress source, IPAddress destination, MobilityMessage message) =>
        Ip(
            "core",
            source.Equals(CapturedPackets.Lma) ? _lmaCore : _magCore,
            destination.Equals(CapturedPackets.Lma) ? _lmaCore : _magCore,
            source,
            destination,
            IpProtocol.MobilityHeader,
            message.ToBytes(source, destination)
        );

    /// <summary>A node may use an address on another link than its own.</summary>
    [Fact]
    public void AddressOfANamedNode_OnAnAccessLink_IsThatOfTheNode()
    {
        var html = Html([Solicits(CapturedPackets.Mag, _node) with { Port = "link1" }]);

        html.Should().Contain("MAG1");
    }

    private static Wire Solicits(IPAddress source, IPAddress target)
    {
        var group = Ipv6Multicast.SolicitedNode(target);
        return Ip(
            "core",
            source.Equals(CapturedPackets.Lma) ? _lmaCore : _magCore,
            MacAddress.ForMulticast(group),
            source,
            group,
            IpProtocol.Icmpv6,
            new NeighborSolicitation(target, NdOptionList.Empty).ToBytes(source, group)
        );
    }

    private static Wire Listens() =>
        Ip(
            "core",
            _magCore,
            MacAddress.Parse("33:33:00:00:00:16"),
            _nodeLinkLocal,
            IPAddress.Parse("ff02::16"),
            IpProtocol.Icmpv6,
            [143, 0, 0, 0, 0, 0, 0, 0]
        );

    private static Wire Other() =>
        new("core", _magCore, MacAddress.Broadcast, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 9, 0x88, 0xcc, 0, 1]);

    private static Wire Echo(string port, MacAddress from, MacAddress to, IPAddress source, IPAddress destination, int number)
    {
        var packet = EchoPacket(source, destination, number);
        return new Wire(port, from, to, packet);
    }

    private static byte[] EchoPacket(IPAddress source, IPAddress destination, int number) =>
        new Ipv6Packet(
            source,
            destination,
            IpProtocol.Icmpv6,
            new EchoRequest(1, (ushort)number, new OctetString(new byte[8])).ToBytes(source, destination)
        ).ToBytes();

    private static Wire Ip(
        string port,
        MacAddress from,
        MacAddress to,
        IPAddress source,
        IPAddress destination,
        byte protocol,
        byte[] payload
    ) => new(port, from, to, new Ipv6Packet(source, destination, protocol, payload) { HopLimit = 255 }.ToBytes());

    private static StepResult Step(string keyword, string text, StepOutcome outcome, string? message, int? packet, int seconds) =>
        new(keyword, text, 1, [], outcome, message, packet, packet, TimeSpan.FromSeconds(seconds));

    /// <summary>The report of one scenario with these frames, from the scenario section on.</summary>
    private static string Html(
        IReadOnlyList<Wire> wires,
        Func<ScenarioResult, ScenarioResult>? change = null,
        string configuration = "lma-baseline",
        IReadOnlyList<TraceEvent>? events = null,
        Action<string>? damage = null
    )
    {
        using var directory = new TemporaryDirectory();
        var facts = Traces.TwoFrames().Facts;
        facts = facts with
        {
            Ixit = facts.Ixit with { Domain = NamedConfiguration.Find(configuration)!.Domain.WithoutLinkLayerAddresses() },
        };
        var frames = wires.Select(
            (wire, index) =>
                Traces.Frame(
                    index + 1,
                    wire.Source == _lmaCore || wire.Source == _lmaHome ? Direction.Received : Direction.Sent,
                    wire.Port,
                    wire.At,
                    wire.Octets
                )
        );
        TraceEvent[] recorded =
        [
            new TraceEvent.Clock(0, Traces.Start),
            new TraceEvent.MobileNode(0, "MN1", _nodeLink, "025e00000001@dynamic.pmip.example"),
        ];
        var path = TraceFile.Write(
            Path.Combine(directory.Path, "captures"),
            new Trace(Id, facts, [.. frames], [.. recorded, .. events ?? []]),
            "A title"
        );
        damage?.Invoke(path);
        var result = Runs.Pass() with { Purpose = [], Steps = [], Packets = wires.Count };
        var planned = Runs.Planned()[0] with { Configuration = "as-delivered" };
        var html = UnpackedReport.Of(
            HtmlReport.Create(new Run(Runs.Header, [planned], [change?.Invoke(result) ?? result], null), Runs.Register(), directory.Path)
        );
        return html[html.IndexOf($"<details class=\"scenario\" id=\"{Id}\"", StringComparison.Ordinal)..];
    }

    private static XElement SvgOf(string html) =>
        XElement.Parse(html[html.IndexOf("<svg", StringComparison.Ordinal)..(html.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);

    private static List<string> Arrows(string html) => [.. SvgOf(html).Descendants("title").Skip(1).Select(title => title.Value)];

    /// <summary>Bands, messages and gaps from first to last.</summary>
    private static IEnumerable<string> Outline(string html) =>
        SvgOf(html)
            .Descendants()
            .Select(element =>
                ((string?)element.Attribute("class"))?.Split(' ') switch
                {
                    ["band", "around"] => $"{element.Descendants("tspan").Last().Value} (around)",
                    ["band", var outcome] =>
                        $"{element.Elements("text").First(text => text.HasElements).Value.TrimStart('✓', '✗', '–', ' ')} ({outcome})",
                    ["h" or "message"]
                    or null
                        when element.Parent is { } parent
                            && ((string?)parent.Attribute("class") == "gap" || element.Attribute("class") is not null) => element.Value,
                    _ => string.Empty,
                }
            )
            .Where(text => text.Length > 0);

    private static List<string> Lanes(string html) => Texts(html, "name");

    private static List<string> Folds(string html) => Texts(html, "fold");

    private static List<string> Texts(string html, string kind) =>
        [.. SvgOf(html).Descendants("text").Where(text => (string?)text.Attribute("class") == kind).Select(text => text.Value)];

    [GeneratedRegex("""<path d="M(-?\d+) 0H(-?\d+)m""")]
    private static partial Regex PathOfArrow();

    [GeneratedRegex("href=\"#([^\"]*)\"")]
    private static partial Regex Targets();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();

    /// <summary>A frame to be captured: addresses and an IPv6 packet, or raw octets.</summary>
    private sealed record Wire(string Port, MacAddress Source, MacAddress Destination, byte[] Content)
    {
        public TimeSpan At { get; init; }

        public byte[] Octets =>
            Content.Length > 0 && Content[0] >> 4 == 6 && Source != default
                ? new EthernetFrame(Destination, Source, EthernetFrame.Ipv6EtherType, Content).ToBytes()
                : Content;
    }
}
