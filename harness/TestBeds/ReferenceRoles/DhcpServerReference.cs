using System.Net.Sockets;
using Conformance.Testing.Domains;
using Pmip.Protocol;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>A host with a DHCP server: a program that a scenario names, or <see cref="DhcpServerRole"/> in its place.</summary>
internal sealed class DhcpServerReference() : HostReference(NodeRole.Dhcp)
{
    public override IRole? Create(DomainNode node, ReferenceSetup setup, Random random) =>
        node.AddressOf(AddressFamily.InterNetwork) is { } address ? new DhcpServerRole(address, ReferenceSetup.Ipv4) : null;
}
