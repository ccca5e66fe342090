using System.Text.Json;

namespace Conformance.Lab;

/// <summary>A request to a running lab: one line of JSON.</summary>
internal sealed record LabRequest(string Command)
{
    public const string Attach = "attach",
        Move = "move",
        Detach = "detach",
        State = "state",
        Ladder = "ladder",
        Namespace = "namespace",
        Down = "down";

    /// <summary>The access link to attach to, or to detach from, as it was typed; null to detach from all.</summary>
    public string? Link { get; init; }

    /// <summary>The node, as it was typed.</summary>
    public string? Node { get; init; }

    /// <summary>True to include the background traffic of the links in the ladder.</summary>
    public bool All { get; init; }

    public bool Colors { get; init; }

    /// <summary>The width of the terminal that shows the answer.</summary>
    public int Width { get; init; } = 160;

    public string ToLine() => JsonSerializer.Serialize(this);

    /// <exception cref="JsonException">The line is not a valid message.</exception>
    public static LabRequest Read(string line) => JsonSerializer.Deserialize<LabRequest>(line) ?? throw new JsonException("no request");
}

/// <summary>A line of the answer, or its end.</summary>
/// <param name="Exit">The exit code for the requesting command; null if more lines follow.</param>
internal sealed record LabAnswer(string? Text, int? Exit = null)
{
    public string ToLine() => JsonSerializer.Serialize(this);

    /// <exception cref="JsonException">The line is not a valid message.</exception>
    public static LabAnswer Read(string line) => JsonSerializer.Deserialize<LabAnswer>(line) ?? throw new JsonException("no answer");
}
