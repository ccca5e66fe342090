using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Pmip.Wire;

namespace Conformance.Reports.Ladder;

/// <summary>
/// The owners of addresses. Those of the named nodes are facts of the bed; the others are learned from Neighbor Discovery and signalling.
/// </summary>
internal sealed class AddressOwners
{
    private const int OnLinkHopLimit = 255;

    /// <summary>RFC 6543, Section 4: the link-layer address that every MAG may use on every access link.</summary>
    private static readonly MacAddress _fixedMagAddress = MacAddress.Parse("00:00:5e:00:52:13");

    private readonly LadderNodes _nodes;
    private readonly IReadOnlyList<LadderFrame> _frames;

    /// <param name="nodes">Tells roles and links.</param>
    public AddressOwners(LadderNodes nodes, IReadOnlyList<LadderFrame> frames) => (_nodes, _frames) = (nodes, frames);

    /// <summary>Learns the owners. Roles depend on what was learned before, so <see cref="LadderNodes"/> has this object already.</summary>
    public void Learn(Trace? trace)
    {
        ReadTrace(trace);
        LearnNeighbors();
        LearnSignalling();
        FindMobileNodes(trace);
        FindMags();
        FindTheRest();
    }

    /// <summary>The nodes by the addresses of IP.</summary>
    public Dictionary<IPAddress, string> ByAddress { get; } = [];

    /// <summary>The mobile nodes by their link-layer addresses.</summary>
    public Dictionary<MacAddress, string> MobileNodes { get; } = [];

    /// <summary>The mobile nodes by their MN-Identifiers.</summary>
    public Dictionary<string, string> ByIdentifier { get; } = new(StringComparer.Ordinal);

    /// <summary>The home addresses of nodes of Mobile IPv6.</summary>
    public Dictionary<string, IPAddress> HomeAddresses { get; } = new(StringComparer.Ordinal);

    /// <summary>The nodes by their link-layer addresses on each link.</summary>
    public Dictionary<(string Port, MacAddress Address), string> ByLink { get; } = [];

    /// <summary>The mobile node that is on an access link when a frame is there.</summary>
    public Dictionary<(string Port, int Frame), string> MobileNodeOn { get; } = [];

    /// <summary>The MAG of each access link.</summary>
    public Dictionary<string, string> Mags { get; } = new(StringComparer.Ordinal);

    private void ReadTrace(Trace? trace)
    {
        foreach (var node in trace?.Facts.Ixit.Domain.Nodes ?? [])
        {
            foreach (var address in node.Addresses)
            {
                ByAddress.TryAdd(address, node.Name);
            }
        }

        foreach (var node in trace?.Events.OfType<TraceEvent.MobileNode>() ?? [])
        {
            MobileNodes.TryAdd(node.LinkLayer, node.Name);
            ByIdentifier.TryAdd(node.Identifier, node.Name);
        }

        if (trace?.Facts.Ixit.Mobility is { } mobility)
        {
            PlacesOfMobility.Read(trace, mobility, this);
        }
    }

    private void LearnNeighbors()
    {
        foreach (var frame in _frames)
        {
            if (frame.Stack is not { Ethernet.Source: var link, Ip: { HopLimit: OnLinkHopLimit } packet } || !IsNeighborDiscovery(packet))
            {
                continue;
            }

            if (MobileNodes.TryGetValue(link, out var mobileNode) && _nodes.IsAccess(frame.Port))
            {
                ByLink.TryAdd((frame.Port, link), mobileNode);
                Learn(SubjectOf(packet), mobileNode);
            }
            else if (
                ByAddress.TryGetValue(SubjectOf(packet), out var name)
                // A home agent stands in for mobile nodes that the tester plays.
                && !(frame.IsReceived && HomeAddresses.ContainsKey(name))
                && !(_nodes.IsAccess(frame.Port) && _nodes.RoleOf(name) == NodeRole.Cn)
            )
            {
                ByLink.TryAdd((frame.Port, link), name);
            }
        }
    }

    private void Learn(IPAddress address, string name)
    {
        if (!address.Equals(IPAddress.IPv6None))
        {
            ByAddress.TryAdd(address, name);
        }
    }

    /// <summary>The address that the sender claims; during duplicate address detection, the target.</summary>
    private static IPAddress SubjectOf(IpLayer packet) =>
        packet.Upper is NeighborDiscoveryLayer message
        && (message.Type == NeighborDiscoveryLayer.NeighborAdvertisement || packet.Source.Equals(IPAddress.IPv6None))
            ? message.Target
            : packet.Source;

    private void LearnSignalling()
    {
        foreach (var frame in _frames)
        {
            if (
                frame.Stack is { Ethernet.Source: var link, Ip: { Upper: MobilityOctets or IpLayer } packet }
                && ByAddress.TryGetValue(packet.Source, out var name)
                && !_nodes.IsAccess(frame.Port)
            )
            {
                ByLink.TryAdd((frame.Port, link), name);
            }
        }
    }

