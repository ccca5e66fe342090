using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mag;
using Conformance.Testing.Session;
using Pmip.Wire;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>
/// DHCP of mobile nodes, on the access links of a MAG under test or behind MAGs that the tester plays; ARP on the access links, and the
/// DHCP server behind the relay of a MAG.
/// </summary>
[Binding]
public sealed class DhcpSteps(ScenarioRole role)
{
    private IDhcpUnderTest Tested => role.As<IDhcpUnderTest>();

    private MagDhcp Dhcp => role.As<MagUnderTest>().Dhcp;

    private MagArp Arp => role.As<MagUnderTest>().Arp;

    [StepArgumentTransformation("(DHCP[A-Z]+)", Name = "DhcpMessage")]
    public static DhcpMessageType Message(string name) => DhcpMessageNames.Read(name);

    /// <summary>A message to a mobile node that comes, or does not.</summary>
    [StepArgumentTransformation("(a DHCP[A-Z]+|no DHCP[A-Z]+|no DHCP message|an ARP Reply|no ARP Reply)", Name = "Reply")]
    public static ExpectedReply Reply(string text) => ExpectedReply.Read(text);

    [StepArgumentTransformation(
        @"(the default router|its own address|another host of its home network|MN\d+'s|CN\d+|[\d.]+)",
        Name = "ArpTarget"
    )]
    public static ArpTarget Target(string words) => new(words);

    [Given("{MN} sends a {DhcpMessage}{WithEdits}")]
    [When("{MN} sends a {DhcpMessage}{WithEdits}")]
    public void Sends(MobileNode node, DhcpMessageType message, EditList edits) => Tested.Send(node, message, edits);

    [Given("{MN} has its IPv4 home address by DHCP{WithEdits}")]
    [When("{MN} has its IPv4 home address by DHCP{WithEdits}")]
    public void IsConfigured(MobileNode node, EditList edits) => Tested.Configure(node, edits);

    [Given("{MN} asks by ARP for {ArpTarget}")]
    [When("{MN} asks by ARP for {ArpTarget}")]
    public void Asks(MobileNode node, ArpTarget target) => Arp.Ask(node, target.Words);

    [Given("{MN} gets {Reply}{Within}")]
    [Then("{MN} gets {Reply}{Within}")]
    public void Gets(MobileNode node, ExpectedReply reply, TimeLimit within) => Tested.Expect(node, reply, within.Length, []);

    [Given("{MN} gets {Reply}{Within} with:")]
    [Then("{MN} gets {Reply}{Within} with:")]
    public void Gets(MobileNode node, ExpectedReply reply, TimeLimit within, DataTable table) =>
        Tested.Expect(node, reply, within.Length, Tables.Pairs(table));

    [Given("the {DhcpMessage} comes to the DHCP server")]
    [Then("the {DhcpMessage} comes to the DHCP server")]
    public void Comes(DhcpMessageType message) => Dhcp.ExpectRelayed(message, []);

    [Given("the {DhcpMessage} comes to the DHCP server with:")]
    [Then("the {DhcpMessage} comes to the DHCP server with:")]
    public void Comes(DhcpMessageType message, DataTable table) => Dhcp.ExpectRelayed(message, Tables.Pairs(table));

    [Given("the MAG does not pass the {DhcpMessage} on")]
    [Then("the MAG does not pass the {DhcpMessage} on")]
    public void ComesNot(DhcpMessageType message) => Dhcp.ExpectNotRelayed(message);

    [Given("the DHCP server answers with a {DhcpMessage}{WithEdits}")]
    [When("the DHCP server answers with a {DhcpMessage}{WithEdits}")]
    public void Answers(DhcpMessageType message, EditList edits) => Dhcp.Answer(message, edits);
}

/// <summary>The node that an ARP Request asks for, in the words of a scenario.</summary>
public sealed record ArpTarget(string Words);
