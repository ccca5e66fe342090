using System.Text.Json;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Node.Management;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Node.Packets;

namespace Pmip.Reference.Tests.Node;

public sealed class ManagementTests
{
    private static readonly Ipv6Prefix _visited = Ipv6Prefix.Parse("2001:db8:c001::/64");

    private const string Attach = """{"command":"attach","link":"link1","mobileNode":"mn7@pmip.example"}""";

    [Fact]
    public void Attach_RegistersTheMobileNode_AndStateShowsIt()
    {
        using var network = Gateway(out var socket);
        using var connection = UnixConnection.Open(socket);

        Ask(connection, Attach).GetProperty("ok").GetBoolean().Should().BeTrue();

        network
            .Next(network.Core, Mobility<BindingUpdate>)
            .Options.First<MobileNodeIdentifierOption>()!
            .Nai.Should()
            .Be("mn7@pmip.example");
        var attachment = Ask(connection, """{"command":"state"}""").GetProperty("attachments")[0];
        (
            attachment.GetProperty("link").GetString(),
            attachment.GetProperty("mobileNode").GetString(),
            attachment.GetProperty("state").GetString()
        )
            .Should()
            .Be(("link1", "mn7@pmip.example", "Registering"));
        attachment.GetProperty("linkLayerIdentifier").GetString().Should().Be("0000", "it is not known, RFC 5213, Section 6.1");
        attachment.GetProperty("anchor").GetString().Should().Be("2001:db8:100::1");
        attachment.GetProperty("interface").GetString().Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void Detach_EndsTheAttachment()
    {
        using var network = Gateway(out var socket);
        using var connection = UnixConnection.Open(socket);
        Ask(connection, Attach);

        Ask(connection, """{"command":"detach","link":"link1"}""").GetProperty("ok").GetBoolean().Should().BeTrue();

        Ask(connection, """{"command":"state"}""").GetProperty("attachments").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public void Terminate_EndsTheSessionOfTheMobileNode_AndEnableIsAccepted()
    {
        using var network = Gateway(out var socket);
        using var connection = UnixConnection.Open(socket);
        Ask(connection, Attach);

        Ask(connection, """{"command":"enable","mobileNode":"mn7@pmip.example"}""").GetProperty("ok").GetBoolean().Should().BeTrue();
        Ask(connection, """{"command":"terminate","mobileNode":"mn7@pmip.example"}""").GetProperty("ok").GetBoolean().Should().BeTrue();

        Ask(connection, """{"command":"state"}""").GetProperty("attachments").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public void State_ShowsTheRoutesOfANodeWithRegularAccess()
    {
        using var network = Gateway(
            out var socket,
            gateway =>
                gateway with
                {
                    AccessLinks = [.. gateway.AccessLinks.Select(link => link with { VisitedPrefix = _visited })],
                    Profiles = [new MobileNodeProfile { IdentifierPattern = "mn7@*", IsEntitled = false }],
                }
        );
        using var connection = UnixConnection.Open(socket);
        Ask(connection, Attach).GetProperty("ok").GetBoolean().Should().BeTrue();

        var routes = Ask(connection, """{"command":"state"}""").GetProperty("routes").EnumerateArray().ToList();

        routes.Should().HaveCount(2);
        var outward = routes.Where(route => route.TryGetProperty("from", out _)).Should().ContainSingle().Subject;
        (outward.GetProperty("from").GetString(), outward.GetProperty("transit").GetBoolean()).Should().Be(($"{_visited}", true));
    }

    [Fact]
    public void Attach_WithAHint_SaysItInTheRegistration()
    {
        using var network = Gateway(out var socket);
        using var connection = UnixConnection.Open(socket);

        Ask(connection, Attach.Replace("}", ",\"hint\":3,\"timestamp\":\"2026-01-31T12:00:00Z\"}", StringComparison.Ordinal))
            .GetProperty("ok")
            .GetBoolean()
            .Should()
            .BeTrue();

        network
            .Next(network.Core, Mobility<BindingUpdate>)
            .Options.First<HandoffIndicatorOption>()!
            .Value.Should()
            .Be(HandoffIndicator.HandoffBetweenMobileAccessGateways);
    }

    [Fact]
    public void Variable_IsKeptOverARestart_AndAfterAKill()
    {
        var socket = Path.Combine(Path.GetTempPath(), $"pmip-node-test-{Guid.NewGuid():N}.sock");
        var directory = Directory.CreateTempSubdirectory("pmip-node-test-").FullName;
        try
        {
            using var network = NodeBench.ForGateway(configuration =>
                configuration with
                {
                    ManagementSocket = socket,
                    StateDirectory = directory,
                }
            );
            network.Started();
            ManagementClient.Run([socket, "set", "name=TimestampBasedApproachInUse", "value=0"]).Should().Be(0);
            ManagementClient.Run([socket, "attach", "link=link1", "mobileNode=mn7@pmip.example"]).Should().Be(0);
            Registration().Should().BeNull("the variable is in force");

            ManagementClient.Run([socket, "restart"]).Should().Be(0);
            using (var connection = UnixConnection.Open(socket))
            {
                Ask(connection, """{"command":"state"}""").GetProperty("attachments").GetArrayLength().Should().Be(0);
            }
            ManagementClient.Run([socket, "attach", "link=link1", "mobileNode=mn8@pmip.example"]).Should().Be(0);
            Registration().Should().BeNull("the variable survives a restart of the service");

            network.Node.Kill();
            network.Node.WaitForExit();
            network.Started();
            ManagementClient.Run([socket, "attach", "link=link1", "mobileNode=mn9@pmip.example"]).Should().Be(0);
            Registration().Should().BeNull("the variable survives a kill");

            TimestampOption? Registration() => network.Next(network.Core, Mobility<BindingUpdate>).Options.First<TimestampOption>();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Client_TellsRefusalsFromSilence()
    {
        using var network = Gateway(out var socket);

        ManagementClient.Run([socket, "set", "name=MinDelayBeforeBCEDelete", "value=1"]).Should().Be(1);
        ManagementClient.Run([socket, "restart", "all=1"]).Should().Be(1, "the node does not restart");
        ManagementClient.Run([socket, "hint", "link=link1", "hint:=2"]).Should().Be(0);
        ManagementClient.Run([socket, "hint", "link=link1", "hint:=null"]).Should().Be(0);
        ManagementClient.Run([$"{socket}.none", "state"]).Should().Be(2);
        ManagementClient.Run([socket, "set", "name"]).Should().Be(2);
    }

    [Theory]
    [InlineData("""{"command":"attach","link":"link1","hint":5}""", "hint: '5' is not a handoff indicator of a first registration, 1 to 4")]
    [InlineData(
        """{"command":"attach","link":"link1","timestamp":"noon"}""",
        "timestamp: 'noon' is not a time such as 2026-01-31T12:00:00Z"
    )]
    [InlineData(
        """{"command":"attach","link":"link1","timestamp":"1969-12-31T23:59:59Z"}""",
        "timestamp: '1969-12-31T23:59:59Z' is before 1970"
    )]
    [InlineData("""{"command":"terminate"}""", "mobileNode: is missing")]
    [InlineData("""{"command":"attach"}""", "link: is missing")]
    [InlineData("""{"command":"detach","link":"core"}""", "link: 'core' is not an access link of this node")]
    [InlineData(
        """{"command":"reboot"}""",
        "command: 'reboot' is not one of state, attach, detach, hint, timestamp, enable, terminate, set, "
            + "authorize, deauthorize, withdraw, restart"
    )]
    [InlineData(
        """{"command":"set","name":"EnableMAGLocalRouting","value":"yes"}""",
        "name: there is no variable 'EnableMAGLocalRouting' that can be 'yes'"
    )]
    [InlineData("""{"command":"withdraw","prefix":"2001:db8::"}""", "prefix: '2001:db8::' is not an IPv6 prefix, such as 2001:db8::/32")]
    [InlineData("""{"command":"state","all":true}""", "all: is an unknown key; known keys: command")]
    public void InvalidCommand_IsAnsweredWithAnError(string command, string error)
    {
        using var network = Gateway(out var socket);
        using var connection = UnixConnection.Open(socket);

        Ask(connection, command).GetProperty("error").GetString().Should().Be(error);
        Ask(connection, "nonsense").TryGetProperty("error", out _).Should().BeTrue();
    }

    [Theory]
    [InlineData("enable")]
    [InlineData("terminate")]
    [InlineData("attach")]
    public void Identifier_ThatDoesNotFitIntoItsOption_IsAnsweredWithAnError(string command)
    {
        using var network = Gateway(out var socket);
        using var connection = UnixConnection.Open(socket);

        // In UTF-8, the letter has two octets.
        Answer(127).TryGetProperty("ok", out _).Should().BeTrue();
        Answer(128).GetProperty("error").GetString().Should().Be("mobileNode: is longer than 254 octets");

        JsonElement Answer(int letters)
        {
            var link = command == "attach" ? "\"link\":\"link1\"," : "";
            return Ask(connection, $$"""{"command":"{{command}}",{{link}}"mobileNode":"{{new string('é', letters)}}"}""");
        }
    }

    private static NodeBench Gateway(out string socket, Func<MobileAccessGatewaySettings, MobileAccessGatewaySettings>? change = null)
    {
        var path = socket = Path.Combine(Path.GetTempPath(), $"pmip-node-test-{Guid.NewGuid():N}.sock");
        return NodeBench
            .ForGateway(configuration =>
                configuration with
                {
                    ManagementSocket = path,
                    MobileAccessGateway = change is null ? configuration.MobileAccessGateway : change(configuration.MobileAccessGateway!),
                }
            )
            .Started();
    }

    private static JsonElement Ask(UnixConnection connection, string command)
    {
        connection.WriteLine(command);
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
}
