using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Requests to a local mobility anchor under test.</summary>
[Binding]
public sealed class RegistrationSteps(AnchorSignaling anchor)
{
    [Given("{MobileNode} is a(n) {word} mobile node")]
    public void IsOfKind(MobileNode node, string kind) => node.Is(kind);

    [Given("{MobileNode} has no mobility session")]
    public void HasNoSessionYet(MobileNode node) => node.ServingGateway = null;

    [Given("{MobileNode} is registered at {Gateway}")]
    public void IsRegistered(MobileNode node, Gateway gateway) => IsRegistered(node, gateway, EditList.None);

    [Given("{MobileNode} is registered at {Gateway} with {Edits}")]
    public void IsRegistered(MobileNode node, Gateway gateway, EditList edits)
    {
        anchor.Register(gateway.Name, node, edits);
        anchor.ExpectAccepted();
    }

    [Given("{Gateway} has de-registered {MobileNode}")]
    public void HasDeregistered(Gateway gateway, MobileNode node)
    {
        anchor.Deregister(gateway.Name, node, EditList.None);
        anchor.ExpectAccepted();
    }

    [Given("{Gateway} registers {MobileNode}")]
    [When("{Gateway} registers {MobileNode}")]
    public void Registers(Gateway gateway, MobileNode node) => anchor.Register(gateway.Name, node, EditList.None);

    [Given("{Gateway} registers {MobileNode} with {Edits}")]
    [When("{Gateway} registers {MobileNode} with {Edits}")]
    public void Registers(Gateway gateway, MobileNode node, EditList edits) => anchor.Register(gateway.Name, node, edits);

    [When("{Gateway} registers {MobileNode} with octets changed:")]
    public void Registers(Gateway gateway, MobileNode node, DataTable table) =>
        anchor.Register(gateway.Name, node, OctetEdits.Parse(Tables.Lines(table)));

    [When("{Gateway} refreshes {MobileNode}")]
    public void Refreshes(Gateway gateway, MobileNode node) => anchor.Refresh(gateway.Name, node, EditList.None);

    [When("{Gateway} refreshes {MobileNode} with {Edits}")]
    public void Refreshes(Gateway gateway, MobileNode node, EditList edits) => anchor.Refresh(gateway.Name, node, edits);

    [Given("{Gateway} de-registers {MobileNode}")]
    [When("{Gateway} de-registers {MobileNode}")]
    public void Deregisters(Gateway gateway, MobileNode node) => anchor.Deregister(gateway.Name, node, EditList.None);

    [When("{Gateway} de-registers {MobileNode} with {Edits}")]
    public void Deregisters(Gateway gateway, MobileNode node, EditList edits) => anchor.Deregister(gateway.Name, node, edits);

    [Given("{MobileNode} hands off to {Gateway}")]
    [When("{MobileNode} hands off to {Gateway}")]
    public void HandsOff(MobileNode node, Gateway gateway) => anchor.HandOff(gateway.Name, node, EditList.None);

    [When("{MobileNode} hands off to {Gateway} with {Edits}")]
    public void HandsOff(MobileNode node, Gateway gateway, EditList edits) => anchor.HandOff(gateway.Name, node, edits);

    [When("{Gateway} repeats its last message")]
    public void Repeats(Gateway gateway) => anchor.Repeat(gateway.Name, EditList.None);

    [When("{Gateway} repeats its last message with {Edits}")]
    public void Repeats(Gateway gateway, EditList edits) => anchor.Repeat(gateway.Name, edits);
}
