using System.Text.Json;

namespace Conformance.TestBeds.External;

/// <summary>Reads the actions of a profile: a list is a program with its arguments, an object says how the action is done.</summary>
/// <param name="hosts">The hosts of the profile, by their names.</param>
internal sealed class ProfileActions(IReadOnlyDictionary<string, SshHost> hosts)
{
    private const int OneDay = 24 * 60 * 60 * 1000;

    /// <summary>How long the operator may take: they read, walk to the device, and come back.</summary>
    private static readonly TimeSpan _byHandWithin = TimeSpan.FromMinutes(10);

    /// <summary>An action of a section; null if it is missing or wrong.</summary>
    /// <param name="within">The time limit of an action that does not say its own, and is not done by hand.</param>
    /// <param name="byHand">The time limit of one that is done by hand; null if nothing is said about it.</param>
    /// <param name="hasOutput">True if the output of the action is needed, which what is done by hand has not.</param>
    public ProfileAction? Read(
        ProfileSection section,
        string key,
        IReadOnlyList<string> placeholders,
        TimeSpan within,
        TimeSpan? byHand = null,
        bool required = false,
        bool hasOutput = false
    )
    {
        if (!section.Is(key, JsonValueKind.Object))
        {
            return section.Command(key, placeholders, required) is { } words ? new ProfileAction.Exec(words, within) : null;
        }

        var action = section.Section(key, ProfileKeys.Action);
        var ways = ProfileKeys.WaysOfAction.Where(action.Has).ToList();
        var limit =
            action.Number("timeout", 1, OneDay) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
            : ways is ["manual"] ? byHand ?? _byHandWithin
            : within;
        if (ways is not [var way])
        {
            section.Mistake(key, $"an action has just one of {string.Join(", ", ProfileKeys.WaysOfAction)}");
            return null;
        }

        if (way != "ssh" && action.Has("host"))
        {
            action.Mistake("host", "only a command by ssh has a host");
        }

        switch (way)
        {
            case "exec":
                return action.Command("exec", placeholders, required: true) is { } words ? new ProfileAction.Exec(words, limit) : null;
            case "ssh":
                var line = action.Line("ssh", "the line that the host executes", placeholders);
                var host = action.Choice("host", [.. hosts.Keys]);
                return line is null || host is null ? null : new ProfileAction.Ssh(hosts[host], line, limit);
            case "manual" when hasOutput:
                action.Mistake("manual", "what is done by hand has no output, which is needed here; expected exec or ssh");
                return null;
            default:
                return action.Line("manual", "what the operator is to do", placeholders) is { } request
                    ? new ProfileAction.Manual(request, limit)
                    : null;
        }
    }
}
