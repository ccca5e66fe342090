using System.Text.RegularExpressions;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Architecture;

/// <summary>Every statement that the full message check judges must be in the register.</summary>
public sealed partial class CheckedStatementsTests
{
    [Fact]
    public void StatementsOfMessageChecks_AreInTheRegister()
    {
        var register = StatementRegister.Load(Path.Combine(AppContext.BaseDirectory, "features", "registers"));
        var image = System.Text.Encoding.Unicode.GetString(File.ReadAllBytes(typeof(Testing.Engine.ScenarioEngine).Assembly.Location));
        var shifted = System.Text.Encoding.Unicode.GetString(
            File.ReadAllBytes(typeof(Testing.Engine.ScenarioEngine).Assembly.Location).AsSpan(1).ToArray()
        );
        var used = Statement().Matches(image).Concat(Statement().Matches(shifted)).Select(match => match.Value).Distinct().ToList();

        used.Should().HaveCountGreaterThan(60);
        used.Where(id => register.Find(new StatementId(id)) is null).Should().BeEmpty();
    }

    /// <summary>The assembly contains string literals unchanged, in UTF-16.</summary>
    [GeneratedRegex(@"rfc5213-\d+(?:\.\d+)*-[kd]\d+[a-z]?")]
    private static partial Regex Statement();
}
