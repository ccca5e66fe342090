using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Lma;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Requests to a local mobility anchor under test.</summary>
[Binding]
public sealed class RegistrationSteps(ScenarioRole role)
{
    private LmaUnderTest Lma => role.As<LmaUnderTest>();

    [Given("{MN} is a(n) {word} mobile node")]
    public void IsOfKind(MobileNode node, string kind) => node.Is(kind);

    [Given("{MAG} signals over {Path}")]
    [When("{MAG} signals over {Path}")]
    public void Signals(Mag mag, GatewayPath path) => Lma.Signal(mag.Name, path);

    [Given("{MN} has no mobility session")]
    public void HasNoSessionYet(MobileNode node) => node.Binding.Gateway = null;

    [Given("{MN} is registered at {MAG}{WithEdits}")]
    public void IsRegistered(MobileNode node, Mag mag, EditList edits)
    {
        Lma.Requests.Register(mag.Name, node, edits);
        Lma.Answers.ExpectAccepted();
    }

    [Given("{MAG} has de-registered {MN}")]
    public void HasDeregistered(Mag mag, MobileNode node)
    {
        Lma.Requests.Deregister(mag.Name, node, EditList.None);
        Lma.Answers.ExpectAccepted();
    }

    [Given("{MAG} registers {MN}{WithEdits}")]
    [When("{MAG} registers {MN}{WithEdits}")]
    public void Registers(Mag mag, MobileNode node, EditList edits) => Lma.Requests.Register(mag.Name, node, edits);

    [When("{MAG} registers {MN} with octets changed:")]
    public void Registers(Mag mag, MobileNode node, DataTable table) =>
        Lma.Requests.Register(mag.Name, node, EditList.Parse(Tables.Lines(table)));

    [Given("{MAG} refreshes {MN}{WithEdits}")]
    [When("{MAG} refreshes {MN}{WithEdits}")]
    public void Refreshes(Mag mag, MobileNode node, EditList edits) => Lma.Requests.Refresh(mag.Name, node, edits);

    [Given("{MAG} de-registers {MN}{WithEdits}")]
    [When("{MAG} de-registers {MN}{WithEdits}")]
    public void Deregisters(Mag mag, MobileNode node, EditList edits) => Lma.Requests.Deregister(mag.Name, node, edits);

    [Given("{MN} hands off to {MAG}{WithEdits}")]
    [When("{MN} hands off to {MAG}{WithEdits}")]
    public void HandsOff(MobileNode node, Mag mag, EditList edits) => Lma.Requests.HandOff(mag.Name, node, edits);

    [When("{MAG} repeats its last message{WithEdits}")]
    public void Repeats(Mag mag, EditList edits) => Lma.Requests.Repeat(mag.Name, edits);
}
