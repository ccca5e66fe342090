using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>The mobile nodes of a scenario, by name, and the identities that they are bound to.</summary>
public sealed class MobileNodes(LowerTester tester, Random random)
{
    /// <summary>An octet of the link-layer address before those that number the mobile nodes.</summary>
    private const int OctetOfInterface = 3;

    private const int SecondInterface = 1;

    private readonly Dictionary<string, MobileNode> _nodes = new(StringComparer.Ordinal);

    private TracedBed Bed => tester.Bed;

    private Ixit Ixit => tester.Bed.Facts.Ixit;

    public IReadOnlyCollection<MobileNode> All => _nodes.Values;

    public MobileNode Named(string name)
    {
        if (!_nodes.TryGetValue(name, out var node))
        {
            node = new MobileNode(name);
            _nodes.Add(name, node);
        }

        return node;
    }

    /// <summary>The node with a name, which gets an identity unless it has one.</summary>
    /// <exception cref="ScenarioFaultException">The bed has no identity left.</exception>
    public MobileNode Bound(string name)
    {
        var node = Named(name);
        Bind(node);
        return node;
    }

    /// <summary>
    /// The node of the scenario that a message identifies; null if it identifies none of them. Of the nodes that attach to a link with one
    /// identity for all, the last one counts.
    /// </summary>
    public MobileNode? Identified(MobilityOctets message) => _nodes.Values.LastOrDefault(node => node.IsIdentifiedBy(message));

    /// <summary>
    /// True if the message is about a node that is not in this scenario, for example one of an earlier scenario. If the tester gives no
    /// node an identity, because all are real, each may be one of the scenario.
    /// </summary>
    public bool IsAboutAnother(MobilityOctets message) =>
        message.First(MobileNodeIdentifierKind.Type) is not null && Identified(message) is null && _nodes.Values.Any(node => node.IsBound);

    /// <summary>True for an address of a node with regular access: a message from it is that node's, not the MAG's.</summary>
    public bool IsVisitor(IPAddress address) =>
        _nodes.Values.Any(node => node.Session.VisitedPrefixes.Any(prefix => prefix.Contains(address)));

    /// <summary>
    /// Gives a mobile node an identity for which the implementation under test holds no state, unless the node already has one.
    /// </summary>
    /// <exception cref="ScenarioFaultException">The bed has no identity left.</exception>
    public void Bind(MobileNode node)
    {
        if (node.IsBound)
        {
            return;
        }

        int number;
        while (!Bed.TryTakeIdentity(out number, out var usableFrom))
        {
            if (usableFrom == DateTimeOffset.MaxValue)
            {
                throw new ScenarioFaultException(
                    $"The bed has no identity left for {node.Name}: the IXIT's pool is too small for the scenario."
                );
            }

            tester.WaitUntil(usableFrom);
        }

        Bind(node, IdentityOf(number, node.Kind));
    }

    /// <summary>Binds a mobile node to the identity that is assigned to an access link.</summary>
    public void BindToPort(MobileNode node, PortId port)
    {
        if (!node.IsBound)
        {
            var number = random.Next(0xf000, 0xffff);
            Bind(
                node,
                IdentityOf(number, node.Kind) with
                {
                    Number = 0,
                    Identifier = Ixit.Domain.Find(port)!.BoundIdentity!,
                    ProvisionedPrefixes = [],
                }
            );
        }
    }

    /// <summary>
    /// Binds mobile nodes to the interfaces of one node, so that each stands for one interface. Behind emulated MAGs, any node has as many
    /// as are needed: only the MAGs know them.
    /// </summary>
    /// <exception cref="ScenarioFaultException">The bed has no node with so many interfaces, or a node is bound already.</exception>
    public void BindToInterfaces(params IReadOnlyList<MobileNode> interfaces)
    {
        if (!Ixit.Domain.HasAccessLinks && !interfaces.Any(node => node.IsBound))
        {
            BindBehindGateways(interfaces);
            return;
        }

        if (Ixit.Multihomed is not { } multihomed || multihomed.LinkLayers.Count < interfaces.Count || interfaces.Any(node => node.IsBound))
        {
            throw new ScenarioFaultException(
                $"{string.Join(" and ", interfaces.Select(node => node.Name))} cannot be interfaces of one mobile node here."
            );
        }

        foreach (var (index, (node, linkLayer)) in interfaces.Zip(multihomed.LinkLayers).Index())
        {
            Bind(
                node,
                new Identity(-1, multihomed.Identifier, linkLayer)
                {
                    ProvisionedPrefixes = index == SecondInterface && multihomed.StaticPrefix is { } own ? [own] : [],
                }
            );
        }
    }

    private void BindBehindGateways(IReadOnlyList<MobileNode> interfaces)
    {
        Bind(interfaces[0]);
        var first = interfaces[0].Identity with { IsOneOfSeveral = true };
        foreach (var (index, node) in interfaces.Index())
        {
            var octets = first.LinkLayer.ToArray();
            octets[OctetOfInterface] += (byte)index;
            Bind(node, first with { LinkLayer = new MacAddress(octets) });
        }
    }

    /// <summary>Gives a node with temporary identities its other one; any other node keeps the one that it has.</summary>
    public void ChangeTemporaryIdentity(MobileNode node)
    {
        const byte Second = 0x80;
        if (node.Kind != Ixit.TemporaryKind)
        {
            return;
        }

        var identity = node.Identity;
        var first = LinkLayerOf(identity.Number, node.Kind);
        Bind(node, identity with { LinkLayer = identity.LinkLayer == first ? LinkLayerOf(identity.Number, node.Kind, Second) : first });
    }

    /// <summary>Makes a bound node, of which the implementation under test has no session, one of another kind.</summary>
    public void Rebind(MobileNode node, string kind) => Bind(node, IdentityOf(node.Identity.Number, kind), kind);

    /// <summary>The node of the scenario that has this link-layer address; null if none has it.</summary>
    public MobileNode? With(ReadOnlySpan<byte> linkLayer)
    {
        foreach (var node in _nodes.Values)
        {
            if (node.IsBound && linkLayer.SequenceEqual(node.Identity.LinkLayer.ToArray()))
            {
                return node;
            }
        }

        return null;
    }

    private void Bind(MobileNode node, Identity identity, string? kind = null)
    {
        node.Bind(identity, kind ?? node.Kind);
        Bed.NoteMobileNode(node.Name, identity.LinkLayer, identity.Identifier);
    }

    private Identity IdentityOf(int number, string kind)
    {
        var linkLayer = LinkLayerOf(number, kind);
        var hex = linkLayer.ToString().Replace(":", string.Empty, StringComparison.Ordinal);
        return new Identity(
            number,
            Ixit.IdentifierPattern.Replace("{mac}", hex, StringComparison.Ordinal)
                .Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{kind}", kind, StringComparison.Ordinal),
            linkLayer
        )
        {
            ProvisionedPrefixes = Ixit.ProvisionedFor(number, kind),
            Mobility = Ixit.Mobility,
        };
    }

    /// <param name="flag">Is set in the number of the kind.</param>
    private MacAddress LinkLayerOf(int number, string kind, byte flag = 0)
    {
        var octets = string.Create(CultureInfo.InvariantCulture, $"{number >> 8:x2}:{number & 0xff:x2}");
        var numberOfKind = Math.Max(0, Ixit.AllKinds.Select((known, index) => known == kind ? index : -1).Max()) | flag;
        return MacAddress.Parse(
            Ixit.LinkLayerPattern.Replace("{n}", octets, StringComparison.Ordinal)
                .Replace("{kind}", numberOfKind.ToString("x2", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        );
    }
}
