using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>The addresses of a mobile node that a step is about.</summary>
/// <param name="Which">
/// Empty for the address in the first prefix; <c>every prefix</c>, <c>another address</c> in the first prefix, or <c>the first</c> or
/// <c>the second</c>, then <c>prefix</c> or <c>session</c>; or <c>the link-local address</c>. Of IPv4 home addresses: empty for the first,
/// <c>every address</c>, or a session.
/// </param>
public sealed record NodeAddresses(MobileNode Node, string Which)
{
    private const string Of = " of ";
    private const string OfLinkLocal = "the link-local address";
    private const int InterfaceIdentifierStart = 64;

    /// <summary>An interface identifier that no emulated mobile node has.</summary>
    private static readonly byte[] _anotherIdentifier = [0, 0, 0, 0, 0, 0, 0x52, 0x13];

    public bool IsLinkLocal => Which == OfLinkLocal;

    /// <summary>The family of the packets that the step is about.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.InterNetworkV6;

    /// <summary>At least one address.</summary>
    /// <exception cref="StepFailedException">The implementation under test has not given the node such an address.</exception>
    /// <exception cref="ScenarioFaultException">The family has no such addresses.</exception>
    public IReadOnlyList<IPAddress> All => Family == AddressFamily.InterNetwork ? Ipv4 : Ipv6;

    private IReadOnlyList<IPAddress> Ipv4 =>
        Which switch
        {
            "" => [Node.Ipv4HomeAddresses[0]],
            "every address" => Node.Ipv4HomeAddresses,
            "the first session" => [Numbered(Numbered(Node.Sessions, 0).AllIpv4, 0)],
            "the second session" => [Numbered(Numbered(Node.Sessions, 1).AllIpv4, 0)],
            _ => throw new ScenarioFaultException($"IPv4 packets have no {Which} of {Node.Name}."),
        };

    private IReadOnlyList<IPAddress> Ipv6 =>
        Which switch
        {
            "" => [Node.HomeAddress],
            OfLinkLocal => [Node.Identity.LinkLayer.LinkLocalAddress()],
            "every prefix" => Node.HomeAddresses,
            "another address" => [new Ipv6Prefix(Node.HomeAddress, InterfaceIdentifierStart).AddressWith(_anotherIdentifier)],
            "the first prefix" => [Numbered(Node.HomeAddresses, 0)],
            "the second prefix" => [Numbered(Node.HomeAddresses, 1)],
            "the first session" => OfSession(0),
            _ => OfSession(1),
        };

    /// <param name="text">The name of the node, or words and <c>of</c> before it.</param>
    public static NodeAddresses Read(string text, MobileNodes nodes) =>
        text.LastIndexOf(Of, StringComparison.Ordinal) is var at and >= 0
            ? new(nodes.Named(text[(at + Of.Length)..]), text[..at])
            : new(nodes.Named(text), string.Empty);

    private IPAddress[] OfSession(int index) => [Numbered(Node.AddressesIn(Numbered(Node.Sessions, index)), 0)];

    private T Numbered<T>(IReadOnlyList<T> given, int index) =>
        index < given.Count ? given[index] : throw new StepFailedException($"{Node.Name} was not given {Which}");
}
