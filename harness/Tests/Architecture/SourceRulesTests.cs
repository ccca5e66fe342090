using System.Text.RegularExpressions;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Architecture;

/// <summary>Rules for the source of the tester that keep it open for further roles, options and editions.</summary>
public sealed partial class SourceRulesTests
{
    private const int LongestFile = 250;

    /// <summary>Traces of the first format say no roles; they are inferred from the names of nodes.</summary>
    private const string OldFormat = "harness/Testing/Capture/TraceFormat1.cs";

    /// <summary>The class that waits for the package Testcontainers.</summary>
    private const string DockerHost = "harness/TestBeds/Containers/DockerEngine.cs";

    [Fact]
    public void Files_AreShort() =>
        Sources("harness/Testing", "steps").Where(file => file.Lines.Length > LongestFile).Select(file => file.Name).Should().BeEmpty();

    /// <summary>What a role does differently stands in its own class, which the tag of the scenario chooses.</summary>
    [Fact]
    public void NoComparison_NamesARole() =>
        Found(
                ComparedRole(),
                Sources("harness/Testing", "harness/TestBeds", "harness/Reports", "harness/Cli", "harness/Lab", "steps")
                    .Where(file => file.Name != OldFormat)
            )
            .Should()
            .BeEmpty();

    /// <summary>Statements are named by registers, checks, deviations and scenarios.</summary>
    [Fact]
    public void Statements_AreNamedByChecksAlone() =>
        Found(Statement(), Sources("harness", "steps", "reference").Where(file => !MayNameStatements(file.Name))).Should().BeEmpty();

    /// <summary>What is asynchronous happens when a bed or a lane opens or closes, never in the pump.</summary>
    [Fact]
    public void Docker_IsAskedByOneClassAlone() =>
        Found(DockerPackages(), Sources("harness/Testing", "harness/TestBeds", "steps").Where(file => file.Name != DockerHost))
            .Should()
            .BeEmpty();

    private static bool MayNameStatements(string name) =>
        name.StartsWith("harness/Tests/", StringComparison.Ordinal)
        || name.StartsWith("harness/BrowserTests/", StringComparison.Ordinal)
        || name.StartsWith("harness/Testing/Checks/", StringComparison.Ordinal)
        || name.StartsWith("harness/TestBeds/Deviations/", StringComparison.Ordinal);

    private static IEnumerable<string> Found(Regex pattern, IEnumerable<(string Name, string[] Lines)> files) =>
        from file in files
        from line in file.Lines.Index()
        let code = line.Item.TrimStart()
        where !code.StartsWith("//", StringComparison.Ordinal) && pattern.IsMatch(code)
        select $"{file.Name}:{line.Index + 1}: {code}";

    private static IEnumerable<(string Name, string[] Lines)> Sources(params string[] folders) =>
        from folder in folders
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
        select (name, File.ReadAllLines(path));

    /// <summary>A comparison, a case or a prefix that is the name of a role, alone or with a number.</summary>
    [GeneratedRegex(
        @"(?:[=!]=|\bis(?: not)?|\bcase|StartsWith\(|Equals\()\s*""(?:LMA|MAG|MN|HA|CN|E2E)\d*-?""|""(?:LMA|MAG|MN|HA|CN|E2E)"" *=>"
    )]
    private static partial Regex ComparedRole();

    [GeneratedRegex(@"\b(?:Docker\.DotNet|DotNet\.Testcontainers)\b")]
    private static partial Regex DockerPackages();

    [GeneratedRegex(@"""[^""]*(?:rfc\d+|draft-\d+)-\d[\d.]*-[kd]\d")]
    private static partial Regex Statement();
}
