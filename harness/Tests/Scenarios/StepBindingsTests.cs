using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Conformance.Testing.Scenarios;
using Conformance.Testing.Session;
using FluentAssertions;
using Reqnroll;
using Xunit;

namespace Conformance.Harness.Tests.Scenarios;

public sealed class StepBindingsTests
{
    private static readonly StepBindings _bindings = StepBindings.Of(typeof(Steps), typeof(OtherSteps), typeof(Readers));

    [Fact]
    public void GoodBindings_HaveNoMistakes_AndListTheirPhrases()
    {
        _bindings.Mistakes.Should().BeEmpty();
        _bindings.Phrases.Should().HaveCount(12);
        _bindings.Phrases[0].Should().Be(new Phrase(StepKeyword.Given, "a flaw", $"{typeof(Steps).FullName!.Replace('+', '.')}.Flaw"));
        _bindings.Phrases.Select(phrase => phrase.Kind).Should().BeInAscendingOrder();
    }

    [Fact]
    public void Assembly_IsSearchedForItsBindingClasses() =>
        new StepBindings(typeof(Steps).Assembly).Phrases.Should().Contain(_bindings.Phrases);

    [Theory]
    [InlineData("{int} packet(s) arrive(s)", "3 packets arrive", "3 packets")]
    [InlineData("MAG2 is named", "MAG2 is named \"a b\"", "MAG2 'a b'")]
    [InlineData("12 s pass", "12 s pass", "00:00:12")]
    [InlineData("250 ms pass", "250 ms pass", "00:00:00.2500000")]
    [InlineData("enumeration", "the colour is 'dark blue'", "DarkBlue")]
    public void Step_CallsItsMethodWithReadArguments(string what, string text, string expected) =>
        Run(When(text)).Should().Equal([expected], what);

    [Fact]
    public void Method_WithSeveralAttributes_IsCalledUnderEachKeyword()
    {
        Run(new Step(StepKeyword.Given, "Given", "MAG1 is named 'x'", 1)).Should().Equal("MAG1 'x'");
        Run(When("MAG1 is named 'x'")).Should().Equal("MAG1 'x'");
        _bindings.Match(new Step(StepKeyword.Then, "Then", "MAG1 is named 'x'", 1)).Should().BeOfType<StepMatch.Undefined>();
    }

    [Fact]
    public void Table_IsTheLastArgument() =>
        Run(
                When("it carries 2:") with
                {
                    Table = new StepTable([
                        ["Option", "Value"],
                        ["A", "1"],
                        ["B", "2"],
                    ]),
                }
            )
            .Should()
            .Equal("2 Option,Value A=1 B=2");

    [Fact]
    public void DocString_IsTheLastArgument() => Run(When("it says:") with { DocString = "a\nb" }).Should().Equal("a\nb");

    [Fact]
    public void InstancesAreSharedWithinAScenario_AndInjectedIntoEachOther()
    {
        Run(When("1 packet arrives"), When("all is noted again")).Should().Equal("1 packets", "1 packets");
        Run(When("all is noted again")).Should().BeEmpty();
    }

    [Fact]
    public void Exception_OfAStep_ComesOutAsThrown_WithItsStack()
    {
        var step = new Step(StepKeyword.Given, "Given", "a flaw", 1);

        var exception = FluentActions.Invoking(() => Run(step)).Should().ThrowExactly<InvalidDataException>().Which;

        exception.Message.Should().Be("flaw after 0 lines");
        exception.StackTrace.Should().Contain(nameof(Steps.DeepFlaw));
    }

    [Fact]
    public void UnknownStep_IsUndefined_WithTheNearestPhrasesOfItsKeywordFirst()
    {
        var undefined = _bindings.Match(When("MAG1 was named 'x'")).Should().BeOfType<StepMatch.Undefined>().Subject;

        undefined.Suggestions.Should().StartWith(["When {Gateway} is named {string}", "Given {Gateway} is named {string}"]);
        undefined.Reason.Should().BeNull();
        _bindings
            .Match(When("something entirely different from everything"))
            .Should()
            .BeOfType<StepMatch.Undefined>()
            .Which.Suggestions.Should()
            .BeEmpty();
    }

