using System.Globalization;
using System.Net.Sockets;
using Conformance.Reports;
using Pmip.Linux;
using Spectre.Console;

namespace Conformance.Lab;

/// <summary>A fact about a node.</summary>
/// <param name="Text">The text shown when the fact becomes true.</param>
/// <param name="End">The text shown when the fact is no longer true.</param>
internal sealed record Fact(string Text, string End);

/// <summary>Describes the state of a lab as a table, and as facts whose changes are reported.</summary>
internal sealed class LabFacts(LabDomain domain)
{
    /// <summary>The terminal width from which on the cells of the table are hardly wrapped.</summary>
    private const int TableWidth = 120;

    private const string Registered = "Registered",
        Extending = "Extending";

    private readonly MobilityFacts _mobility = new(domain);

    private LabNodes Nodes => domain.Nodes;

    /// <summary>The facts whose changes are reported, by node and subject. They do not contain running times.</summary>
    public IReadOnlyDictionary<(string Node, string Subject), Fact> All()
    {
        var facts = new Dictionary<(string, string), Fact>();
        if (Nodes.Home is not null)
        {
            _mobility.Add(facts);
        }
        else if (domain.AttachedLinks is [var link])
        {
            facts[(Nodes.Mobile, "link")] = new Fact($"on {link} of {Nodes.RouterOf(link)}", "on no link");
        }

        foreach (var address in domain.Mobile.Addresses.Where(address => address.IsUsable))
        {
            facts[(Nodes.Mobile, address.Text)] = new Fact($"address {address.Text}", $"address {address.Text} removed");
        }

        foreach (var router in domain.Mobile.Routers)
        {
            facts[(Nodes.Mobile, $"router {router.AddressFamily}")] = new Fact(
                $"default route via {router}",
                $"no default route via {router}"
            );
        }

        foreach (var management in domain.Managements)
        {
            AddFacts(management.Node, management.State, facts);
            if (!management.IsOpen && domain.LastWordsOf(management.Node) is { } words)
            {
                facts[(management.Node, "end")] = new Fact(words, string.Empty);
            }
        }

        return facts;
    }

    /// <summary>The state as a table, or as lines if the terminal is too narrow for a table.</summary>
    public IReadOnlyList<string> Lines(KernelTime now, int width, bool colors)
    {
        var rows = Rows(now);
        if (width < TableWidth)
        {
            return [.. rows.Select(row => string.Join("  ", row.Where(cell => cell.Length > 0)))];
        }

        var table = Terminal.Table("Node", "What", "Prefix or address", "Where", "State", "#Time left");
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        return [.. LadderPaint.Lines(table, width, colors).Where(line => line.Trim().Length > 0)];
    }

    /// <summary>The implementation of the tunnels.</summary>
    public string DataPath => domain.Find(Nodes.Anchor).State.DataPath;

    /// <summary>The usable addresses of the mobile node if it is reachable on the link through the MAG of this link.</summary>
    /// <returns>
    /// Null until the mobile node has a binding, an attachment, and a usable address and default route of IPv6: its kernel configures
    /// these by itself, but needs a program for IPv4.
    /// </returns>
    public string? Reachable(string link)
    {
        if (Nodes.Home is not null)
        {
            return _mobility.Reachable(link);
        }

        var mag = Nodes.RouterOf(link);
        var isBound = domain
            .Find(Nodes.Anchor)
            .State.Bindings.Any(binding => binding.State == Registered && Nodes.NameOf(binding.ProxyCareOfAddress) == mag);
        var isServed = domain
            .Find(mag)
            .State.Attachments.Any(attachment => attachment.Link == link && attachment.State is Registered or Extending);
        var usable = domain.Mobile.Addresses.Where(address => address.IsUsable).ToList();
        var hasRoute = domain.Mobile.Routers.Any(router => router.AddressFamily == AddressFamily.InterNetworkV6);
        return isBound && isServed && hasRoute && usable.Exists(address => address.Family == AddressFamily.InterNetworkV6)
            ? string.Join(", ", usable.Select(address => address.Text))
            : null;
    }

