using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Roles.Mobility;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.HomeAgent;

/// <summary>The valid exchanges of a bookend with a home agent under test: a plain registration of another home address.</summary>
internal sealed class HomeAgentBookend(
    TestSession session,
    MobilityRequests requests,
    MobilityExchanges exchanges,
    HomeAgentTraffic traffic
)
{
    private static readonly CareOf _place = new(1);

    /// <inheritdoc cref="IRoleUnderTest.Serve"/>
    public Reaction? Serve(MobileNode node) =>
        exchanges.Apart(() =>
        {
            requests.Register(node, new RequestedBindings([new RequestedBinding(_place, Bid: null)]), from: null, EditList.None);
            return Outcome() switch
            {
                null => Reaction.Silent(session.NothingCame(exchanges.AnswerWithin)),
                < 128 => Reaction.Served,
                var status => Reaction.Refused($"status {StatusNames.Text(status.Value)}"),
            };
        });

    /// <summary>
    /// Ends the binding. A home agent that says it has none, and forwards no packet for it, has forgotten it (RFC 6275, Section 10.3.2).
    /// </summary>
    public Reaction? Release(MobileNode node)
    {
        if (node.CareOfBindings.Of(bid: null) is not { } binding)
        {
            return null;
        }

        var isValid = session.Bed.Now + session.Clock.Margin < binding.Until;
        return exchanges.Apart(() =>
        {
            requests.RemoveAll(node, from: null, EditList.None);
            var outcome = Outcome();
            node.CareOfBindings.Clear();
            return outcome switch
            {
                null => isValid ? Reaction.Silent(session.NothingCame(exchanges.AnswerWithin)) : null,
                < 128 => Reaction.Served,
                (byte)BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE when isValid && !traffic.Reaches(node, _place) => Reaction.Refused(
                    "it has no binding of the node"
                ) with
                {
                    HasForgotten = true,
                },
                var status => Reaction.Refused($"status {StatusNames.Text(status.Value)}"),
            };
        });
    }

    private byte? Outcome() => exchanges.TryAnswer() ? exchanges.Latest.Answer!.Mobility!.Status : null;
}
