using System.Text.Json;
using Conformance.TestBeds;
using FluentAssertions;
using Reqnroll.Bindings.Provider;
using Xunit;

namespace Conformance.Suite;

/// <summary>Checks the suite itself: features, phrases, tags, registers.</summary>
public sealed class SuiteTests
{
    [Fact]
    public void FeaturesStepsAndRegisters_AreSound() =>
        SuiteUnderTest.Suite.Problems(NamedConfiguration.All.Select(configuration => configuration.Name)).Should().BeEmpty();

    [Fact]
    public void Phrases_AreAllUsed() => SuiteUnderTest.Suite.Bindings.Unused(SuiteUnderTest.Suite.Library).Should().BeEmpty();

    [Fact]
    public void AProfileWithAMisspeltClaim_IsRefused()
    {
        var profile = Path.Combine(AppContext.BaseDirectory, "Profiles", "stand-in-lma.json");
        var misspelt = Path.GetTempFileName();
        File.WriteAllText(
            misspelt,
            File.ReadAllText(profile).Replace("\"timestamp-option\"", "\"timestmp-option\"", StringComparison.Ordinal)
        );

        var (beds, problem) = SuiteUnderTest.Open(new BedChoice(BedChoice.External, misspelt), writtenSeed: null);

        beds.Dispose();
        File.Delete(misspelt);
        problem.Should().Contain("there is no ICS item 'timestmp-option' (did you mean 'timestamp-option'?)");
    }

    [Theory]
    [InlineData("many", "simulated", "PMIP_SEED: 'many' is not a number.")]
    [InlineData("", "cloud", "PMIP_BED: there is no bed 'cloud'; available beds: simulated, namespaces, containers, guest, external.")]
    [InlineData("", "simulated:foo.json", "PMIP_BED: the simulated bed takes no profile, but 'foo.json' was given.")]
    public void AVariableWithoutMeaning_IsRefused(string seed, string bed, string reason)
    {
        var (beds, problem) = SuiteUnderTest.Open(BedChoice.Parse(bed), seed);

        beds.Dispose();
        problem.Should().Be(reason);
    }

    /// <summary>The IDE extensions ask Reqnroll for the bindings in this way.</summary>
    [Fact]
    public void ReqnrollJson_LetsEditorsFindTheSteps()
    {
        var settings = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reqnroll.json"));

        var bindings = BindingProviderService.DiscoverBindings(typeof(SuiteTests).Assembly, settings);

        SuiteUnderTest
            .Suite.Bindings.Phrases.Should()
            .NotBeEmpty()
            .And.OnlyContain(phrase => bindings.Contains(JsonEncodedText.Encode(phrase.Expression, null).Value));
    }
}
