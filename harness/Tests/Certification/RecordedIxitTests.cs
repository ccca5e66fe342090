using System.Text.Json;
using Conformance.Cli;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

/// <summary>The IXIT of a trace can be compared with that of the journal: reading and writing do not change it.</summary>
public sealed class RecordedIxitTests
{
    [Fact]
    public void AnIxit_IsTheSameInTheJournalAndInATrace()
    {
        foreach (var configuration in NamedConfiguration.All)
        {
            var ixit = ReferenceSetup.Of(configuration).ToIxit();

            var read = JsonSerializer.Deserialize<Ixit>(JsonSerializer.Serialize(ixit, TraceJson.Options), TraceJson.Options)!;

            JsonElement.DeepEquals(RunCircumstances.Record(read), RunCircumstances.Record(ixit)).Should().BeTrue(configuration.Name);
        }
    }
}
