using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// The links of the mobile node under test with the routers that the tester plays there, and the care-of addresses that the node has shown
/// on them. Everything else is behind each of the routers.
/// </summary>
public sealed class MobileNodeLinks : IFrameObserver
{
    /// <summary>
    /// Three solicitations 4 s apart and 1 s after the last, after a delay of up to 1 s (RFC 4861, Sections 6.3.7 and 10): 10 s, and 2 s
    /// for the duplicate address detection of the link-local address (RFC 4862, Section 5.4.2).
    /// </summary>
    private static readonly TimeSpan _routerDiscovery = TimeSpan.FromSeconds(12);

    private static readonly PortId _first = Ports.Access(1);

    private readonly TestSession _session;
    private readonly List<LinkRouter> _routers = [];
    private readonly List<(PortId Link, IPAddress Address)> _shown = [];

    /// <summary>What a message has named, maybe over another link.</summary>
    private readonly List<IPAddress> _named = [];

    public MobileNodeLinks(TestSession session, EmulatedNetwork network)
    {
        _session = session;
        var last = Known.HomeAgent;
        foreach (var (port, router) in Foreign())
        {
            _routers.Add(new LinkRouter(session, network, port, port, router, isHomeAgent: false));
            last = router.AddressFamily == AddressFamily.InterNetworkV6 ? router : last;
        }

        if (session.Ixit.Domain.Find(Ports.Home) is not null)
        {
            _routers.Add(new LinkRouter(session, network, Elsewhere, Ports.Home, Beside(last), isHomeAgent: false));
            _routers.Add(new LinkRouter(session, network, Ports.Home, Ports.Home, Known.HomeAgent, isHomeAgent: true));
            if (_routers.Find(router => router is { IsIpv4: false } && router.Place == _first) is { Port: var port })
            {
                _routers.Add(new LinkRouter(session, network, HomeToo, port, Known.HomeAgent, isHomeAgent: true));
            }
        }

        session.Tester.Add(this);
    }

    /// <summary>What the IXIT says of the mobile node.</summary>
    /// <exception cref="ScenarioFaultException">It says nothing.</exception>
    public MobileNodeAddresses Known =>
        _session.Ixit.MobileNode ?? throw new ScenarioFaultException("The IXIT has no mobile node under test.");

    /// <summary>The foreign link to which the interface goes that otherwise comes home.</summary>
    public static PortId Elsewhere { get; } = Ports.Access(4);

    /// <summary>The home link, to which the first interface comes as well.</summary>
    public static PortId HomeToo { get; } = Ports.Access(5);

    public IReadOnlyList<LinkRouter> Routers => _routers;

    public LinkRouter Home => Router(Ports.Home);

    /// <summary>The links on which the mobile node has a carrier.</summary>
    public IEnumerable<LinkRouter> Up => _routers.Where(router => router.IsUp);

    /// <param name="link">The name of the link in scenarios.</param>
    /// <exception cref="ScenarioFaultException">The domain has no such link.</exception>
    public LinkRouter Router(PortId link) =>
        _routers.Find(router => router.Place == link) ?? throw new ScenarioFaultException($"The mobile node has no link {link}.");

    /// <summary>The link whose router has advertised a prefix of the address; null if none has.</summary>
    public PortId? LinkOf(IPAddress address) => _routers.Find(router => router.Covers(address))?.Place;

    /// <summary>
    /// The time that a mobile node has to register these links after the advertisements there. A link without IPv6 has none: it is known
    /// once router discovery has failed (RFC 5555, Section 4.4.4).
    /// </summary>
    public TimeSpan AttachWithin(IEnumerable<PortId> links) =>
        Known.AttachWithin + (links.Any(link => Router(link).IsIpv4) ? _routerDiscovery : TimeSpan.Zero);

    /// <summary>The link that is up on a port, by its name in scenarios; the name of the port if none is.</summary>
    public PortId PlaceOn(PortId port) => _routers.Find(router => router.Port == port && router.IsUp)?.Place ?? port;

    /// <summary>
    /// The care-of address that the mobile node has shown last in a valid prefix of a link, or else named last; null if none.
    /// </summary>
    public IPAddress? CareOfOn(PortId link) =>
        _shown.LastOrDefault(shown => shown.Link == link && IsValid(Router(link), shown.Address)).Address
        ?? _named.LastOrDefault(named => LinkOf(named) == link && IsValid(Router(link), named));

    /// <summary>
    /// Notes a care-of address that an update registers. One that the mobile node has kept since its last visit need not show on the link.
    /// </summary>
    public void Note(IPAddress careOf) => _named.Add(careOf);

    /// <summary>Sends a packet to an address of the mobile node on one of its links, at once or after address resolution.</summary>
    /// <returns>Null if it is not sent yet, or no link has the address.</returns>
    public Frame? Forward(IPAddress address, IpPacket packet) => LinkOf(address) is { } link ? Router(link).Forward(address, packet) : null;

    /// <summary>Sends a packet to an address of the mobile node on one of its links, after address resolution if need be.</summary>
    /// <exception cref="StepFailedException">The mobile node does not answer for the address.</exception>
    /// <exception cref="ScenarioFaultException">No link has the address.</exception>
    public Frame Send(IPAddress address, IpPacket packet) =>
        LinkOf(address) is { } link
            ? Router(link).Send(address, packet)
            : throw new ScenarioFaultException($"{address} is on no link of the mobile node.");

    public void Observe(Packet packet)
    {
        if (packet.Frame.Direction != Direction.Received || packet.Outer is not { } ip)
        {
            return;
        }

        var address = packet.Neighbor is { TestsForDuplicates: true } test ? test.Target : ip.Source;
        if (
            !address.IsIPv6LinkLocal
            && LinkOf(address) is { } link
            && Router(link).Port == packet.Frame.Port
            && !address.Equals(Known.HomeAddress)
        )
        {
            _shown.Remove((link, address));
            _shown.Add((link, address));
        }
    }

    private IEnumerable<(PortId Port, IPAddress Router)> Foreign() =>
        _session
            .Ixit.Domain.Links.Where(link => link.Port != Ports.Home)
            .Select(link =>
                (
                    link.Port,
                    _session
                        .Ixit.Domain.Of(NodeRole.Router)
                        .Select(node => node.AddressOn(link.Port) ?? node.AddressOn(link.Port, AddressFamily.InterNetwork))
                        .FirstOrDefault(found => found is not null)
                )
            )
            .Where(known => known.Item2 is not null)
            .Select(known => (known.Port, known.Item2!));

    /// <summary>The address of a router on a link beside that of another router.</summary>
    private static IPAddress Beside(IPAddress address)
    {
        const int LinkOctet = 5;
        var octets = address.GetAddressBytes();
        octets[LinkOctet]++;
        return new IPAddress(octets);
    }

    private static bool IsValid(LinkRouter router, IPAddress address) =>
        router.IsIpv4 || router.Prefixes.Any(known => known.IsValid && known.Prefix.Contains(address));
}