    private void AddFacts(string node, LabNodeState state, Dictionary<(string, string), Fact> facts)
    {
        foreach (var binding in state.Bindings)
        {
            var isHeld = binding.State == Registered;
            facts[(node, $"binding {binding.MobileNode}")] = new Fact(
                $"binding {binding.Prefixes} {(isHeld ? $"at {Nodes.NameOf(binding.ProxyCareOfAddress)}" : "to be deleted")}",
                $"binding {binding.Prefixes} deleted"
            );
        }

        foreach (var attachment in state.Attachments)
        {
            var text = attachment.State switch
            {
                Registered or Extending => $"{attachment.Link} registered with {attachment.Prefixes}",
                "DeRegistering" => $"{attachment.Link} left, de-registering",
                "Refused" => $"{attachment.Link} refused by {Nodes.Anchor}",
                _ => null,
            };
            if (text is not null)
            {
                facts[(node, attachment.Link)] = new Fact(text, $"{attachment.Link} empty");
            }
        }

        foreach (var tunnel in state.Tunnels)
        {
            facts[(node, tunnel.Remote)] = new Fact(
                $"tunnel to {Nodes.NameOf(tunnel.Remote)} ({tunnel.Interface})",
                $"tunnel to {Nodes.NameOf(tunnel.Remote)} removed"
            );
        }
    }

    private List<string[]> Rows(KernelTime now)
    {
        var addresses = domain.Mobile.Addresses.Select(address => address.IsUsable ? address.Text : $"{address.Text} (tentative)");
        var links = domain.AttachedLinks.Select(link => $"{link} ({Nodes.RouterOf(link)})").DefaultIfEmpty("no link");
        var via = string.Join(", ", domain.Mobile.Routers.Select(router => $"via {router}"));
        return
        [
            [
                Nodes.Mobile,
                "host",
                string.Join(", ", addresses),
                Nodes.Home is null || domain.AttachedLinks.Count == 0 ? links.First() : "",
                via,
                "",
            ],
            .. Nodes.Home is null ? [] : _mobility.MobileRows(now),
            .. Nodes
                .All.Where(node => Nodes.Running.Contains(node) && (Nodes.Home is null || node != Nodes.Mobile))
                .SelectMany(node => Rows(domain.Find(node), now)),
            [Nodes.Correspondent, "host", Nodes.AddressesOf(Nodes.Correspondent), Nodes.CorrespondentLink, "", ""],
        ];
    }

    private List<string[]> Rows(NodeManagement node, KernelTime now)
    {
        if (!node.IsOpen)
        {
            return
            [
                [node.Node, "ended", "", "", "", ""],
            ];
        }

        string[][] rows =
        [
            .. _mobility.Row(node, now) is { } bindings ? new[] { bindings } : [],
            .. node.State.Attachments.SelectMany(attachment => Rows(node.Node, attachment, now)),
            .. node.State.Bindings.Select(binding =>
                new[]
                {
                    node.Node,
                    "binding",
                    binding.Prefixes,
                    $"{Nodes.NameOf(binding.ProxyCareOfAddress)} {binding.ProxyCareOfAddress}",
                    $"{binding.State} {binding.MobileNode}",
                    Left(binding.EndsAt, now),
                }
            ),
            .. node.State.Tunnels.Select(tunnel =>
                new[] { node.Node, "tunnel", "", $"{Nodes.NameOf(tunnel.Remote)} {tunnel.Remote}", tunnel.Interface, "" }
            ),
        ];
        return rows.Length > 0
            ? [.. rows]
            :
            [
                [node.Node, "·", "", "", "", ""],
            ];
    }

    /// <summary>The fields of an entry of the Binding Update List, RFC 5213, Section 6.1.</summary>
    private string[][] Rows(string node, AttachmentState attachment, KernelTime now) =>
        [
            [
                node,
                "attachment",
                attachment.Prefixes,
                $"{attachment.Link} ({attachment.Interface})",
                $"{attachment.State} {attachment.MobileNode}",
                Left(attachment.EndsAt, now),
            ],
            [
                node,
                "",
                attachment.LinkLocalAddress,
                $"{Nodes.NameOf(attachment.Anchor)} {attachment.Anchor}"
                    + (attachment.TunnelInterface.Length > 0 ? $" ({attachment.TunnelInterface})" : ""),
                $"link-layer identifier {attachment.LinkLayerIdentifier}",
                "",
            ],
        ];

    internal static string Left(KernelTime? until, KernelTime now) =>
        until is { } time
            ? Math.Max(0, Math.Ceiling((time - now).TotalSeconds)).ToString("0 's'", CultureInfo.InvariantCulture)
            : string.Empty;
}
