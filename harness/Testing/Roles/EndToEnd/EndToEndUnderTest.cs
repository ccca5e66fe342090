using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.EndToEnd;

/// <summary>
/// Drives scenarios with real nodes in all roles: the upper tester controls the nodes, and the tester's ports only listen.
/// </summary>
[RoleUnderTest("E2E")]
public sealed class EndToEndUnderTest(TestSession session) : IRoleUnderTest
{
    private static readonly TimeSpan _patience = RealNodes.Patience;

    /// <summary>No packet shows that an address has become usable (RFC 4862, Section 5.4), so the tester polls for the address.</summary>
    private static readonly TimeSpan _betweenReadings = TimeSpan.FromMilliseconds(100);

    /// <summary>After an interruption, TCP increases the interval between its retransmissions.</summary>
    private static readonly TimeSpan _transferPatience = TimeSpan.FromSeconds(60);

    private readonly RealNodes _nodes = new(session);
    private Outcome.Addresses? _kept;
    private int _pings;

    /// <summary>The links of a mobile node with a home address.</summary>
    public RealMobileNode Links { get; } = new(session);

    /// <summary>What mobile nodes have of IPv4.</summary>
    public Ipv4Hosts Ipv4 { get; } = new(session, new RealNodes(session));

    public IDataPath Data => throw new ScenarioFaultException("Where every node is real, the tester sends no packets.");

    public void Prepare() { }

    public void ReportTooBig(EditList edits) =>
        throw new ScenarioFaultException("Where every node is real, the tester plays no router between them.");

    /// <summary>The tester plays no node here; whether a node has crashed is known to the bed.</summary>
    public Reaction? Serve(MobileNode node) => null;

    public Reaction? Release(MobileNode node) => null;

    /// <summary>
    /// Waits until the node has a global address. If <paramref name="same"/> is true, it must be the node's earlier address.
    /// </summary>
    public void ExpectAddress(MobileNode node, bool same)
    {
        var limit = session.Bed.Now + _patience;
        var addresses = Read(node);
        while (addresses.All.Count == 0 && session.Bed.Now < limit)
        {
            session.Tester.WaitUntil(session.Bed.Now + _betweenReadings);
            addresses = Read(node);
        }

        var owned = session.Ixit.OwnedPrefix;
        var isHome = addresses.All.Any(owned.Contains);
        var expected = same ? $"the earlier address, {_kept}" : $"an address in a prefix out of {owned}";
        var isRight = isHome && (!same || addresses == _kept);
        var actual = addresses.All.Count == 0 ? $"no address; {session.NothingCame(_patience)}" : addresses.ToString();
        var advertisement = Evidence(packet => packet.RouterAdvertisement is { Prefixes.Count: > 0 });
        session.Judge(Observation.Advertisement, isRight, expected, actual, advertisement);
        session.Require(same ? Observation.Session : Observation.Prefixes, isRight, expected, actual, advertisement);
        _kept = addresses;
    }

    /// <summary>The node sends echo requests until one is answered, because handoff and address resolution may take a while.</summary>
    public void ExpectReaches(MobileNode node, string correspondent, AddressFamily family)
    {
        var destination = session.AddressOf(correspondent, family);
        var limit = session.Bed.Now + _patience;
        var answers = false;
        while (!answers && session.Bed.Now < limit)
        {
            answers = Ping(node, destination);
        }

        session.Require(
            Observation.Forwarding,
            answers,
            $"{correspondent} answers {node.Name}",
            answers ? "it does" : session.NothingCame(_patience),
            Evidence(IsEchoReply)
        );
    }

    /// <summary>As <see cref="ExpectReaches"/>, and the request that is answered goes over one of these links.</summary>
    public void ExpectReachesOver(MobileNode node, string correspondent, IReadOnlyList<PortId> links)
    {
        var destination = session.AddressOf(correspondent, AddressFamily.InterNetworkV6);
        var limit = session.Bed.Now + _patience;
        IReadOnlyList<PortId> over = [];
        while ((over.Count == 0 || over.Except(links).Any()) && session.Bed.Now < limit)
        {
            var before = session.Bed.LastFrame;
            over = Ping(node, destination) ? Links.RequestedOver(node, before) : [];
        }

        session.Require(
            Observation.Forwarding,
            over.Count > 0 && !over.Except(links).Any(),
            $"{correspondent} answers {node.Name} over {string.Join(" or ", links)}",
            over.Count > 0 ? $"the request went over {string.Join(" and ", over)}" : session.NothingCame(_patience),
            Evidence(IsEchoReply)
        );
    }

