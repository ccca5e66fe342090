using System.Net;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>A MAG that the tester plays: it registers mobile nodes with the LMA under test.</summary>
/// <param name="anchor">The address of the LMA.</param>
/// <param name="clock">The clock, which all MAGs of the domain share.</param>
public sealed class EmulatedGateway(TestSession session, EmulatedNetwork network, EmulatedNode node, IPAddress anchor, GatewayClock clock)
{
    private readonly GatewayTransport _transport = new(session, network, node);

    private ushort? _sequenceNumber;

    public string Name => node.Name;

    /// <summary>How the MAG reaches the LMA; for the nodes of bookends, always over IPv6.</summary>
    public GatewayTransport Transport => _transport;

    /// <summary>
    /// A Proxy Binding Update for a mobile node with all options of RFC 5213, Section 8.1; without a Timestamp for an LMA that orders
    /// requests by sequence numbers alone.
    /// </summary>
    /// <param name="lifetimeUnits">The lifetime in units of 4 seconds; 0 for a de-registration.</param>
    /// <param name="asked">The prefixes and IPv4 home addresses; of a family without any, the message has no option.</param>
    /// <exception cref="ScenarioFaultException">The edition has no option for IPv4 home addresses.</exception>
    public MessageDraft Draft(MobileNode mobileNode, ushort lifetimeUnits, HandoffIndicator handoff, AskedAddresses asked)
    {
        session.Nodes.Bind(mobileNode);

        // Before the clock is read for the Timestamp: resolving the LMA's link-layer address may take time.
        var (from, to) = IsOverIpv4(mobileNode) ? (_transport.Node, _transport.Anchor) : (node, anchor);
        network.Resolve(from, to);
        var draft = new MessageDraft
        {
            IsAcknowledgement = false,
            Edition = session.Scenario.Edition.Wire,
            SequenceNumber = NextSequenceNumber(mobileNode.Binding.LastSequenceNumber),
            LifetimeUnits = lifetimeUnits,
        };
        draft.Options.Add(MobileNodeIdentifierOption.ForNai(mobileNode.Identity.Identifier));
        draft.Options.AddRange(asked.Prefixes.Select(prefix => new HomeNetworkPrefixOption(prefix)));
        draft.Options.AddRange(asked.Ipv4.Select(Ipv4Request));
        draft.Options.Add(new HandoffIndicatorOption(handoff));
        draft.Options.Add(new AccessTechnologyTypeOption((AccessTechnologyType)session.Ixit.AccessTechnologyType));
        draft.Options.Add(new MobileNodeLinkLayerIdentifierOption(new OctetString(mobileNode.Identity.LinkLayer.ToArray())));
        draft.Options.Add(new LinkLocalAddressOption(IPAddress.IPv6None));
        if (IsOverIpv4(mobileNode))
        {
            _transport.Complete(draft);
        }

        if (clock.IsUsed)
        {
            draft.Options.Add(new TimestampOption(new Timestamp(clock.Next())));
        }

        return draft;
    }

    /// <summary>Applies the edits to the draft and sends it: this opens an exchange.</summary>
    /// <param name="lastSequenceNumber">The value of <c>last</c> in the edits.</param>
    public Exchange Send(MobileNode mobileNode, MessageDraft draft, EditList edits, ushort lastSequenceNumber)
    {
        new DraftEditor(session, mobileNode, lastSequenceNumber).Apply(draft, edits);
        var packet = SignallingPacket.Of(draft, node.Address, anchor, network.Esp);
        var known = HoldsSession(mobileNode) ? mobileNode.Session : new MobilitySession();
        var (prefixes, ipv4) = (known.Prefixes, known.Ipv4Addresses);
        var (from, to) = draft.Transport is null ? (node, anchor) : (_transport.Node, draft.Transport.Destination);
        var frame = network.Send(from, to, packet.Sent);
        _sequenceNumber = draft.SequenceNumber;
        var asked = frame.At + TimeSpan.FromSeconds(draft.LifetimeUnits * 4);
        mobileNode.AskedUntil = asked > mobileNode.AskedUntil ? asked : mobileNode.AskedUntil;
        var sent = Packet.Of(frame, packet.Plain);
        var exchange = new Exchange(sent, mobileNode, Name)
        {
            Draft = draft,
            Known = prefixes,
            KnownIpv4 = ipv4,
            LeavesFamilyOut = LeavesFamilyOut(mobileNode, sent.Mobility!),
        };
        session.LastStimulus = frame;
        clock.RequirePunctual(frame, exchange.Message);
        return exchange;
    }

    /// <summary>
    /// The next number, modulo 2^16. The number of a session goes with the mobile node from MAG to MAG if it orders the requests (RFC 5213,
    /// Section 5.5).
    /// </summary>
    /// <param name="accepted">The last accepted number of the node's session; null if a Timestamp ordered that request.</param>
    private ushort NextSequenceNumber(ushort? accepted)
    {
        var last = _sequenceNumber ?? (ushort)session.Random.Next(ushort.MaxValue);
        last = accepted is { } least && (short)(last - least) < 0 ? least : last;
        _sequenceNumber = (ushort)(last + 1);
        return _sequenceNumber.Value;
    }

    private MobilityOption Ipv4Request(Ipv4HomeAddress address) =>
        Ipv4RequestKind.Of(session.Scenario.Edition.Wire)?.For(address)
        ?? throw new ScenarioFaultException($"{session.Scenario.Edition} has no option for IPv4 home addresses.");

    /// <summary>True for a request that names one family of a session with both.</summary>
    private bool LeavesFamilyOut(MobileNode mobileNode, MobilityOctets message) =>
        mobileNode.Session is { Prefixes.Count: > 0, Ipv4Addresses.Count: > 0 }
        && message.First(HomeNetworkPrefixKind.Type) is null
            != (
                Ipv4RequestKind.Of(session.Scenario.Edition.Wire) is not { } kind
                || message.First(kind.NumberIn(session.Scenario.Edition.Wire)) is null
            );

    private bool IsOverIpv4(MobileNode mobileNode) => _transport.IsIpv4 && !mobileNode.IsOfBookend;

    /// <summary>True if the LMA must still hold the node's session.</summary>
    private bool HoldsSession(MobileNode mobileNode)
    {
        var now = session.Bed.Now + session.Clock.Margin;
        var binding = mobileNode.Binding;
        var deleted = binding.DeregisteredAt is { } at ? at + session.Ixit.Timer("MinDelayBeforeBCEDelete") : DateTimeOffset.MinValue;
        return now < (binding.IsRegistered ? binding.Until : deleted);
    }
}

/// <summary>What a request asks for.</summary>
/// <param name="Prefixes">ALL_ZERO leaves the choice to the LMA; empty for no option.</param>
/// <param name="Ipv4">ALL_ZERO leaves the choice to the LMA; empty for no option.</param>
public sealed record AskedAddresses(IReadOnlyList<Ipv6Prefix> Prefixes, IReadOnlyList<Ipv4HomeAddress> Ipv4);
