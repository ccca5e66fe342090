using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// Adds IPv4 care-of addresses and an IPv4 home address to the rules of a mobile node with several care-of addresses: RFC 5648, Section 8,
/// with RFC 5555.
/// </summary>
internal static class MobileNodeDualStackRules
{
    /// <summary>RFC 5555, Section 6: NATKATIMEOUT.</summary>
    private static readonly TimeSpan _natKeepAlive = TimeSpan.FromSeconds(110);

    /// <summary>RFC 5555, Section 3.1.1: the prefix length of a single address.</summary>
    private const byte HostLength = 32;

    /// <summary>The first status of a refusal, in a Binding Acknowledgement and in its option.</summary>
    private const byte FirstRefusal = 128;

    public static MobileNodeRules Of(MobileNodeRules rules) =>
        rules with
        {
            Started = new([.. rules.Started, new("RFC 5555 4.1", "PortOpened", PortOpened)]),
            PathToMobileNode = PathToMobileNode,
            Attachment = node =>
                rules.Attachment(node) switch
                {
                    MobileNodeAttachment.Both => MobileNodeAttachment.Home,
                    var at => at,
                },
            MobilityHeader = MobilityHeaderRules.Of(McoaVocabulary.DualStackWire),
            Wishes = new([.. rules.Wishes, new("RFC 5648 6.2", "Ipv4WithHomeAgentAlone", Ipv4WithHomeAgentAlone)]),
            HomeAgentPlan = rules.HomeAgentPlan.InsertingBefore("InBulk", new("RFC 5648 8.1", "Ipv4Singly", Ipv4Singly)),
            HomeAgentUpdate = WithoutAlternate(rules.HomeAgentUpdate)
                .InsertingBefore("AcknowledgeRequested", new("RFC 5648 8.1", "OverIpv4", OverIpv4))
                .InsertingBefore("Overwrite", new("RFC 5555 4.4.2", "Ipv4CareOfAddress", Ipv4CareOfAddress))
                .InsertingBefore("Overwrite", new("RFC 5648 8.2", "Ipv4HomeAddress", Ipv4HomeAddress)),
            CorrespondentUpdate = rules.CorrespondentUpdate.InsertingBefore(
                "HomeAddressOption",
                new("RFC 5648 6.2", "Ipv6Source", draft => IsIpv4(draft.Source) ? RuleOutcome.Stop : RuleOutcome.Continue)
            ),
            NamesCareOfAddress = (draft, item) => IsIpv4(item.CareOf?.Address) || rules.NamesCareOfAddress(draft, item),
            Acknowledgement = rules
                .Acknowledgement.InsertingBefore("BindingIdsKnown", new("RFC 5555 4.2", "Encapsulation", Encapsulation))
                .InsertingBefore("BindingIdsKnown", new("RFC 5555 4.4.2", "Ipv4HomeAddressTaken", Ipv4HomeAddressTaken))
                .InsertingBefore("PrefixDiscovery", new("RFC 5555 4.3", "NatKeptOpen", NatKeptOpen)),
            Forwarding = rules
                .Forwarding.InsertingBefore("TunnelsReleased", new("RFC 5555 4.4.3", "Ipv4HomeAddressUsed", Ipv4HomeAddressUsed))
                .InsertingBefore("TunnelsReleased", new("RFC 5555 4.4.3", "Ipv4PacketsReverseTunnelled", Ipv4PacketsReverseTunnelled)),
        };

    /// <summary>An update from an IPv4 address, which has no Alternate Care-of Address option.</summary>
    private static RuleList<MobileNodeUpdateDraft> WithoutAlternate(RuleList<MobileNodeUpdateDraft> rules)
    {
        var alternate = rules.First(rule => rule.Name == "AlternateCareOfAddress");
        return rules.Replacing(alternate.Name, draft => IsIpv4(draft.Source) ? RuleOutcome.Continue : alternate.Apply(draft));
    }