    /// <summary>A NAT ends its bindings, and gives later datagrams other ports.</summary>
    public void ForgetBindings(string nat) => _nodes.Do(new UpperTesterAction.ForgetBindings(nat));

    public void BeginTransfer(MobileNode node, string correspondent, AddressFamily family) =>
        _nodes.Do(new UpperTesterAction.BeginTransfer(node.Name, session.AddressOf(correspondent, family)));

    /// <summary>Ends the transfer and requires that all data arrived. A remark reports the losses and the longest interruption.</summary>
    public void ExpectTransfer(MobileNode node)
    {
        var outcome = _nodes.Perform(new UpperTesterAction.EndTransfer(node.Name), _transferPatience);
        session.Require(
            Observation.Forwarding,
            outcome is not Outcome.Failed,
            "all sent data arrives",
            outcome.ToString(),
            Evidence(IsEchoReply)
        );
        session.Remark($"transfer of {node.Name}: {outcome}");
    }

    /// <summary>
    /// After the node has detached: requires that its binding was de-registered and that packets to it are no longer tunnelled.
    /// </summary>
    public void ExpectNothingLeft(MobileNode node)
    {
        session.Tester.WaitUntil(session.Bed.Now + session.Ixit.Timer("MinDelayBeforeBCEDelete") + session.Clock.Margin);
        var ended = session.Bed.Frames.LastOrDefault(frame =>
            Packet.Of(frame).IsMobility(MobilityOctets.BindingAcknowledgementType, out var message)
            && message.LifetimeUnits == 0
            && message.Status == 0
        );
        session.Require(
            Observation.Session,
            ended is not null,
            $"a de-registration of {node.Name}, accepted",
            ended is null ? "none" : "it came",
            ended
        );
        var before = session.Bed.Frames[^1];
        _nodes.Do(new UpperTesterAction.Ping(session.First(NodeRole.Cn), _kept!.All[0], ++_pings));
        var tunnelled = session.Tester.TryFindForbidden(
            packet => packet.Frame.Port == Ports.Core && packet.Inner is not null ? packet : null,
            session.Bed.Now,
            before,
            out var found
        );
        session.Require(
            Observation.Forwarding,
            !tunnelled,
            "no packet tunnelled to the node's former MAG",
            tunnelled ? "one came" : "none came",
            found?.Frame ?? before
        );
    }

    public void CleanUp()
    {
        Ipv4.CleanUp();
        foreach (var node in session.Nodes.All.Where(node => !node.IsOfBookend).ToList())
        {
            if (Links.Is(node))
            {
                Links.End(node);
                continue;
            }

            if (node.Link is not null)
            {
                _nodes.Detach(node);
            }

            // Otherwise the address of a finished session could be taken for the address of the next session.
            _nodes.Do(new UpperTesterAction.Restart(node.Name));
        }
    }

    private bool Ping(MobileNode node, IPAddress destination) =>
        _nodes.Do(new UpperTesterAction.Ping(node.Name, destination, ++_pings)) is Outcome.Replies { Count: 1 };

    /// <summary>The global IPv6 addresses of a node.</summary>
    private Outcome.Addresses Read(MobileNode node) =>
        _nodes.Do(new UpperTesterAction.ReadAddresses(node.Name)) is Outcome.Addresses read
            ? new Outcome.Addresses([.. read.All.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6)])
            : new Outcome.Addresses([]);

    /// <summary>True for an answer to an echo request of either family.</summary>
    private static bool IsEchoReply(Packet packet) =>
        (packet.Inner ?? packet).AnyIcmp is { IsEcho: true, Type: Icmpv6Layer.EchoReply or Icmpv4Layer.EchoReply };

    /// <summary>The last packet that shows the expected fact; the last recorded packet if none shows it.</summary>
    private Frame? Evidence(Func<Packet, bool> shows) =>
        session.Bed.Frames.LastOrDefault(frame => shows(Packet.Of(frame))) ?? session.Bed.LastFrame;
}
