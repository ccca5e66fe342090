using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Checks;

/// <summary>A Proxy Binding Update the tester sent, as far as its answer is judged by it.</summary>
/// <param name="Message">Its octets.</param>
/// <param name="Mag">The emulated access gateway that sent it.</param>
/// <param name="Known">The prefixes of the node's session before it; empty without a session.</param>
public sealed record Request(
    Frame Frame,
    MobilityOctets Message,
    Ipv6Packet Packet,
    string Mag,
    MobileNode Node,
    IReadOnlyList<Ipv6Prefix> Known
)
{
    public bool IsDeregistration => Message.LifetimeUnits == 0;
}
