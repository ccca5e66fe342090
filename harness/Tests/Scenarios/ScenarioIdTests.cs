using Conformance.Testing.Scenarios;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Scenarios;

public sealed class ScenarioIdTests
{
    [Fact]
    public void Id_HasItsParts()
    {
        var id = ScenarioId.Parse("TC-LMA-DER-TI-01-b");

        (id.Role, id.Group, id.Kind, id.Number, id.Suffix).Should().Be(("LMA", "DER", ScenarioKind.TI, 1, "b"));
        id.ToString().Should().Be("TC-LMA-DER-TI-01-b");
    }

    [Theory]
    [InlineData("")]
    [InlineData("TC-LMA-REG-BV")]
    [InlineData("TC-LMA-REG-BV-1")]
    [InlineData("TC-LMA-REG-BV-001")]
    [InlineData("TC-LMA-reg-BV-01")]
    [InlineData("TC-LMA-REG-XX-01")]
    [InlineData("TC-XYZ-REG-BV-01")]
    [InlineData("TC-LMA-REG-BV-01-A")]
    [InlineData("TC-LMA-REG-BV-01\n")]
    public void Id_OfAnotherForm_IsNotAnId(string text)
    {
        ScenarioId.TryParse(text, out var id).Should().BeFalse();
        id.Should().BeNull();
        FluentActions.Invoking(() => ScenarioId.Parse(text)).Should().Throw<FormatException>();
    }

    [Fact]
    public void Suffix_IsGivenOnceOnly()
    {
        var row = ScenarioId.Parse("TC-LMA-DER-TI-01").WithSuffix("a");

        row.Should().Be(ScenarioId.Parse("TC-LMA-DER-TI-01-a"));
        row!.WithSuffix("b").Should().BeNull();
        ScenarioId.Parse("TC-LMA-DER-TI-01").WithSuffix("A").Should().BeNull();
    }
}
