using System.Reflection;

namespace Conformance.Testing.Scenarios;

/// <summary>A method under one of its step attributes, known to be callable.</summary>
/// <param name="Extra">Type of the last parameter when it takes what stands under the step: DataTable or string; else null.</param>
internal sealed record StepDefinition(Phrase Phrase, CucumberExpression Expression, MethodInfo Method, Type? Extra)
{
    /// <summary>Of the parameters that the expression fills.</summary>
    public IEnumerable<Type> ArgumentTypes => Method.GetParameters().Take(Expression.Parameters.Count).Select(parameter => parameter.ParameterType);

    /// <summary>Why the step cannot call the method although its text fits; null if it can.</summary>
    public string? FaultOf(Step step)
    {
        var takesTable = Extra == typeof(Reqnroll.DataTable);
        var takesText = Extra == typeof(string);
        if (step.Table is not null && !takesTable)
            return $"The step has a table, but {Phrase.Method} has no DataTable as last parameter.";
        if (step.DocString is not null && !takesText)
            return $"The step has a doc string, but {Phrase.Method} has no string as last parameter.";
        if (takesTable && step.Table is null)
            return $"{Phrase.Method} takes a table, but the step has none.";
        if (takesText && step.DocString is null)
            return $"{Phrase.Method} takes a doc string, but the step has none.";
        return null;
    }
}
