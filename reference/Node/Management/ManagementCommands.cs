using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node.Management;

/// <summary>
/// The commands of the management socket, and their members:
/// <c>state</c>;
/// <c>attach</c> (<c>link</c>, and optional <c>mobileNode</c>, <c>hint</c>, <c>timestamp</c>) and <c>detach</c> (<c>link</c>), as if the
/// link came up or went down;
/// <c>hint</c> (<c>link</c>, <c>hint</c>) and <c>timestamp</c> (<c>link</c>, <c>timestamp</c>), for the next time that the link comes up;
/// <c>enable</c> and <c>terminate</c> (<c>mobileNode</c>);
/// <c>set</c> (<c>name</c>, <c>value</c>), of a variable as RFC 5213 writes it;
/// <c>authorize</c> and <c>deauthorize</c> (<c>gateway</c>);
/// <c>withdraw</c> (<c>prefix</c>);
/// <c>restart</c>.
/// A home agent and a correspondent node know <c>state</c> and <c>restart</c>.
/// An example: <c>{"command":"attach","link":"link1","hint":1,"timestamp":"2026-01-31T12:00:00Z"}</c>. The answer to an invalid command
/// is an <c>error</c>.
/// </summary>
internal sealed class ManagementCommands(NodeConfiguration configuration, Action<Utf8JsonWriter> state, ManagedNode node)
{
    /// <summary>The value of a timestamp that is not given.</summary>
    private const string Nothing = "none";

    public string Execute(string line)
    {
        try
        {
            return Execute(new ConfigurationSection(LocatedValue.Parse(line, "command")));
        }
        catch (NodeConfigurationException wrong)
        {
            return Answer(json => json.WriteString("error", wrong.Key.Length > 0 ? $"{wrong.Key}: {wrong.Reason}" : wrong.Reason));
        }
    }

    private string Execute(ConfigurationSection command)
    {
        var name = command.Required("command", ConfigurationSection.Text);
        if (configuration.HasOwnStack && name is not ("state" or "restart"))
        {
            throw command.Error("command", $"'{name}' is neither state nor restart, all that a {configuration.Role} knows");
        }

        Action? act = name switch
        {
            "state" => null,
            "attach" => Tell(
                new RoleInput.LinkUp(Link(command))
                {
                    MobileNode = command.Optional<string?>("mobileNode", Nai, null),
                    Hint = command.Nullable("hint", Hint),
                    Timestamp = command.Nullable("timestamp", TimeOfDay),
                }
            ),
            "detach" => Tell(new RoleInput.LinkDown(Link(command))),
            "hint" => Announce(Link(command), command.Nullable("hint", Hint)),
            "timestamp" => Announce(Link(command), command.Optional<Timestamp?>("timestamp", TimeIfGiven, null)),
            "enable" => Administer(new AdministrativeAction.EnableRegistration(MobileNode(command))),
            "terminate" => Administer(new AdministrativeAction.TerminateSessions(MobileNode(command))),
            "set" => Administer(Variable(command)),
            "authorize" => Administer(new AdministrativeAction.Authorize(Gateway(command))),
            "deauthorize" => Administer(new AdministrativeAction.Deauthorize(Gateway(command))),
            "withdraw" => Administer(new AdministrativeAction.WithdrawPrefix(command.Required("prefix", ConfigurationSection.Prefix))),
            "restart" => node.Restart,
            _ => throw command.Error(
                "command",
                $"'{name}' is not one of state, attach, detach, hint, timestamp, enable, terminate, set, authorize, deauthorize, withdraw, "
                    + "restart"
            ),
        };
        command.RefuseUnknown();
        if (act is null)
        {
            return Answer(state);
        }

        var failures = node.Failures();
        act();
        return node.Failures() == failures
            ? Answer(json => json.WriteBoolean("ok", true))
            : Answer(json => json.WriteString("error", "the node has not done all that follows from it; its log says why"));
    }

    private Action Tell(RoleInput input) => () => node.Tell(input);

    private Action Administer(AdministrativeAction action) => Tell(new RoleInput.Administer(action));

    private Action Announce(LinkId link, HandoffIndicator? hint) => () => node.Announce(link, up => up with { Hint = hint });

    private Action Announce(LinkId link, Timestamp? time) => () => node.Announce(link, up => up with { Timestamp = time });

    private AdministrativeAction.SetVariable Variable(ConfigurationSection command)
    {
        var name = command.Required("name", ConfigurationSection.Text);
        var value = command.Required("value", ConfigurationSection.Text);
        return node.CanSet(name, value)
            ? new AdministrativeAction.SetVariable(name, value)
            : throw command.Error("name", $"there is no variable '{name}' that can be '{value}'");
    }

    private static IPAddress Gateway(ConfigurationSection command) => command.Required("gateway", ConfigurationSection.NodeAddress);

    private LinkId Link(ConfigurationSection command)
    {
        var link = command.Required("link", ConfigurationSection.Text);
        return configuration.Interfaces.Any(on => on.IsAccessLink && on.Link == link)
            ? new LinkId(link)
            : throw command.Error("link", $"'{link}' is not an access link of this node");
    }

    private static MobileNodeIdentifierOption MobileNode(ConfigurationSection command) =>
        MobileNodeIdentifierOption.ForNai(command.Required("mobileNode", Nai));

    private static string Nai(LocatedValue value)
    {
        const int longest = MobileNodeIdentifierOption.MaximumIdentifierLength;
        var nai = ConfigurationSection.Text(value);
        return Encoding.UTF8.GetByteCount(nai) <= longest ? nai : throw value.Error($"is longer than {longest} octets");
    }

    /// <summary>RFC 5213, Section 8.4.</summary>
    private static HandoffIndicator Hint(LocatedValue value) =>
        ConfigurationSection.Integer(value) is >= 1 and <= 4 and var number
            ? (HandoffIndicator)number
            : throw value.Error($"'{value.Text}' is not a handoff indicator of a first registration, 1 to 4");

    private static Timestamp? TimeIfGiven(LocatedValue value) => ConfigurationSection.Text(value) == Nothing ? null : TimeOfDay(value);

    private static Timestamp TimeOfDay(LocatedValue value) =>
        DateTimeOffset.TryParse(
            ConfigurationSection.Text(value),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time >= DateTimeOffset.UnixEpoch
                ? Timestamp.FromUtc(time.ToUniversalTime())
                : throw value.Error($"'{value.Text}' is before 1970")
            : throw value.Error($"'{value.Text}' is not a time such as 2026-01-31T12:00:00Z");

    private static string Answer(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
