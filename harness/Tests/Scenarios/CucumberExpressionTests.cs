using Conformance.Testing.Scenarios;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Scenarios;

public sealed class CucumberExpressionTests
{
    private static readonly ParameterTypes Types = new([KeyValuePair.Create("node", "(?:MN|CN)[0-9]+"), KeyValuePair.Create("node", "LMA")]);

    [Theory]
    [InlineData("a plain text", "a plain text")]
    [InlineData("a {int} b", "a -12 b", "-12")]
    [InlineData("{float}", "1.5", "1.5")]
    [InlineData("{float}", "-.5E-3", "-.5E-3")]
    [InlineData("{word} x", "just! x", "just!")]
    [InlineData("say {string}", "say \"a 'b' c\"", "a 'b' c")]
    [InlineData("say {string}", "say 'a \"b\" c'", "a \"b\" c")]
    [InlineData("say {string}", "say \"\"", "")]
    [InlineData("{node} meets {node}", "MN12 meets LMA", "MN12", "LMA")]
    [InlineData("{int} packet(s)", "1 packet", "1")]
    [InlineData("{int} packet(s)", "2 packets", "2")]
    [InlineData("{node} accepts/rejects it", "LMA accepts it", "LMA")]
    [InlineData("{node} accepts/rejects it", "LMA rejects it", "LMA")]
    [InlineData("mouse(s)/mice run(s)", "mouses run")]
    [InlineData("mouse(s)/mice run(s)", "mice runs")]
    [InlineData("a/b{int}", "b5", "5")]
    [InlineData(@"\{int} \(s) a\/b c\\e", @"{int} (s) a/b c\e")]
    [InlineData(@"two\ words/one", "two words")]
    [InlineData("a) b} c", "a) b} c")]
    [InlineData("with [x] + y? | z.", "with [x] + y? | z.")]
    public void Text_ThatMatches_GivesItsArguments(string expression, string text, params string[] arguments) =>
        CucumberExpression.Compile(expression, Types).Match(text).Should().Equal(arguments);

    [Theory]
    [InlineData("a plain text", "a plain text ")]
    [InlineData("a plain text", "a plain text\n")]
    [InlineData("a plain text", "A plain text")]
    [InlineData("{int}", "1.5")]
    [InlineData("{int}", "١")]
    [InlineData("{word}", "two words")]
    [InlineData("{string}", "none")]
    [InlineData("{string}", "\"a\" b \"c\"")]
    [InlineData("{node}", "MN")]
    [InlineData("{node}", "xLMA")]
    [InlineData("accepts/rejects it", "accepts")]
    [InlineData("1.5", "1x5")]
    public void Text_ThatDoesNotMatchAsAWhole_GivesNothing(string expression, string text) =>
        CucumberExpression.Compile(expression, Types).Match(text).Should().BeNull();

    [Theory]
    [InlineData("", "has text")]
    [InlineData("^a", "starts with ^: Reqnroll would take it for a regular expression")]
    [InlineData("a$", "ends with $")]
    [InlineData("a .* b", "contains .*")]
    [InlineData(@"a \d b", @"contains \d")]
    [InlineData(@"a \. b", @"contains \.")]
    [InlineData("a (b+) c", "repeats a group")]
    [InlineData("a {} b", "anonymous parameter")]
    [InlineData("a {nod} b", "{nod}, but the types are {float}, {int}, {node}, {string}, {word}")]
    [InlineData("a {int", "'{' without '}'")]
    [InlineData("a (b", "'(' without ')'")]
    [InlineData("a () b", "empty optional text")]
    [InlineData("a ({int})", "'{' within '()'")]
    [InlineData("a (b(c))", "'(' within '()'")]
    [InlineData("a (b/c)", "'/' within '()'")]
    [InlineData("a/ b", "an alternative without text")]
    [InlineData("/a b", "an alternative without text")]
    [InlineData("a//b", "an alternative without text")]
    [InlineData("a/(b)", "an alternative without text")]
    [InlineData("{int}/h", "an alternative without text")]
    [InlineData("a/{int}", "an alternative without text")]
    [InlineData(@"a \b", "escapes 'b'")]
    [InlineData(@"a b\", "escapes nothing")]
    public void Expression_ThatIsNotSupported_IsRefusedWithAReason(string expression, string message) =>
        FluentActions.Invoking(() => CucumberExpression.Compile(expression, Types))
            .Should().Throw<CucumberExpressionException>().Which.Message.Should().Contain(message);

    [Theory]
    [InlineData("int")]
    [InlineData("string")]
    public void CustomType_WithTheNameOfAStandardOne_IsRefused(string name) =>
        FluentActions.Invoking(() => new ParameterTypes([KeyValuePair.Create(name, "x")])).Should().Throw<ArgumentException>();
}
