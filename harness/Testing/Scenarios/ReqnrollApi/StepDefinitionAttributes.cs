#if !UPSTREAM_PACKAGES
namespace Reqnroll;

/// <summary>What the three step attributes share. One method may carry several.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class StepDefinitionBaseAttribute : Attribute
{
    private protected StepDefinitionBaseAttribute(string expression) => Expression = expression;

    /// <summary>The cucumber expression that the text of a step must match as a whole.</summary>
    public string Expression { get; }
}

/// <summary>Binds the method to steps that establish a state.</summary>
public sealed class GivenAttribute(string expression) : StepDefinitionBaseAttribute(expression);

/// <summary>Binds the method to steps that act.</summary>
public sealed class WhenAttribute(string expression) : StepDefinitionBaseAttribute(expression);

/// <summary>Binds the method to steps that judge.</summary>
public sealed class ThenAttribute(string expression) : StepDefinitionBaseAttribute(expression);
#endif
