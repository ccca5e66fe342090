using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Checks;

/// <summary>A Proxy Binding Update that the tester sent, with the data needed to judge its answer.</summary>
/// <param name="Message">The octets of the update.</param>
/// <param name="Mag">The name of the emulated MAG that sent it.</param>
/// <param name="Known">The prefixes of the node's session before the request; empty without a session.</param>
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
