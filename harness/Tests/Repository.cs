namespace Conformance.Harness.Tests;

/// <summary>The working copy of the repository from which the tests were built.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo directory) =>
        File.Exists(Path.Combine(directory.FullName, "Conformance.sln")) ? directory.FullName : Find(directory.Parent!);
}
