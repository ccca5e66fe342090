using System.Net;

namespace Conformance.Testing.Octets.Words;

/// <summary>The names that stand for addresses and identifiers in words about a packet.</summary>
public interface INodeNames
{
    /// <summary>The name of the node with the address, or the address itself.</summary>
    string NameOf(IPAddress address);

    /// <summary>The name of the mobile node with this identifier; null if it has none.</summary>
    string? NameOfIdentifier(string identifier);
}

/// <summary>Names for a packet of an unknown network: every node is named by its address.</summary>
public sealed class AddressNames : INodeNames
{
    public static AddressNames Instance { get; } = new();

    public string NameOf(IPAddress address) => address.ToString();

    public string? NameOfIdentifier(string identifier) => null;
}
