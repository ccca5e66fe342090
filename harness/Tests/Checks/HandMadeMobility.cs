using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Domains;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Protection;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;

namespace Conformance.Harness.Tests.Checks;

/// <summary>A home agent or correspondent node whose messages a test makes octet by octet, and the mobile node MN1.</summary>
internal sealed class HandMadeMobility
{
    public const string Tested = "2001:db8:100::c1";
    public const string CareOf = "2001:db8:100::5e1:1";
    public const string OtherCareOf = "2001:db8:100::5e2:1";
    public const string Home = "2001:db8:200::5e00:1";
    public const string HomeOctets = "20 01 0d b8 02 00 00 00 00 00 00 00 5e 00 00 01";
    public const string HomeAddressOption = "87 02 01 02 00 00 c9 10" + HomeOctets;
    public const string Type2RoutingHeader = "87 02 02 01 00 00 00 00" + HomeOctets;

    private const byte Routing = 43;
    private const byte DestinationOptions = 60;

    private static readonly PortId _core = new("core");
    private readonly CheckList _checks;

    /// <param name="role">HA or CN.</param>
    /// <param name="claims">The ICS items that the implementation claims.</param>
    public HandMadeMobility(string edition, string role = "CN", params string[] claims)
    {
        var scenario = new ScenarioFacts("TC-HAND-MADE-BV-01", role, ScenarioKind.BV, []) { Edition = Edition.Find(edition)! };
        Session = new TestSession(scenario, new TracedBed(Bed = new(new BedFacts("hand-made", 1, default, Ixit, claims), HandMade.Start)));
        Node = Session.Nodes.Named("MN1");
        Session.Nodes.Bind(Node);
        _checks = CheckList.For(scenario.Edition, role);
        Session.Tester.Add(new FormatObserver(Session, _checks));
        Session.Tester.Add(new MobilityObserver(Session, _checks));
    }

    public TestSession Session { get; }

    public MobileNode Node { get; }

    private HandMadeBed Bed { get; }

    /// <summary>The statements that were violated.</summary>
    public IEnumerable<string> Violated =>
        Session.Findings.All.Where(finding => !finding.Ok).Select(finding => finding.Statement.Value).Distinct();

    /// <summary>The statements that were found to be kept.</summary>
    public IEnumerable<string> Kept => Session.Findings.All.Where(finding => finding.Ok).Select(finding => finding.Statement.Value);

    private static Ixit Ixit { get; } =
        HandMade.Ixit with
        {
            Domain = new Domain
            {
                Links = [new DomainLink(_core, LinkKind.Core)],
                Nodes =
                [
                    new DomainNode("CN1", NodeRole.Cn, [new DomainInterface(_core) { Addresses = [IPAddress.Parse(Tested)] }])
                    {
                        Player = NodePlayer.Implementation,
                    },
                ],
            },
            Mobility = new MobilityAddresses("2001:db8:200::5e00:{n}", "2001:db8:100::5e{k}:{n}", "2001:db8:4000:{n}::/64"),
        };

    /// <summary>A message of the implementation to the care-of address, behind a type 2 routing header to the home address.</summary>
    public static byte[] Routed(string message, string destination = CareOf, string header = Type2RoutingHeader)
    {
        var home = new IPAddress(HandMadeMessage.Hex(header).AsSpan(^16)).ToString();
        return Frame(Tested, destination, Routing, header, HandMadeMessage.Of(message).WithChecksum(Tested, home));
    }

    /// <summary>A message of the implementation without extension headers.</summary>
    public static byte[] Plain(string message, string destination, string source = Tested) =>
        HandMadeMessage.Of(message).ToFrame(source, destination);

    /// <summary>A message of the mobile node from its care-of address, with a Home Address option.</summary>
    public static byte[] OfNode(string message, string source = CareOf) =>
        Frame(source, Tested, DestinationOptions, HomeAddressOption, HandMadeMessage.Of(message).WithChecksum(Home, Tested));

    /// <summary>A packet with an extension header.</summary>
    public static byte[] Frame(string source, string destination, byte type, string header, byte[] payload)
    {
        byte[] content = [.. HandMadeMessage.Hex(header), .. payload];
        return
        [
            .. HandMadeMessage.Hex("02 1a 00 00 00 01  02 1a 00 00 01 a1  86 dd  60 00 00 00 00"),
            (byte)content.Length,
            type,
            64,
            .. IPAddress.Parse(source).GetAddressBytes(),
            .. IPAddress.Parse(destination).GetAddressBytes(),
            .. content,
        ];
    }

    /// <summary>The tester sends a frame.</summary>
    public HandMadeMobility Send(byte[] frame)
    {
        Session.Tester.Send(_core, frame);
        return this;
    }

    /// <summary>The implementation sends a frame, by default half a second later.</summary>
    public HandMadeMobility Receive(byte[] frame, int milliseconds = 500)
    {
        var at = Bed.Now + TimeSpan.FromMilliseconds(milliseconds);
        Bed.Deliver(_core, at, frame);
        Session.Tester.WaitUntil(at);
        return this;
    }

    /// <summary>The tester sends a Binding Update, and judges its acknowledgement, which comes half a second later.</summary>
    public HandMadeMobility Answer(byte[] request, byte[] answer, MessageKey? key = null)
    {
        var exchange = new Exchange(Packet.Of(Session.Tester.Send(_core, request)), Node, "MN1") { Key = key };
        var at = Bed.Now + TimeSpan.FromMilliseconds(500);
        Bed.Deliver(_core, at, answer);
        Packet? reply = null;
        Session.Tester.TryExpect(packet => reply = packet, at, after: null, out _);
        _checks.Judge(new Answer(Session, exchange, reply!));
        return this;
    }
}
