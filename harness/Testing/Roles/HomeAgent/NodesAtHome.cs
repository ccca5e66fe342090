using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles.Mobility;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>The mobile nodes on the home link, and whether they do Neighbor Discovery for their home addresses there.</summary>
internal sealed class NodesAtHome(TestSession session, MobileNodePeer nodes, MobilityExchanges exchanges)
{
    /// <summary>MCOA RETURNHOME WO/NDP (RFC 5648, Section 4.4).</summary>
    private const byte WithoutNeighborDiscovery = 5;

    private readonly HashSet<MobileNode> _atHome = [];

    private WireEdition Edition => session.Scenario.Edition.Wire;

    /// <summary>From now on, the node answers on the home link for its addresses (RFC 6275, Section 11.5.5).</summary>
    public void Come(MobileNode node)
    {
        nodes.Settle(node);
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
                nodes.Settle(node);
            }
        }
        else if (!node.CareOfBindings.All.Any(binding => binding.CareOf.IsHome) && _atHome.Remove(node))
        {
            nodes.Leave(node);
        }
    }

    /// <summary>
    /// If the last answer allows a node at home to do Neighbor Discovery (RFC 5648, Section 5.6.4), it does so from now on, and tells the
    /// link (RFC 6275, Section 11.5.5).
    /// </summary>
    public void SettleIfAllowed()
    {
        if (
            exchanges.Current is { Answer.Mobility: { Status: < MobilityOctets.FirstRejection } message, Node: { } node } exchange
            && _atHome.Contains(node)
            && exchange.Request.Ip!.Source.Equals(node.AddressAt(CareOf.Home))
            && message.Status != WithoutNeighborDiscovery
            && !BidOctets.In(message, Edition).Any(option => option.Status == WithoutNeighborDiscovery)
        )
        {
            nodes.Settle(node);
            nodes.Announce(node);
        }
    }
}
