using System.Text.Json.Nodes;
using Conformance.Reports;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using Conformance.Testing.Domains;

namespace Conformance.Cli;

/// <summary>
/// The questions of <c>profile new</c>. The reader of profiles checks each answer, so that a mistake is seen where it is made, and the
/// profile at the end has none.
/// </summary>
internal sealed class ProfileDialog
{
    private const string None = "none";
    private static readonly string[] _ways = [.. ProfileKeys.WaysOfAction, None];

    private readonly Terminal _terminal;
    private readonly TextReader _keyboard;
    private readonly ProfileDraft _draft;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _later = [];
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);

    /// <param name="draft">The profile that the answers make.</param>
    public ProfileDialog(Terminal terminal, TextReader keyboard, ProfileDraft draft, CancellationToken cancellation) =>
        (_terminal, _keyboard, _draft, _cancellation) = (terminal, keyboard, draft, cancellation);

    /// <summary>Asks everything.</summary>
    /// <exception cref="CannotRunException">The input has ended, or the dialogue was ended early.</exception>
    public void Run()
    {
        _terminal.Line("An empty answer takes what stands in brackets. Ctrl-C ends without a file.");
        _later.UnionWith(["ports", "addresses", "identities", "prefixes", "authorizedGateways", "bindings", "configurations", "device"]);
        var roles = ProfileKeys.PortsByRole.Keys.ToDictionary(role => role.Abbreviation().ToLowerInvariant(), StringComparer.Ordinal);
        var role = roles[Ask(new(["role"], $"Role of the device: {string.Join(", ", roles.Keys)}", "lma"))];
        Ask(new(["device"], "Short description of the device, for the reports", $"a device, {role.Abbreviation()}"));
        if (role is NodeRole.Mag or NodeRole.Mn)
        {
            AskCarrier();
        }

        var questions = ProfileQuestion.Of(role);
        _later.Clear();
        _later.UnionWith(questions.Select(question => question.Key).Append("configurations"));
        foreach (var question in questions)
        {
            Ask(question);
        }

        AskConfiguration(role);
        AskAction(["restart"], "The device is restarted by", "Restart the device, and wait until it works.");
    }

    private void AskConfiguration(NodeRole role)
    {
        var known = NamedConfiguration
            .All.Where(configuration => configuration.Domain.Tested?.Role == role)
            .Select(configuration => configuration.Name)
            .ToList();
        string name;
        do
        {
            name = Read($"Configuration of the device: {string.Join(", ", known)}", known[0]);
            _draft.Set(["configurations"], new JsonObject { [name] = new JsonObject { ["claims"] = new JsonArray() } });
        } while (HasMistakes("configurations"));

        Ask(
            new(
                ["configurations", name, "claims"],
                "ICS items that it claims, with commas between them (see features/ics)",
                null,
                AnswerKind.List
            )
        );
        AskAction(["configurations", name, "setUp"], "The device is set up by", $"Set the device up as {name}.");
    }

    private void AskCarrier()
    {
        var way = ReadWay("Without a command, the tester takes its own interfaces down and up. Links of the device come and go by");
        if (way != None)
        {
            var host = way == "ssh" ? AskHost() : null;
            _later.Add("carrier.down");
            AskAction(["carrier", "up"], way, host, "Plug the cable of {link} in.");
            AskAction(["carrier", "down"], way, host, "Pull the cable of {link}.");
        }
    }

    private void AskAction(IReadOnlyList<string> path, string text, string request)
    {
        var way = ReadWay(text);
        if (way != None)
        {
            AskAction(path, way, way == "ssh" ? AskHost() : null, request);
        }
    }

    private void AskAction(IReadOnlyList<string> path, string way, string? host, string request)
    {
        var key = string.Join('.', path);
        do
        {
            var action = new JsonObject();
            _draft.Set(path, action);
            switch (way)
            {
                case "exec":
                    var words = Read($"{key}: program and arguments", null).Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    action["exec"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
                    break;
                case "ssh":
                    (action["ssh"], action["host"]) = (Read($"{key}: the line that {host} executes", null), host);
                    break;
                default:
                    action["manual"] = Read($"{key}: what the operator is to do", request);
                    break;
            }

            if (Read($"{key}: time limit in ms; empty for the usual one", string.Empty) is { Length: > 0 } limit)
            {
                action["timeout"] = new ProfileQuestion([], string.Empty, Kind: AnswerKind.Number).ValueOf(limit);
            }
        } while (HasMistakes(key));
    }

    /// <summary>Asks for a host, of which commands may share one.</summary>
    private string AskHost()
    {
        var name = Read("Name of the host in the profile", "device");
        if (_hosts.Add(name))
        {
            string[] keys = ["address", "user", "hostKey", "keyFile"];
            _later.UnionWith(keys.Select(key => $"hosts.{name}.{key}"));
            Ask(new(["hosts", name, "address"], $"Name or IP address of {name}", null));
            Ask(new(["hosts", name, "user"], $"User at {name}", "admin"));
            Ask(new(["hosts", name, "hostKey"], $"Fingerprint of the key of {name}, SHA256:..., by ssh-keygen -l", null));
            Ask(new(["hosts", name, "keyFile"], "File with the private key, of mode 0600", $"{name}.key"));
        }

        return name;
    }

    private string ReadWay(string text)
    {
        while (true)
        {
            var way = Read($"{text}: {string.Join(", ", _ways)}", None);
            if (_ways.Contains(way))
            {
                return way;
            }

            _terminal.Error($"! '{way}' is not one of {string.Join(", ", _ways)}");
        }
    }

    /// <summary>Asks until the answer has no mistake.</summary>
    private string Ask(ProfileQuestion question)
    {
        string answer;
        do
        {
            answer = Read(question.Text, question.Default ?? string.Empty);
            _draft.Set(
                question.Path,
                answer.Length > 0 ? question.ValueOf(answer)
                    : question.Kind == AnswerKind.List ? new JsonArray()
                    : null
            );
        } while (HasMistakes(question.Key));

        return answer;
    }

    private bool HasMistakes(string key)
    {
        _later.Remove(key);
        var mistakes = _draft.Mistakes(_later);
        foreach (var mistake in mistakes)
        {
            _terminal.Error($"! {mistake.Key}: {mistake.Message}");
        }

        return mistakes.Count > 0;
    }

    private string Read(string text, string? otherwise)
    {
        _terminal.Line(string.IsNullOrEmpty(otherwise) ? $"{text}:" : $"{text} [{otherwise}]:");
        return (ReadLine() ?? throw new CannotRunException("nothing is written: the input has ended.")).Trim() is { Length: > 0 } answer
            ? answer
            : otherwise ?? string.Empty;
    }

    /// <summary>A line of the keyboard. If the dialogue ends first, nobody takes it.</summary>
    private string? ReadLine()
    {
        var typed = Task.Run(_keyboard.ReadLine, CancellationToken.None);
        try
        {
            Task.WaitAny([typed], _cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new CannotRunException("nothing is written: the dialogue was ended early.");
        }

        return typed.GetAwaiter().GetResult();
    }
}
