using System.Net.Sockets;
using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>An ordinary host.</summary>
internal class HostReference(NodeRole role) : ReferenceRole
{
    public override NodeRole Role => role;

    public override bool IsHost => true;

    public override IpNodeSettings Stack(DomainNode node, ReferenceSetup setup) =>
        base.Stack(node, setup) with
        {
            Interfaces =
            [
                .. node.Interfaces.Select(known =>
                    known.Link is null
                        ? Interface(known) with
                        {
                            Autoconfigure = true,
                            AutoconfigureIpv4 = HasIpv4(setup.Domain),
                            InitiallyUp = false,
                        }
                        : Interface(known)
                ),
            ],
            Routes =
            [
                .. node.Interfaces.SelectMany(known =>
                    setup.Domain.DefaultRoutesOf(known).Select(route => new StaticRoute(route.To, new LinkId(known.Name), route.Router))
                ),
            ],
        };

    private static bool HasIpv4(Domain domain) =>
        domain.Nodes.Any(node => node.Addresses.Any(address => address.AddressFamily == AddressFamily.InterNetwork));
}
