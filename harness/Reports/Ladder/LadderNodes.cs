using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Reports.Ladder;

/// <summary>
/// Determines the sender and the receiver of each frame, hop by hop. A packet has an arrow on every link of its path, so frames are
/// attributed by their link-layer addresses. The owners of these addresses are learned from Neighbor Discovery and signalling.
/// </summary>
internal sealed class LadderNodes : INodeNames
{
    public const string Lma = "LMA";
    public const string Mag = "MAG";

    private const int OnLinkHopLimit = 255;

    /// <summary>RFC 6543, Section 4: the link-layer address that every MAG may use on every access link.</summary>
    private static readonly MacAddress _fixedMagAddress = MacAddress.Parse("00:00:5e:00:52:13");

    private readonly Dictionary<IPAddress, string> _byAddress = [];
    private readonly Dictionary<MacAddress, string> _mobileNodes = [];
    private readonly Dictionary<string, string> _byIdentifier = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Port, MacAddress Address), string> _byLink = [];
    private readonly Dictionary<(string Port, int Frame), string> _mobileNodeOn = [];
    private readonly Dictionary<string, string> _mags = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<LadderFrame> _frames;
    private readonly string _configuration;

    /// <param name="configuration">The configuration of the scenario; its name tells which nodes are real.</param>
    /// <param name="trace">Provides the names of the nodes; null if not available.</param>
    public LadderNodes(string configuration, Trace? trace, IReadOnlyList<LadderFrame> frames)
    {
        _configuration = configuration;
        _frames = frames;
        ReadAddresses(trace?.Facts);
        ReadMobileNodes(trace);
        LearnNeighbors();
        LearnSignalling();
        FindMobileNodes(trace);
        FindMags();
        FindTheRest();
    }

    /// <summary>The address of a named node for the head of its column; for a mobile node, its link-layer address.</summary>
    public string? AddressOf(string node) =>
        _mobileNodes.Where(pair => pair.Value == node && node != pair.Key.ToString()).Select(pair => pair.Key.ToString()).FirstOrDefault()
        ?? _byAddress.Where(pair => pair.Value == node && !pair.Key.IsIPv6LinkLocal).Select(pair => pair.Key.ToString()).FirstOrDefault();

    public bool IsMobileNode(string node) => _mobileNodes.ContainsValue(node);

    /// <summary>True if the scenario tests the node.</summary>
    public bool IsUnderTest(string node) =>
        Tested switch
        {
            null => _configuration.StartsWith("e2e", StringComparison.Ordinal)
                && (node.StartsWith(Lma, StringComparison.Ordinal) || node.StartsWith(Mag, StringComparison.Ordinal)),
            var tested => node == tested,
        };

    /// <summary>The name of the node with the address, or the address itself.</summary>
    public string NameOf(IPAddress address) =>
        _byAddress.GetValueOrDefault(address) ?? ByInterfaceIdentifier(address) ?? address.ToString();

    /// <summary>The name of the mobile node with this identifier, or with a link-layer address that is part of the identifier.</summary>
    public string? NameOfIdentifier(string identifier) =>
        _byIdentifier.GetValueOrDefault(identifier)
        ?? _mobileNodes
            .Where(pair =>
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
        if (frame.Stack.Ethernet?.Source is { } link && _byLink.TryGetValue((frame.Port, link), out var name))
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

        if (_byLink.TryGetValue((frame.Port, link), out var name))
        {
            return name;
        }

        var packet = frame.Stack.Ip;
        if (!link.IsMulticast)
        {
            if (_mags.TryGetValue(frame.Port, out var mag) && From(frame) is var from && from != mag && IsMobileNode(from))
            {
                return mag;
            }

            return packet is null ? link.ToString() : NameOf(packet.Destination);
        }

        return packet is null ? null : ToGroup(frame, packet);
    }

    /// <summary>True if the port is on an access link, to which mobile nodes attach.</summary>
    public static bool IsAccess(string port) => port is not ("core" or "home");

    private string? Tested =>
        _configuration.StartsWith("lma-", StringComparison.Ordinal) ? "LMA1"
        : _configuration.StartsWith("mag-", StringComparison.Ordinal) ? "MAG1"
        : null;

    /// <summary>
    /// The node that a multicast frame is normally meant for: the target of a solicitation, or the other end of an access link.
    /// </summary>
    private string? ToGroup(LadderFrame frame, IpLayer packet)
    {
        if (
            packet.Upper
                is NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.NeighborSolicitation, TestsForDuplicates: false } solicitation
            && (_byAddress.GetValueOrDefault(solicitation.Target) ?? ByInterfaceIdentifier(solicitation.Target)) is { } sought
        )
        {
            return sought;
        }

        if (!IsAccess(frame.Port))
        {
            return null;
        }

        return _mags.GetValueOrDefault(frame.Port) is { } mag && From(frame) != mag
            ? mag
            : _mobileNodeOn.GetValueOrDefault((frame.Port, frame.Index));
    }

    private void ReadAddresses(BedFacts? facts)
    {
        foreach (var node in facts?.Ixit.Domain.Nodes ?? [])
        {
            foreach (var address in node.Addresses)
            {
                _byAddress.TryAdd(address, node.Name);
            }
        }
    }

    private void ReadMobileNodes(Trace? trace)
    {
        foreach (var node in trace?.Events.OfType<TraceEvent.MobileNode>() ?? [])
        {
            _mobileNodes.TryAdd(node.LinkLayer, node.Name);
            _byIdentifier.TryAdd(node.Identifier, node.Name);
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

            if (_mobileNodes.TryGetValue(link, out var mobileNode) && IsAccess(frame.Port))
            {
                _byLink.TryAdd((frame.Port, link), mobileNode);
                Learn(SubjectOf(packet), mobileNode);
            }
            else if (
                _byAddress.TryGetValue(SubjectOf(packet), out var name)
                && !(IsAccess(frame.Port) && name.StartsWith("CN", StringComparison.Ordinal))
            )
            {
                _byLink.TryAdd((frame.Port, link), name);
            }
        }
    }

    private void Learn(IPAddress address, string name)
    {
        if (!address.Equals(IPAddress.IPv6None))
        {
            _byAddress.TryAdd(address, name);
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
                && _byAddress.TryGetValue(packet.Source, out var name)
                && !IsAccess(frame.Port)
            )
            {
                _byLink.TryAdd((frame.Port, link), name);
            }
        }
    }

    /// <summary>Finds unnamed mobile nodes: nodes that solicit routers or perform duplicate address detection on an access link.</summary>
    private void FindMobileNodes(Trace? trace)
    {
        var unnamed = _frames
            .Where(frame =>
                IsAccess(frame.Port)
                && frame.Stack.Ethernet?.Source is { } link
                && !_byLink.ContainsKey((frame.Port, link))
                && IsOfMobileNode(frame)
            )
            .Select(frame => (frame.Port, Link: frame.Stack.Ethernet!.Source))
            .Distinct()
            .ToList();
        var acting = (trace?.Events.OfType<TraceEvent.Upper>() ?? [])
            .Select(read => read.Node)
            .Where(node => node.StartsWith("MN", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        var addresses = unnamed.Select(pair => pair.Link).Distinct().ToList();
        foreach (var (port, link) in unnamed)
        {
            var name = acting is [var one] && addresses.Count == 1 ? one : link.ToString();
            _mobileNodes.TryAdd(link, name);
            _byLink.TryAdd((port, link), _mobileNodes[link]);
        }

        var current = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var frame in _frames.Where(frame => IsAccess(frame.Port)))
        {
            if (frame.Stack.Ethernet?.Source is { } source && _mobileNodes.TryGetValue(source, out var name))
            {
                _byLink.TryAdd((frame.Port, source), name);
                current[frame.Port] = name;
                if (frame.Stack.Ip is { HopLimit: OnLinkHopLimit } packet && IsNeighborDiscovery(packet))
                {
                    Learn(SubjectOf(packet), name);
                }
            }

            if (frame.Stack.Ethernet?.Destination is { } destination && _mobileNodes.TryGetValue(destination, out var receiver))
            {
                _byLink.TryAdd((frame.Port, destination), receiver);
            }

            if (current.TryGetValue(frame.Port, out var there))
            {
                _mobileNodeOn[(frame.Port, frame.Index)] = there;
            }
        }
    }

    private static bool IsOfMobileNode(LadderFrame frame) =>
        frame.Stack.Ip?.Upper
            is NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterSolicitation }
                or NeighborDiscoveryLayer { TestsForDuplicates: true }
        && frame.Stack.Ethernet?.Source != _fixedMagAddress;

    /// <summary>
    /// Finds the MAG of each access link: the MAG that registers the mobile nodes seen on the link, or else the MAG with the number of
    /// the link.
    /// </summary>
    private void FindMags()
    {
        foreach (var port in _frames.Select(frame => frame.Port).Where(IsAccess).Distinct())
        {
            var number = port.AsSpan(port.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1);
            var known = Tested is Mag + "1"
                ? Tested
                : Registrar(port) ?? (_byAddress.ContainsValue($"{Mag}{number}") ? $"{Mag}{number}" : null);
            if (known is null)
            {
                continue;
            }

            _mags[port] = known;
            foreach (var frame in _frames.Where(frame => frame.Port == port))
            {
                // A sender on an access link that is not a mobile node is the MAG, or is forwarded by it.
                if (
                    frame.Stack.Ethernet?.Source is { } source
                    && !_mobileNodes.ContainsKey(source)
                    && (source == _fixedMagAddress || IsRouterAdvertisement(frame) || frame.IsReceived)
                )
                {
                    _byLink.TryAdd((port, source), known);
                }
            }
        }
    }

    private string? Registrar(string port)
    {
        var here = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in _frames)
        {
            if (frame.Port == port && frame.Stack.Ethernet?.Source is { } source && _mobileNodes.ContainsKey(source))
            {
                here.Add(source.ToString());
            }
            else if (
                here.Count > 0
                && frame.Stack.Ip is { Upper: MobilityOctets { Type: MobilityOctets.BindingUpdateType, LifetimeUnits: > 0 } } packet
                && _byAddress.TryGetValue(packet.Source, out var mag)
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
        if (Tested is not { } tested)
        {
            return;
        }

        foreach (var frame in _frames.Where(frame => frame.IsReceived && frame.Stack.Ip is not null))
        {
            if (frame.Stack.Ethernet?.Source is { } source && !_byLink.Any(pair => pair.Key.Port == frame.Port && pair.Value == tested))
            {
                _byLink.TryAdd((frame.Port, source), tested);
            }
        }
    }

    private string? ByInterfaceIdentifier(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        if (octets.Length != 16 || octets[11] != 0xff || octets[12] != 0xfe)
        {
            return null;
        }

        return _mobileNodes.GetValueOrDefault(
            new MacAddress([(byte)(octets[8] ^ 2), octets[9], octets[10], octets[13], octets[14], octets[15]])
        );
    }

    private static bool IsRouterAdvertisement(LadderFrame frame) =>
        frame.Stack.Ip?.Upper is NeighborDiscoveryLayer { Type: NeighborDiscoveryLayer.RouterAdvertisement };

    private static bool IsNeighborDiscovery(IpLayer packet) =>
        packet.Upper is NeighborDiscoveryLayer { Type: <= NeighborDiscoveryLayer.NeighborAdvertisement };
}
