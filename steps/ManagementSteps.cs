using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mag;
using Conformance.Testing.Session;
using Pmip.Wire;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What an operator does at the device under test, and what the access network tells it.</summary>
[Binding]
public sealed class ManagementSteps(TestSession session, ScenarioRole role, DeviceManagement management)
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
    public void Withdraws(NodeAddresses addresses)
    {
        foreach (var address in addresses.All)
        {
            management.Tell(new DeviceCommand.Renumber(new Ipv6Prefix(address, 64)));
        }
    }

    /// <summary>The node gives its own time when it attaches (RFC 5213, Section 5.5).</summary>
    [Given("{MN} attaches at {Link} with timestamp {Duration} ago")]
    [When("{MN} attaches at {Link} with timestamp {Duration} ago")]
    public void Attaches(MobileNode node, PortId link, Duration ago)
    {
        management.Announce(node, link, ago.Length);
        role.As<MagUnderTest>().Access.Attach(node, link, trigger: null);
    }

    /// <summary>The access network says how the node arrives, by a Handoff Indicator (RFC 5213, Section 8.4).</summary>
    [Given("{MN} attaches at {Link} with hint {int}")]
    [When("{MN} attaches at {Link} with hint {int}")]
    public void Attaches(MobileNode node, PortId link, int hint)
    {
        management.Announce(node, link, hint);
        role.As<MagUnderTest>().Access.Attach(node, link, trigger: null);
    }
}
