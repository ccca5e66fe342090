using Conformance.Testing.Bed;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>The mobile nodes on the home link, and whether they do Neighbor Discovery for their home addresses there.</summary>
internal sealed class NodesAtHome(TestSession session, MobileNodePeer nodes)
{
    /// <summary>MCOA RETURNHOME WO/NDP (RFC 5648, Section 4.4).</summary>
    private const byte WithoutNeighborDiscovery = 5;

    private readonly HashSet<MobileNode> _atHome = [];
    private readonly HashSet<MobileNode> _settled = [];

    private WireEdition Edition => session.Scenario.Edition.Wire;

    /// <summary>From now on, the node answers on the home link for its addresses (RFC 6275, Section 11.5.5).</summary>
    public void Come(MobileNode node)
    {
        Settle(node);
        _atHome.Add(node);
    }

    /// <summary>
    /// Puts a node where its registration says that it is. With RFC 5648, a node that registers its home link keeps silent there until the
    /// answer (Section 5.6.3); a node that registers care-of addresses alone has left.
    /// </summary>
    public void Place(MobileNode node, RequestedBindings bindings, CareOf? from)
    {
        session.Nodes.Bind(node);
        if (bindings.All.Any(binding => binding.CareOf.IsHome) || from is { IsHome: true })
        {
            _atHome.Add(node);
            if (Edition.BindingIdentifier == BindingIdentifierLayout.Draft04)
            {
                Settle(node);
            }
        }
        else if (!node.CareOfBindings.All.Any(binding => binding.CareOf.IsHome) && _atHome.Remove(node))
        {
            _settled.Remove(node);
            nodes.Leave(node);
        }
    }

    /// <summary>
    /// If the last answer allows a node at home to do Neighbor Discovery (RFC 5648, Section 5.6.4), it does so from now on, and tells the
    /// link (RFC 6275, Section 11.5.5).
    /// </summary>
    public void SettleIfAllowed(Exchange? answered)
    {
        if (
            answered is { Answer.Mobility: { Status: < MobilityOctets.FirstRejection } message, Node: { } node } exchange
            && _atHome.Contains(node)
            && exchange.Request.Ip!.Source.Equals(node.AddressAt(CareOf.Home))
            && message.Status != WithoutNeighborDiscovery
            && !BindingIdentity.In(message, Edition).Any(option => option.Status == WithoutNeighborDiscovery)
        )
        {
            Settle(node);
            nodes.Announce(node);
        }
    }

    /// <summary>
    /// An update from the home link may be left without an answer because the node must not say its link-layer address yet (RFC 5648,
    /// Section 5.6.3), and the home agent asks for it instead of taking it from the update: that is a recommendation (Section 6.3).
    /// </summary>
    public string? HindranceOf(Exchange exchange)
    {
        var node = exchange.Node!;
        var home = node.AddressAt(CareOf.Home);
        return
            !_settled.Contains(node)
            && !exchange.Request.IsMessageInUdp
            && exchange.Request.Ip!.Source.Equals(home)
            && session.Bed.Frames.Any(frame =>
                frame.Number > exchange.Request.Frame.Number
                && frame is { Direction: Direction.Received, Port: var port }
                && port == Ports.Home
                && Packet.Of(frame).Neighbor is { Type: NeighborDiscoveryLayer.NeighborSolicitation, TestsForDuplicates: false } asked
                && asked.Target.Equals(home)
            )
            ? $"{session.Tested} asked for the link-layer address of {node.Name}, which must not answer yet"
            : null;
    }

    private void Settle(MobileNode node)
    {
        nodes.Settle(node);
        _settled.Add(node);
    }
}