    [Fact]
    public void StepThatFitsTwoMethods_IsAmbiguous()
    {
        var ambiguous = _bindings.Match(When("the packet is 7 long")).Should().BeOfType<StepMatch.Ambiguous>().Subject;

        ambiguous
            .Methods.Should()
            .SatisfyRespectively(
                first => first.Should().EndWith("Steps.PacketIsLong 'the packet is {int} long'"),
                second => second.Should().EndWith("OtherSteps.ThingIsLong 'the {word} is {int} long'")
            );
        _bindings.Match(When("the frame is 7 long")).Should().BeOfType<StepMatch.Bound>();
    }

    [Theory]
    [InlineData("1 packet arrives", true, "has a table, but")]
    [InlineData("it carries 2:", false, "takes a table, but the step has none")]
    [InlineData("it says:", false, "takes a doc string, but the step has none")]
    public void StepWithTheWrongThingBelow_IsUndefined_ForThatReason(string text, bool table, string reason)
    {
        var step = When(text) with
        {
            Table = table
                ? new StepTable([
                    ["x"],
                ])
                : null,
        };

        _bindings.Match(step).Should().BeOfType<StepMatch.Undefined>().Which.Reason.Should().Contain(reason);
    }

    [Fact]
    public void Check_ReportsWhatWouldNotRun_WithFileAndLine()
    {
        var library = TemporaryFeatures.Load(
            """
            Feature: F
            Background:
              Given MAG9 is named 'x'
            @TC-LMA-REG-BV-01
            Scenario: A
              When 99999999999 packets arrive
              And 13 lots pass
              And the colour is 'pink'
              Then nothing of the sort
            @TC-LMA-REG-BV-02
            Scenario: B
              When the packet is 7 long
              And it carries 2:
            """
        );
        library.Problems.Should().BeEmpty();

        var problems = _bindings.Check(library).ToArray();

        problems
            .Select(problem => (problem.Path, problem.Line, problem.Rule))
            .Should()
            .Equal(
                ("a.feature", 3, "StepArgument"),
                ("a.feature", 6, "StepArgument"),
                ("a.feature", 8, "StepArgument"),
                ("a.feature", 9, "UndefinedStep"),
                ("a.feature", 12, "AmbiguousStep"),
                ("a.feature", 13, "StepExtra")
            );
        problems[0].Message.Should().Be("'MAG9' cannot be read as Mag: There is no MAG9.");
        problems[1].Message.Should().Be("'99999999999' cannot be read as Int32.");
        problems[2].Message.Should().Be("'pink' cannot be read as Colour.");
        problems[3].Message.Should().StartWith("No phrase fits 'Then nothing of the sort'.");
        problems[4].Message.Should().Contain("Steps.PacketIsLong").And.Contain("OtherSteps.ThingIsLong");
    }

    [Fact]
    public void Transformation_OfAnInstance_IsTriedAtRunTimeOnly()
    {
        FluentActions
            .Invoking(() => Run(When("13 lots pass")))
            .Should()
            .ThrowExactly<FormatException>()
            .WithMessage("unlucky after 0 lines");
        FluentActions.Invoking(() => Run(When("99999999999 packets arrive"))).Should().ThrowExactly<OverflowException>();
    }

    [Fact]
    public void Unused_ListsPhrasesThatNoStepUses()
    {
        var library = TemporaryFeatures.Load("Feature: F\n@TC-LMA-REG-BV-01\nScenario: A\nWhen MAG1 is named 'x'\n");

        var unused = _bindings.Unused(library);

        unused.Should().HaveCount(10).And.NotContain(phrase => phrase.Expression == "{Gateway} is named {string}");
    }

    [Fact]
    public void Hooks_RunOnTheInstancesOfTheScenario()
    {
        var bindings = StepBindings.Of(typeof(Steps), typeof(Readers), typeof(Hooks));

        Run(bindings, When("1 packet arrives")).Should().Equal("before", "1 packets", "after");
        Run(When("1 packet arrives")).Should().Equal(["1 packets"], "there need not be a hook");
    }

