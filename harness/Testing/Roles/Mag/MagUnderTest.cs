using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Data;
using Conformance.Testing.Edits;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mag;

/// <summary>A MAG under test: the tester plays the LMA, and the mobile nodes on the MAG's access links.</summary>
[RoleUnderTest("MAG")]
public sealed class MagUnderTest : IDhcpUnderTest
{
    private readonly TestSession _session;
    private readonly EmulatedNetwork _network;
    private readonly MagExchanges _exchanges;
    private readonly Lazy<MagAnchors> _anchors;

    /// <summary>The nodes of bookends that the MAG has registered, each with the last frame of its registration.</summary>
    private readonly Dictionary<MobileNode, Frame> _served = [];

    public MagUnderTest(TestSession session, EmulatedNetwork network)
    {
        _session = session;
        _network = network;
        _exchanges = new MagExchanges(session);
        _anchors = new(() => new MagAnchors(session, network, frame => _exchanges.AdvertisementCause = frame));
        Access = new MagAccess(session, network, _exchanges);
        Updates = new MagUpdates(session, _exchanges);
        Advertisements = new MagAdvertisements(session, _exchanges, Access);
        Data = new MagDataPath(session, network, Anchor);
        Dhcpv6 = new MagDhcpv6(session, network);
        Dhcp = new MagDhcp(session, network, _exchanges);
        Arp = new MagArp(session, network);
        KeyExchange = new MagKeyExchange(session);
    }

    public MagAccess Access { get; }

    public MagUpdates Updates { get; }

    public MagAdvertisements Advertisements { get; }

    public IDataPath Data { get; }

    public MagDhcpv6 Dhcpv6 { get; }

    public MagDhcp Dhcp { get; }

    public MagArp Arp { get; }

    public MagKeyExchange KeyExchange { get; }

    public void Prepare()
    {
        var checks = CheckList.For(_session.Scenario.Edition, _session.Scenario.Role);
        _session.Tester.Add(new UpdateObserver(_session, checks));
        _session.Tester.Add(_anchors.Value);
        _session.Tester.Add(Access);
        _network.AddCoreRouter();
    }

    /// <summary>The emulated LMA with this name.</summary>
    /// <exception cref="ScenarioFaultException">The tester does not play that LMA.</exception>
    public EmulatedAnchor Anchor(string name) => _anchors.Value.Named(name);

    /// <summary>The emulated LMA accepts the last update that a step waited for.</summary>
    public void Accept(string anchor, EditList edits) => Anchor(anchor).Answer(_exchanges.Latest.Request, 0, edits);

    /// <summary>The emulated LMA rejects the last update that a step waited for.</summary>
    public void Reject(string anchor, byte status, EditList edits) => Anchor(anchor).Answer(_exchanges.Latest.Request, status, edits);

    /// <summary>The emulated LMA repeats its answer to the node's last update, edited, as an unsolicited acknowledgement.</summary>
    public void SendUnrequested(string anchor, MobileNode node, EditList edits) =>
        Anchor(anchor)
            .SendUnrequested(
                _exchanges.LastOf(node)?.Request
                    ?? throw new ScenarioFaultException($"The MAG has sent no Proxy Binding Update for {node.Name} yet."),
                edits
            );

    public void Send(MobileNode node, DhcpMessageType type, EditList edits) => Dhcp.Send(node, type, edits);

    public void Configure(MobileNode node, EditList edits) => Dhcp.Configure(node, edits);

    public void Expect(MobileNode node, ExpectedReply reply, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        switch (reply)
        {
            case ExpectedReply.Dhcp { Comes: true, Type: { } type }:
                Dhcp.Expect(node, type, within, rows);
                break;
            case ExpectedReply.Dhcp(_, var type):
                Dhcp.ExpectNone(node, type, within, rows);
                break;
            case ExpectedReply.Arp { Comes: true }:
                Arp.Expect(node, rows);
                break;
            default:
                Arp.ExpectNone(node);
                break;
        }
    }

