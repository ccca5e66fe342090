using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Checks.Mn;
using Conformance.Testing.Domains;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Checks;

/// <summary>A mobile node under test whose messages, and those of its peers, a test makes octet by octet.</summary>
internal sealed class MobileNodeRun
{
    public const string Base = "rfc6275";
    public const string Draft = "mcoa-draft-04";
    public const string Rfc = "rfc5648";

    public const string HomeAgent = "2001:db8:200::1";
    public const string HomeAgentIpv4 = "198.51.100.1";
    public const string Home = "2001:db8:200::5e00:1";
    public const string Correspondent = "2001:db8:300::c1";

    /// <summary>The care-of addresses of link 1 and link 2.</summary>
    public const string OnLink1 = "2001:db8:101::51";
    public const string OnLink2 = "2001:db8:102::52";

    /// <summary>
    /// A BID option with the care-of address of a link, behind the padding that it needs as the first, and as a later option.
    /// </summary>
    public const string First = "01 04 00000000 23 14 0001 0000 20010db8010100000000000000000051";
    public const string Second = "01 00 23 14 0002 0000 20010db8010200000000000000000052";

    /// <summary>An Alternate Care-of Address option with the address of link 1 as the first option.</summary>
    public const string Alternate = "01 00 03 10 20010db8010100000000000000000051";

    public const ulong HomeToken = 0x1112131415161718;
    public const ulong CareOfToken = 0x2122232425262728;

    private const byte HomeRegistration = 0xc0;
    private const byte AcknowledgeOnly = 0x80;
    private const byte Routing = 43;
    private const byte DestinationOptions = 60;
    private const byte Ipv6 = 41;

    private const string HomeAddressOption = "87 02 01 02 00 00 c9 10 20010db802000000000000005e000001";
    private const string RoutingHeader = "87 02 02 01 00 00 00 00 20010db802000000000000005e000001";

    private readonly MobileNodeObserver _observer;
    private ushort _number = 100;
    private int _last;

    public MobileNodeRun(string edition, params string[] claims)
    {
        var scenario = new ScenarioFacts("TC-HAND-MADE-BV-01", "MN", ScenarioKind.BV, []) { Edition = Edition.Find(edition)! };
        Session = new TestSession(scenario, new TracedBed(Bed = new(new BedFacts("hand-made", 1, default, Ixit, claims), HandMade.Start)));
        _observer = new MobileNodeObserver(Session, CheckList.For(scenario.Edition, "MN"));
        Session.Tester.Add(_observer);
    }

    public TestSession Session { get; }

    public NodeLedger Ledger => _observer.Ledger;

    /// <summary>The statements that were violated, without the name of the edition if it is that of the run.</summary>
    public IEnumerable<string> Violated => Named(ok: false);

    /// <summary>The statements that were found to be kept.</summary>
    public IEnumerable<string> Kept => Named(ok: true);

    public string? Actual(string statement) =>
        Session
            .Findings.All.FirstOrDefault(finding => !finding.Ok && finding.Statement.Value.EndsWith(statement, StringComparison.Ordinal))
            ?.Actual;

    private HandMadeBed Bed { get; }

    private static Ixit Ixit { get; } =
        HandMade.Ixit with
        {
            Domain = new Domain
            {
                Links = [.. new[] { "link1", "link2", "home" }.Select(name => new DomainLink(new(name), LinkKind.Access))],
                Nodes =
                [
                    new DomainNode("MN1", NodeRole.Mn, [new DomainInterface(new("link1")), new DomainInterface(new("home"))])
                    {
                        Player = NodePlayer.Implementation,
                    },
                    new DomainNode(
                        "HA1",
                        NodeRole.Ha,
                        [new DomainInterface(new("home")) { Addresses = [IPAddress.Parse(HomeAgent), IPAddress.Parse(HomeAgentIpv4)] }]
                    ),
                ],
            },
            MobileNode = new MobileNodeAddresses(
                IPAddress.Parse(Home),
                Ipv6Prefix.Parse("2001:db8:200::/64"),
                IPAddress.Parse(HomeAgent),
                IPAddress.Parse(Correspondent),
                new Dictionary<string, int>()
            ),
        };

    /// <summary>The mobile node sends a frame, by default half a second after what was before.</summary>
    public MobileNodeRun Receive(byte[] frame, double after = 0.5, string link = "link1")
    {
        var at = Bed.Now + TimeSpan.FromSeconds(after);
        Bed.Deliver(new(link), at, frame);
        Session.Tester.WaitUntil(at);
        return this;
    }

    public MobileNodeRun Send(byte[] frame, string link = "link1")
    {
        Session.Tester.Send(new(link), frame);
        return this;
    }

