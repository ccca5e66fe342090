using System.Net;
using System.Text.Json;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node.Configuration;
using Pmip.Node.Management;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>The program as a home agent, as a correspondent node and as a mobile node, each on a stack of its own.</summary>
public sealed class MobilityNodeTests
{
    private const int Ended = 0;

    private static readonly IPAddress _home = IPAddress.Parse("2001:db8:200::5e00:1");
    private static readonly IPAddress _careOf = IPAddress.Parse("2001:db8:100::5e1:1");
    private static readonly Ipv6Prefix _prefix = Ipv6Prefix.Parse("2001:db8:101::/64");
    private static readonly IPAddress _router = IPAddress.Parse("fe80::ff");
    private static readonly IPAddress _agent = MobilityConfigurationTests.HomeAgent.HomeAgent!.Address;
    private static readonly IPAddress _correspondent = MobilityConfigurationTests.Correspondent.CorrespondentNode!.Address;

    [Fact]
    public void HomeAgent_TakesARegistration_AndItsStateShowsTheBinding()
    {
        using var network = Of(MobilityConfigurationTests.HomeAgent, out var socket);
        using var connection = UnixConnection.Open(socket);

        network.Core.Send(Registration(1));

        var answer = network.Next(network.Core, Answer, within: TimeSpan.FromSeconds(2));
        (answer.Status, answer.SequenceNumber).Should().Be((BindingStatus.ACCEPTED, 1));
        var state = Ask(connection, "state");
        state.GetProperty("role").GetString().Should().Be("ha");
        var binding = state.GetProperty("bindings").EnumerateArray().Should().ContainSingle().Subject;
        (
            binding.GetProperty("homeAddress").GetString(),
            binding.GetProperty("bid").GetInt32(),
            binding.GetProperty("careOfAddress").GetString()
        )
            .Should()
            .Be(($"{_home}", 7, $"{_careOf}"));
        binding.GetProperty("endsIn").GetInt64().Should().BeInRange(30_000, 60_000);
        var counters = state.GetProperty("counters");
        (counters.GetProperty("signalsReceived").GetInt32(), counters.GetProperty("signalsSent").GetInt32()).Should().Be((1, 1));
        state
            .GetProperty("links")
            .EnumerateArray()
            .Select(link => (link.GetProperty("link").GetString(), link.GetProperty("isUp").GetBoolean()))
            .Should()
            .Equal(("home", true), ("core", true));
        state.GetProperty("links")[0].GetProperty("addresses").EnumerateArray().Should().Contain(known => known.GetString() == $"{_agent}");
    }

    [Fact]
    public void Restarted_TheNodeHasNoBindings()
    {
        using var network = Of(MobilityConfigurationTests.HomeAgent, out var socket);
        network.Core.Send(Registration(1));
        network.Next(network.Core, Answer, within: TimeSpan.FromSeconds(2));

        ManagementClient.Run([socket, "restart"]).Should().Be(0, "it has started again");

        using var again = UnixConnection.Open(socket);
        var state = Ask(again, "state");
        state.GetProperty("bindings").GetArrayLength().Should().Be(0);
        state.GetProperty("counters").GetProperty("signalsReceived").GetInt32().Should().Be(0);
    }

    [Fact]
    public void MobileNode_RegistersFromAForeignLink_AndItsStateShowsTheBinding()
    {
        using var network = Of(MobilityConfigurationTests.MobileNode, out var socket);
        var link = network.Link("link1");
        using var connection = UnixConnection.Open(socket);
        Advertise(link);

        var (careOf, update) = network.Next(link, UpdateIn, within: TimeSpan.FromSeconds(3));

        careOf.Should().Be(_prefix.AddressWith(link.NodeAddress.InterfaceIdentifier()));
        update.Flags.Should().HaveFlag(BindingUpdateFlags.HomeRegistration).And.HaveFlag(BindingUpdateFlags.Acknowledge);
        var path = new Ipv6Signaling(_agent, careOf) { RoutedTo = _home };
        var answer = new BindingAcknowledgement(
            BindingStatus.ACCEPTED,
            BindingAcknowledgementFlags.None,
            update.SequenceNumber,
            60,
            new MobilityOptionList(update.Options.OfType<BindingIdentifierOption>())
        );
        link.Send((Ipv6Packet)path.ToPacket(path.Complete(answer)));
        var binding = Until(() => Ask(connection, "state").GetProperty("bindings").EnumerateArray().ToList(), Enumerable.Any).Single();
        binding.GetProperty("peer").GetString().Should().Be($"{_agent}");
        binding.GetProperty("careOfAddress").GetString().Should().Be($"{careOf}");
        network
            .Namespace.Run(() => network.Netlink.Addresses.List())
            .Should()
            .Contain(address => address.Address.Equals(_home), "applications have the home address");
    }

