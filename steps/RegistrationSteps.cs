using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Requests to a local mobility anchor under test.</summary>
[Binding]
public sealed class RegistrationSteps(LmaSignaling lma)
{
    [Given("{MN} is a(n) {word} mobile node")]
    public void IsOfKind(MobileNode node, string kind) => node.Is(kind);

    [Given("{MN} has no mobility session")]
    public void HasNoSessionYet(MobileNode node) => node.ServingMag = null;

    [Given("{MN} is registered at {MAG}")]
    public void IsRegistered(MobileNode node, Mag mag) => IsRegistered(node, mag, EditList.None);

    [Given("{MN} is registered at {MAG} with {Edits}")]
    public void IsRegistered(MobileNode node, Mag mag, EditList edits)
    {
        lma.Register(mag.Name, node, edits);
        lma.ExpectAccepted();
    }

    [Given("{MAG} has de-registered {MN}")]
    public void HasDeregistered(Mag mag, MobileNode node)
    {
        lma.Deregister(mag.Name, node, EditList.None);
        lma.ExpectAccepted();
    }

    [Given("{MAG} registers {MN}")]
    [When("{MAG} registers {MN}")]
    public void Registers(Mag mag, MobileNode node) => lma.Register(mag.Name, node, EditList.None);

    [Given("{MAG} registers {MN} with {Edits}")]
    [When("{MAG} registers {MN} with {Edits}")]
    public void Registers(Mag mag, MobileNode node, EditList edits) => lma.Register(mag.Name, node, edits);

    [When("{MAG} registers {MN} with octets changed:")]
    public void Registers(Mag mag, MobileNode node, DataTable table) => lma.Register(mag.Name, node, OctetEdits.Parse(Tables.Lines(table)));

    [When("{MAG} refreshes {MN}")]
    public void Refreshes(Mag mag, MobileNode node) => lma.Refresh(mag.Name, node, EditList.None);

    [When("{MAG} refreshes {MN} with {Edits}")]
    public void Refreshes(Mag mag, MobileNode node, EditList edits) => lma.Refresh(mag.Name, node, edits);

    [Given("{MAG} de-registers {MN}")]
    [When("{MAG} de-registers {MN}")]
    public void Deregisters(Mag mag, MobileNode node) => lma.Deregister(mag.Name, node, EditList.None);

    [When("{MAG} de-registers {MN} with {Edits}")]
    public void Deregisters(Mag mag, MobileNode node, EditList edits) => lma.Deregister(mag.Name, node, edits);

    [Given("{MN} hands off to {MAG}")]
    [When("{MN} hands off to {MAG}")]
    public void HandsOff(MobileNode node, Mag mag) => lma.HandOff(mag.Name, node, EditList.None);

    [When("{MN} hands off to {MAG} with {Edits}")]
    public void HandsOff(MobileNode node, Mag mag, EditList edits) => lma.HandOff(mag.Name, node, edits);

    [When("{MAG} repeats its last message")]
    public void Repeats(Mag mag) => lma.Repeat(mag.Name, EditList.None);

    [When("{MAG} repeats its last message with {Edits}")]
    public void Repeats(Mag mag, EditList edits) => lma.Repeat(mag.Name, edits);
}
