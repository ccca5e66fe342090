using BoDi;

namespace Conformance.Testing.Scenarios;

/// <summary>A step and the method that it calls.</summary>
public sealed class BoundStep
{
    private readonly StepDefinition definition;
    private readonly ArgumentReader reader;

    internal BoundStep(Step step, StepDefinition definition, IReadOnlyList<string> arguments, ArgumentReader reader)
    {
        Step = step;
        Arguments = arguments;
        this.definition = definition;
        this.reader = reader;
    }

    public Step Step { get; }

    public Phrase Phrase => definition.Phrase;

    /// <summary>The texts that stand for the parameters of the phrase.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>
    /// Calls the method on the scenario's instance of its class. What the method or a transformation throws comes
    /// out as it was thrown, its stack kept.
    /// </summary>
    /// <param name="container">The container of the scenario.</param>
    /// <exception cref="StepArgumentException">A text is not a value of the parameter's type.</exception>
    public void Invoke(IObjectContainer container)
    {
        var values = definition.ArgumentTypes.Zip(Arguments, (type, text) => reader.Read(text, type, container)).ToList();
        if (definition.Extra is not null)
            values.Add(ExtraArgument());
        BindingMethod.Invoke(definition.Method, container, [.. values]);
    }

    /// <summary>Why the arguments cannot be read; transformations that need an instance are not tried.</summary>
    internal IEnumerable<string> ArgumentFaults()
    {
        foreach (var (type, text) in definition.ArgumentTypes.Zip(Arguments))
        {
            if (reader.FaultOf(text, type) is { } fault)
                yield return fault;
        }
    }

    private object? ExtraArgument()
    {
        if (Step.Table is null)
            return Step.DocString;
        var table = new Reqnroll.DataTable([.. Step.Table.Rows[0]]);
        foreach (var row in Step.Table.Rows.Skip(1))
            table.AddRow([.. row]);
        return table;
    }
}
