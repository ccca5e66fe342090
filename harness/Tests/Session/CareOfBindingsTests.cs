using Conformance.Testing.Session;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Session;

/// <summary>What a scenario may require of bindings whose lifetimes the implementation under test has granted.</summary>
public sealed class CareOfBindingsTests
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private static readonly CareOf _first = new(1);
    private static readonly CareOf _second = new(2);

    [Theory]
    [InlineData(40, 20)]
    [InlineData(20, -1)]
    [InlineData(-1, 20)]
    public void LivingBinding_IsRequired(int first, int second)
    {
        var require = () => With(first, second).RequireLiving([_first, _second], _now);

        require.Should().NotThrow();
    }

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, -1)]
    public void EndedBindings_EndTheScenario(int first, int second)
    {
        var require = () => With(first, second).RequireLiving([_first, _second], _now);

        require.Should().Throw<StepFailedException>().Which.Decided.Should().BeFalse();
    }

    [Fact]
    public void PlaceWithoutBinding_IsNotTheirs()
    {
        var require = () => With(-1, -1).RequireLiving([CareOf.Home], _now);

        require.Should().NotThrow();
    }

    private static CareOfBindings With(int first, int second)
    {
        var bindings = new CareOfBindings();
        bindings.Registered(new CareOfBinding(_first, 1, _now.AddSeconds(first)));
        bindings.Registered(new CareOfBinding(_second, 2, _now.AddSeconds(second)));
        return bindings;
    }
}
