using Conformance.Harness.Tests.Capture;
using Conformance.Reports.Certification;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

public sealed class BundleArchiveTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _bundle;

    public BundleArchiveTests()
    {
        var file = _directory.File("files/journal.ndjson", "a run");
        _bundle = Path.Combine(_directory.Path, "bundle.zip");
        BundleArchive.Write(Path.GetDirectoryName(file)!, _bundle, DateTimeOffset.UtcNow);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void AFileThatIsAdded_ReplacesAnEarlierOne()
    {
        BundleArchive.Put(_bundle, BundleSignature.WitnessFileName, [1, 2, 3]);
        BundleArchive.Put(_bundle, BundleSignature.WitnessFileName, [4]);

        var files = Directory.CreateDirectory(Path.Combine(_directory.Path, "read")).FullName;
        BundleArchive.Extract(_bundle, files);
        File.ReadAllBytes(Path.Combine(files, BundleSignature.WitnessFileName)).Should().Equal(4);
        File.ReadAllText(Path.Combine(files, "journal.ndjson")).Should().Be("a run");
        Directory.GetFiles(_directory.Path).Should().ContainSingle();
    }

    /// <summary>The bundle may be the only one: a disk that is full must not break it.</summary>
    [Fact]
    public void AFileThatCannotBeAdded_LeavesTheBundleAsItIs()
    {
        var before = File.ReadAllBytes(_bundle);
        Directory.CreateDirectory(_bundle + ".part");

        var add = () => BundleArchive.Put(_bundle, BundleSignature.WitnessFileName, [1]);

        add.Should().Throw<Exception>().Which.Should().Match(e => e is IOException || e is UnauthorizedAccessException);
        File.ReadAllBytes(_bundle).Should().Equal(before);
    }
}
