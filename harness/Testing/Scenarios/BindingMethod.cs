using System.Reflection;
using BoDi;

namespace Conformance.Testing.Scenarios;

/// <summary>What step, transformation and hook methods have in common.</summary>
internal static class BindingMethod
{
    public static string NameOf(MethodInfo method) => $"{NameOf(method.DeclaringType!)}.{method.Name}";

    public static string NameOf(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    /// <summary>Without a wrapper around exceptions, so that their stack is that of the fault.</summary>
    public static object? Invoke(MethodInfo method, IObjectContainer container, params object?[] arguments) => method.Invoke(
        method.IsStatic ? null : container.Resolve(method.DeclaringType!),
        BindingFlags.DoNotWrapExceptions,
        binder: null,
        arguments,
        culture: null);
}
