using System.Net;
using FluentAssertions;
using Pmip.Linux.Netlink;
using Pmip.Node;
using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>The tables and rules of the kernel by the sources of IPv4 packets on an access link.</summary>
public sealed class Ipv4SourceRoutesTests
{
    private static readonly IPNetwork _first = IPNetwork.Parse("192.0.2.1/32");
    private static readonly IPNetwork _second = IPNetwork.Parse("192.0.2.2/32");
    private static readonly IPNetwork _everywhere = IPNetwork.Parse("0.0.0.0/0");
    private static readonly IPNetwork _somewhere = IPNetwork.Parse("203.0.113.0/24");
    private static readonly IPAddress _oneWay = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _otherWay = IPAddress.Parse("198.51.100.3");

    [Fact]
    public void Sources_WithTheSameRoutes_ShareTheTableOfTheLink() =>
        Test(
            (sources, node) =>
            {
                Set(sources, node, _first, Via(_everywhere, _oneWay));
                Set(sources, node, _second, Via(_everywhere, _oneWay));

                Routes(node).Should().Equal((ArrivalTable.Of(node.LinkIndex), _everywhere, _oneWay));
                Rules(node).Should().BeEmpty();
            }
        );

    [Fact]
    public void Source_WithOtherRoutes_HasATableOfItsOwn_ThatDropsAllElse() =>
        Test(
            (sources, node) =>
            {
                Set(sources, node, _first, Via(_everywhere, _oneWay));
                Set(sources, node, _second, Via(_somewhere, _otherWay));

                var rule = Rules(node).Should().ContainSingle().Subject;
                (rule.From, rule.InputInterface, rule.IsIpv4).Should().Be((_second, node.InterfaceName, true));
                Routes(node)
                    .Should()
                    .BeEquivalentTo([(ArrivalTable.Of(node.LinkIndex), _everywhere, _oneWay), (rule.Table, _somewhere, _otherWay)]);
                node.Netlink.Routes.List()
                    .Should()
                    .Contain(route => route.Table == rule.Table && route.To == _everywhere && route.Type == KernelRouteType.Blackhole);
            }
        );

    [Fact]
    public void Source_WhoseRoutesChange_LeavesTheTableToTheOthers() =>
        Test(
            (sources, node) =>
            {
                Set(sources, node, _first, Via(_everywhere, _oneWay));
                Set(sources, node, _second, Via(_everywhere, _oneWay));

                Set(sources, node, _first, Via(_everywhere, _otherWay));

                var rule = Rules(node).Should().ContainSingle().Subject;
                rule.From.Should().Be(_first);
                Routes(node)
                    .Should()
                    .BeEquivalentTo([(ArrivalTable.Of(node.LinkIndex), _everywhere, _oneWay), (rule.Table, _everywhere, _otherWay)]);
            }
        );

    [Fact]
    public void OnlySource_WhoseRoutesChange_KeepsTheTableOfTheLink() =>
        Test(
            (sources, node) =>
            {
                Set(sources, node, _first, Via(_everywhere, _oneWay));
                Set(sources, node, _first, Via(_everywhere, _otherWay), Via(_somewhere, _oneWay));
                Set(sources, node, _first, Via(_everywhere, _otherWay));

                Routes(node).Should().Equal((ArrivalTable.Of(node.LinkIndex), _everywhere, _otherWay));
                Rules(node).Should().BeEmpty();
            }
        );

    [Fact]
    public void LastSource_LeavesNothing() =>
        Test(
            (sources, node) =>
            {
                Set(sources, node, _first, Via(_everywhere, _oneWay));
                Set(sources, node, _second, Via(_everywhere, _otherWay));

                sources.Remove(_second);
                Set(sources, node, _first);

                Routes(node).Should().BeEmpty();
                Rules(node).Should().BeEmpty();
                node.Netlink.Routes.List().Should().NotContain(route => route.Type == KernelRouteType.Blackhole);
            }
        );

    private static void Test(Action<Ipv4SourceRoutes, TwoNodes.Node> test)
    {
        using var nodes = TwoNodes.CreateConnected();
        nodes.Right.Netlink.Addresses.Add(nodes.Right.LinkIndex, IPAddress.Parse("198.51.100.2"), 24);
        test(new Ipv4SourceRoutes(nodes.Right.Netlink), nodes.Right);
    }

    private static KernelRoute Via(IPNetwork to, IPAddress gateway) =>
        new(to)
        {
            Gateway = gateway,
            Protocol = KernelMarks.Protocol,
            Metric = KernelMarks.Metric,
        };

    private static void Set(Ipv4SourceRoutes sources, TwoNodes.Node node, IPNetwork source, params KernelRoute[] routes) =>
        sources.Set(source, node.LinkIndex, node.InterfaceName, routes);

    private static List<(uint Table, IPNetwork To, IPAddress? Gateway)> Routes(TwoNodes.Node node) =>
        [
            .. node
                .Netlink.Routes.List()
                .Where(route => route is { Protocol: KernelMarks.Protocol, Type: KernelRouteType.Unicast })
                .Select(route => (route.Table, route.To, route.Gateway)),
        ];

    private static List<KernelRule> Rules(TwoNodes.Node node) =>
        [.. node.Netlink.Rules.List().Where(rule => rule.Protocol == KernelMarks.Protocol)];
}
