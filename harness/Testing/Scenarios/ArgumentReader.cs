using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using BoDi;

namespace Conformance.Testing.Scenarios;

/// <summary>A text in a step is not a value of the type that its method takes.</summary>
public sealed class StepArgumentException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Texts of steps to values of parameters, as Reqnroll does it: by the transformation to the parameter's type that
/// matches the text; else the text itself, an enumeration by name, or what the type's converter makes of it.
/// </summary>
internal sealed class ArgumentReader(IReadOnlyList<Transformation> transformations)
{
    /// <summary>Whether some text may become a value of the type.</summary>
    public bool CanRead(Type type) =>
        type.IsAssignableFrom(typeof(string)) || type.IsEnum || TransformationsTo(type).Any()
        || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <exception cref="StepArgumentException">The text is no such value. What a transformation throws is passed on.</exception>
    public object? Read(string text, Type type, IObjectContainer container) =>
        Read(text, type, (method, arguments) => BindingMethod.Invoke(method, container, arguments), current: null);

    /// <summary>Why the text cannot be read, by trial; null if it can, or if only an instance could tell.</summary>
    public string? FaultOf(string text, Type type)
    {
        try
        {
            Read(text, type, InvokeStatic, current: null);
            return null;
        }
        catch (NeedsInstanceException)
        {
            return null;
        }
        catch (StepArgumentException exception)
        {
            return exception.Message;
        }
        catch (Exception exception) // a transformation may throw whatever it likes; each is a fault of the text
        {
            return $"'{text}' is no {type.Name}: {exception.Message}";
        }
    }

    private object? Read(string text, Type type, Func<MethodInfo, object?[], object?> invoke, Transformation? current)
    {
        // A transformation that takes its own type would otherwise call itself for ever.
        var matching = TransformationsTo(type).Where(candidate => candidate.WholeText.IsMatch(text)).ToArray();
        switch (matching)
        {
            case [var transformation] when transformation != current:
                var groups = transformation.WholeText.Match(text).Groups.Values.Skip(1);
                var parameters = transformation.Method.GetParameters();
                return invoke(transformation.Method, [.. groups.Zip(parameters, (group, parameter) => Read(group.Value, parameter.ParameterType, invoke, transformation))]);
            case { Length: > 1 }:
                throw new StepArgumentException($"'{text}' is read as {type.Name} by more than one transformation: {string.Join(", ", matching.Select(candidate => BindingMethod.NameOf(candidate.Method)))}.");
            default:
                return Convert(text, type);
        }
    }

    private IEnumerable<Transformation> TransformationsTo(Type type) => transformations.Where(transformation => transformation.Type == type);

    private static object? Convert(string text, Type type)
    {
        if (type.IsAssignableFrom(typeof(string)))
            return text;
        try
        {
            return type.IsEnum
                ? Enum.Parse(type, text.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true)
                : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new StepArgumentException($"'{text}' is no {type.Name}.", exception);
        }
    }

    private static object? InvokeStatic(MethodInfo method, object?[] arguments) => method.IsStatic
        ? method.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, CultureInfo.InvariantCulture)
        : throw new NeedsInstanceException();

    private sealed class NeedsInstanceException : Exception;
}