    [Theory]
    [InlineData("set")]
    [InlineData("attach")]
    [InlineData("withdraw")]
    public void Command_ThatTheRoleDoesNotKnow_IsRefused(string command)
    {
        using var network = Of(MobilityConfigurationTests.Correspondent, out var socket);
        using var connection = UnixConnection.Open(socket);

        Ask(connection, command)
            .GetProperty("error")
            .GetString()
            .Should()
            .Be($"command: '{command}' is neither state nor restart, all that a cn knows");
    }

    [Fact]
    public void Correspondent_AnswersATestOfTheHomeAddress_ByItsRouter()
    {
        using var network = Of(MobilityConfigurationTests.Correspondent, out var socket);
        network.Core.Own("2001:db8:100::ff");
        using var connection = UnixConnection.Open(socket);

        network.Core.Send(_home, _correspondent, new HomeTestInit(0x0123456789abcdef, new MobilityOptionList()));

        network.Next(network.Core, Packets.Mobility<HomeTest>).Cookie.Should().Be(0x0123456789abcdef);
        var state = Ask(connection, "state");
        (state.GetProperty("role").GetString(), state.GetProperty("bindings").GetArrayLength()).Should().Be(("cn", 0));
    }

    [Theory]
    [InlineData(NodeConfiguration.HomeAgentRole)]
    [InlineData(NodeConfiguration.CorrespondentRole)]
    [InlineData(NodeConfiguration.MobileNodeRole)]
    public void Terminated_TheNodeLeavesTheNamespaceAsItWas(string role)
    {
        var configuration = role switch
        {
            NodeConfiguration.HomeAgentRole => MobilityConfigurationTests.HomeAgent,
            NodeConfiguration.MobileNodeRole => MobilityConfigurationTests.MobileNode,
            _ => MobilityConfigurationTests.Correspondent,
        };
        using var network = NodeBench.ForMobility(configuration);
        var before = Snapshot(network);
        network.Started();
        Snapshot(network).Should().NotEqual(before);

        network.Node.Terminate();

        network.Node.ExitCode.Should().Be(Ended);
        Snapshot(network).Should().Equal(before);
    }

    [Fact]
    public void ChangesOfAKilledNode_AreRevertedByTheNext()
    {
        using var network = NodeBench.ForMobility(MobilityConfigurationTests.HomeAgent);
        var before = Snapshot(network);
        network.Started();
        network.Node.Kill();
        Snapshot(network).Should().NotEqual(before, "a killed process does not revert its changes");

        network.Started();
        network.Node.Terminate();

        network.Node.Log.Should().Contain(line => line.Contains("Recovered", StringComparison.Ordinal));
        Snapshot(network).Should().Equal(before);
    }

    [Fact]
    public void FailsAtMessage_EndsTheNode()
    {
        using var network = Of(MobilityConfigurationTests.Correspondent with { FailsAtMessage = 2 }, out _);
        network.Core.Own("2001:db8:100::ff");
        network.Core.Send(_home, _correspondent, new HomeTestInit(1, new MobilityOptionList()));
        network.Next(network.Core, Packets.Mobility<HomeTest>);

        network.Core.Send(_home, _correspondent, new HomeTestInit(2, new MobilityOptionList()));

        network.Node.WaitForExit();
        network.Node.ExitCode.Should().Be(1);
        network.Node.Log.Should().Contain(line => line.Contains("fails at message 2, as configured", StringComparison.Ordinal));
    }

