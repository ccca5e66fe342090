using System.Text.Json;

namespace Conformance.Lab;

/// <summary>What is asked of a running lab: a line of JSON.</summary>
internal sealed record LabRequest(string Command)
{
    public const string Move = "move",
        State = "state",
        Ladder = "ladder",
        Namespace = "namespace",
        Down = "down";

    /// <summary>Where to move to; null for no link at all.</summary>
    public string? Link { get; init; }

    public string? Node { get; init; }

    /// <summary>The ladder with what every link hears all the time.</summary>
    public bool All { get; init; }

    public bool Colors { get; init; }

    /// <summary>Of the terminal that the answer is shown on.</summary>
    public int Width { get; init; } = 160;

    public string ToLine() => JsonSerializer.Serialize(this);

    /// <exception cref="JsonException">It is none.</exception>
    public static LabRequest Read(string line) => JsonSerializer.Deserialize<LabRequest>(line) ?? throw new JsonException("no request");
}

/// <summary>A line of the answer, or the end of it.</summary>
/// <param name="Exit">What the command that asked ends with; null if there is more to come.</param>
internal sealed record LabAnswer(string? Text, int? Exit = null)
{
    public string ToLine() => JsonSerializer.Serialize(this);

    /// <exception cref="JsonException">It is none.</exception>
    public static LabAnswer Read(string line) => JsonSerializer.Deserialize<LabAnswer>(line) ?? throw new JsonException("no answer");
}
