using System.Globalization;
using Conformance.Harness.Tests.Deviations;
using Conformance.TestBeds.Fuzzing;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Fuzzing;

/// <summary>
/// No role breaks down, or keeps state for ever, whatever arrives among valid messages. PMIP_FUZZ multiplies the number of messages, and
/// PMIP_FUZZ_SEED chooses others.
/// </summary>
public sealed class RoleFuzzTests
{
    private const int Messages = 10_000;

    private static readonly int _factor = Number("PMIP_FUZZ", 1);
    private static readonly int _seed = Number("PMIP_FUZZ_SEED", 1);

    [Theory]
    [InlineData("LMA")]
    [InlineData("MAG")]
    [InlineData("HA")]
    [InlineData("CN")]
    [InlineData("MN")]
    public void Role_KeepsWhatMustHold(string role)
    {
        var outcome = new RoleFuzz(SuiteRuns.Suite, _seed).Run(role, Messages * _factor);

        outcome.Messages.Should().BeGreaterThanOrEqualTo(Messages * _factor);
        outcome.Problems.Should().BeEmpty();
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