    /// <summary>The mobile node sends a Binding Update to its home agent. It has a number of its own unless one is given.</summary>
    /// <param name="flags">The flags with A and H.</param>
    /// <param name="units">The Lifetime in units of 4 s.</param>
    public MobileNodeRun Update(
        string options,
        int? number = null,
        int flags = HomeRegistration << 8,
        int units = 10,
        string source = OnLink1,
        string to = HomeAgent,
        double after = 0.5,
        string link = "link1"
    ) => Receive(FrameOf(Message(_last = number ?? ++_number, flags, units, options), source, to), after, link);

    /// <summary>The home agent answers with the number of the last update, or another one.</summary>
    public MobileNodeRun Answer(
        string options = "",
        int status = 0,
        int? number = null,
        int units = 10,
        string to = OnLink1,
        string link = "link1"
    )
    {
        var message = Padded($"3b 00 06 00 0000 {status:x2} 00 {number ?? _last:x4} {units:x4} {options}");
        return Send(
            to == Home
                ? message.ToFrame(HomeAgent, Home)
                : HandMadeMobility.Frame(HomeAgent, to, Routing, RoutingHeader, message.WithChecksum(HomeAgent, Home)),
            link
        );
    }

    /// <summary>A router of a link advertises a prefix of 64 bits.</summary>
    public MobileNodeRun Advertise(string prefix, string link = "link1")
    {
        var octets = Convert.ToHexString(IPAddress.Parse(prefix).GetAddressBytes());
        return Send(
            HandMadeMobility.Frame(
                "fe80::ff",
                "ff02::1",
                58,
                "",
                HandMadeMessage.Hex($"86 00 0000 40 00 0708 00000000 00000000 03 04 40 c0 00000e10 00000e10 00000000 {octets}")
            ),
            link
        );
    }

    /// <summary>The carrier of a link changes.</summary>
    public MobileNodeRun Change(string link = "link1")
    {
        Session.SetCarrier(new(link), up: true);
        return this;
    }

    public MobileNodeRun Restart()
    {
        Session.Device.RestartedAt = Bed.Now;
        return this;
    }

    /// <summary>The mobile node sends a Home Test Init through the tunnel, and the correspondent node answers.</summary>
    public MobileNodeRun TestHome(ushort index = 7, ulong cookie = 0x01, double after = 0.5)
    {
        var (init, test) = (
            Hexadecimal($"3b 01 01 00 0000 0000 {cookie:x16}"),
            Hexadecimal($"3b 02 03 00 0000 {index:x4} {cookie:x16} {HomeToken:x16}")
        );
        Receive(InTunnel(OnLink1, HomeAgent, init.ToFrame(Home, Correspondent)), after);
        return Send(InTunnel(HomeAgent, OnLink1, test.ToFrame(Correspondent, Home)));
    }

    /// <summary>The mobile node sends a Care-of Test Init, and the correspondent node answers.</summary>
    public MobileNodeRun TestCareOf(
        string source = OnLink1,
        ushort index = 8,
        ulong cookie = 0x02,
        string asked = "",
        string given = "",
        ulong? answered = null,
        ulong token = CareOfToken
    )
    {
        Receive(Padded($"3b 01 02 00 0000 0000 {cookie:x16} {asked}").ToFrame(source, Correspondent));
        return Send(Padded($"3b 02 04 00 0000 {index:x4} {answered ?? cookie:x16} {token:x16} {given}").ToFrame(Correspondent, source));
    }

    /// <summary>The mobile node sends a Home Test Init and a Care-of Test Init, which nothing answers; then another link changes.</summary>
    public MobileNodeRun Ask(string source = OnLink1) =>
        Receive(InTunnel(OnLink1, HomeAgent, HandMadeMobility.Plain("3b 01 01 00 0000 0000 00000000000000f1", Correspondent, Home)))
            .Receive(HandMadeMobility.Plain("3b 01 02 00 0000 0000 00000000000000f2", Correspondent, source))
            .Change("link2");

