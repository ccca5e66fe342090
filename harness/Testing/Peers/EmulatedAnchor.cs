using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>An LMA that the tester plays: it answers the Proxy Binding Updates of a MAG under test and allocates prefixes.</summary>
/// <param name="answered">Called with every acknowledgement that the LMA sends.</param>
public sealed class EmulatedAnchor(TestSession session, EmulatedNetwork network, EmulatedNode node, Action<Frame> answered) : IResponder
{
    private const ushort GrantedLifetimeUnits = 150;

    private readonly Dictionary<MobileNode, EditList> _withheld = [];
    private readonly Dictionary<MobileNode, AcceptedUpdate> _accepted = [];
    private readonly AnchorTransport _transport = new(session, network, node);

    /// <summary>How the LMA answers updates that no step answers.</summary>
    public AnswerPolicy Policy { get; set; } = AnswerPolicy.Ignore.All;

    public string Name => node.Name;

    /// <summary>True for the IPv6 address of the LMA and for its IPv4 address on the core link.</summary>
    public bool IsAt(IPAddress address) =>
        node.Address.Equals(address)
        || session.Ixit.Domain.Find(Name)?.AddressOn(Ports.Core, AddressFamily.InterNetwork)?.Equals(address) == true;

    public bool TryRespond(Packet packet, LowerTester tester)
    {
        if (
            packet.IsMobility(MobilityOctets.BindingUpdateType, out var message)
            && session.Nodes.Identified(message) is { } mobileNode
            && _transport.CanAnswer(packet)
        )
        {
            switch (mobileNode.IsOfBookend ? AnswerPolicy.Accept.Plainly : Policy)
            {
                case AnswerPolicy.Accept(var edits):
                    Answer(packet, 0, edits);
                    break;
                case AnswerPolicy.Reject(var status):
                    Answer(packet, status, EditList.None);
                    break;
                default:
                    break;
            }
        }

        // The update stays visible to steps that wait for it.
        return false;
    }

    /// <summary>Answers an update. An acceptance changes what the LMA knows of the mobile node.</summary>
    public void Answer(Packet request, byte status, EditList edits)
    {
        var mobileNode = session.Nodes.Identified(request.Mobility!)!;
        var draft = Draft(request, status, Suited(request.Mobility!, mobileNode, edits));
        var answer = Send(request, draft);
        var frame = answer.Frame;
        if (request.Mobility!.LifetimeUnits == 0)
        {
            return;
        }

        NoteIpv4(request.Mobility, draft, frame, mobileNode);
        if (draft.Status >= MobilityOctets.FirstRejection)
        {
            mobileNode.Binding.Refuse();
            AnchorIpv4.NoteRefusal(mobileNode.Binding, draft.Status);
            return;
        }

        var accepted = new AcceptedUpdate(request, answer);
        if (accepted.MustBeTaken(draft.Protection))
        {
            _accepted[mobileNode] = accepted;
        }

        mobileNode.Binding.Offer();
        mobileNode.Binding.Anchor = Name;
        var lifetime = TimeSpan.FromSeconds(draft.LifetimeUnits * 4);
        mobileNode.Binding.Until = frame.At + lifetime;
        mobileNode.Binding.UntilFromRequest = request.Frame.At + lifetime;
        mobileNode.Session.OfferedPrefixes =
        [
            .. draft
                .Options.OfType<HomeNetworkPrefixOption>()
                .Select(option => option.Prefix)
                .Where(prefix => !prefix.IsAllZero)
                .Distinct(),
        ];
        mobileNode.Mark = draft.Options.OfType<LinkLocalAddressOption>().FirstOrDefault()?.Address ?? mobileNode.Mark;
    }

