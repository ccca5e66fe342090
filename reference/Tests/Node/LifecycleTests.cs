using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Node;

public sealed class LifecycleTests
{
    private const int Ended = 0,
        NotStarted = 2;

    [Fact]
    public void Terminated_TheNodeLeavesTheNamespaceAsItWas()
    {
        using var network = NodeBench.ForGateway();
        var before = Snapshot(network);
        network.Started();
        Snapshot(network).Should().NotEqual(before);

        network.Node.Terminate();

        network.Node.ExitCode.Should().Be(Ended);
        Snapshot(network).Should().Equal(before);
    }

    [Fact]
    public void Terminated_TheNodeLeavesLinkLocalAddressesAsTheyWere()
    {
        using var network = NodeBench.ForGateway();
        network.Link("link1").Plug();
        var index = network.Netlink.Links.Get("link1").Index;
        network.Netlink.Links.SetUp(index);
        network.Netlink.Links.WaitUntilRunning(index, KernelTime.Now + TestedNode.Patience);
        IEnumerable<IPAddress> LinkLocal() =>
            network.Netlink.Addresses.List().Where(address => address.LinkIndex == index).Select(address => address.Address);
        var before = LinkLocal().ToList();
        before.Should().ContainSingle();

        network.Started();
        LinkLocal().Should().BeEmpty();
        network.Node.Terminate();

        LinkLocal().Should().Equal(before);
    }

    [Fact]
    public void EndOfInput_EndsTheNodeThatWasAskedTo()
    {
        using var network = NodeBench.ForAnchor();
        var before = Snapshot(network);
        network.Started();

        network.Node.CloseInput();

        network.Node.ExitCode.Should().Be(Ended);
        Snapshot(network).Should().Equal(before);
    }

    [Fact]
    public void ChangesOfAKilledNode_AreRevertedByTheNext()
    {
        var socket = Path.Combine(Path.GetTempPath(), $"pmip-node-test-{Guid.NewGuid():N}.sock");
        using var network = NodeBench.ForGateway(configuration => configuration with { ManagementSocket = socket });
        var before = Snapshot(network);
        network.Started();
        network.Node.Kill();
        Snapshot(network).Should().NotEqual(before, "a killed process does not revert its changes");
        File.Exists(socket).Should().BeTrue();

        network.Started();
        network.Node.Terminate();

        network.Node.Log.Should().Contain(line => line.Contains("Recovered", StringComparison.Ordinal));
        Snapshot(network).Should().Equal(before);
        File.Exists(socket).Should().BeFalse();
    }

    [Fact]
    public void ChangesOfANodeKilledUnderSegmentRouting_AreRevertedByTheNext_WhateverItsDataPath()
    {
        using var network = NodeBench.ForGateway(configuration => configuration with { DataPath = "seg6" });
        var before = Snapshot(network);
        network.Started();
        network.Node.Kill();
        network
            .Node.Log.Should()
            .Contain(line =>
                line.Contains("SEG6", StringComparison.Ordinal) && line.Contains("departs from RFC 5213", StringComparison.Ordinal)
            );
        Snapshot(network).Should().NotEqual(before);

        using (var next = TestedNode.Start(network.Namespace, network.Configuration with { DataPath = "tun" }))
        {
            next.Terminate();
        }

        Snapshot(network).Should().Equal(before);
    }

    [Fact]
    public void JournalOfAKilledNode_InANamespaceThatOnlyADescriptorHolds_IsKeptByANodeElsewhere()
    {
        using var network = NodeBench.ForGateway();
        network.Started();
        network.Node.Kill();

        NodeBench.ForAnchor().Started().Dispose();

        network.Started();
        network.Node.Terminate();
        network.Node.Log.Should().Contain(line => line.Contains("Recovered", StringComparison.Ordinal));
    }

