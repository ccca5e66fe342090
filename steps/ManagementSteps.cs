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

    [Given("the operator {Terminates} {MN}")]
    [When("the operator {Terminates} {MN}")]
    public void Terminates(Termination termination, MobileNode node)
    {
        var identifier = node.Identity.Identifier;
        management.Tell(termination.IsEnd ? new DeviceCommand.Terminate(identifier) : new DeviceCommand.Reenable(identifier));
    }

    /// <summary>The prefix that has the address becomes invalid.</summary>
    [Given("the operator withdraws the prefix of {Home}")]
    [When("the operator withdraws the prefix of {Home}")]
    public void Withdraws(NodeAddresses addresses) => management.Withdraw(addresses);
}
