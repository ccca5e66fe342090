using Conformance.Testing.Edits;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Lma;

/// <summary>The requests of the emulated MAGs to an LMA under test.</summary>
public sealed class LmaRequests(TestSession session, LmaExchanges exchanges, Func<string, EmulatedGateway> gateway, GatewayClock clock)
{
    private const ushort DefaultLifetimeUnits = 150;

    /// <summary>
    /// The options by which an LMA finds a session without its prefixes, and recognises its MAG (RFC 5213, Sections 5.4.1.1(5),
    /// 5.3.5(1)).
    /// </summary>
    private static readonly int[] _whereRegistered =
    [
        AccessTechnologyTypeKind.Type,
        MobileNodeLinkLayerIdentifierKind.Type,
        AlternateCareOfAddressKind.Type,
    ];

    /// <summary>The last request.</summary>
    /// <exception cref="ScenarioFaultException">Nothing was sent yet.</exception>
    public Packet Last => exchanges.Latest.Request;

    /// <summary>
    /// Registers a node that is new to the LMA: ALL_ZERO or the provisioned prefixes, and 0.0.0.0, as its kind allows; Handoff Indicator 1.
    /// </summary>
    public void Register(string mag, MobileNode node, EditList edits) =>
        Send(mag, node, New(mag, node, HandoffIndicator.AttachmentOverNewInterface, OfKind(node)), edits);

    public void Refresh(string mag, MobileNode node, EditList edits) =>
        Send(mag, node, gateway(mag).Draft(node, DefaultLifetimeUnits, HandoffIndicator.HandoffStateNotChanged, Known(node)), edits);

    /// <summary>Registers a node at another MAG, which asks for the families of its session.</summary>
    public void HandOff(string mag, MobileNode node, EditList edits) =>
        Send(mag, node, New(mag, node, HandoffIndicator.HandoffBetweenMobileAccessGateways, OfSession(node)), edits);

    public void Deregister(string mag, MobileNode node, EditList edits) => Send(mag, node, Ending(mag, node), edits);

    /// <summary>De-registers a node at the end of the scenario, with the options by which the LMA finds its session.</summary>
    public void End(MobileNode node)
    {
        // A scenario may have registered the node with a time in the future.
        clock.Follow(node.Binding.LastTimestamp);
        var mag = node.Binding.Gateway!;
        var draft = Ending(mag, node);
        draft.Options.RemoveAll(option => _whereRegistered.Contains(option.Type));
        draft.Options.AddRange(node.Binding.AcceptedRequest!.Draft!.Options.Where(option => _whereRegistered.Contains(option.Type)));
        Send(mag, node, draft, EditList.None);
    }

    /// <summary>Sends the MAG's last message again, with the same octets unless edited.</summary>
    public void Repeat(string mag, EditList edits)
    {
        var last = exchanges.Latest;
        if (mag != last.Peer)
        {
            throw new ScenarioFaultException($"The last message is {last.Peer}'s, not {mag}'s.");
        }

        Send(mag, last.Node!, last.Draft!.Copy(), edits);
    }

    private MessageDraft New(string mag, MobileNode node, HandoffIndicator handoff, AskedAddresses asked) =>
        gateway(mag).Draft(node, DefaultLifetimeUnits, handoff, asked);

    private MessageDraft Ending(string mag, MobileNode node) =>
        gateway(mag).Draft(node, lifetimeUnits: 0, HandoffIndicator.HandoffStateUnknown, Known(node));

    private AskedAddresses OfKind(MobileNode node) => Asked(node, node.AllowsIpv6, node.AllowsIpv4);

    private AskedAddresses OfSession(MobileNode node) =>
        node.Session is { Prefixes.Count: 0, Ipv4Addresses.Count: 0 }
            ? OfKind(node)
            : Asked(node, node.Session.Prefixes.Count > 0, node.Session.Ipv4Addresses.Count > 0);

    /// <summary>A MAG that knows the prefixes of a node asks for them (RFC 5213, Section 6.9.1.1).</summary>
    private AskedAddresses Asked(MobileNode node, bool ipv6, bool ipv4)
    {
        session.Nodes.Bind(node);
        var provisioned = node.Identity.ProvisionedPrefixes;
        return new(
            !ipv6 ? []
                : provisioned.Count > 0 ? provisioned
                : [Ipv6Prefix.AllZero],
            ipv4 ? [Ipv4HomeAddress.AllZero] : []
        );
    }

    /// <summary>What the session has; what the node may have, if nothing is known of a session.</summary>
    private AskedAddresses Known(MobileNode node) =>
        node.Session is { Prefixes.Count: 0, Ipv4Addresses.Count: 0 }
            ? OfKind(node) with
            {
                Prefixes = node.AllowsIpv6 ? [Ipv6Prefix.AllZero] : [],
            }
            : new(node.Session.Prefixes, node.Session.Ipv4Addresses);

    private void Send(string mag, MobileNode node, MessageDraft draft, EditList edits)
    {
        var last = exchanges.Current?.Node == node ? exchanges.Current.Message.SequenceNumber : draft.SequenceNumber;
        exchanges.Open(gateway(mag).Send(node, draft, edits, last));
    }
}
