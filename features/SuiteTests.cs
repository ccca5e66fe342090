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
