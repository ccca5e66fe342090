using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conformance.TestBeds.External;

/// <summary>A profile that is being written, which the reader of profiles checks after each answer.</summary>
/// <param name="file">The path that the profile will have; the names of other files count from its directory.</param>
/// <param name="knownClaims">All ICS items.</param>
public sealed class ProfileDraft(string file, IReadOnlyCollection<string> knownClaims)
{
    private static readonly JsonSerializerOptions _layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _root = new() { ["$schema"] = "profile.schema.json" };

    public override string ToString() => _root.ToJsonString(_layout) + "\n";

    /// <summary>Sets a value, or removes it.</summary>
    /// <param name="path">The keys down to the value.</param>
    public void Set(IReadOnlyList<string> path, JsonNode? value)
    {
        var at = _root;
        foreach (var key in path.SkipLast(1))
        {
            if (at[key] is not JsonObject next)
            {
                at[key] = next = new JsonObject();
            }

            at = next;
        }

        if (value is null)
        {
            at.Remove(path[^1]);
        }
        else
        {
            at[path[^1]] = value;
        }
    }

    /// <summary>The mistakes in the draft, except for what is still to be asked for.</summary>
    /// <param name="later">The paths of the values that are not asked for yet.</param>
    public IReadOnlyList<ProfileMistake> Mistakes(IReadOnlyCollection<string> later)
    {
        try
        {
            ProfileFile.Parse(ToString(), file, knownClaims);
            return [];
        }
        catch (ProfileException e)
        {
            return [.. e.Mistakes.Where(mistake => !later.Any(path => IsWithin(path, mistake.Key) || IsWithin(mistake.Key, path)))];
        }
    }

    private static bool IsWithin(string path, string other) => path == other || path.StartsWith($"{other}.", StringComparison.Ordinal);
}