    [Theory]
    [InlineData(typeof(Mistakes.NoBinding), "Step", "has no [Binding]")]
    [InlineData(typeof(Mistakes.Generic<>), null, "cannot be generic")]
    [InlineData(typeof(Mistakes.Abstract), null, "cannot be abstract")]
    [InlineData(typeof(Mistakes.TwoConstructors), null, "2 public constructors")]
    [InlineData(typeof(Mistakes.AsyncVoid), "Step", "asynchronous")]
    [InlineData(typeof(Mistakes.ReturnsTask), "Step", "asynchronous")]
    [InlineData(typeof(Mistakes.ReturnsValue), "Step", "returns Int32")]
    [InlineData(typeof(Mistakes.MissingParameter), "Step", "has 1 argument(s), the method 0 parameter(s)")]
    [InlineData(typeof(Mistakes.ExtraParameter), "Step", "has 0 argument(s), the method 1 parameter(s)")]
    [InlineData(typeof(Mistakes.UnreadableParameter), "Step", "No transformation converts text to Notes")]
    [InlineData(typeof(Mistakes.RegularExpression), "Step", "Reqnroll would take it for a regular expression")]
    [InlineData(typeof(Mistakes.UnknownType), "Step", "{nothing}, but the types are")]
    [InlineData(typeof(Mistakes.AnonymousParameter), "Step", "anonymous parameter")]
    [InlineData(typeof(Mistakes.BrokenExpression), "Step", "'a (b': ")]
    [InlineData(typeof(Mistakes.NoExpression), "Step", "The expression is empty")]
    [InlineData(typeof(Mistakes.AnyKeyword), "Step", "[StepDefinition] is not allowed")]
    [InlineData(typeof(Mistakes.OtherHook), "Hook", "[BeforeStep] is not allowed")]
    [InlineData(typeof(Mistakes.Scoped), "Step", "[Scope] is not allowed")]
    [InlineData(typeof(Mistakes.TwoBefore), "Second", "Only one [BeforeScenario] is allowed; ")]
    [InlineData(typeof(Mistakes.HookWithParameter), "Before", "A hook must not have parameters")]
    [InlineData(typeof(Mistakes.NoGroup), "Read", "it has 0 capture group(s), the method 1 parameter(s)")]
    [InlineData(typeof(Mistakes.TooManyGroups), "Read", "it has 2 capture group(s), the method 1 parameter(s)")]
    [InlineData(typeof(Mistakes.NonCapturing), "Read", "Reqnroll would then accept any text")]
    [InlineData(typeof(Mistakes.OuterAlternatives), "Read", "has '|' outside a group")]
    [InlineData(typeof(Mistakes.BracketedParenthesis), "Read", "contains a '(' that is not a capture group")]
    [InlineData(typeof(Mistakes.BrokenPattern), "Read", "Invalid pattern")]
    [InlineData(typeof(Mistakes.ReadsString), "Read", "every String parameter")]
    [InlineData(typeof(Mistakes.StandardName), "Read", "{int} is the name of a standard parameter type")]
    [InlineData(typeof(Mistakes.NameTwice), "ReadOther", "The parameter type {X} is already defined, with type Mag, by")]
    public void BindingMistake_IsReportedAtItsMethod(Type type, string? method, string message)
    {
        var mistake = StepBindings.Of(type).Mistakes.Should().ContainSingle().Subject;

        mistake.Path.Should().Be(type.FullName!.Replace('+', '.') + (method is null ? "" : $".{method}"));
        mistake.Line.Should().Be(0);
        mistake.Rule.Should().Be("Binding");
        mistake.Message.Should().Contain(message);
    }

    [Fact]
    public void UndefinedStep_ThatIsRunAllTheSame_IsAFaultOfTheScenario() =>
        FluentActions
            .Invoking(() => Run(When("something else")))
            .Should()
            .ThrowExactly<ScenarioFaultException>()
            .WithMessage("*'something else'*");

    [Fact]
    public void Scenarios_OnSixteenThreads_DoNotInterfere()
    {
        var seen = new ConcurrentBag<string>();
        var threads = Enumerable
            .Range(0, 16)
            .Select(number => new Thread(() =>
            {
                for (var repetition = 0; repetition < 20; repetition++)
                {
                    seen.Add(string.Join(' ', Run(When($"{number} packets arrive"), When("all is noted again"))));
                }
            }))
            .ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        seen.Should().HaveCount(16 * 20);
        seen.Distinct().Should().BeEquivalentTo(Enumerable.Range(0, 16).Select(number => $"{number} packets {number} packets"));
    }

