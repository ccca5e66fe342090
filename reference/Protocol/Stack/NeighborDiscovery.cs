using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>Address resolution (RFC 4861, Section 7.2).</summary>
internal sealed class NeighborDiscovery(StackParts parts) : NeighborResolution(parts)
{
    private readonly StackParts _parts = parts;
    private readonly LinkOutput _output = parts.Output;
    private readonly bool _isRouter = parts.Settings.IsRouter;

    /// <summary>
    /// Answers a solicitation for an address of this node (RFC 4861, Sections 7.2.3 and 7.2.4), or of a proxied neighbour (7.2.8).
    /// </summary>
    public void Receive(Arrival arrival, Ipv6Packet packet, NeighborSolicitation solicitation, Now now)
    {
        var (on, target) = (arrival.On, solicitation.Target);
        var isOwn = MayTellOf(on, target);

        // A hub may return what this node has asked of the neighbours.
        var isProxied = !isOwn && _parts.IsProxied(on, target) && arrival.LinkLayerSource != on.MacAddress;
        if (
            (
                isOwn ? target
                : isProxied ? SourceFor(on)
                : null
            )
            is not { } source
        )
        {
            return;
        }

        // Section 7.2.8: a node that has the address itself is to be preferred to one that answers for it. RFC 6275, Section 10.4.1: the
        // Router flag is that of the neighbour.
        var answer = new NeighborAdvertisement(
            target,
            isOwn ? _isRouter : StackParts.IsProxiedRouter(on, target),
            Solicited: !packet.Source.Equals(IPAddress.IPv6Any),
            Override: isOwn,
            new NdOptionList(new TargetLinkLayerAddressOption(on.MacAddress))
        );
        if (!answer.Solicited)
        {
            // Another node tests this address for uniqueness and has no address to which an answer could be sent.
            _output.Multicast(on, source, Ipv6Multicast.AllNodes, answer);
            return;
        }

        if (solicitation.Options.First<SourceLinkLayerAddressOption>() is { } sender)
        {
            Learn(on, packet.Source, sender.Address, now);
        }
        var message = answer.ToBytes(source, packet.Source);
        Send(on, packet.Source, LinkOutput.NeighborDiscoveryPacket(source, packet.Source, message), now);
    }

    /// <summary>
    /// Tells all nodes on the link that packets for a neighbour elsewhere go to this node (RFC 6275, Section 10.4.1; RFC 3963, Section
    /// 6.2).
    /// </summary>
    public void Announce(NodeInterface on, IPAddress neighbor)
    {
        if (SourceFor(on) is { } source)
        {
            var announcement = new NeighborAdvertisement(
                neighbor,
                StackParts.IsProxiedRouter(on, neighbor),
                Solicited: false,
                Override: true,
                new NdOptionList(new TargetLinkLayerAddressOption(on.MacAddress))
            );
            _output.Multicast(on, source, Ipv6Multicast.AllNodes, announcement);
        }
    }

    /// <summary>Processes an advertisement (RFC 4861, Section 7.2.5). An unsolicited advertisement does not create an entry.</summary>
    public void Receive(NodeInterface on, NeighborAdvertisement advertisement, Now now)
    {
        if (advertisement.Options.First<TargetLinkLayerAddressOption>() is not { } target)
        {
            return;
        }

        switch (on.Neighbors.Find(advertisement.Target))
        {
            case Neighbor.Incomplete:
            case Neighbor.Known when advertisement.Override:
                Learn(on, advertisement.Target, target.Address, now);
                break;
        }
    }

    protected override MacAddress? GroupAddress(IPAddress nextHop) => nextHop.IsIPv6Multicast ? MacAddress.ForMulticast(nextHop) : null;

    protected override bool TryAsk(NodeInterface on, IPAddress neighbor, IpPacket prompting)
    {
        if ((MayTellOf(on, prompting.Source) ? prompting.Source : SourceFor(on)) is not { } source)
        {
            // A node without an address on the link cannot solicit: a solicitation from the unspecified address
            // would be a test for uniqueness.
            return false;
        }

        var solicitation = new NeighborSolicitation(neighbor, new NdOptionList(new SourceLinkLayerAddressOption(on.MacAddress)));
        _output.Multicast(on, source, Ipv6Multicast.SolicitedNode(neighbor), solicitation);
        return true;
    }

    /// <summary>An address of the interface about which it is not silent.</summary>
    private static bool MayTellOf(NodeInterface on, IPAddress address) =>
        on.Find(address) is { State: AddressState.Assigned, IsSilent: false };

    private static IPAddress? SourceFor(NodeInterface on) =>
        on.LinkLocalAddress ?? on.Ipv6Addresses.FirstOrDefault(a => a is { State: AddressState.Assigned, IsSilent: false })?.Address;
}
