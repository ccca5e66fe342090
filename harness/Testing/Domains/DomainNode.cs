using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.Testing.Domains;

/// <summary>Who plays a node.</summary>
public enum NodePlayer
{
    /// <summary>The tester emulates it, as far as a scenario needs it.</summary>
    Tester,

    /// <summary>The implementation under test.</summary>
    Implementation,

    /// <summary>A real node that is not under test.</summary>
    Bed,
}

/// <summary>A node of a domain.</summary>
/// <param name="Name">The name in scenarios, such as MAG1.</param>
/// <param name="Interfaces">At least one; the first is the one by which other nodes of the domain know it.</param>
public sealed record DomainNode(string Name, NodeRole Role, IReadOnlyList<DomainInterface> Interfaces)
{
    public NodePlayer Player { get; init; }

    /// <summary>False for a node that its peers are not configured to serve, such as a MAG that an LMA must refuse.</summary>
    public bool IsAuthorized { get; init; } = true;

    public bool IsUnderTest => Player == NodePlayer.Implementation;

    public bool IsReal => Player != NodePlayer.Tester;

    /// <summary>True for a node that is moved from link to link.</summary>
    public bool IsMobile => Interfaces.Any(known => known.Link is null);

    /// <summary>
    /// The home address of a mobile node (RFC 6275, Section 3.1), which none of its interfaces has at the start; null for other nodes.
    /// </summary>
    public IPAddress? HomeAddress { get; init; }

    /// <summary>All static addresses, the home address last.</summary>
    [JsonIgnore]
    public IEnumerable<IPAddress> Addresses =>
        HomeAddress is null
            ? Interfaces.SelectMany(known => known.Addresses)
            : Interfaces.SelectMany(known => known.Addresses).Append(HomeAddress);

    /// <summary>The first static address; null if the node has none.</summary>
    public IPAddress? Address => Addresses.FirstOrDefault();

    /// <summary>The first static address of a family; null if the node has none.</summary>
    public IPAddress? AddressOf(AddressFamily family) => Addresses.FirstOrDefault(address => address.AddressFamily == family);

    /// <summary>The interface on a link; null if the node is not there.</summary>
    public DomainInterface? On(PortId link) => Interfaces.FirstOrDefault(known => known.Link == link);

    /// <summary>The first static address of a family on a link; null if the node has none there.</summary>
    public IPAddress? AddressOn(PortId link, AddressFamily family = AddressFamily.InterNetworkV6) =>
        On(link)?.Addresses.FirstOrDefault(address => address.AddressFamily == family);
}

/// <summary>An interface of a node.</summary>
/// <param name="Link">
/// The link, on which the tester has a port unless it plays the node itself; null for the interface of a mobile node, which is moved from
/// link to link.
/// </param>
public sealed record DomainInterface(PortId? Link = null)
{
    /// <summary>The name of the interface of a mobile node.</summary>
    public const string Mobile = "wlan0";

    /// <summary>The link-layer address; null if the tester does not know it or chooses it.</summary>
    public MacAddress? LinkLayer { get; init; }

    /// <summary>The static addresses, of both families; none on an access link.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>The prefix length of a static address in bits: 64, or 24 for IPv4.</summary>
    public static byte PrefixLengthOf(IPAddress address) => (byte)(address.AddressFamily == AddressFamily.InterNetwork ? 24 : 64);

    /// <summary>The name of the interface on its node.</summary>
    public string Name => Link?.Name ?? Mobile;
}
