using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>An address of a role is under test while its link has no carrier: no node could object.</summary>
public sealed class AddressTestWithoutCarrierTests
{
    private readonly VirtualNetwork _network = new();
    private readonly ScriptedRole _role = new();
    private readonly IpNode _host;

    public AddressTestWithoutCarrierTests() => _host = _network.Add(Lma, _role);

    [Theory]
    [InlineData("2001:db8:200::77")]
    [InlineData("198.51.100.7")]
    public void Test_ThatBeginsWithoutCarrier_StartsWithIt(string text)
    {
        var address = IPAddress.Parse(text);
        _host.LinkDown(Home, _network.Now);
        Ask(new RoleAction.AddAddress(Home, address, PerformDad: true));
        _network.RunSeconds(20);
        Reported().Should().BeEmpty();

        _host.LinkUp(Home, _network.Now);
        _network.RunSeconds(20);

        Reported().Should().Equal(new RoleInput.AddressTested(Home, address, IsUnique: true));
    }

    [Theory]
    [InlineData("2001:db8:200::77")]
    [InlineData("198.51.100.7")]
    public void Test_DuringWhichTheCarrierIsLost_StartsAnewWithTheNext(string text)
    {
        var address = IPAddress.Parse(text);
        Ask(new RoleAction.AddAddress(Home, address, PerformDad: true));
        _network.RunSeconds(0.5);
        _host.LinkDown(Home, _network.Now);
        _network.RunSeconds(20);
        Reported().Should().BeEmpty();

        _host.LinkUp(Home, _network.Now);
        _network.RunSeconds(0.9);
        Reported().Should().BeEmpty();
        _network.RunSeconds(20);

        Reported().Should().Equal(new RoleInput.AddressTested(Home, address, IsUnique: true));
    }

    private IEnumerable<RoleInput.AddressTested> Reported() => _role.Inputs.OfType<RoleInput.AddressTested>();

    private void Ask(RoleAction action)
    {
        _role.Ask(action);
        _host.HandleTimeout(_network.Now);
        _network.Settle();
    }
}