    private static NodeBench Of(NodeConfiguration configuration, out string socket)
    {
        var path = Path.Combine(Path.GetTempPath(), $"pmip-node-test-{Guid.NewGuid():N}.sock");
        socket = path;
        var network = NodeBench.ForMobility(configuration with { ManagementSocket = path });
        if (configuration.MobileNode is null)
        {
            network.Core.Own($"{_careOf}");
        }
        return network.Started();
    }

    private static Ipv6Packet Registration(ushort number)
    {
        var options = new MobilityOptionList(new BindingIdentifierOption(7, BindingStatus.ACCEPTED, false, _careOf));
        var update = new BindingUpdate(number, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration, 15, options);
        var signaling = new Ipv6Signaling(_careOf, _agent) { HomeAddress = _home };
        return (Ipv6Packet)signaling.ToPacket(signaling.Complete(update));
    }

    /// <summary>The acknowledgement with a type 2 routing header, whose checksum covers the home address.</summary>
    private static BindingAcknowledgement? Answer(Ipv6Packet packet) =>
        packet.TryGetUpperLayer(out var upper, out _)
        && upper.Protocol == IpProtocol.MobilityHeader
        && packet.Destination.Equals(_careOf)
        && MobilityHeader.HasValidChecksum(packet.Source, _home, upper.Payload.Span)
        && MobilityMessage.TryParse(upper.Payload.Span, out var message, out _)
            ? message as BindingAcknowledgement
            : null;

    private static void Advertise(TestLink link)
    {
        var options = new NdOptionList(
            new SourceLinkLayerAddressOption(link.Address),
            new PrefixInformationOption(_prefix, OnLink: true, Autonomous: true, 3600, 3600)
        );
        link.Send(_router, Ipv6Multicast.AllNodes, new RouterAdvertisement(64, false, false, 1800, 0, 0, options));
    }

    private static Update? UpdateIn(Ipv6Packet packet) =>
        packet.TryGetUpperLayer(out var upper, out _)
        && upper.Protocol == IpProtocol.MobilityHeader
        && packet.Destination.Equals(_agent)
        && MobilityHeader.HasValidChecksum(_home, packet.Destination, upper.Payload.Span)
        && MobilityMessage.TryParse(upper.Payload.Span, out var message, out _)
        && message is BindingUpdate update
            ? new Update(packet.Source, update)
            : null;

    private static T Until<T>(Func<T> read, Func<T, bool> isIt)
    {
        var until = KernelTime.Now + NodeBench.Tolerance;
        while (true)
        {
            var value = read();
            if (isIt(value))
            {
                return value;
            }
            (KernelTime.Now < until).Should().BeTrue("the node does it in time");
        }
    }

    /// <summary>A Binding Update of the mobile node.</summary>
    private sealed record Update(IPAddress CareOf, BindingUpdate Message);

    private static JsonElement Ask(UnixConnection connection, string command)
    {
        connection.WriteLine($$"""{"command":"{{command}}"}""");
        var until = KernelTime.Now + NodeBench.Tolerance;
        while (true)
        {
            if (connection.TakeLine(out var isOpen) is { } line)
            {
                return JsonDocument.Parse(line).RootElement;
            }
            isOpen.Should().BeTrue("the node keeps the connection");
            Readiness.Wait([connection], until).Should().NotBeEmpty("the node answers");
        }
    }

    private static List<string> Snapshot(NodeBench network) =>
        network.Namespace.Run(() =>
        {
            var links = network.Netlink.Links.List();
            List<string> lines =
            [
                .. links.Select(link => $"{link.Name} {link.Flags & (LinkFlags.Up | LinkFlags.NoArp)} {link.Mtu} {link.Address}"),
            ];
            lines.AddRange(
                network
                    .Netlink.Routes.List()
                    .Select(route => route.ToString())
                    .Where(route => !route.Contains("fe80", StringComparison.Ordinal) && !route.Contains("ff00", StringComparison.Ordinal))
            );
            foreach (var name in network.Configuration.Interfaces.Select(on => on.Interface).Append("all"))
            {
                lines.AddRange(
                    ((string[])[$"net/ipv6/conf/{name}/disable_ipv6", $"net/ipv4/conf/{name}/rp_filter"]).Select(path =>
                        $"{path} {Sysctl.Read(path)}"
                    )
                );
            }
            return lines;
        });
}
