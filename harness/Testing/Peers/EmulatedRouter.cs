using Conformance.Testing.Domains;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>A problem in a tunnel that is no matter of size (RFC 2473, Section 8.1).</summary>
public enum TunnelError
{
    HopLimitExceeded,
    Unreachable,
}

/// <summary>A router on the core link that the tester plays: the one of the IXIT, if it has one.</summary>
public sealed class EmulatedRouter(TestSession session, EmulatedNetwork network)
{
    private const string Name = "core router";

    private const byte CurHopLimit = 64;

    /// <summary>
    /// The shortest lifetime (RFC 4861, Section 6.2.1): an implementation that uses the router, which is gone after the scenario, forgets
    /// it at once.
    /// </summary>
    private const ushort RouterLifetimeSeconds = 4;

    private static readonly MacAddress _linkLayer = MacAddress.Parse("02:7e:00:00:ff:fe");

    /// <summary>
    /// Reports a problem with the last packet in the tunnel to the entrance of the tunnel (RFC 4443, Sections 3.1 and 3.3), from the router
    /// of the IXIT.
    /// </summary>
    /// <exception cref="StepFailedException">The domain has no router on the core link, or nothing was tunnelled.</exception>
    public void Report(TunnelError error)
    {
        session.LastStimulus = TunnelReport.Lost(session, network, session.PathMtu.LastTunnelled, error);
    }

    /// <summary>Sends a Router Advertisement to all nodes on the link (RFC 4861, Section 6.2.6).</summary>
    public void Advertise()
    {
        var linkLayer = session.Ixit.Domain.Of(NodeRole.Router).FirstOrDefault() is { } known
            ? network.Named(known.Name, Ports.Core).LinkLayer
            : _linkLayer;
        var router = new EmulatedNode(Name, Ports.Core, linkLayer.LinkLocalAddress(), linkLayer);
        network.Add(router);
        var advertisement = new RouterAdvertisement(
            CurHopLimit,
            Managed: false,
            OtherConfig: false,
            RouterLifetimeSeconds,
            ReachableTimeMilliseconds: 0,
            RetransTimerMilliseconds: 0,
            new NdOptionList(new SourceLinkLayerAddressOption(linkLayer))
        );
        var to = Ipv6Multicast.AllNodes;
        var packet = new Ipv6Packet(router.Address, to, IpProtocol.Icmpv6, advertisement.ToBytes(router.Address, to)) { HopLimit = 255 };
        session.LastStimulus = network.Send(router, to, packet);
    }
}
