using Reqnroll;

#pragma warning disable CA1822 // binding methods are instance methods, even if they use no instance data

namespace Conformance.Harness.Tests.Scenarios;

/// <summary>One binding class for each mistake that the step discovery reports.</summary>
public static class Mistakes
{
    public sealed class NoBinding
    {
        [When("a")]
        public void Step() { }
    }

    [Binding]
    public sealed class Generic<T>
    {
        [When("a")]
        public void Step() { }
    }

    [Binding]
    public abstract class Abstract
    {
        [When("a")]
        public void Step() { }
    }

    [Binding]
    public sealed class TwoConstructors
    {
        public TwoConstructors() { }

        public TwoConstructors(StepBindingsTests.Notes notes) => notes.Lines.Add("second");

        [When("a")]
        public void Step() { }
    }

    [Binding]
    public sealed class AsyncVoid
    {
        [When("a")]
        public async void Step() => await Task.Yield();
    }

    [Binding]
    public sealed class ReturnsTask
    {
        [When("a")]
        public Task Step() => Task.CompletedTask;
    }

    [Binding]
    public sealed class ReturnsValue
    {
        [When("a")]
        public int Step() => 1;
    }

    [Binding]
    public sealed class MissingParameter
    {
        [When("a {int}")]
        public void Step() { }
    }

    [Binding]
    public sealed class ExtraParameter
    {
        [When("a")]
        public void Step(int count) => _ = count;
    }

    [Binding]
    public sealed class UnreadableParameter
    {
        [When("a {word}")]
        public void Step(StepBindingsTests.Notes notes) => _ = notes;
    }

    [Binding]
    public sealed class RegularExpression
    {
        [When("^a$")]
        public void Step() { }
    }

    [Binding]
    public sealed class UnknownType
    {
        [When("a {nothing}")]
        public void Step(string text) => _ = text;
    }

    [Binding]
    public sealed class AnonymousParameter
    {
        [When("a {}")]
        public void Step(string text) => _ = text;
    }

    [Binding]
    public sealed class BrokenExpression
    {
        [When("a (b")]
        public void Step() { }
    }

    [Binding]
    public sealed class NoExpression
    {
        [When]
        public void Step() { }
    }

    [Binding]
    public sealed class AnyKeyword
    {
        [StepDefinition("a")]
        public void Step() { }
    }

    [Binding]
    public sealed class OtherHook
    {
        [BeforeStep]
        public void Hook() { }
    }

    [Binding]
    public sealed class Scoped
    {
        [Scope(Tag = "LMA")]
        [When("a")]
        public void Step() { }
    }

    [Binding]
    public sealed class TwoBefore
    {
        [BeforeScenario]
        public void First() { }

        [BeforeScenario]
        public void Second() { }
    }

    [Binding]
    public sealed class HookWithParameter
    {
        [BeforeScenario]
        public void Before(StepBindingsTests.Notes notes) => _ = notes;
    }

    [Binding]
    public sealed class NoGroup
    {
        [StepArgumentTransformation("MAG[0-9]")]
        public StepBindingsTests.Mag Read(string text) => new(text.Length);
    }

    [Binding]
    public sealed class TooManyGroups
    {
        [StepArgumentTransformation("(MAG([0-9]))")]
        public StepBindingsTests.Mag Read(string text) => new(text.Length);
    }

    [Binding]
    public sealed class NonCapturing
    {
        [StepArgumentTransformation("((?:MAG)[0-9])")]
        public StepBindingsTests.Mag Read(string text) => new(text.Length);
    }

    [Binding]
    public sealed class OuterAlternatives
    {
        [StepArgumentTransformation("(MAG)|LMA")]
        public StepBindingsTests.Mag Read(string text) => new(text.Length);
    }

    [Binding]
    public sealed class BracketedParenthesis
    {
        [StepArgumentTransformation("([(])MAG")]
        public StepBindingsTests.Mag Read(string text) => new(text.Length);
    }

    [Binding]
    public sealed class BrokenPattern
    {
        [StepArgumentTransformation("(MAG")]
        public StepBindingsTests.Mag Read(string text) => new(text.Length);
    }

    [Binding]
    public sealed class ReadsString
    {
        [StepArgumentTransformation("(MAG)", Name = "Name")]
        public string Read(string text) => text;
    }

    [Binding]
    public sealed class StandardName
    {
        [StepArgumentTransformation("(MAG)", Name = "int")]
        public StepBindingsTests.Mag Read(string text) => new(text.Length);
    }

    [Binding]
    public sealed class NameTwice
    {
        [StepArgumentTransformation("(MAG)", Name = "X")]
        public StepBindingsTests.Mag Read(string text) => new(text.Length);

        [StepArgumentTransformation("(LOT)", Name = "X")]
        public StepBindingsTests.Lot ReadOther(string text) => new(text.Length);
    }
}
