using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mag;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>The answers of the LMA to a mobile access gateway under test, and the actions of the MAG.</summary>
[Binding]
public sealed class MagSteps(ScenarioRole role)
{
    private MagUnderTest Mag => role.As<MagUnderTest>();

    [Given("{LMA} accepts registrations{WithEdits}")]
    public void LmaAccepts(Lma lma, EditList edits) => Mag.Anchor(lma.Name).Policy = new AnswerPolicy.Accept(edits);

    [Given("{LMA} ignores registrations")]
    public void LmaIgnores(Lma lma) => Mag.Anchor(lma.Name).Policy = AnswerPolicy.Ignore.All;

    [Given("{LMA} rejects registrations with status {int} {word}")]
    public void LmaRejects(Lma lma, int status, string name) =>
        Mag.Anchor(lma.Name).Policy = new AnswerPolicy.Reject(StatusNames.Require(status, name));

    [Given("{LMA} accepts the request{WithEdits}")]
    [When("{LMA} accepts the request{WithEdits}")]
    public void LmaAcceptsRequest(Lma lma, EditList edits) => Mag.Accept(lma.Name, edits);

    [Given("{LMA} rejects the request with status {int} {word}{WithEdits}")]
    [When("{LMA} rejects the request with status {int} {word}{WithEdits}")]
    public void LmaRejectsRequest(Lma lma, int status, string name, EditList edits) =>
        Mag.Reject(lma.Name, StatusNames.Require(status, name), edits);

    [When("{LMA} sends an unrequested acknowledgement for {MN}{WithEdits}")]
    public void LmaSendsUnrequested(Lma lma, MobileNode node, EditList edits) => Mag.SendUnrequested(lma.Name, node, edits);

    [Given("the MAG sends a/an {Update} for {MN}{Within}")]
    [Then("the MAG sends a/an {Update} for {MN}{Within}")]
    public void SendsUpdate(UpdateKind kind, MobileNode node, TimeLimit within) => Mag.Updates.Expect(node, within.Length, kind: kind);

    [Given("the MAG sends a/an {Update} for {MN}{Within} with:")]
    [Then("the MAG sends a/an {Update} for {MN}{Within} with:")]
    public void SendsUpdate(UpdateKind kind, MobileNode node, TimeLimit within, DataTable table) =>
        Mag.Updates.Expect(node, within.Length, Tables.Pairs(table), kind);

    [Then("the MAG sends no {Update} for {MN} for {Duration}")]
    public void SendsNoUpdate(UpdateKind kind, MobileNode node, Duration duration) => Mag.Updates.ExpectNone(node, duration.Length, kind);

    [Then("the MAG repeats it for {MN} at intervals that double from {Duration} to {Duration}")]
    public void Repeats(MobileNode node, Duration first, Duration last) => Mag.Updates.ExpectDoubling(node, first.Length, last.Length);

    [Then("the MAG repeats it for {MN} at intervals of at most {Duration}")]
    public void Repeats(MobileNode node, Duration longest) => Mag.Updates.ExpectIntervalsUpTo(node, longest.Length);

    [Then("the MAG repeats it for {MN} within {Duration}, each time with:")]
    public void Repeats(MobileNode node, Duration longest, DataTable table) =>
        Mag.Updates.ExpectRepeats(node, longest.Length, Tables.Pairs(table));

    [Then("the MAG sends at most MAX_UPDATE_RATE Proxy Binding Updates for {MN} in any second")]
    public void SendsAtMost(MobileNode node) => Mag.Updates.ExpectRate(node);

    [Then("the MAG advertises {Prefixes} to {MN}")]
    public void Advertises(PrefixList prefixes, MobileNode node) => Mag.Advertisements.Expect(node, prefixes.Prefixes, []);

    [Then("the MAG advertises {Prefixes} to {MN} with:")]
    public void Advertises(PrefixList prefixes, MobileNode node, DataTable table) =>
        Mag.Advertisements.Expect(node, prefixes.Prefixes, Tables.Pairs(table));

    [Given("the MAG advertises the visited prefix to {MN}")]
    [Then("the MAG advertises the visited prefix to {MN}")]
    public void AdvertisesVisited(MobileNode node) => Mag.Advertisements.ExpectVisited(node);

    [Then("the MAG does not advertise {Prefixes} to {MN}")]
    public void AdvertisesNot(PrefixList prefixes, MobileNode node) => Mag.Advertisements.ExpectNone(node, prefixes.Prefixes);

    [Then("the MAG advertises no home network prefix to {MN}")]
    public void AdvertisesNothing(MobileNode node) => Mag.Advertisements.ExpectNone(node);

    [Then("the MAG withdraws {Prefixes} from {MN}")]
    public void Withdraws(PrefixList prefixes, MobileNode node) => Mag.Advertisements.ExpectWithdrawal(node, prefixes.Prefixes);

    [Then("the MAG tears down the link to {MN}")]
    public void TearsDown(MobileNode node) => Mag.Advertisements.ExpectEnd(node);

    [Then("the MAG opens IKEv2 with {LMA}")]
    public void OpensKeyExchange(Lma lma) => Mag.KeyExchange.ExpectBegin(lma.Name);

    [Then("the MAG does not use {Home}")]
    public void UsesNot(NodeAddresses addresses) => Mag.Advertisements.ExpectNotUsing(addresses);
}