    /// <summary>The dry-run variable would prevent all step calls, and the other variables would write files.</summary>
    [Theory]
    [InlineData("REQNROLL_DRY_RUN", "true")]
    [InlineData("REQNROLL_BINDING_OUTPUT", "bindings-of-a-test.json")]
    [InlineData("REQNROLL_FORMATTERS", """{"formatters": {"message": {"outputFilePath": "messages-of-a-test.ndjson"}}}""")]
    public void EnvironmentVariable_ChangesNothing(string variable, string value)
    {
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            Run(StepBindings.Of(typeof(Steps), typeof(Readers)), When("1 packet arrives")).Should().Equal("1 packets");
            Directory.EnumerateFiles(Environment.CurrentDirectory, "*-of-a-test.*").Should().BeEmpty();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
            Array.ForEach(Directory.GetFiles(Environment.CurrentDirectory, "*-of-a-test.*"), File.Delete);
        }
    }

    [Fact]
    public void Check_StartsWithTheMistakesOfTheBindings() =>
        StepBindings
            .Of(typeof(Mistakes.AsyncVoid))
            .Check(TemporaryFeatures.Load("Feature: F\n"))
            .Should()
            .ContainSingle()
            .Which.Rule.Should()
            .Be("Binding");

    private static Step When(string text) => new(StepKeyword.When, "When", text, 1);

    private static List<string> Run(params Step[] steps) => Run(_bindings, steps);

    private static List<string> Run(StepBindings bindings, params Step[] steps)
    {
        var notes = new Notes();
        using var running = bindings.Begin(Scenario(steps), notes);
        try
        {
            running.Begin();
            Array.ForEach(steps, running.Run);
        }
        finally
        {
            running.End();
        }

        return notes.Lines;
    }

    private static Scenario Scenario(params Step[] steps) =>
        new(ScenarioId.TryParse("TC-LMA-REG-BV-01", out var id) ? id : null!, "A title", "A feature", "a.feature", 3, ["LMA"], steps);

    public sealed class Notes
    {
        public List<string> Lines { get; } = [];
    }

    public enum Colour
    {
        Red,
        DarkBlue,
    }

    public sealed record Mag(int Number);

    public sealed record Lot(int Number);

    [Binding]
    public sealed class Readers(Notes notes)
    {
        [StepArgumentTransformation("MAG([0-9])", Name = "Gateway")]
        public static Mag ReadMag(int number) => number < 9 ? new(number) : throw new ArgumentException($"There is no MAG{number}.");

        [StepArgumentTransformation("([0-9]+) (s|ms)", Name = "Duration")]
        public static TimeSpan ReadDuration(int count, string unit) =>
            unit == "s" ? TimeSpan.FromSeconds(count) : TimeSpan.FromMilliseconds(count);

        [StepArgumentTransformation("([0-9]+) lots")]
        public Lot ReadLot(int number) =>
            number != 13 ? new(number) : throw new FormatException($"unlucky after {notes.Lines.Count} lines");
    }

    [Binding]
    public sealed class Steps(Notes notes)
    {
        [When("{int} packet(s) arrive(s)")]
        public void PacketsArrive(int count) => notes.Lines.Add($"{count} packets");

        [Given("{Gateway} is named {string}")]
        [When("{Gateway} is named {string}")]
        public void IsNamed(Mag mag, string name) => notes.Lines.Add($"MAG{mag.Number} '{name}'");

        [When("{Duration} pass(es)")]
        public void Pass(TimeSpan duration) => notes.Lines.Add(duration.ToString());

        [When("{Lot} pass(es)")]
        public void LotsPass(Lot lot) => notes.Lines.Add(lot.ToString());

        [When("it carries {int}:")]
        public void Carries(int count, DataTable table) =>
            notes.Lines.Add(
                $"{count} {string.Join(",", table.Header)} {string.Join(" ", table.Rows.Select(row => $"{row["Option"]}={row[1]}"))}"
            );

        [When("it says:")]
        public void Says(string text) => notes.Lines.Add(text);

        [When("the packet is {int} long")]
        public void PacketIsLong(int length) => notes.Lines.Add($"{length} long");

        [When("the colour is {string}")]
        public void ColourIs(Colour colour) => notes.Lines.Add(colour.ToString());

        [Given("a flaw")]
        public void Flaw() => DeepFlaw(notes.Lines.Count);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void DeepFlaw(int lines) => throw new InvalidDataException($"flaw after {lines} lines");
    }

    [Binding]
    public sealed class OtherSteps(Steps steps, Notes notes)
    {
        [When("the {word} is {int} long")]
        public void ThingIsLong(string thing, int length) => notes.Lines.Add($"{thing} {length}");

        [When("all is noted again")]
        public void Again()
        {
            steps.Should().NotBeNull();
            notes.Lines.AddRange([.. notes.Lines]);
        }
    }

    [Binding]
    public sealed class Hooks(Notes notes)
    {
        [BeforeScenario]
        public void Before() => notes.Lines.Add("before");

        [AfterScenario]
        public void After() => notes.Lines.Add("after");
    }
}
