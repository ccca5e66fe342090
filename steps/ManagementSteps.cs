using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What an operator does at the device under test.</summary>
[Binding]
public sealed class ManagementSteps(TestSession session, DeviceManagement management)
{
    [Given("the operator sets {word} to {word}")]
    [When("the operator sets {word} to {word}")]
    public void Sets(string variable, string value) => management.Set(variable, value);

    [Given("the device restarts")]
    [When("the device restarts")]
    public void Restarts() => management.Restart();

    [Given("the operator {Authorizes} {MAG}")]
    [When("the operator {Authorizes} {MAG}")]
    public void Authorizes(Authorization authorization, Mag mag)
    {
        var address = session.AddressOf(mag.Name);
        management.Tell(authorization.IsGiven ? new DeviceCommand.Authorize(address) : new DeviceCommand.Deauthorize(address));
    }

    [Given("the operator terminates {MN}")]
    [When("the operator terminates {MN}")]
    public void Terminates(MobileNode node) => management.Tell(new DeviceCommand.Terminate(node.Identity.Identifier));

    [When("the operator reenables {MN}")]
    public void Reenables(MobileNode node) => management.Tell(new DeviceCommand.Reenable(node.Identity.Identifier));

    /// <summary>The prefix that has the address becomes invalid.</summary>
    [Given("the operator withdraws the prefix of {Home}")]
    [When("the operator withdraws the prefix of {Home}")]
    public void Withdraws(NodeAddresses addresses) => management.Withdraw(addresses);
}
