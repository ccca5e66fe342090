using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Roles.Mn;

/// <summary>Which updates of the mobile node under test a step is about, and their words.</summary>
public sealed class MobileNodeWanted(TestSession session, MobileNodeBids bids, IPAddress homeAgent, IPAddress correspondent)
{
    /// <summary>The update to a peer in a packet; null if there is none.</summary>
    public RequestedUpdate? UpdateTo(MobilityPeer peer, Packet packet) =>
        packet.Frame.Direction == Direction.Received
        && packet.Ip?.Destination.Equals(peer == MobilityPeer.HomeAgent ? homeAgent : correspondent) == true
            ? RequestedUpdate.In(packet, session.Scenario.Edition.Wire)
            : null;

    /// <summary>True for an update of the form, and for these links and no other one.</summary>
    public bool Has(WantedUpdate wanted, RequestedUpdate update) =>
        wanted.Form switch
        {
            UpdateForm.Registration => !update.IsDeregistration && bids.LinksOf(update).ToHashSet().SetEquals(wanted.Links),
            UpdateForm.RegistrationOfMore => (!update.IsDeregistration || update.Entries.Any(entry => entry.IsHome))
                && wanted.Links.All(link => update.Entries.Any(entry => bids.IsAbout(update, entry, link))),
            UpdateForm.WithBid => update.HasIdentifiers,
            UpdateForm.Bulk => !update.IsDeregistration && update.Entries.Count > 1,
            UpdateForm.Deregistration => update.IsDeregistration && bids.LinksOf(update).ToHashSet().SetEquals(wanted.Links),
            UpdateForm.EndOfAll => update is { IsDeregistration: true, HasIdentifiers: false },
            _ => true,
        };

    /// <summary>True for an update of the form that is about one of these links at least.</summary>
    public bool Touches(WantedUpdate wanted, RequestedUpdate update) =>
        wanted.Form switch
        {
            UpdateForm.Registration => !update.IsDeregistration && bids.LinksOf(update).Intersect(wanted.Links).Any(),
            UpdateForm.Deregistration => update is { IsDeregistration: true, HasIdentifiers: true }
                && bids.LinksOf(update).Intersect(wanted.Links).Any(),
            _ => Has(wanted, update),
        };

    /// <summary><c>a Binding Update for link 1 and link 2 to the HA</c>.</summary>
    public static string Words(WantedUpdate wanted) =>
        wanted.Form switch
        {
            UpdateForm.Registration => $"a Binding Update for {Words(wanted.Links)}",
            UpdateForm.RegistrationOfMore => $"a Binding Update for at least {Words(wanted.Links)}",
            UpdateForm.WithBid => "a Binding Update with a BID",
            UpdateForm.Bulk => "a Binding Update with several BIDs",
            UpdateForm.Deregistration => $"a de-registration of {Words(wanted.Links)}",
            UpdateForm.EndOfAll => "a de-registration of all bindings",
            _ => "a Binding Update",
        } + $" to the {(wanted.Peer == MobilityPeer.HomeAgent ? "HA" : "CN")}";

    /// <summary>
    /// The name of a field for an update: that of the BID option of the first link that a step names, wherever that option is.
    /// </summary>
    public string FieldIn(WantedUpdate wanted, RequestedUpdate update, string field)
    {
        const string OfFirst = $"option[{AnswerChanges.BindingIdentifier}].";
        var at =
            wanted.Links is [var first, ..] && field.StartsWith(OfFirst, StringComparison.Ordinal)
                ? update.Entries.ToList().FindIndex(entry => bids.IsAbout(update, entry, first))
                : 0;
        return at > 0
            ? FormattableString.Invariant($"option[{AnswerChanges.BindingIdentifier} #{at + 1}].{field[OfFirst.Length..]}")
            : field;
    }

    /// <summary>An update in words: <c>one for link 1</c>.</summary>
    public string Words(RequestedUpdate update)
    {
        var about = bids.LinksOf(update);
        var what = update.IsDeregistration ? "a de-registration" : "one";
        return update is { IsDeregistration: true, HasIdentifiers: false } ? "a de-registration of all bindings"
            : about.Count == 0 ? $"{what} for {update.PlainCareOf}"
            : $"{what} for {Words(about)}";
    }

    /// <summary><c>link 1, link 2 and the home link</c>.</summary>
    public static string Words(IReadOnlyList<PortId> links) =>
        string.Join(", ", links.SkipLast(1).Select(Words)) + (links.Count > 1 ? " and " : string.Empty) + Words(links[^1]);

    /// <summary><c>link 1</c> or <c>the home link</c>.</summary>
    public static string Words(PortId link) => link == Ports.Home ? "the home link" : $"link {link.Name[^1]}";
}
