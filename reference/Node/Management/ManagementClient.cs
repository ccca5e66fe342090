using System.Globalization;
using System.Text;
using System.Text.Json;
using Pmip.Linux;
using Pmip.Node.Configuration;

namespace Pmip.Node.Management;

/// <summary>
/// Sends one command to the management socket of a node: <c>pmip-node manage SOCKET COMMAND [NAME=TEXT | NAME:=JSON]...</c>. It prints the
/// answer, and ends with 0 if the node has done it, 1 if it refuses, and 2 if no node answers.
/// </summary>
public static class ManagementClient
{
    public const string Command = "manage";

    private const int Done = 0,
        Refused = 1,
        NoAnswer = 2;

    private static readonly TimeSpan _within = TimeSpan.FromSeconds(10);

    /// <summary>How often to look whether a node that restarts listens again.</summary>
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(20);

    public static int Run(string[] words)
    {
        if (words is not [var socket, var command, .. var members] || !TryWrite(command, members, out var line))
        {
            StandardStreams.WriteError("pmip-node: usage: pmip-node manage SOCKET COMMAND [NAME=TEXT | NAME:=JSON]...");
            return NoAnswer;
        }

        var until = KernelTime.Now + _within;
        try
        {
            using var connection = UnixConnection.Open(socket);
            connection.WriteLine(line);
            var answer = Answer(connection, until);
            if (answer is not null && IsRefusal(answer))
            {
                StandardStreams.WriteError(answer);
                return Refused;
            }
            if (answer is null || (command == "restart" && !IsBack(connection, socket, until)))
            {
                StandardStreams.WriteError($"pmip-node: {socket}: no answer within {_within.TotalSeconds:0} s");
                return NoAnswer;
            }

            StandardStreams.WriteOutput(answer);
            return Done;
        }
        catch (LinuxException nobody)
        {
            StandardStreams.WriteError($"pmip-node: {nobody.Message}");
            return NoAnswer;
        }
    }

    /// <summary>Whether an answer of a node is an error.</summary>
    public static bool IsRefusal(string answer) => LocatedValue.Parse(answer, "answer").Members.ContainsKey("error");

    /// <summary>A command as one line of JSON.</summary>
    public static string Write(string command, params IReadOnlyList<(string Name, object? Value)> members)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("command", command);
            foreach (var (name, value) in members)
            {
                json.WritePropertyName(name);
                switch (value)
                {
                    case null:
                        json.WriteNullValue();
                        break;
                    case int number:
                        json.WriteNumberValue(number);
                        break;
                    default:
                        json.WriteStringValue(value.ToString());
                        break;
                }
            }
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static bool TryWrite(string command, IEnumerable<string> members, out string line)
    {
        var read = new List<(string, object?)>();
        foreach (var member in members)
        {
            var at = member.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                line = string.Empty;
                return false;
            }

            var (name, value) = (member[..at], member[(at + 1)..]);
            read.Add(
                !name.EndsWith(':') ? (name, value)
                : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (name[..^1], number)
                : (name[..^1], null)
            );
        }

        line = Write(command, read);
        return true;
    }

    private static string? Answer(UnixConnection connection, KernelTime until)
    {
        while (true)
        {
            if (connection.TakeLine(out var isOpen) is { } answer)
            {
                return answer;
            }
            if (!isOpen || KernelTime.Now >= until)
            {
                return null;
            }
            Readiness.Wait<IReadable>([connection], until);
        }
    }

    /// <summary>Waits until the node has closed the connection, and answers again.</summary>
    private static bool IsBack(UnixConnection connection, string socket, KernelTime until)
    {
        if (Answer(connection, until) is not null)
        {
            return false;
        }

        while (KernelTime.Now < until)
        {
            if (TryAsk(socket, until))
            {
                return true;
            }
            Readiness.Wait<IReadable>([], KernelTime.Now + _betweenLooks);
        }
        return false;
    }

    private static bool TryAsk(string socket, KernelTime until)
    {
        try
        {
            using var connection = UnixConnection.Open(socket);
            connection.WriteLine(Write("state"));
            return Answer(connection, until) is not null;
        }
        catch (LinuxException)
        {
            return false;
        }
    }
}