    private static RuleOutcome PortOpened(MobileNodeState node)
    {
        if (node.Settings.DualStack is { Port: var port })
        {
            node.Actions.Add(new RoleAction.OpenUdp(port, UdpContent.MobilityHeadersInIpv6));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// The home agent also tunnels messages of other nodes to the home address (RFC 6275, Section 10.4.2). In UDP they come to the same
    /// port as its own.
    /// </summary>
    private static SignalingTransport? PathToMobileNode(MobileNodeState node, SignalingTransport path)
    {
        if (path is not Ipv4UdpIpv6Signaling { HasTlvHeader: false, Inner: var inside } over)
        {
            return path as Ipv6Signaling;
        }
        if (!over.Source.Equals(node.Settings.DualStack?.HomeAgent))
        {
            return null;
        }
        return !inside.Source.Equals(node.Settings.HomeAgent) ? inside
            : inside is { HomeAddress: null, RoutedTo: null } ? path
            : null;
    }

    /// <summary>A correspondent node is told no IPv4 care-of address.</summary>
    private static RuleOutcome Ipv4WithHomeAgentAlone(MobileNodeWishes wishes)
    {
        if (!wishes.Peer.IsHomeAgent)
        {
            wishes.Wanted.RemoveAll(wish => IsIpv4(wish.CareOf.Address));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// An IPv4 care-of address has updates of its own, also when it changes and when it is refreshed, so that each one shows whether there
    /// is a NAT. While the first update of a peer waits for its acknowledgement, so do they.
    /// </summary>
    private static RuleOutcome Ipv4Singly(MobileNodePlan plan)
    {
        var single = plan.Due.FindAll(binding => IsIpv4(binding.Wanted?.Address));
        var isFirst = plan.Peer is { UsesBindingIds: true } and ({ Overwrites: true } or { KnowsBindingIds: false });
        if (isFirst && single.Count < plan.Due.Count)
        {
            plan.Due.RemoveAll(single.Contains);
            return RuleOutcome.Continue;
        }
        foreach (var binding in single.Take(isFirst ? 1 : single.Count))
        {
            plan.Add(binding);
        }
        plan.Due.RemoveAll(single.Contains);
        return RuleOutcome.Continue;
    }

    /// <summary>The packet in the datagram comes from the home address.</summary>
    private static RuleOutcome OverIpv4(MobileNodeUpdateDraft draft)
    {
        if (IsIpv4(draft.Source))
        {
            (draft.HomeAddress, draft.Link) = (null, null);
            draft.Ipv4Destination = draft.Node.Settings.DualStack?.HomeAgent;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Only without a Binding Identifier option, which has the address otherwise (RFC 5648, Section 8.1).</summary>
    private static RuleOutcome Ipv4CareOfAddress(MobileNodeUpdateDraft draft)
    {
        if (draft is { Update.HasBindingIds: false, Source: { } source } && IsIpv4(source))
        {
            draft.Options.Add(new Ipv4CareOfAddressOption(source));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>An update without the option would give the address up (RFC 5555, Section 4.4.2.1).</summary>
    private static RuleOutcome Ipv4HomeAddress(MobileNodeUpdateDraft draft)
    {
        if ((draft.Node.Ipv4HomeAddress ?? draft.Node.Settings.DualStack?.HomeAddress) is { } wanted)
        {
            draft.Options.Add(new Ipv4HomeAddressOption(wanted, HostLength, RequestsPrefix: false));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The tunnel of the care-of address from which the update came is in UDP, if the answer says so.</summary>
    private static RuleOutcome Encapsulation(MobileNodeAcknowledgement answer)
    {
        if (
            answer is { Update: { Peer.IsHomeAgent: true, Source: { } source }, Node: { Settings.DualStack.Port: var port } node }
            && IsIpv4(source)
            && (byte)answer.Message.Status < FirstRefusal
        )
        {
            node.Ports.Remove(source);
            if (answer.Message.Options.Has<NatDetectionOption>())
            {
                node.Ports.Add(source, new TunnelPorts(port, port));
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A home agent that does not answer the option knows none.</summary>
    private static RuleOutcome Ipv4HomeAddressTaken(MobileNodeAcknowledgement answer)
    {
        if (answer.Update is { Peer.IsHomeAgent: true } && (byte)answer.Message.Status < FirstRefusal)
        {
            answer.Node.Ipv4HomeAddress =
                answer.Message.Options.First<Ipv4AddressAcknowledgementOption>() is { } acknowledged
                && (byte)acknowledged.Status < FirstRefusal
                    ? acknowledged.HomeAddress
                    : null;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The NAT forgets what it has translated; the next update comes before, however long the binding would last.</summary>
    private static RuleOutcome NatKeptOpen(MobileNodeAcknowledgement answer)
    {
        if (
            answer is { Update: { Peer.IsHomeAgent: true } update }
            && answer.Message.Options.First<NatDetectionOption>() is { RefreshTimeSeconds: var seconds }
            && seconds != NatDetectionOption.NoKeepaliveNeeded
        )
        {
            var due = update.SentAt + (seconds == 0 ? _natKeepAlive : TimeSpan.FromSeconds(seconds));
            foreach (
                var item in update.Items.Where(item => item.CareOf?.Address.Equals(update.Source) == true && item.Binding.EndsAt > due)
            )
            {
                answer.Node.Deadlines.SetEarliest(new MobileNodeDeadline.Refresh(update.Peer, item.Binding), due);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The IPv4 home address is used while a tunnel leads to the home agent.</summary>
    private static RuleOutcome Ipv4HomeAddressUsed(MobileNodeState node)
    {
        var wanted = MobileNodeForwardingRules.Tunnels(node).Count > 0 ? node.Ipv4HomeAddress : null;
        if (Equals(wanted, node.UsedIpv4HomeAddress))
        {
            return RuleOutcome.Continue;
        }
        if (node.UsedIpv4HomeAddress is { } before)
        {
            node.Actions.Add(new RoleAction.RemoveHomeAddress(before));
        }
        if (wanted is not null)
        {
            node.Actions.Add(new RoleAction.AddHomeAddress(wanted));
        }
        node.UsedIpv4HomeAddress = wanted;
        return RuleOutcome.Continue;
    }

    /// <summary>By the same tunnels as those of the home address (RFC 5648, Section 8.2).</summary>
    private static RuleOutcome Ipv4PacketsReverseTunnelled(MobileNodeState node)
    {
        IReadOnlyList<Route> routes = node.UsedIpv4HomeAddress is { } home
            ? [new Route(IpPrefix.AllIpv4, new RouteTarget.OneOf(MobileNodeForwardingRules.Tunnels(node))) { From = IpPrefix.Of(home) }]
            : [];
        node.Ipv4Forwarding.RemoveRoutes(node.Settings.HomeAddress, keep: routes);
        node.Ipv4Forwarding.AddRoutes(node.Settings.HomeAddress, routes);
        return RuleOutcome.Continue;
    }

    private static bool IsIpv4(IPAddress? address) => address is { AddressFamily: AddressFamily.InterNetwork };
}
