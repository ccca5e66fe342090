using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What the anchor answers a mobile access gateway under test, and what the gateway does.</summary>
[Binding]
public sealed class GatewaySteps(TestSession session, GatewaySignaling gateway)
{
    [Given("{Anchor} accepts registrations")]
    public void AnchorAccepts(Anchor anchor) => gateway.AnchorAnswers(anchor.Name, "accepts", EditList.None);

    [Given("{Anchor} accepts registrations with {Edits}")]
    public void AnchorAccepts(Anchor anchor, EditList edits) => gateway.AnchorAnswers(anchor.Name, "accepts", edits);

    [Given("{Anchor} ignores registrations")]
    public void AnchorIgnores(Anchor anchor) => gateway.AnchorAnswers(anchor.Name, "ignores", EditList.None);

    [Given("{Anchor} rejects registrations with status {int} {word}")]
    public void AnchorRejects(Anchor anchor, int status, string name) => gateway.AnchorRejects(anchor.Name, status, name);

    [When("{Anchor} accepts the request")]
    public void AnchorAcceptsRequest(Anchor anchor) => gateway.Accept(anchor.Name, EditList.None);

    [When("{Anchor} accepts the request with {Edits}")]
    public void AnchorAcceptsRequest(Anchor anchor, EditList edits) => gateway.Accept(anchor.Name, edits);

    [When("{Anchor} rejects the request with status {int} {word}")]
    public void AnchorRejectsRequest(Anchor anchor, int status, string name) => gateway.Reject(anchor.Name, status, name);

    [When("{Anchor} sends an unrequested acknowledgement for {MobileNode} with {Edits}")]
    public void AnchorSendsUnrequested(Anchor anchor, MobileNode node, EditList edits) => gateway.SendUnrequested(anchor.Name, node, edits);

    [Given("the MAG sends a Proxy Binding Update for {MobileNode}")]
    [Then("the MAG sends a Proxy Binding Update for {MobileNode}")]
    public void SendsUpdate(MobileNode node) => gateway.ExpectUpdate(node, "a Proxy Binding Update");

    [Then("the MAG sends a Proxy Binding Update for {MobileNode} within {Duration}")]
    public void SendsUpdate(MobileNode node, DurationText within) =>
        gateway.ExpectUpdate(node, "a Proxy Binding Update", Durations.Parse(within.Text, session.Ixit, session.Margin));

    [Then("the MAG sends a Proxy Binding Update for {MobileNode} with:")]
    public void SendsUpdate(MobileNode node, DataTable table) =>
        gateway.ExpectUpdate(node, "a Proxy Binding Update", within: null, Tables.Pairs(table));

    [Then("the MAG sends a Proxy Binding Update for {MobileNode} within {Duration} with:")]
    public void SendsUpdate(MobileNode node, DurationText within, DataTable table) =>
        gateway.ExpectUpdate(
            node,
            "a Proxy Binding Update",
            Durations.Parse(within.Text, session.Ixit, session.Margin),
            Tables.Pairs(table)
        );

    [Then("the MAG sends no Proxy Binding Update for {MobileNode} for {Duration}")]
    public void SendsNoUpdate(MobileNode node, DurationText duration) =>
        gateway.ExpectNoUpdate(node, Durations.Parse(duration.Text, session.Ixit, session.Margin));

    [Then("the MAG sends no registration for {MobileNode} for {Duration}")]
    public void SendsNoRegistration(MobileNode node, DurationText duration) =>
        gateway.ExpectNoUpdate(node, Durations.Parse(duration.Text, session.Ixit, session.Margin), registrationsOnly: true);

    [Then("the MAG repeats it for {MobileNode} at intervals that double from {Duration} to {Duration}, each with:")]
    public void Repeats(MobileNode node, DurationText first, DurationText last, DataTable table) =>
        gateway.ExpectRepeats(
            node,
            Durations.Parse(first.Text, session.Ixit),
            Durations.Parse(last.Text, session.Ixit),
            Tables.Pairs(table)
        );

    [Then("the MAG advertises {Prefixes} to {MobileNode}")]
    public void Advertises(PrefixList prefixes, MobileNode node) => gateway.ExpectAdvertisement(node, prefixes.Prefixes, []);

    [Then("the MAG advertises {Prefixes} to {MobileNode} with:")]
    public void Advertises(PrefixList prefixes, MobileNode node, DataTable table) =>
        gateway.ExpectAdvertisement(node, prefixes.Prefixes, Tables.Pairs(table));

    [Then("the MAG advertises the home network prefixes to {MobileNode}")]
    public void Advertises(MobileNode node) => gateway.ExpectAdvertisement(node, prefixes: null, []);

    [Then("the MAG advertises the home network prefixes to {MobileNode} with:")]
    public void Advertises(MobileNode node, DataTable table) => gateway.ExpectAdvertisement(node, prefixes: null, Tables.Pairs(table));

    [Then("the MAG advertises no home network prefix to {MobileNode}")]
    public void AdvertisesNothing(MobileNode node) => gateway.ExpectNoAdvertisement(node);
}