    /// <summary>The mobile node sends an authorized Binding Update to the correspondent node.</summary>
    /// <param name="options">The options between Nonce Indices and Binding Authorization Data.</param>
    /// <param name="covered">The care-of address that the authenticator covers; null for the source.</param>
    /// <param name="indices">The two nonce indices.</param>
    /// <param name="behind">Options behind Binding Authorization Data.</param>
    public MobileNodeRun Register(
        string options = "",
        string source = OnLink1,
        string? covered = null,
        ulong? careOfToken = CareOfToken,
        int units = 10,
        int flags = AcknowledgeOnly << 8,
        string indices = "0007 0008",
        string behind = "",
        double after = 0.5
    )
    {
        const int AuthenticatorOption = 14;
        var start = HandMadeMessage.Hex($"3b 00 05 00 0000 {_last = ++_number:x4} {flags:x4} {units:x4} {options} 04 04 {indices}");
        var pad = (16 - ((start.Length + AuthenticatorOption) % 8)) % 8;
        byte[] octets =
        [
            .. start,
            .. pad == 1 ? [0]
            : pad > 1 ? (byte[])[1, (byte)(pad - 2), .. new byte[pad - 2]]
            : [],
            .. HandMadeMessage.Hex("05 0c 000000000000000000000000"),
            .. HandMadeMessage.Hex(behind),
        ];
        octets[1] = (byte)((octets.Length / 8) - 1);
        var at = octets.Length - HandMadeMessage.Hex(behind).Length - 12;
        Authenticator(octets, at, covered ?? source, careOfToken).CopyTo(octets, at);
        return Receive(FrameOf(Convert.ToHexString(octets), source, Correspondent), after);
    }

    /// <summary>A packet of the mobile node in a tunnel.</summary>
    public static byte[] InTunnel(string source, string destination, byte[] frame) =>
        HandMadeMobility.Frame(source, destination, Ipv6, "", frame[14..]);

    /// <summary>A packet without mobility message; an echo request by default.</summary>
    public static byte[] Data(string source, string destination, bool withHomeAddress = false) =>
        HandMadeMobility.Frame(
            source,
            destination,
            withHomeAddress ? DestinationOptions : (byte)58,
            withHomeAddress ? "3a" + HomeAddressOption[2..] : "",
            HandMadeMessage.Hex("80 00 00 00 00 01 00 01")
        );

    /// <summary>A Neighbor Advertisement for the home address with its flags in the first octet.</summary>
    public static byte[] Advertisement(string destination, string flags, string option = "02 01 02 1a 00 00 01 a1") =>
        HandMadeMobility.Frame(
            Home,
            destination,
            58,
            "",
            HandMadeMessage.Hex($"88 00 0000 {flags} 000000 20010db802000000000000005e000001 {option}")
        );

    /// <summary>A message with its packet; from a care-of address, with a Home Address option.</summary>
    public static byte[] FrameOf(string message, string source, string destination) =>
        source == Home
            ? HandMadeMessage.Of(message).ToFrame(source, destination)
            : HandMadeMobility.Frame(
                source,
                destination,
                DestinationOptions,
                HomeAddressOption,
                HandMadeMessage.Of(message).WithChecksum(Home, destination)
            );

    public static string Message(int number, int flags, int units, string options) =>
        Convert.ToHexString(Padded($"3b 00 05 00 0000 {number:x4} {flags:x4} {units:x4} {options}").Octets);

    /// <summary>The code of RFC 6275, Section 6.2.7.</summary>
    private static byte[] Authenticator(byte[] message, int at, string careOf, ulong? careOfToken)
    {
        var tokens = new byte[careOfToken is null ? 8 : 16];
        BinaryPrimitives.WriteUInt64BigEndian(tokens, HomeToken);
        if (careOfToken is { } second)
        {
            BinaryPrimitives.WriteUInt64BigEndian(tokens.AsSpan(8), second);
        }

        byte[] covered =
        [
            .. IPAddress.Parse(careOf).GetAddressBytes(),
            .. IPAddress.Parse(Correspondent).GetAddressBytes(),
            .. message[..at],
            .. message[(at + 12)..],
        ];
#pragma warning disable CA5350 // RFC 6275, Sections 5.2.5 and 6.2.7.
        return HMACSHA1.HashData(SHA1.HashData(tokens), covered)[..12];
#pragma warning restore CA5350
    }

    private static HandMadeMessage Hexadecimal(FormattableString hex) => HandMadeMessage.Of(hex.ToString(CultureInfo.InvariantCulture));

    /// <summary>The message with padding to a multiple of 8 octets, and the Header Len of its length.</summary>
    private static HandMadeMessage Padded(FormattableString hex)
    {
        var octets = HandMadeMessage.Hex(hex.ToString(CultureInfo.InvariantCulture));
        var pad = (8 - (octets.Length % 8)) % 8;
        octets =
        [
            .. octets,
            .. pad == 1 ? [0]
            : pad > 1 ? (byte[])[1, (byte)(pad - 2), .. new byte[pad - 2]]
            : [],
        ];
        octets[1] = (byte)((octets.Length / 8) - 1);
        return HandMadeMessage.Of(Convert.ToHexString(octets));
    }

    private IEnumerable<string> Named(bool ok)
    {
        var own = $"{Session.Scenario.Edition}-";
        return Session
            .Findings.All.Where(finding => finding.Ok == ok)
            .Select(finding => finding.Statement.Value)
            .Distinct()
            .Select(id => id.StartsWith(own, StringComparison.Ordinal) ? id[own.Length..] : id);
    }
}
