using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The answers of the LMA to a mobile access gateway under test, and the actions of the MAG.</summary>
[Binding]
public sealed class MagSteps(TestSession session, MagSignaling mag)
{
    [Given("{LMA} accepts registrations")]
    public void LmaAccepts(Lma lma) => mag.LmaAnswers(lma.Name, "accepts", EditList.None);

    [Given("{LMA} accepts registrations with {Edits}")]
    public void LmaAccepts(Lma lma, EditList edits) => mag.LmaAnswers(lma.Name, "accepts", edits);

    [Given("{LMA} ignores registrations")]
    public void LmaIgnores(Lma lma) => mag.LmaAnswers(lma.Name, "ignores", EditList.None);

    [Given("{LMA} rejects registrations with status {int} {word}")]
    public void LmaRejects(Lma lma, int status, string name) => mag.LmaRejects(lma.Name, status, name);

    [When("{LMA} accepts the request")]
    public void LmaAcceptsRequest(Lma lma) => mag.Accept(lma.Name, EditList.None);

    [When("{LMA} accepts the request with {Edits}")]
    public void LmaAcceptsRequest(Lma lma, EditList edits) => mag.Accept(lma.Name, edits);

    [When("{LMA} rejects the request with status {int} {word}")]
    public void LmaRejectsRequest(Lma lma, int status, string name) => mag.Reject(lma.Name, status, name);

    [When("{LMA} sends an unrequested acknowledgement for {MN} with {Edits}")]
    public void LmaSendsUnrequested(Lma lma, MobileNode node, EditList edits) => mag.SendUnrequested(lma.Name, node, edits);

    [Given("the MAG sends a Proxy Binding Update for {MN}")]
    [Then("the MAG sends a Proxy Binding Update for {MN}")]
    public void SendsUpdate(MobileNode node) => mag.ExpectUpdate(node, "a Proxy Binding Update");

    [Then("the MAG sends a Proxy Binding Update for {MN} within {Duration}")]
    public void SendsUpdate(MobileNode node, DurationText within) =>
        mag.ExpectUpdate(node, "a Proxy Binding Update", Durations.Parse(within.Text, session.Ixit, session.Margin));

    [Then("the MAG sends a Proxy Binding Update for {MN} with:")]
    public void SendsUpdate(MobileNode node, DataTable table) =>
        mag.ExpectUpdate(node, "a Proxy Binding Update", within: null, Tables.Pairs(table));

    [Then("the MAG sends a Proxy Binding Update for {MN} within {Duration} with:")]
    public void SendsUpdate(MobileNode node, DurationText within, DataTable table) =>
        mag.ExpectUpdate(node, "a Proxy Binding Update", Durations.Parse(within.Text, session.Ixit, session.Margin), Tables.Pairs(table));

    [Then("the MAG sends no Proxy Binding Update for {MN} for {Duration}")]
    public void SendsNoUpdate(MobileNode node, DurationText duration) =>
        mag.ExpectNoUpdate(node, Durations.Parse(duration.Text, session.Ixit, session.Margin));

    [Then("the MAG sends no registration for {MN} for {Duration}")]
    public void SendsNoRegistration(MobileNode node, DurationText duration) =>
        mag.ExpectNoUpdate(node, Durations.Parse(duration.Text, session.Ixit, session.Margin), registrationsOnly: true);

    [Then("the MAG repeats it for {MN} at intervals that double from {Duration} to {Duration}, each with:")]
    public void Repeats(MobileNode node, DurationText first, DurationText last, DataTable table) =>
        mag.ExpectRepeats(node, Durations.Parse(first.Text, session.Ixit), Durations.Parse(last.Text, session.Ixit), Tables.Pairs(table));

    [Then("the MAG advertises {Prefixes} to {MN}")]
    public void Advertises(PrefixList prefixes, MobileNode node) => mag.ExpectAdvertisement(node, prefixes.Prefixes, []);

    [Then("the MAG advertises {Prefixes} to {MN} with:")]
    public void Advertises(PrefixList prefixes, MobileNode node, DataTable table) =>
        mag.ExpectAdvertisement(node, prefixes.Prefixes, Tables.Pairs(table));

    [Then("the MAG advertises the home network prefixes to {MN}")]
    public void Advertises(MobileNode node) => mag.ExpectAdvertisement(node, prefixes: null, []);

    [Then("the MAG advertises the home network prefixes to {MN} with:")]
    public void Advertises(MobileNode node, DataTable table) => mag.ExpectAdvertisement(node, prefixes: null, Tables.Pairs(table));

    [Then("the MAG advertises no home network prefix to {MN}")]
    public void AdvertisesNothing(MobileNode node) => mag.ExpectNoAdvertisement(node);
}
