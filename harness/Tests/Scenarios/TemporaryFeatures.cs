using Conformance.Testing.Scenarios;

namespace Conformance.Harness.Tests.Scenarios;

/// <summary>A features directory for one test.</summary>
internal sealed class TemporaryFeatures : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("features-").FullName;

    public static FeatureLibrary Load(string text)
    {
        using var features = new TemporaryFeatures();
        features.Add("a.feature", text);
        return features.Load();
    }

    public void Add(string path, string text)
    {
        var file = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public FeatureLibrary Load() => FeatureLibrary.Load(_directory);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