    /// <summary>Finds unnamed mobile nodes: nodes that solicit routers or perform duplicate address detection on an access link.</summary>
    private void FindMobileNodes(Trace? trace)
    {
        var unnamed = _frames
            .Where(frame =>
                _nodes.IsAccess(frame.Port)
                && frame.Stack.Ethernet?.Source is { } link
                && !ByLink.ContainsKey((frame.Port, link))
                && IsOfMobileNode(frame)
            )
            .Select(frame => (frame.Port, Link: frame.Stack.Ethernet!.Source))
            .Distinct()
            .ToList();
        var acting = (trace?.Events.OfType<TraceEvent.Upper>() ?? [])
            .Where(read => read.Action == nameof(UpperTesterAction.Attach))
            .Select(read => read.Node)
            .Distinct()
            .ToList();
        var addresses = unnamed.Select(pair => pair.Link).Distinct().ToList();
        foreach (var (port, link) in unnamed)
        {
            var name = acting is [var one] && addresses.Count == 1 ? one : link.ToString();
            MobileNodes.TryAdd(link, name);
            ByLink.TryAdd((port, link), MobileNodes[link]);
        }

        var current = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var frame in _frames.Where(frame => _nodes.IsAccess(frame.Port)))
        {
            if (frame.Stack.Ethernet?.Source is { } source && MobileNodes.TryGetValue(source, out var name))
            {
                ByLink.TryAdd((frame.Port, source), name);
                current[frame.Port] = name;
                if (frame.Stack.Ip is { HopLimit: OnLinkHopLimit } packet && IsNeighborDiscovery(packet))
                {
                    Learn(SubjectOf(packet), name);
                }
            }

            if (frame.Stack.Ethernet?.Destination is { } destination && MobileNodes.TryGetValue(destination, out var receiver))
            {
                ByLink.TryAdd((frame.Port, destination), receiver);
            }

            if (current.TryGetValue(frame.Port, out var there))
            {
                MobileNodeOn[(frame.Port, frame.Index)] = there;
            }
        }
    }

    private static bool IsOfMobileNode(LadderFrame frame) =>
        frame.Stack.Ip?.Upper
            is NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterSolicitation }
                or NeighborDiscoveryLayer { TestsForDuplicates: true }
        && frame.Stack.Ethernet?.Source != _fixedMagAddress;

    /// <summary>
    /// Finds the MAG of each access link: the MAG with an interface there, or else the MAG that registers the mobile nodes seen on the
    /// link.
    /// </summary>
    private void FindMags()
    {
        foreach (var port in _frames.Select(frame => frame.Port).Where(_nodes.IsAccess).Distinct())
        {
            var known = _nodes.OwnerOf(port) ?? Registrar(port);
            if (known is null)
            {
                continue;
            }

            Mags[port] = known;
            foreach (var frame in _frames.Where(frame => frame.Port == port))
            {
                // A sender on an access link that is not a mobile node is the MAG, or is forwarded by it.
                if (
                    frame.Stack.Ethernet?.Source is { } source
                    && !MobileNodes.ContainsKey(source)
                    && (
                        source == _fixedMagAddress
                        || frame.Stack.Ip?.Upper is NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterAdvertisement }
                        || frame.IsReceived
                    )
                )
                {
                    ByLink.TryAdd((port, source), known);
                }
            }
        }
    }

    private string? Registrar(string port)
    {
        var here = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in _frames)
        {
            if (frame.Port == port && frame.Stack.Ethernet?.Source is { } source && MobileNodes.ContainsKey(source))
            {
                here.Add(source.ToString());
            }
            else if (
                here.Count > 0
                && frame.Stack.Ip is { Upper: MobilityOctets { Type: MobilityOctets.BindingUpdateType, LifetimeUnits: > 0 } } packet
                && ByAddress.TryGetValue(packet.Source, out var mag)
            )
            {
                return mag;
            }
        }

        return null;
    }

    /// <summary>If only one node is tested, attributes every frame that the tester receives to that node.</summary>
    private void FindTheRest()
    {
        if (_nodes.Tested is not { } tested)
        {
            return;
        }

        foreach (var frame in _frames.Where(frame => frame.IsReceived && frame.Stack.Ip is not null))
        {
            if (frame.Stack.Ethernet?.Source is { } source && !ByLink.Any(pair => pair.Key.Port == frame.Port && pair.Value == tested))
            {
                ByLink.TryAdd((frame.Port, source), tested);
            }
        }
    }

    private static bool IsNeighborDiscovery(IpLayer packet) =>
        packet.Upper is NeighborDiscoveryLayer { Type: <= NeighborDiscoveryLayer.NeighborAdvertisement };
}