    [Fact]
    public void SecondNode_InANamespace_IsRefused()
    {
        using var network = NodeBench.ForAnchor().Started();
        var file = TestedNode.WriteConfiguration(network.Configuration.ToJson());

        using var second = TestedNode.Start(network.Namespace, "--config", file);
        second.WaitForExit();
        File.Delete(file);

        second.ExitCode.Should().Be(NotStarted);
        second.Log.Should().ContainSingle().Which.Should().Contain($"process {network.Node.Id} already runs a role in this namespace");
    }

    [Fact]
    public void MissingInterface_IsNamed_AndNothingIsLeft()
    {
        using var network = NodeBench.ForAnchor();
        var before = Snapshot(network);
        var file = TestedNode.WriteConfiguration(
            network.Configuration.ToJson().Replace("\"Interface\": \"home\"", "\"Interface\": \"eth9\"", StringComparison.Ordinal)
        );

        using var node = TestedNode.Start(network.Namespace, "--config", file);
        node.WaitForExit();
        File.Delete(file);

        node.ExitCode.Should().Be(NotStarted);
        node.Log.Should().ContainSingle().Which.Should().Contain("eth9");
        Snapshot(network).Should().Equal(before);
    }

    [Fact]
    public void Check_OfAGoodConfiguration_SaysNothing()
    {
        var file = TestedNode.WriteConfiguration(NodeBench.AnchorConfiguration.ToJson());

        using var node = TestedNode.Run("--role", "lma", "--config", file, "--check");
        File.Delete(file);

        node.ExitCode.Should().Be(Ended);
        node.Log.Should().BeEmpty();
    }

    [Fact]
    public void Check_OfABadConfiguration_SaysFileLineAndKey()
    {
        var file = TestedNode.WriteConfiguration("{\n  \"Name\": 5\n}");

        using var node = TestedNode.Run("--config", file, "--check");
        File.Delete(file);

        node.ExitCode.Should().Be(NotStarted);
        node.Log.Should().Equal($"pmip-node: {file}:2: Name: is not a text in quotes");
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--no-such-option")]
    [InlineData("--check")]
    public void InvalidArguments_AreRefusedInOneLine(string argument)
    {
        using var node = TestedNode.Run(argument);

        node.ExitCode.Should().Be(NotStarted);
        node.Log.Should().ContainSingle().Which.Should().StartWith("pmip-node: --");
    }

    [Fact]
    public void WithoutRoot_TheNodeSaysWhatItNeeds()
    {
        var file = TestedNode.WriteConfiguration(NodeBench.AnchorConfiguration.ToJson());

        using var node = TestedNode.RunCommand(Privilege.WithoutRoot(TestedNode.Program, "--config", file));
        File.Delete(file);

        node.ExitCode.Should().Be(NotStarted);
        node.Log.Should().ContainSingle().Which.Should().Contain("needs root");
    }

    /// <summary>Everything that a node configures: links, addresses, routes, rules, sysctls.</summary>
    private static List<string> Snapshot(NodeBench network) =>
        network.Namespace.Run(() =>
        {
            var links = network.Netlink.Links.List();
            List<string> lines = [.. links.Select(link => $"{link.Index} {link.Name} {link.Flags} {link.Mtu} {link.Address}")];

            // Link-local addresses are excluded: the kernel adds them asynchronously, after duplicate address detection.
            lines.AddRange(
                network.Netlink.Addresses.List().Where(address => !address.Address.IsIPv6LinkLocal).Select(address => address.ToString())
            );
            lines.AddRange(
                network
                    .Netlink.Routes.List()
                    .Where(route => !route.To.BaseAddress.IsIPv6LinkLocal && !route.To.BaseAddress.IsIPv6Multicast)
                    .Select(route => route.ToString())
            );
            lines.AddRange(network.Netlink.Rules.List().Select(rule => rule.ToString()));
            foreach (var name in links.Select(link => link.Name).Append("all").Append("default"))
            {
                lines.AddRange(
                    ((string[])["forwarding", "accept_ra", "disable_ipv6", "addr_gen_mode", "router_solicitation_delay"])
                        .Select(parameter => $"net/ipv6/conf/{name}/{parameter}")
                        .Select(path => $"{path} {Sysctl.Read(path)}")
                );
            }

            return lines;
        });
}
