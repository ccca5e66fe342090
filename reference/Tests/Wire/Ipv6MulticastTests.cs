using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv6MulticastTests
{
    /// <summary>The example of RFC 4291, Section 2.7.1.</summary>
    [Fact]
    public void SolicitedNode_OfTheExampleInRfc4291_IsItsGroup() =>
        Ipv6Multicast.SolicitedNode(IPAddress.Parse("4037::1:800:200e:8c6c")).Should().Be(IPAddress.Parse("ff02::1:ff0e:8c6c"));

    [Fact]
    public void AllNodesAndAllRouters_AreTheLinkLocalGroups()
    {
        Ipv6Multicast.AllNodes.ToString().Should().Be("ff02::1");
        Ipv6Multicast.AllRouters.ToString().Should().Be("ff02::2");
    }
}
