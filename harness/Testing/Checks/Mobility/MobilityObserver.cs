using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// Lets the checks judge every mobility message of a home agent or correspondent node under test, and the type 2 routing headers of its
/// other packets. Its acknowledgements are compared with their requests where a step takes them.
/// </summary>
public sealed class MobilityObserver(TestSession session, CheckList checks) : IFrameObserver
{
    /// <summary>The home link and the care-of addresses.</summary>
    private const int Places = 10;

    private const int KnownTypes = 8;
    private const byte UnknownHomeAddress = 1;

    private readonly List<Packet> _sent = [];

    public void Observe(Packet packet)
    {
        if (packet.Ip is not { } ip || session.Ixit.Domain.Tested is not { } tested)
        {
            return;
        }

        if (packet.Frame.Direction == Direction.Sent)
        {
            _sent.Add(packet);
        }
        else if (tested.Addresses.Contains(ip.Source))
        {
            Judge(packet, ip);
        }
    }

    private void Judge(Packet packet, IpLayer ip)
    {
        if (packet.Mobility is not { } message)
        {
            JudgeHeader(packet, ip);
            return;
        }

        var node = NodeOf(ip.RoutedTo ?? ip.Destination);
        checks.Judge(new SentMessage(session, packet, Cause(packet, message), node) { KnownBids = BidsOf(node) });

        // Those of an acknowledgement are judged with its format.
        if (message.Type != MobilityOctets.BindingAcknowledgementType)
        {
            foreach (var option in message.Options.Where(option => !(option.Offset >= message.DoubtfulFrom)))
            {
                checks.Judge(new OptionInMessage(session, packet, option));
            }
        }
    }

    private void JudgeHeader(Packet packet, IpLayer ip)
    {
        if (RoutingHeaders.In(ip) is not { } header)
        {
            return;
        }

        foreach (var (name, result) in RoutingHeaders.Judge(header))
        {
            foreach (var statement in checks.StatementsOf(name))
            {
                session.Find(
                    statement,
                    result.Ok,
                    result.Expected,
                    result.Ok ? "as expected" : result.Actual,
                    packet.Frame,
                    result.Ok ? null : header.Offset + result.Octet,
                    ofOneMessage: true
                );
            }
        }
    }

    /// <summary>
    /// The packet to which a message reacts: the latest of those that it fits best, so that a wrong cookie or address shows as what it is.
    /// </summary>
    private Packet? Cause(Packet packet, MobilityOctets message) =>
        message.Type switch
        {
            MobilityOctets.HomeTestType => CauseOfTest(packet, message, MobilityOctets.HomeTestInitType),
            MobilityOctets.CareOfTestType => CauseOfTest(packet, message, MobilityOctets.CareOfTestInitType),
            MobilityOctets.BindingErrorType => CauseOfError(packet, message),
            _ => null,
        };

    private Packet? CauseOfTest(Packet packet, MobilityOctets message, int type)
    {
        var asked = _sent.Where(sent => sent.Mobility?.Type == type && Before(sent, packet) && IsToTested(sent)).Reverse().ToList();
        return asked.Find(sent => sent.Mobility!.Cookie == message.Cookie)
            ?? asked.Find(sent => sent.Ip!.Source.Equals(packet.Ip!.Destination));
    }

    /// <summary>
    /// With status 1, a packet whose Home Address option was not verified; with another, a message of unknown type, if there is one. A
    /// packet that went to the destination of the error comes first.
    /// </summary>
    private Packet? CauseOfError(Packet packet, MobilityOctets message)
    {
        var before = _sent.Where(sent => Before(sent, packet) && IsToTested(sent)).Reverse().ToList();
        return message.Status == UnknownHomeAddress ? Offending(IsOfHomeAddress) : Offending(IsOfUnknownType) ?? Offending(IsOfHomeAddress);

        Packet? Offending(Func<Packet, bool> isOfKind)
        {
            var offending = before.Where(isOfKind).ToList();
            return offending.Find(sent => sent.Ip!.Source.Equals(packet.Ip!.Destination)) ?? offending.FirstOrDefault();
        }
    }

    private static bool IsOfHomeAddress(Packet sent) => sent is { Mobility: null, Ip.HomeAddress: not null };

    private static bool IsOfUnknownType(Packet sent) => sent.Mobility is { Type: >= KnownTypes };

    private bool IsToTested(Packet sent) =>
        sent.Ip is { } ip && session.Ixit.Domain.Tested is { } tested && tested.Addresses.Contains(ip.Destination);

    /// <summary>An answer comes at once: an older packet is not what it is about.</summary>
    private bool Before(Packet sent, Packet packet) =>
        sent.Frame.At <= packet.Frame.At && packet.Frame.At - sent.Frame.At <= session.Clock.AnswerWithin + session.Bed.Facts.Tolerance;

    /// <summary>The mobile node of the scenario that has an address; null if none has it.</summary>
    private MobileNode? NodeOf(IPAddress address) =>
        session.Nodes.All.FirstOrDefault(node =>
            node is { IsBound: true, Identity.Mobility: not null }
            && Enumerable.Range(0, Places).Any(index => node.AddressAt(new CareOf(index)).Equals(address))
        );

    /// <summary>
    /// The BIDs of all Binding Updates for a mobile node; none if one of the updates had no BID option, as it may have made the binding
    /// that a message is about.
    /// </summary>
    private HashSet<int> BidsOf(MobileNode? node)
    {
        if (node is null)
        {
            return [];
        }

        var home = node.AddressAt(CareOf.Home);
        var updates = _sent
            .Where(sent => sent.IsMobility(MobilityOctets.BindingUpdateType, out _) && home.Equals(sent.Ip!.UpperSource))
            .Select(sent => BindingIdentity.In(sent.Mobility!, session.Scenario.Edition.Wire))
            .ToList();
        return updates.Exists(identities => identities.Count == 0)
            ? []
            : [.. updates.SelectMany(identities => identities).Select(identity => identity.Bid)];
    }
}
