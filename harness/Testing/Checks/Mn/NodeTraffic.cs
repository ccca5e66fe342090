using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Checks.Mn;

/// <summary>What the tester has told a mobile node under test on its links, as far as messages of it depend on that.</summary>
internal sealed class NodeTraffic
{
    private readonly Dictionary<PortId, HashSet<Ipv6Prefix>> _prefixes = [];
    private readonly List<(int Type, IPAddress Destination, DateTimeOffset At)> _received = [];

    /// <summary>When the tester last sent what may make the node send another message than it would have sent.</summary>
    public DateTimeOffset ToldAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>When the tester last sent data to the node: a packet in a tunnel, or one with a type 2 routing header.</summary>
    public DateTimeOffset DataAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>When the tester last tested, by duplicate address detection, whether an address is free.</summary>
    public DateTimeOffset TestedAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>When the node last tested so whether its home address is free.</summary>
    public DateTimeOffset HomeTestedAt => HomeTest?.Frame.At ?? DateTimeOffset.MinValue;

    /// <summary>The last packet by which the node tested so; null for none.</summary>
    public Packet? HomeTest { get; private set; }

    /// <summary>
    /// The last Router Advertisement on the home link, which tells the link-layer address of the home agent; null for none.
    /// </summary>
    public Packet? HomeAdvertised { get; private set; }

    /// <summary>The last Neighbor Advertisement on the home link; null for none.</summary>
    public Packet? HomeAnswered { get; private set; }

    /// <summary>All prefixes that were ever advertised on a link; null if no router has advertised itself there.</summary>
    public IReadOnlyCollection<Ipv6Prefix>? PrefixesOf(PortId link) => _prefixes.GetValueOrDefault(link);

    /// <summary>All prefixes of all links.</summary>
    public IEnumerable<Ipv6Prefix> Prefixes => _prefixes.Values.SelectMany(prefixes => prefixes);

    /// <summary>Notes a frame of the tester.</summary>
    public void Sent(Packet packet)
    {
        if (packet.Frame.Port == Ports.Home && packet.Neighbor is { } told)
        {
            HomeAdvertised = told.Type == NeighborDiscoveryLayer.RouterAdvertisement ? packet : HomeAdvertised;
            HomeAnswered = told.Type == NeighborDiscoveryLayer.NeighborAdvertisement ? packet : HomeAnswered;
        }

        if (packet.RouterAdvertisement is { } advertisement)
        {
            Advertised(packet, advertisement);
        }

        if (packet.Neighbor is { TestsForDuplicates: true })
        {
            TestedAt = packet.Frame.At;
        }

        if (packet.Mobility is not null || packet.Inner?.Mobility is not null)
        {
            ToldAt = packet.Frame.At;
        }
        else if (packet.Inner is not null || packet.Ip?.RoutedTo is not null)
        {
            DataAt = packet.Frame.At;
        }
    }

    /// <summary>When the node last sent anything but a mobility message from its home address on the home link.</summary>
    public DateTimeOffset FromHomeAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Notes such a packet.</summary>
    public void SentFromHome(Packet packet) => FromHomeAt = packet.Frame.At;

    /// <summary>Notes that the node tests whether its home address is free.</summary>
    public void TestsHome(Packet packet) => HomeTest = packet;

    /// <summary>Notes a mobility message of the node.</summary>
    public void Received(NodeMessage message) => _received.Add((message.Message.Type, message.Destination, message.At));

    /// <summary>The times of the earlier messages of the type of one, to the same destination.</summary>
    public IEnumerable<DateTimeOffset> SentBefore(NodeMessage message) =>
        _received.Where(sent => sent.Type == message.Message.Type && sent.Destination.Equals(message.Destination)).Select(sent => sent.At);

    public static bool IsIn(IPAddress address, IEnumerable<Ipv6Prefix> prefixes) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && prefixes.Any(prefix => prefix.Contains(address));

    private void Advertised(Packet packet, NeighborDiscoveryLayer advertisement)
    {
        var known = _prefixes.TryGetValue(packet.Frame.Port, out var given) ? given : _prefixes[packet.Frame.Port] = [];
        foreach (var prefix in advertisement.Prefixes)
        {
            if (prefix.Length <= Ipv6Prefix.MaximumLength && (known.Add(new(prefix.Prefix, prefix.Length)) || prefix.IsWithdrawn))
            {
                ToldAt = packet.Frame.At;
            }
        }

        if (advertisement.RouterLifetime == 0)
        {
            ToldAt = packet.Frame.At;
        }
    }
}