    /// <summary>
    /// What an LMA says of IPv4, it says when it is asked: a MAG that asks on demand gets the changes with its first request for IPv4, too.
    /// </summary>
    private EditList Suited(MobilityOctets update, MobileNode mobileNode, EditList edits)
    {
        if (!mobileNode.AllowsIpv4 || !session.Claims(AnchorIpv4.OnDemand))
        {
            return edits;
        }

        if (Ipv4OptionReader.Requests(update, session.Scenario.Edition.Wire).Count == 0)
        {
            _withheld[mobileNode] = edits;
            return new([.. edits.Edits.Where(edit => !AnchorIpv4.IsAboutIpv4(edit))]);
        }

        return _withheld.Remove(mobileNode, out var withheld) ? new([.. withheld.Edits, .. edits.Edits]) : edits;
    }

    /// <summary>The last acceptance for a mobile node that the MAG had to take; null if there was none.</summary>
    public AcceptedUpdate? AcceptedOf(MobileNode mobileNode) => _accepted.GetValueOrDefault(mobileNode);

    /// <summary>Sends an acceptance of an update again, edited, as an unsolicited acknowledgement.</summary>
    public void SendUnrequested(Packet request, EditList edits) => Send(request, Draft(request, 0, edits));

    /// <summary>
    /// An address that was granted stays the one by which the node is tested, whatever a later acknowledgement refuses; but then the
    /// session has none any more.
    /// </summary>
    private void NoteIpv4(MobilityOctets update, MessageDraft draft, Frame frame, MobileNode mobileNode)
    {
        var sent = new MobilityOctets(draft.ToBytes(node.Address, node.Address), offset: 0);
        var assigned = AnchorIpv4.Assigned(update, sent, frame, new OptionContext(session, mobileNode));
        if (assigned.Any(one => one.IsGranted) || !mobileNode.Session.OfferedIpv4.Any(one => one.IsGranted))
        {
            mobileNode.Session.OfferedIpv4 = assigned;
        }

        if (!assigned.Any(one => one.IsGranted))
        {
            mobileNode.Session.Ipv4Addresses = [];
            mobileNode.Session.OfferedIpv4 = [.. mobileNode.Session.OfferedIpv4.Select(one => one with { IsGranted = false })];
        }
    }

    private Packet Send(Packet request, MessageDraft draft)
    {
        var packet = SignallingPacket.Of(draft, node.Address, Ipv6Of(request), network.Esp);
        var frame = network.Send(_transport.From(draft), request.Outer!.Source, packet.Sent);
        if (session.Nodes.Identified(request.Mobility!) is not { IsOfBookend: true })
        {
            session.LastStimulus = frame;
            answered(frame);
        }

        return Packet.Of(frame, packet.Plain);
    }

    /// <summary>The IPv6 address of the MAG: that of the update, or if it has none, that in the IXIT.</summary>
    private IPAddress Ipv6Of(Packet request) =>
        request.Ip is { Source: { AddressFamily: AddressFamily.InterNetworkV6 } source } ? source : session.AddressOf(session.Tested);

    /// <summary>
    /// A rejection has the lifetime and the prefixes of an acceptance, so that nothing but its status tells a MAG that it is one.
    /// </summary>
    private MessageDraft Draft(Packet request, byte status, EditList edits)
    {
        var message = request.Mobility!;
        var mobileNode = session.Nodes.Identified(message)!;
        var draft = new MessageDraft
        {
            IsAcknowledgement = true,
            Edition = session.Scenario.Edition.Wire,
            Status = status,
            SequenceNumber = message.SequenceNumber,
            LifetimeUnits = Math.Min(message.LifetimeUnits, GrantedLifetimeUnits),
        };
        var context = new OptionContext(session, mobileNode);
        draft.Options.AddRange(
            message
                .Options.Select(option => MobilityOptionKind.OfType(option.Type, draft.Edition).Echo(option, context))
                .OfType<MobilityOption>()
        );
        draft.Options.AddRange(AnchorIpv4.Answers(message, context));
        _transport.Complete(draft, request);
        new DraftEditor(session, mobileNode, message.SequenceNumber).Apply(draft, edits);
        return draft.Missing is { } missing
            ? throw new StepFailedException($"the update has no {missing} option, so its answer has none that could be changed")
            : draft;
    }
}
