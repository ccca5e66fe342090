using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets.Layers;
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
    private readonly TestSession _session;
    private readonly List<LinkRouter> _routers = [];
    private readonly List<(PortId Link, IPAddress Address)> _shown = [];

    public MobileNodeLinks(TestSession session, EmulatedNetwork network)
    {
        _session = session;
        foreach (var link in session.Ixit.Domain.Links)
        {
            var isHome = link.Port == Ports.Home;
            var address = isHome
                ? Known.HomeAgent
                : session
                    .Ixit.Domain.Of(NodeRole.Router)
                    .Select(node => node.AddressOn(link.Port))
                    .FirstOrDefault(found => found is not null);
            if (address is not null)
            {
                _routers.Add(new LinkRouter(session, network, link.Port, address, isHome));
            }
        }

        session.Tester.Add(this);
    }

    /// <summary>What the IXIT says of the mobile node.</summary>
    /// <exception cref="ScenarioFaultException">It says nothing.</exception>
    public MobileNodeAddresses Known =>
        _session.Ixit.MobileNode ?? throw new ScenarioFaultException("The IXIT has no mobile node under test.");

    public IReadOnlyList<LinkRouter> Routers => _routers;

    public LinkRouter Home => Router(Ports.Home);

    /// <summary>The links on which the mobile node has a carrier.</summary>
    public IEnumerable<LinkRouter> Up => _routers.Where(router => router.IsUp);

    /// <exception cref="ScenarioFaultException">The domain has no such link.</exception>
    public LinkRouter Router(PortId link) =>
        _routers.Find(router => router.Port == link) ?? throw new ScenarioFaultException($"The mobile node has no link {link}.");

    /// <summary>The link whose router has advertised a prefix of the address; null if none has.</summary>
    public PortId? LinkOf(IPAddress address) => _routers.Find(router => router.Covers(address))?.Port;

    /// <summary>The care-of address that the mobile node has shown last in a valid prefix of a link; null if none.</summary>
    public IPAddress? CareOfOn(PortId link) =>
        _shown.LastOrDefault(shown => shown.Link == link && IsValid(Router(link), shown.Address)).Address;

    /// <summary>Sends a packet to an address of the mobile node on one of its links, at once or after address resolution.</summary>
    /// <returns>Null if it is not sent yet, or no link has the address.</returns>
    public Frame? Forward(IPAddress address, Ipv6Packet packet) =>
        LinkOf(address) is { } link ? Router(link).Forward(address, packet) : null;

    /// <summary>Sends a packet to an address of the mobile node on one of its links, after address resolution if need be.</summary>
    /// <exception cref="StepFailedException">The mobile node does not answer for the address.</exception>
    /// <exception cref="ScenarioFaultException">No link has the address.</exception>
    public Frame Send(IPAddress address, Ipv6Packet packet) =>
        LinkOf(address) is { } link
            ? Router(link).Send(address, packet)
            : throw new ScenarioFaultException($"{address} is on no link of the mobile node.");

    public void Observe(Packet packet)
    {
        if (packet.Frame.Direction != Direction.Received || packet.Outer is not Ipv6Layer ip)
        {
            return;
        }

        var address = packet.Neighbor is { TestsForDuplicates: true } test ? test.Target : ip.Source;
        var shown = (packet.Frame.Port, address);
        if (!address.IsIPv6LinkLocal && LinkOf(address) == packet.Frame.Port && !address.Equals(Known.HomeAddress))
        {
            _shown.Remove(shown);
            _shown.Add(shown);
        }
    }

    private static bool IsValid(LinkRouter router, IPAddress address) =>
        router.Prefixes.Any(known => known.IsValid && known.Prefix.Contains(address));
}
