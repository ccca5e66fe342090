using System.Reflection;
using System.Text.RegularExpressions;
using Reqnroll;

namespace Conformance.Testing.Scenarios;

/// <summary>A method that reads the texts that match its regular expression; its return type is what it reads.</summary>
internal sealed class Transformation
{
    private Transformation(string name, string pattern, Regex wholeText, MethodInfo method)
    {
        Name = name;
        Pattern = pattern;
        WholeText = wholeText;
        Method = method;
    }

    /// <summary>Between braces in expressions.</summary>
    public string Name { get; }

    /// <summary>Without capture groups, to stand in the pattern of an expression.</summary>
    public string Pattern { get; }

    public Regex WholeText { get; }

    public MethodInfo Method { get; }

    public Type Type => Method.ReturnType;

    /// <summary>
    /// Null, and a reason, for what Reqnroll would refuse or silently take in another sense: it copies the expression
    /// into that of the step by text replacement, matching any text where that fails, and passes capture groups only.
    /// </summary>
    public static Transformation? Create(MethodInfo method, StepArgumentTransformationAttribute attribute, out string? fault)
    {
        var text = attribute.Regex.TrimStart('^').TrimEnd('$');
        var name = attribute.Name ?? method.ReturnType.Name;
        fault = FaultOfSignature(method, name) ?? FaultOfShape(text);
        if (fault is not null || Compile($@"\A(?:{text})\z", out fault) is not { } whole)
            return null;

        var groups = whole.GetGroupNumbers().Length - 1;
        if (groups == 0 || groups != method.GetParameters().Length)
            fault = $"'{attribute.Regex}' has {groups} capture groups for {method.GetParameters().Length} parameters; what is not in a group is not passed.";
        else if (text.Count(character => character == '(') != groups)
            fault = $"'{attribute.Regex}' has a '(' that opens no group; Reqnroll would match another text.";
        var pattern = text.Replace("(", "(?:", StringComparison.Ordinal);
        return fault is null ? new(name, pattern, whole, method) : null;
    }

    private static string? FaultOfSignature(MethodInfo method, string name)
    {
        if (ParameterTypes.IsStandard(name))
            return $"{{{name}}} is a standard type.";
        if (name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
            return $"'{name}' is no name for a parameter: letters, digits and _ only.";
        if (method.ReturnType == typeof(void) || method.ReturnType == typeof(object))
            return "It returns no type of its own.";
        if (method.ReturnType.IsPrimitive || method.ReturnType == typeof(string) || method.ReturnType == typeof(decimal))
            return $"It would read every {method.ReturnType.Name} parameter of every step; return a type of its own.";
        return null;
    }

    private static string? FaultOfShape(string text)
    {
        if (text.Contains("(?", StringComparison.Ordinal) || text.Contains(@"\(", StringComparison.Ordinal))
            return $@"'{text}' has (? or \(, for which Reqnroll would match any text.";
        var depth = 0;
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '\\':
                    index++;
                    break;
                case '[':
                    index = Math.Max(index, text.IndexOf(']', Math.Min(index + 2, text.Length)) is var end and >= 0 ? end : index);
                    break;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case '|' when depth == 0:
                    return $"'{text}' has alternatives outside of a group, each of which would match part of the text only.";
            }
        }
        return null;
    }

    private static Regex? Compile(string pattern, out string? fault)
    {
        try
        {
            fault = null;
            return new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (RegexParseException exception)
        {
            fault = exception.Message;
            return null;
        }
    }
}
