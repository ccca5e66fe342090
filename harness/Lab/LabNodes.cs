using System.Net;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.Namespaces;

namespace Conformance.Lab;

/// <summary>The nodes and links of a lab, with their names in commands and in the ladder.</summary>
internal static class LabNodes
{
    public const string Mobile = "MN1",
        Correspondent = "CN1",
        Lma = "LMA1",
        Mag1 = "MAG1",
        Mag2 = "MAG2";

    /// <summary>All nodes in the order of the ladder, from the mobile node to the correspondent node.</summary>
    public static IReadOnlyList<string> All { get; } = [Mobile, Mag1, Mag2, Lma, Correspondent];

    /// <summary>The nodes that run <c>pmip-node</c>; on the other nodes, only the kernel acts.</summary>
    public static IReadOnlyList<string> Running { get; } = [Lma, Mag1, Mag2];

    /// <summary>The links to which the mobile node can attach.</summary>
    public static IReadOnlyList<string> AccessLinks { get; } = [.. ReferenceSetup.AccessLinks.Intersect(RealTopology.Links)];

    private static readonly Dictionary<IPAddress, string> _addresses = new[] { Lma, Mag1, Mag2, Correspondent, "LMA1-home" }.ToDictionary(
        ReferenceSetup.Address,
        name => name.Split('-')[0]
    );

    public static string MagOf(string link) => link == "link1" ? Mag1 : Mag2;

    /// <summary>The node with this static address; null for an address of the mobile node or an unknown address.</summary>
    public static string? OwnerOf(IPAddress address) => _addresses.GetValueOrDefault(address);

    public static string NameOf(IPAddress address) => OwnerOf(address) ?? address.ToString();

    /// <summary>The name of a node in commands.</summary>
    public static string Typed(string node) => node.ToLowerInvariant();

    /// <exception cref="CannotRunException">The node does not exist.</exception>
    public static string Find(string typed) =>
        All.FirstOrDefault(node => node.Equals(typed, StringComparison.OrdinalIgnoreCase))
        ?? throw new CannotRunException($"there is no node '{typed}'; there are {string.Join(", ", All.Select(Typed))}.");

    /// <exception cref="CannotRunException">The node is not the mobile node.</exception>
    public static void RequireMobile(string typed)
    {
        if (Find(typed) != Mobile)
        {
            throw new CannotRunException($"{typed} cannot move; the mobile node is {Typed(Mobile)}.");
        }
    }

    /// <exception cref="CannotRunException">The access link does not exist.</exception>
    public static string FindLink(string typed) =>
        AccessLinks.FirstOrDefault(link => link.Equals(typed, StringComparison.OrdinalIgnoreCase))
        ?? throw new CannotRunException(
            $"there is no access link '{typed}'; there are "
                + $"{string.Join(", ", AccessLinks.Select(link => $"{link} (of {Typed(MagOf(link))})"))}."
        );
}
