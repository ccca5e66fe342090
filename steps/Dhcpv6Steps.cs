using Conformance.Testing.Roles;
using Conformance.Testing.Roles.Mag;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Stateful address configuration of mobile nodes through a MAG under test.</summary>
[Binding]
public sealed class Dhcpv6Steps(ScenarioRole role)
{
    private MagDhcpv6 Dhcpv6 => role.As<MagUnderTest>().Dhcpv6;

    [Given("{MN} sends a DHCPv6 {word}")]
    [When("{MN} sends a DHCPv6 {word}")]
    public void Sends(MobileNode node, string type) => Dhcpv6.Send(node, type);

    [Given("the MAG relays the DHCPv6 message")]
    [Then("the MAG relays the DHCPv6 message")]
    public void Relays() => Dhcpv6.ExpectRelayed([]);

    [Then("the MAG relays the DHCPv6 message with:")]
    public void Relays(DataTable table) => Dhcpv6.ExpectRelayed(Tables.Pairs(table));

    [Then("the answer of the DHCPv6 server reaches {MN}")]
    public void Reaches(MobileNode node) => Dhcpv6.ExpectAnswered();
}
