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

    [Given("the operator authorizes {MAG}")]
    [When("the operator authorizes {MAG}")]
    public void Authorizes(Mag mag) => management.Tell(new DeviceCommand.Authorize(session.AddressOf(mag.Name)));

    [Given("the operator no longer authorizes {MAG}")]
    [When("the operator no longer authorizes {MAG}")]
    public void Deauthorizes(Mag mag) => management.Tell(new DeviceCommand.Deauthorize(session.AddressOf(mag.Name)));

    /// <summary>The prefix that has the address becomes invalid.</summary>
    [Given("the operator withdraws the prefix of {Home}")]
    [When("the operator withdraws the prefix of {Home}")]
    public void Withdraws(NodeAddresses addresses) => management.Withdraw(addresses);
}
