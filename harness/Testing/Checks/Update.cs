using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks.Ipv4;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks;

/// <summary>A Proxy Binding Update of a MAG under test, with what the tester knows of its mobile node.</summary>
public sealed class Update(TestSession session, Packet packet, UpdateHistory history) : CheckedMessage(session, packet)
{
    public override bool ProvesAlone => false;

    /// <summary>The mobile node that the update identifies; null if it is no node of the scenario.</summary>
    public MobileNode? Node { get; } = session.Nodes.Identified(packet.Mobility!);

    /// <summary>The mobile node that has the link-layer address in the update, whatever its identifier; null if none has.</summary>
    public MobileNode? OfInterface { get; } =
        packet.Mobility!.First(MobileNodeLinkLayerIdentifierKind.Type) is { } given
            ? session.Nodes.With(given.LinkLayerIdentifier.Span)
            : null;

    /// <summary>The headers before the message over IPv4.</summary>
    internal Carriage Carriage { get; } = Carriage.Of(packet);

    public IPAddress Source => Packet.Ip!.Source;

    public IPAddress Destination => Packet.Ip!.Destination;

    public bool IsDeregistration => Message.LifetimeUnits == 0;

    /// <summary>True if the update extends a registration that the MAG knows.</summary>
    public bool IsExtension =>
        Node is { Binding.IsRegistered: true } node && Packet.Frame.At < node.Binding.UntilFromRequest - Session.Bed.Facts.Tolerance;

    /// <summary>
    /// True if the update may be either: an extension of the node's binding was rejected before, or the binding is just ending.
    /// </summary>
    public bool IsInDoubt =>
        Node is { Binding.IsInDoubt: true }
        || (
            Node is { Binding.IsRegistered: true } node
            && !IsExtension
            && Packet.Frame.At < node.Binding.Until + Session.Bed.Facts.Tolerance
        );

    /// <summary>The update by which the node was first registered; null if there is none, or the node is unknown.</summary>
    public MobilityOctets? Initial => InitialPacket?.Mobility;

    /// <summary>The packet with <see cref="Initial"/>.</summary>
    public Packet? InitialPacket => Node is null ? null : history.InitialOf(Node);

    /// <summary>The update before; null if this is the first.</summary>
    public Packet? Last { get; } = history.Last;

    /// <summary>
    /// True if <see cref="Last"/> went to another LMA, and was made later, as its timestamp says: it has overtaken this one, which waited
    /// for the link-layer address of its next hop.
    /// </summary>
    public bool IsOvertaken =>
        Last is { } last
        && !last.Ip!.Destination.Equals(Destination)
        && Given(TimestampKind.Type) is { } own
        && last.Mobility!.First(TimestampKind.Type) is { } later
        && own.Timestamp < later.Timestamp;

    public OptionOctets? Given(int option) => Message.First(option);

    public bool Has(int option) => Given(option) is not null;
}

/// <summary>What earlier updates of a MAG under test tell about its next one.</summary>
public sealed class UpdateHistory
{
    private readonly Dictionary<MobileNode, Packet> _initial = [];

    public Packet? Last { get; private set; }

    public Packet? InitialOf(MobileNode node) => _initial.GetValueOrDefault(node);

    public void Add(Update update)
    {
        Last = update.IsOvertaken ? Last : update.Packet;
        if (update is { Node: { } node, IsDeregistration: false, IsExtension: false, IsInDoubt: false })
        {
            _initial[node] = update.Packet;
        }
    }
}

/// <summary>
/// Lets the checks judge every Proxy Binding Update that a MAG under test sends for a node of the scenario. Updates for other nodes only
/// count for the sequence numbers, which all nodes share.
/// </summary>
public sealed class UpdateObserver(TestSession session, CheckList checks) : IFrameObserver
{
    private UpdateHistory _history = new();
    private DateTimeOffset _restartedAt = DateTimeOffset.MinValue;

    public void Observe(Packet packet)
    {
        if (_restartedAt != session.Device.RestartedAt)
        {
            (_history, _restartedAt) = (new UpdateHistory(), session.Device.RestartedAt);
        }

        if (
            packet.Frame.Direction == Direction.Received
            && packet.Ip is { } ip
            && !session.Nodes.IsVisitor(ip.Source)
            && packet.IsMobility(MobilityOctets.BindingUpdateType, out _)
        )
        {
            var update = new Update(session, packet, _history);
            if (update.OfInterface is not null || !session.Nodes.IsAboutAnother(update.Message))
            {
                checks.Judge(update);
            }

            if (packet.Frame.At > _restartedAt)
            {
                _history.Add(update);
            }
        }
    }
}
