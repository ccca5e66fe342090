using FluentAssertions;
using Xunit;

namespace Conformance.Suite;

/// <summary>The suite itself: features, phrases, tags, registers.</summary>
public sealed class SuiteTests
{
    [Fact]
    public void FeaturesStepsAndRegisters_AreSound() => SuiteUnderTest.Suite.Problems().Should().BeEmpty();

    [Fact]
    public void Phrases_AreAllUsed() => SuiteUnderTest.Suite.Bindings.Unused(SuiteUnderTest.Suite.Library).Should().BeEmpty();
}
