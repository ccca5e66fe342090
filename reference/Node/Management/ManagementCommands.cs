using System.Globalization;
using System.Text;
using System.Text.Json;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node.Management;

/// <summary>
/// The commands of the management socket: <c>{"command":"state"}</c>;
/// <c>{"command":"attach","link":"link1","mobileNode":"...","hint":1,"timestamp":"2026-01-31T12:00:00Z"}</c>, where only the link is
/// required; <c>{"command":"detach","link":"link1"}</c>; <c>enable</c> and <c>terminate</c> with a <c>mobileNode</c>. The answer to an
/// invalid command is an <c>error</c>.
/// </summary>
/// <param name="tell">Reports an input to the role, as if the event had occurred on the link.</param>
internal sealed class ManagementCommands(NodeConfiguration configuration, NodeState state, Action<RoleInput> tell)
{
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
        RoleInput? input = name switch
        {
            "state" => null,
            "attach" => new RoleInput.LinkUp(Link(command))
            {
                MobileNode = command.Optional<string?>("mobileNode", Nai, null),
                Hint = command.Nullable("hint", Hint),
                Timestamp = command.Nullable("timestamp", TimeOfDay),
            },
            "detach" => new RoleInput.LinkDown(Link(command)),
            "enable" => new RoleInput.Administer(new AdministrativeAction.EnableRegistration(MobileNode(command))),
            "terminate" => new RoleInput.Administer(new AdministrativeAction.TerminateSessions(MobileNode(command))),
            _ => throw command.Error("command", $"'{name}' is not one of state, attach, detach, enable, terminate"),
        };
        command.RefuseUnknown();
        if (input is null)
        {
            return Answer(state.Write);
        }

        tell(input);
        return Answer(json => json.WriteBoolean("ok", true));
    }

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
