using System.Net.Sockets;
using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>
/// A NAT: a router between the link of its first interface and that of its second one, behind it. It gives the datagrams from behind it
/// its own address and a port that it chooses. Among the simulated nodes it is a stack with <see cref="Simulated.SimulatedNat"/>, on a real
/// bed a kernel with <see cref="Lanes.KernelNat"/>.
/// </summary>
internal sealed class NatReference() : HostReference(NodeRole.Nat)
{
    public override IpNodeSettings Stack(DomainNode node, ReferenceSetup setup) =>
        base.Stack(node, setup) with
        {
            IsRouter = true,
            Routes = [],
        };

    /// <summary>The default route of a node that is behind a NAT: the link, and the NAT on it; null if the node is behind none.</summary>
    public static (LinkId Link, System.Net.IPAddress Nat)? RouteOf(DomainNode node, Domain domain) =>
        domain.Real.FirstOrDefault(known => known.Role == NodeRole.Nat)?.Interfaces[^1] is { Link: { } behind } inner
        && node.Role != NodeRole.Nat
        && node.On(behind) is not null
            ? (new LinkId(behind.Name), inner.Addresses.First(address => address.AddressFamily == AddressFamily.InterNetwork))
            : null;
}
