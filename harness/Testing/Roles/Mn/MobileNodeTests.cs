using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Roles.Mn;

/// <summary>What a scenario requires of the Home Test Inits and Care-of Test Inits of a mobile node under test.</summary>
public sealed class MobileNodeTests(TestSession session, MobileNodeLinks links, MobileNodeEvents events, MobileNodeFieldWords words)
{
    /// <summary>Requires a Home Test Init in the reverse tunnel, or a Care-of Test Init.</summary>
    /// <param name="link">That of the care-of address; null for any.</param>
    /// <inheritdoc cref="MobileNodeUpdates.Expect"/>
    public void Expect(TestInitKind kind, PortId? link, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var limit = within ?? links.Known.AttachWithin;
        session.Tester.TryExpect(
            packet => Find(kind, link, packet, links.Known.Correspondent),
            events.SettledAt + limit,
            events.Cause,
            out var found
        );
        var actual = found is null ? session.NothingCame(limit) : "it came";
        session.RequireReaction(found is not null, Words(kind, link), actual, found?.Frame ?? session.LastStimulus);
        events.Take(found!.Frame);
        var fields = new FieldExpectation(session, found, request: null, before: null);
        session.RequireFields(found, rows.Select(row => (row.Field, fields.Judge(row.Field, words.Replaced(row.Expected)))));
    }

    /// <summary>Requires that no such message comes.</summary>
    /// <inheritdoc cref="MobileNodeUpdates.ExpectNone" path="/param"/>
    public void ExpectNone(TestInitKind kind, PortId? link, TimeSpan? within)
    {
        var period = within ?? session.Clock.Guard;
        var came = session.Tester.TryFindForbidden(
            packet => Find(kind, link, packet, to: null),
            events.SettledAt + period,
            events.Settled,
            out var found
        );
        session.RequireNone(
            !came,
            string.Create(CultureInfo.InvariantCulture, $"no {Words(kind, link)["a ".Length..]} for {period.TotalSeconds:0.###} s"),
            came ? "one came" : "none came",
            found?.Frame ?? session.LastStimulus
        );
    }

    /// <summary>
    /// A Home Test Init goes through the tunnel, a Care-of Test Init directly: the link of each is that of its care-of address.
    /// </summary>
    /// <param name="to">The correspondent node; null for any.</param>
    private Packet? Find(TestInitKind kind, PortId? link, Packet packet, IPAddress? to)
    {
        if (packet is not { Frame.Direction: Direction.Received, Ip: { } ip })
        {
            return null;
        }

        var found = kind == TestInitKind.Home ? packet.Inner ?? packet : packet;
        var type = kind == TestInitKind.Home ? MobilityOctets.HomeTestInitType : MobilityOctets.CareOfTestInitType;
        return
            found.IsMobility(type, out _)
            && (to is null || found.Ip!.Destination.Equals(to))
            && (link is null || links.LinkOf(ip.Source) == link)
            ? found
            : null;
    }

    private static string Words(TestInitKind kind, PortId? link) =>
        (kind == TestInitKind.Home ? "a Home Test Init in the reverse tunnel" : "a Care-of Test Init")
        + (link is { } known ? $" from {MobileNodeWanted.Words(known)}" : string.Empty);
}
