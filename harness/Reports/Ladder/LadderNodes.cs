using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.Reports.Ladder;

/// <summary>
/// Tells the sender and the receiver of each frame, hop by hop. A packet has an arrow on every link of its path, so frames are
/// attributed by their link-layer addresses.
/// </summary>
internal sealed class LadderNodes : INodeNames
{
    private readonly Domain? _domain;
    private readonly AddressOwners _known;

    /// <param name="trace">Provides the nodes and their roles; null if not available.</param>
    public LadderNodes(Trace? trace, IReadOnlyList<LadderFrame> frames)
    {
        _domain = trace?.Facts.Ixit.Domain;
        _known = new AddressOwners(this, frames);
        _known.Learn(trace);
    }

    /// <summary>The only node under test; null if there are several, or if that is not known.</summary>
    public string? Tested => _domain?.Tested?.Name;

    /// <summary>
    /// The address of a named node for the head of its column; for a mobile node, its home address, or its link-layer address.
    /// </summary>
    public string? AddressOf(string node) =>
        _known.HomeAddresses.GetValueOrDefault(node)?.ToString()
        ?? _known
            .MobileNodes.Where(pair => pair.Value == node && node != pair.Key.ToString())
            .Select(pair => pair.Key.ToString())
            .FirstOrDefault()
        ?? _known
            .ByAddress.Where(pair => pair.Value == node && !pair.Key.IsIPv6LinkLocal)
            .Select(pair => pair.Key.ToString())
            .FirstOrDefault();

    public bool IsMobileNode(string node) => _known.MobileNodes.ContainsValue(node);

    /// <summary>True if the scenario tests the node.</summary>
    public bool IsUnderTest(string node) => _domain?.Find(node) is { IsUnderTest: true };

    /// <summary>The role of a node; null for a node that is known by its address alone.</summary>
    public NodeRole? RoleOf(string node) => IsMobileNode(node) ? NodeRole.Mn : _domain?.Find(node)?.Role;

    /// <summary>True if the port is on an access link, to which mobile nodes attach.</summary>
    public bool IsAccess(string port) =>
        _domain?.Find(new PortId(port)) is { } link ? link.Kind == LinkKind.Access : port != Ports.Core.Name && port != Ports.Home.Name;

    /// <summary>The node to whose interface an access link belongs; null if that is not known.</summary>
    public string? OwnerOf(string port) => _domain?.Nodes.FirstOrDefault(node => node.On(new PortId(port)) is not null)?.Name;

    /// <summary>The name of the node with the address, or the address itself.</summary>
    public string NameOf(IPAddress address) =>
        _known.ByAddress.GetValueOrDefault(address) ?? ByInterfaceIdentifier(address) ?? address.ToString();

    /// <summary>The name of the mobile node with this identifier, or with a link-layer address that is part of the identifier.</summary>
    public string? NameOfIdentifier(string identifier) =>
        _known.ByIdentifier.GetValueOrDefault(identifier)
        ?? _known
            .MobileNodes.Where(pair =>
                identifier.Contains(
                    pair.Key.ToString().Replace(":", string.Empty, StringComparison.Ordinal),
                    StringComparison.OrdinalIgnoreCase
                )
            )
            .Select(pair => pair.Value)
            .FirstOrDefault();

    /// <summary>The node that sent the frame on its link.</summary>
    public string From(LadderFrame frame)
    {
        if (frame.Stack.Ethernet?.Source is { } link && _known.ByLink.TryGetValue((frame.Port, link), out var name))
        {
            return name;
        }

        var source = frame.Stack.Ip?.Source;
        return source is null || source.Equals(IPAddress.IPv6None) ? frame.Stack.Ethernet?.Source.ToString() ?? "?" : NameOf(source);
    }

    /// <summary>The node to which the frame was sent; null if it was sent to all nodes on the link.</summary>
    public string? To(LadderFrame frame)
    {
        if (frame.Stack.Ethernet?.Destination is not { } link)
        {
            return null;
        }

        if (_known.ByLink.TryGetValue((frame.Port, link), out var name))
        {
            return name;
        }

        var packet = frame.Stack.Ip;
        if (!link.IsMulticast)
        {
            if (_known.Mags.TryGetValue(frame.Port, out var mag) && From(frame) is var from && from != mag && IsMobileNode(from))
            {
                return mag;
            }

            return packet is null ? link.ToString() : NameOf(packet.Destination);
        }

        return packet is null ? null : ToGroup(frame, packet);
    }

    /// <summary>
    /// The node that a multicast frame is normally meant for: the target of a solicitation, or the other end of an access link.
    /// </summary>
    private string? ToGroup(LadderFrame frame, IpLayer packet)
    {
        if (
            packet.Upper
                is NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.NeighborSolicitation, TestsForDuplicates: false } solicitation
            && (_known.ByAddress.GetValueOrDefault(solicitation.Target) ?? ByInterfaceIdentifier(solicitation.Target)) is { } sought
        )
        {
            return sought;
        }

        if (!IsAccess(frame.Port))
        {
            return null;
        }

        return _known.Mags.GetValueOrDefault(frame.Port) is { } mag && From(frame) != mag
            ? mag
            : _known.MobileNodeOn.GetValueOrDefault((frame.Port, frame.Index));
    }

    private string? ByInterfaceIdentifier(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        if (octets.Length != 16 || octets[11] != 0xff || octets[12] != 0xfe)
        {
            return null;
        }

        return _known.MobileNodes.GetValueOrDefault(
            new MacAddress([(byte)(octets[8] ^ 2), octets[9], octets[10], octets[13], octets[14], octets[15]])
        );
    }
}
