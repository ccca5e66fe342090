using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What a scenario requires of other messages of a mobile node under test.</summary>
public sealed class MobileNodeMessages(TestSession session, MobileNodeLinks links, MobileNodeEvents events, MobileNodeFieldWords words)
{
    /// <summary>Requires a Binding Error with these fields (RFC 6275, Section 11.2).</summary>
    public void ExpectError(IPAddress to, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var found = Expect(
            packet =>
            {
                var inner = packet.Inner ?? packet;
                return inner.IsMobility(MobilityOctets.BindingErrorType, out _) && inner.Ip!.Destination.Equals(to) ? inner : null;
            },
            within ?? session.Clock.AnswerWithin,
            $"a Binding Error to {to}"
        );
        var fields = new FieldExpectation(session, found, request: null, before: null);
        session.RequireFields(found, rows.Select(row => (row.Field, fields.Judge(row.Field, words.Replaced(row.Expected)))));
    }

    /// <summary>Requires a Mobile Prefix Solicitation to the home agent (RFC 6275, Section 11.4.2).</summary>
    public void ExpectPrefixSolicitation(TimeSpan? within) =>
        Expect(
            packet => packet.Upper is MobilePrefixLayer { Type: MobilePrefixLayer.Solicitation } ? packet : null,
            within ?? links.Known.AttachWithin,
            "a Mobile Prefix Solicitation"
        );

    private Packet Expect(Func<Packet, Packet?> select, TimeSpan limit, string expected)
    {
        session.Tester.TryExpect(
            packet => packet.Frame.Direction == Direction.Received ? select(packet) : null,
            events.SettledAt + limit,
            events.Cause,
            out var found
        );
        var actual = found is null ? session.NothingCame(limit) : "it came";
        session.RequireReaction(found is not null, expected, actual, found?.Frame ?? session.LastStimulus);
        events.Take(found!.Frame);
        return found;
    }
}
