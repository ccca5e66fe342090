using Conformance.Testing.Domains;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// The nodes of a lane that have another kernel than this one. The other end of each of their cables is an interface in the namespace of
/// the tester, which exists before the domain is built.
/// </summary>
internal interface IGuestEnds
{
    /// <summary>Whether a node is one of them.</summary>
    bool Has(DomainNode node);

    /// <summary>Waits until the interfaces of all these nodes are there, and those that are not on access links are up.</summary>
    /// <exception cref="BedUnavailableException">That does not happen.</exception>
    void AwaitBuilt();

    /// <summary>Plugs the cable of an interface in or out.</summary>
    void Plug(DomainNode node, DomainInterface @interface, bool up);

    /// <summary>Whether frames pass at an interface, as the kernel of the node says.</summary>
    bool IsUp(DomainNode node, DomainInterface @interface);
}
