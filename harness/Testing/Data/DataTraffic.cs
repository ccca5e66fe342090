using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Drivers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Data;

/// <summary>Sends data packets through the implementation under test, and requires where they arrive.</summary>
public sealed class DataTraffic
{
    private readonly TestSession _session;
    private readonly ScenarioRole _role;
    private readonly DataArrivals _arrivals;
    private readonly DataErrors _errors;

    public DataTraffic(TestSession session, ScenarioRole role)
    {
        (_session, _role, _arrivals) = (session, role, new DataArrivals(session));
        _errors = new DataErrors(session, _arrivals);
    }

    private IDataPath Path => _role.Role.Data;

    /// <summary>A correspondent node sends a packet to a mobile node, to the first of the addresses.</summary>
    public void SendToNode(NodeAddresses addressees, PacketEdits edits) => SendFromCorrespondent(addressees.All[0], edits);

    /// <summary>Sends a packet to an address in a prefix that is not assigned to any node.</summary>
    public void SendToUnassigned(PacketEdits edits) =>
        SendFromCorrespondent(_session.Ixit.NeverAssignedPrefix.AddressWith([0, 0, 0, 0, 0, 0, 0, 1]), edits);

    /// <summary>A mobile node sends a packet to a correspondent node, which may be the node under test itself.</summary>
    /// <param name="family">The family of the packet.</param>
    /// <param name="mag">The MAG that forwards the packet; null for the node's MAG.</param>
    public void SendFromNode(MobileNode node, AddressFamily family, string correspondent, string? mag, PacketEdits edits) =>
        SendFromNode(node, SourceOf(node, family, edits), _session.AddressOf(correspondent, family), mag, edits);

    /// <summary>A mobile node sends a packet to another one, to the first of the addresses.</summary>
    /// <param name="mag">The MAG that forwards the packet; null for the sender's MAG.</param>
    public void SendBetweenNodes(MobileNode sender, NodeAddresses addressees, string? mag, PacketEdits edits) =>
        SendFromNode(sender, SourceOf(sender, addressees.Family, edits), addressees.All[0], mag, edits);

    /// <inheritdoc cref="TunnelMtuSearch"/>
    public void FindTunnelMtu(MobileNode node) => new TunnelMtuSearch(_session, Path, _arrivals).Run(node);

    /// <summary>
    /// Requires that the LMA tunnels a packet for each address to the given MAG, exactly once, and to no other destination.
    /// </summary>
    /// <param name="unlessLeast">True if it may also report that the packet is too big for the least MTU of all.</param>
    public void ExpectAtMag(NodeAddresses addressees, string mag, bool unlessLeast = false) =>
        ForEach(
            addressees,
            Send,
            () =>
            {
                if (!unlessLeast || !_arrivals.IsTooBigForLeast())
                {
                    _arrivals.ExpectAt(Path.ToGateway(mag, addressees.Node), ", and nowhere else", onlyThere: true);
                }
            }
        );

    /// <summary>Requires that the LMA tunnels no packet for the addresses to the given MAG, wherever else it may go.</summary>
    public void ExpectNotAtMag(NodeAddresses addressees, string mag) =>
        ForEach(
            addressees,
            Send,
            () => _arrivals.ExpectNotAt(Path.ToGateway(mag, addressees.Node), $"no packet for {addressees.Node.Name} in a tunnel to {mag}")
        );

    /// <summary>A packet of another mobile node for a mobile node comes.</summary>
    public void SendToNode(MobileNode sender, MobileNode addressee, PacketEdits edits) =>
        SendFromCorrespondent(addressee.HomeAddress, edits, sender.HomeAddress);

    /// <summary>
    /// Requires that a MAG tunnels a packet between two mobile nodes to the given LMA, exactly once, and delivers it nowhere.
    /// </summary>
    /// <param name="inTunnel">False if the packet may also come without a tunnel, on the link to the LMA.</param>
    public void ExpectAtAnchor(MobileNode sender, NodeAddresses addressee, string lma, bool inTunnel)
    {
        if (!_arrivals.IsAwaiting)
        {
            SendBetweenNodes(sender, addressee, mag: null, PacketEdits.None);
        }

        var tunnel = Path.ToAnchor(lma, sender);
        _arrivals.ExpectAt(inTunnel ? tunnel : new DataExit.AnyForm(tunnel.Port, lma), ", and nowhere else", onlyThere: true);
    }

    /// <summary>
    /// Requires packets from the mobile node on their way to the correspondent node; from the node under test itself, an answer.
    /// </summary>
    public void ExpectAtCorrespondent(NodeAddresses senders, string? mag, string correspondent) =>
        ForEach(
            senders,
            source => SendFromNode(senders.Node, source, _session.AddressOf(correspondent, senders.Family), mag, PacketEdits.None),
            () =>
            {
                if (correspondent == _session.Ixit.Domain.Tested?.Name)
                {
                    _arrivals.ExpectAnswer();
                }
                else
                {
                    _arrivals.ExpectAt(Path.ToCorrespondent(senders.Node), string.Empty, onlyThere: false);
                }
            }
        );

    /// <summary>Requires packets from a node with regular access on the core link, in no tunnel.</summary>
    public void ExpectWithoutTunnel(NodeAddresses senders) =>
        ForEach(
            senders,
            SendFrom(senders, mag: null),
            () => _arrivals.ExpectAt(new DataExit.Plain(Ports.Core, "the core link"), string.Empty, onlyThere: false)
        );

