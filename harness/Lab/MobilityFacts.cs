using System.Globalization;
using System.Net;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>
/// What there is to say of a mobile node with several care-of addresses: its paths, their bindings and its flows (RFC 5648).
/// </summary>
internal sealed class MobilityFacts(LabDomain domain)
{
    private LabNodes Nodes => domain.Nodes;

    /// <summary>The bindings that the mobile node has at its peers.</summary>
    private IReadOnlyList<MobileBindingState> Own => domain.Find(Nodes.Mobile).State.MobileBindings;

    private IReadOnlyList<MobileBindingState> AtHomeAgent => domain.Find(Nodes.Anchor).State.MobileBindings;

    /// <summary>Adds the facts whose changes are reported.</summary>
    public void Add(Dictionary<(string, string), Fact> facts)
    {
        foreach (var link in domain.AttachedLinks)
        {
            facts[(Nodes.Mobile, $"link {link}")] = new Fact($"on {link} of {Nodes.RouterOf(link)}", $"{link} left");
        }

        foreach (var node in Nodes.All.Where(node => node != Nodes.Mobile && Nodes.Running.Contains(node)))
        {
            foreach (var binding in domain.Find(node).State.MobileBindings)
            {
                facts[(node, $"binding {binding.HomeAddress} {binding.Bid}")] = new Fact(
                    $"binding {Identity(binding)} at {LinkOf(binding)}",
                    $"binding {Identity(binding)} removed"
                );
            }
        }

        foreach (var flow in domain.Flows.All)
        {
            facts[(Nodes.Mobile, flow.Name)] = new Fact($"{flow.Name}: {flow.Path}", $"{flow.Name}: silent");
        }
    }

    /// <summary>
    /// The rows of the mobile node: one for each link, with the bindings of its care-of address at each peer, and for each flow.
    /// </summary>
    public IEnumerable<string[]> MobileRows(KernelTime now) =>
        [
            .. domain.AttachedLinks.Select(link =>
            {
                var bindings = Own.Where(binding => LinkOf(binding) == link).ToList();
                var bids = bindings.Where(binding => binding.Bid is not null).Select(Identity).Distinct();
                return new[]
                {
                    Nodes.Mobile,
                    $"path {string.Join(", ", bids)}".TrimEnd(),
                    bindings.FirstOrDefault()?.CareOfAddress ?? string.Empty,
                    $"{link} ({Nodes.RouterOf(link)})",
                    bindings.Count == 0
                        ? "not bound"
                        : string.Join(", ", bindings.Select(known => $"{Nodes.NameOf(known.Peer)} {LabFacts.Left(known.EndsAt, now)}")),
                    "",
                };
            }),
            .. domain.Flows.All.Select(flow =>
                new[] { Nodes.Mobile, "flow", flow.Name, flow.Links, $"{(flow.IsTunnelled ? "tunnel" : "direct")}, {flow.Count}", "" }
            ),
        ];

    /// <summary>The bindings of another node in one row; null if it has none.</summary>
    public string[]? Row(NodeManagement node, KernelTime now)
    {
        var bindings = node.State.MobileBindings;
        return bindings.Count == 0
            ? null
            :
            [
                node.Node,
                bindings.Count == 1 ? "binding" : "bindings",
                string.Join(", ", bindings.Select(binding => Nodes.NameOf(binding.HomeAddress)).Distinct()),
                string.Join(
                    ", ",
                    bindings.Select(binding => $"{Identity(binding)} {LinkOf(binding)} {LabFacts.Left(binding.EndsAt, now)}")
                ),
                "",
                "",
            ];
    }

    /// <summary>
    /// Where the mobile node is reachable by a link: at the care-of address that its home agent has, or on the home link at its home
    /// address.
    /// </summary>
    /// <returns>
    /// Null until the mobile node can use the address on the link, and the home agent has it; and while any node has a binding of a link
    /// that the mobile node has left, because its packets are lost.
    /// </returns>
    public string? Reachable(string link)
    {
        if (Nodes.Running.Where(node => node != Nodes.Mobile).SelectMany(node => domain.Find(node).State.MobileBindings).Any(IsLeft))
        {
            return null;
        }

        if (link == Nodes.LinkOf(Nodes.Home!))
        {
            var isBound = AtHomeAgent.Count == 0 || AtHomeAgent.Any(binding => binding.IsHome);
            return isBound && Uses(link, Nodes.Home!.ToString()) ? Nodes.Home.ToString() : null;
        }

        return AtHomeAgent.FirstOrDefault(binding => LinkOf(binding) == link && Uses(link, binding.CareOfAddress)) is { } bound
            ? $"{Nodes.Home} by {bound.CareOfAddress}{(bound.Bid is null ? "" : $" ({Identity(bound)})")}"
            : null;
    }

    private bool IsLeft(MobileBindingState binding) => !domain.AttachedLinks.Contains(LinkOf(binding));

    private bool Uses(string link, string address) => domain.Find(Nodes.Mobile).State.Addresses.Contains((link, address));

    private static string Identity(MobileBindingState binding) =>
        binding.Bid is { } bid ? string.Create(CultureInfo.InvariantCulture, $"BID {bid}") : "without BID";

    /// <summary>The link of a binding's care-of address; the address if it is on no link.</summary>
    private string LinkOf(MobileBindingState binding) =>
        IPAddress.TryParse(binding.CareOfAddress, out var careOf) ? Nodes.LinkOf(careOf) ?? binding.CareOfAddress : binding.CareOfAddress;
}
