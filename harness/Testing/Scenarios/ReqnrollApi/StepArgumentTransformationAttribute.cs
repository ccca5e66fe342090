#if !UPSTREAM_PACKAGES
namespace Reqnroll;

/// <summary>Makes the method the reader of its return type: the capture groups of <paramref name="regex"/> are its arguments.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class StepArgumentTransformationAttribute(string regex) : Attribute
{
    /// <summary>Must match the whole argument.</summary>
    public string Regex { get; } = regex;

    /// <summary>The name of the parameter in expressions, without braces. When null it is the name of the return type.</summary>
    public string? Name { get; set; }
}
#endif