    /// <summary>Requires a packet for the addressee on the access link of the given mobile node, without a tunnel header.</summary>
    public void ExpectAtNode(NodeAddresses addressees, MobileNode node)
    {
        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        var expected = $"the packet on {port}, without a tunnel header, to {node.Name}'s link-layer address";
        ForEach(
            addressees,
            Send,
            () =>
            {
                var packet = _arrivals.Expect(port, expected);
                _session.Require(
                    Observation.Forwarding,
                    packet.Inner is null && packet.Ethernet!.Destination == node.Identity.LinkLayer,
                    expected,
                    packet.Inner is null ? $"it came to {packet.Ethernet!.Destination}" : "it came with a tunnel header",
                    packet.Frame
                );
                _arrivals.ExpectNoOther(packet, expected);
            }
        );
    }

    public void ExpectToNodeNowhere(NodeAddresses addressees) => ForEach(addressees, Send, _arrivals.ExpectNowhere);

    public void ExpectFromNodeNowhere(NodeAddresses senders, string? mag) =>
        ForEach(senders, SendFrom(senders, mag), _arrivals.ExpectNowhere);

    /// <summary>Requires that after the last packet no frame on the core link has a packet that exceeds the MTU of the path.</summary>
    public void ExpectWithinPathMtu() => _arrivals.ExpectNoneAbove(_session.PathMtu.Path);

    /// <summary>Requires that the last packet is not forwarded.</summary>
    public void ExpectNowhere() => _arrivals.ExpectNowhere();

    /// <summary>Requires that no ICMPv6 error about the last packet is sent, or none but this one; null if none at all.</summary>
    public void ExpectNoError(IcmpError? allowed)
    {
        if (allowed is null)
        {
            _errors.ExpectNoError();
        }
        else
        {
            _errors.ExpectNoErrorBut(allowed);
        }
    }

    /// <summary>Requires an ICMPv6 error about the last packet to its source, a correspondent node.</summary>
    public void ExpectErrorAtCorrespondent(IcmpError error) => _errors.ExpectError(error, Path.ToCorrespondent(node: null));

    /// <summary>Requires an ICMPv6 error about the last packet to its source, a mobile node.</summary>
    /// <param name="mag">The MAG behind which the mobile node is; null if it is on an access link.</param>
    public void ExpectErrorAtNode(IcmpError error, MobileNode node, string? mag)
    {
        if (mag is not null)
        {
            _errors.ExpectError(error, Path.ToGateway(mag, node));
            return;
        }

        var port = node.Link ?? throw new ScenarioFaultException($"{node.Name} is not on an access link.");
        _errors.ExpectError(error, new DataExit.Plain(port, $"{port}"));
    }

    /// <summary>Compares the headers of the forwarded packet with a table.</summary>
    public void ExpectCarries(IEnumerable<(string Field, string Expected)> rows) =>
        ForwardedHeader.Require(_session, _arrivals.Last.Packet, _arrivals.Forwarded, rows);

    /// <summary>
    /// Judges a packet for each address. The first is the packet that the scenario has sent, if no step has looked for it yet.
    /// </summary>
    private void ForEach(NodeAddresses addresses, Action<IPAddress> send, Action judge)
    {
        foreach (var address in addresses.All)
        {
            if (!_arrivals.IsAwaiting)
            {
                send(address);
            }

            judge();
        }
    }

    private void Send(IPAddress addressee) => SendFromCorrespondent(addressee, PacketEdits.None);

    private Action<IPAddress> SendFrom(NodeAddresses senders, string? mag) =>
        source =>
            SendFromNode(senders.Node, source, _session.AddressOf(_session.First(NodeRole.Cn), senders.Family), mag, PacketEdits.None);

    private IPAddress SourceOf(MobileNode node, AddressFamily family, PacketEdits edits) =>
        (edits.Of("inner", "source"), family) switch
        {
            (null, _) => new NodeAddresses(node, string.Empty) { Family = family }.All[0],
            ("unassigned", AddressFamily.InterNetwork) => Ipv4OptionOctets.OfNetwork("unassigned", _session)!.Address,
            ("unassigned", _) => _session.Ixit.NeverAssignedPrefix.AddressWith(node.Identity.LinkLayer.InterfaceIdentifier()),
            ("link-local", AddressFamily.InterNetworkV6) => node.Identity.LinkLayer.LinkLocalAddress(),
            (var text, _) when IPAddress.TryParse(text, out var address) && address.AddressFamily == family => address,
            var (text, _) => throw new ScenarioFaultException(
                $"'{text}' is not the source of an inner packet: say link-local (of IPv6), unassigned or an address of its family."
            ),
        };

    private void SendFromNode(MobileNode node, IPAddress source, IPAddress destination, string? mag, PacketEdits edits)
    {
        var probe = new DataProbe(_session.Random, source, destination, edits, Size(edits));
        Sent(Path.SendFromNode(node, mag, probe.Packet, edits), probe);
    }

    private void SendFromCorrespondent(IPAddress destination, PacketEdits edits, IPAddress? source = null)
    {
        var from = source ?? _session.AddressOf(_session.First(NodeRole.Cn), destination.AddressFamily);
        var probe = new DataProbe(_session.Random, from, destination, edits, Size(edits));
        Sent(Path.SendFromCorrespondent(probe.Packet, edits), probe);
    }

    private uint? Size(PacketEdits edits) => edits.Of("inner", "size") is { } words ? _session.PathMtu.Read(words) : null;

    private void Sent(Frame frame, DataProbe probe)
    {
        _session.LastStimulus = frame;
        _arrivals.Await(probe);
    }
}
