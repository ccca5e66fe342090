using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>The identity of a mobile node.</summary>
/// <param name="Number">
/// The number of the identity in the bed's pool; 0 for an identity that is bound to a port, and -1 for one interface of several.
/// </param>
public sealed record Identity(int Number, string Identifier, MacAddress LinkLayer)
{
    /// <summary>True for one interface of a mobile node with several, which have sessions of their own.</summary>
    public bool IsOneOfSeveral { get; init; } = Number < 0;

    /// <summary>The prefixes that the implementation is provisioned with for the node; empty if it assigns prefixes itself.</summary>
    public IReadOnlyList<Ipv6Prefix> ProvisionedPrefixes { get; init; } = [];

    /// <summary>The patterns of the addresses of a node of Mobile IPv6; null for one of Proxy Mobile IPv6.</summary>
    public MobilityAddresses? Mobility { get; init; }

    /// <summary>The address of a node of Mobile IPv6 at a place.</summary>
    /// <exception cref="ScenarioFaultException">The IXIT has no addresses of such nodes.</exception>
    public IPAddress AddressAt(CareOf place) =>
        Mobility is not { } known ? throw new ScenarioFaultException("The IXIT has no care-of addresses.")
        : place.IsHome ? known.HomeAddressOf(Number)
        : place.IsIpv4
            ? known.Ipv4CareOfAddressOf(Number, place.Index) ?? throw new ScenarioFaultException("The IXIT has no IPv4 care-of addresses.")
        : known.CareOfAddressOf(Number, place.Index);

    /// <summary>The place of a node of Mobile IPv6 that has an address; null if none has it.</summary>
    public CareOf? PlaceOf(IPAddress address) =>
        (
            address.AddressFamily == AddressFamily.InterNetworkV6 ? CareOf.All
            : Mobility?.Ipv4CareOfAddressPattern is null ? []
            : CareOf.AllIpv4
        ).FirstOrDefault(place => AddressAt(place).Equals(address));

    /// <summary>The IPv4 home address that the node has been assigned (RFC 5555).</summary>
    /// <exception cref="ScenarioFaultException">The IXIT has none.</exception>
    public IPAddress Ipv4HomeAddress =>
        Mobility?.Ipv4HomeAddressOf(Number) ?? throw new ScenarioFaultException("The IXIT has no IPv4 home addresses of mobile nodes.");

    /// <summary>The prefix behind the node as a mobile router (RFC 3963).</summary>
    /// <exception cref="ScenarioFaultException">The IXIT has no addresses of such nodes.</exception>
    public Ipv6Prefix MobileNetwork =>
        Mobility?.MobileNetworkOf(Number) ?? throw new ScenarioFaultException("The IXIT has no mobile networks.");
}
