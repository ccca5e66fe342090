using System.Text.Json;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Verdicts;

/// <summary>The machine that the tester runs on.</summary>
/// <param name="Name">The name of the host.</param>
/// <param name="Kernel">The operating system with its version.</param>
/// <param name="Runtime">The version of .NET.</param>
public sealed record TesterHost(string Name, string Kernel, string Runtime);

/// <summary>The scenarios, registers, steps and programs with which a run was made.</summary>
/// <param name="Hash">The SHA-256 over the paths and contents of all these files.</param>
/// <param name="Release">The release whose manifest lies beside the program; null if there is none.</param>
/// <param name="Changed">The files that differ from the manifest, are missing, or are not in it.</param>
public sealed record SuiteIdentity(string Hash, string? Release, IReadOnlyList<string> Changed)
{
    public override string ToString() =>
        (Release, Changed.Count) switch
        {
            (null, _) => $"unreleased, {Hash[..12]}",
            ({ } release, 0) => $"{release}, {Hash[..12]}",
            ({ } release, _) =>
                $"{release}, modified, {Hash[..12]}: {string.Join(", ", Changed.Take(3))}{(Changed.Count > 3 ? ", ..." : "")}",
        };
}

/// <summary>What the implementation claims and how it is set up in a named configuration.</summary>
/// <param name="Claims">The ICS items that it claims.</param>
/// <param name="Ixit">The IXIT, with the fingerprints of secrets in their place; null if the bed does not tell it.</param>
public sealed record ConfigurationRecord(string Name, IReadOnlyList<string> Claims, JsonElement? Ixit)
{
    /// <summary>The editions that the implementation claims there; empty in journals from before this was written.</summary>
    public IReadOnlyList<Edition> Editions { get; init; } = [];

    /// <summary>Added to every upper limit of a specification; null in journals from before this was written.</summary>
    public TimeSpan? Tolerance { get; init; }
}