    public void ReportTooBig(EditList edits)
    {
        _session.LastStimulus = TooBigReport.Send(_session, _network, edits);
        _exchanges.AdvertisementCause = _session.LastStimulus;
    }

    /// <summary>Attaches the node, waits for its registration and accepts it; later updates are accepted automatically.</summary>
    public void AttachAndRegister(MobileNode node, PortId port, string anchor, EditList edits)
    {
        // The update is answered below, exactly once, even if the LMA answered automatically for earlier nodes.
        Anchor(anchor).Policy = AnswerPolicy.Ignore.All;
        Access.Attach(node, port, trigger: null);
        Updates.Expect(node);
        var isWithoutIpv4 = Ipv4OptionReader.Requests(_exchanges.Latest.Message, _session.Scenario.Edition.Wire).Count == 0;
        Accept(anchor, edits);
        if (node.AllowsIpv6)
        {
            Advertisements.Expect(node, prefixes: null, []);
        }
        else
        {
            // Nothing that a MAG sends shows that it has taken the acknowledgement of a mobile node without IPv6.
            _session.Tester.WaitUntil(_session.Bed.Now + _session.Clock.Margin);
        }

        Anchor(anchor).Policy = AnswerPolicy.Accept.Plainly;
        if (node.AllowsIpv4 && isWithoutIpv4 && _session.Claims(AnchorIpv4.OnDemand))
        {
            // The scenario goes on after the request for IPv4, as with a MAG that asks for both at once.
            Dhcp.Configure(node, EditList.None);
            Updates.Expect(node);
        }
    }

    public Reaction? Serve(MobileNode node) => FreeLink() is { } link ? Serve(node, link) : Unserved(node);

    private Reaction? Unserved(MobileNode node)
    {
        _session.Remark($"no valid exchange for {node.Name}: every access link is in use, so a device that has failed may go unnoticed");
        return null;
    }

    private Reaction? Serve(MobileNode node, PortId link) =>
        _exchanges.Apart(() =>
        {
            Access.Attach(node, link, trigger: null);
            _served.Remove(node);
            if (!Updates.Came(node, _ => true))
            {
                if (KeyExchange.HasBegun)
                {
                    return Reaction.Refused("the MAG negotiates a security association first");
                }

                return Reaction.Silent(_session.NothingCame(_session.Clock.AnswerWithin));
            }

            _served[node] = _session.Bed.LastFrame!;
            return Reaction.Served;
        });

    public Reaction? Release(MobileNode node) =>
        node.Link is null
            ? null
            : _exchanges.Apart(() =>
            {
                Access.Detach(node);
                if (Updates.Came(node, message => message.LifetimeUnits == 0))
                {
                    var hasForgotten = _served.TryGetValue(node, out var registered) && Updates.BeganAnew(node, registered);
                    return Reaction.Served with { HasForgotten = hasForgotten };
                }

                return _served.ContainsKey(node) ? Reaction.Silent(_session.NothingCame(_session.Clock.AnswerWithin)) : null;
            });

    /// <summary>Detaches every node and lets the MAG de-register it.</summary>
    public void CleanUp()
    {
        _anchors.Value.Follow(AnswerPolicy.Accept.Plainly);
        foreach (var node in _session.Nodes.All.Where(node => node is { Link: not null, IsOfBookend: false }))
        {
            Access.Detach(node);
        }

        Access.AwaitDeparture();
    }

    /// <summary>
    /// The link for bookends, or else the last access link on which there is no node now, rather one that tells mobile nodes apart; null
    /// if there is none.
    /// </summary>
    private PortId? FreeLink() =>
        _session
            .Ixit.Domain.Links.Where(link => _session.Ixit.Domain.IsAccess(link.Port))
            .Where(link => _session.Nodes.All.All(node => node.Link != link.Port))
            .OrderBy(link => link.IsForBookends)
            .ThenBy(link => link.BoundIdentity is null)
            .LastOrDefault()
            ?.Port;
}
