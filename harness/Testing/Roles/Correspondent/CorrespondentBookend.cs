using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Roles.Mobility;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Correspondent;

/// <summary>
/// The bookend of scenarios of a correspondent node: return routability and a binding of another mobile node, without BID; then its
/// removal.
/// </summary>
internal sealed class CorrespondentBookend(
    TestSession session,
    MobilityExchanges exchanges,
    MobilityRequests requests,
    CorrespondentPackets packets
)
{
    private static readonly CareOf _place = new(1);

    public Reaction Serve(MobileNode node)
    {
        requests.Register(node, new RequestedBindings([new RequestedBinding(_place, null)]), from: null, EditList.None);
        return Outcome(node);
    }

    /// <summary>
    /// A binding that the correspondent node has forgotten shows by the Binding Error about its packets: it may answer the removal of a
    /// binding that it does not have like any other (the ruling deletion-without-binding).
    /// </summary>
    public Reaction? Release(MobileNode node)
    {
        if (node.CareOfBindings.Of(bid: null) is not { } binding)
        {
            return null;
        }

        var isValid = session.Bed.Now + session.Clock.Margin < binding.Until;
        var isKnown = isValid ? packets.IsAccepted(node, _place) : null;
        requests.RemoveAll(node, _place, EditList.None);
        var reaction = Outcome(node);
        node.CareOfBindings.Clear();
        return isValid || reaction.Answers ? reaction with { HasForgotten = isKnown == false } : null;
    }

    /// <summary>That the tests have come shows that the correspondent node is alive: without them, no update is sent.</summary>
    private Reaction Outcome(MobileNode node) =>
        !exchanges.TryAnswer() ? Reaction.Refused($"it answers the tests of {node.Name}, but not its Binding Update")
        : exchanges.Latest.Answer!.Mobility!.Status is >= MobilityOctets.FirstRejection and var status
            ? Reaction.Refused($"status {StatusNames.Text(status)}")
        : Reaction.Served;
}
