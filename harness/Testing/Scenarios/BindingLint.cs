using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Reqnroll;
using Reqnroll.Bindings;
using Reqnroll.Bindings.Reflection;

namespace Conformance.Testing.Scenarios;

/// <summary>
/// Finds mistakes in step classes that Reqnroll reports only at run time, misinterprets, or does not notice.
/// </summary>
internal sealed partial class BindingLint
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private const string NoScope = "[Scope] is not allowed: a phrase has one meaning in all features.";

    private static readonly string[] _standardTypes = ["float", "int", "string", "word"];
    private static readonly string[] _hooks = [nameof(BeforeScenarioAttribute), nameof(AfterScenarioAttribute)];

    private readonly List<LibraryProblem> _mistakes = [];
    private readonly List<(string Name, MethodInfo Method)> _transformations = [];

    private BindingLint(IReadOnlyList<Type> classes, IBindingRegistry registry)
    {
        var methods = classes.Where(IsBindingClass).SelectMany(type => type.GetMethods(Declared)).ToList();
        methods.ForEach(CheckTransformations);
        if (_mistakes.Count > 0)
        {
            return; // A wrong class or transformation would make correct expressions look invalid.
        }

        foreach (var definition in registry.GetStepDefinitions())
        {
            var method = MethodOf(definition);
            Report(method, FaultOfMethod(method) ?? FaultOfStep(method) ?? FaultOfExpression(definition) ?? FaultOfParameters(definition));
        }

        foreach (var hooks in methods.Where(method => method.IsDefined(typeof(HookAttribute))).GroupBy(HookOf))
        {
            foreach (var hook in hooks)
            {
                Report(
                    hook,
                    FaultOfMethod(hook)
                        ?? FaultOfStep(hook)
                        ?? First(
                            (
                                !_hooks.Contains($"{hooks.Key}Attribute"),
                                $"[{hooks.Key}] is not allowed: use [BeforeScenario] or [AfterScenario]."
                            ),
                            (hook.GetParameters().Length > 0, "A hook must not have parameters."),
                            (hook != hooks.First(), $"Only one [{hooks.Key}] is allowed; {NameOf(hooks.First())} is already one.")
                        )
                );
            }
        }
    }

    public static IReadOnlyList<LibraryProblem> Check(IReadOnlyList<Type> classes, IBindingRegistry registry) =>
        [.. new BindingLint(classes, registry)._mistakes.Distinct()];

    public static MethodInfo MethodOf(IBinding binding) => ((RuntimeBindingMethod)binding.Method).MethodInfo;

    public static string NameOf(MethodInfo method) => $"{NameOf(method.DeclaringType!)}.{method.Name}";

    /// <summary>
    /// The type of the parameter that takes the table (DataTable) or doc string (string) under the step; null if there is none.
    /// </summary>
    public static Type? ExtraOf(IStepDefinitionBinding definition) =>
        MethodOf(definition).GetParameters().Skip(Parameter().Count(definition.SourceExpression)).FirstOrDefault()?.ParameterType;

    private static string NameOf(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    internal static string? First(params (bool IsWrong, string Fault)[] rules) => Array.Find(rules, rule => rule.IsWrong).Fault;

    private bool IsBindingClass(Type type)
    {
        if (!type.IsDefined(typeof(BindingAttribute), inherit: false))
        {
            Array.ForEach(
                Array.FindAll(type.GetMethods(Declared), IsBound),
                method => Report(method, "The class has no [Binding], so the method is never called.")
            );
            return false;
        }

        var constructors = type.GetConstructors().Length;
        var fault = First(
            (type.IsGenericTypeDefinition, "A binding class cannot be generic."),
            (type is { IsAbstract: true, IsSealed: false }, "A binding class cannot be abstract."),
            (constructors > 1, $"The class has {constructors} public constructors: injection needs one."),
            (type.IsDefined(typeof(ScopeAttribute)), NoScope)
        );
        _mistakes.AddRange(fault is null ? [] : [new(NameOf(type), 0, "Binding", fault)]);
        return fault is null;
    }

    private static bool IsBound(MethodInfo method) =>
        method.IsDefined(typeof(StepDefinitionBaseAttribute))
        || method.IsDefined(typeof(StepArgumentTransformationAttribute))
        || method.IsDefined(typeof(HookAttribute));

    private void CheckTransformations(MethodInfo method)
    {
        foreach (var attribute in method.GetCustomAttributes<StepArgumentTransformationAttribute>())
        {
            var (type, name) = (method.ReturnType, attribute.Name ?? method.ReturnType.Name);
            var other = _transformations.Find(known => known.Name == name && known.Method.ReturnType != type).Method;
            Report(
                method,
                FaultOfMethod(method)
                    ?? TransformationPattern.FaultOf(attribute.Regex)
                    ?? TransformationPattern.FaultOfGroups(method, attribute.Regex)
                    ?? First(
                        (_standardTypes.Contains(name), $"{{{name}}} is the name of a standard parameter type; choose another name."),
                        (!Regex.IsMatch(name, @"\A[A-Za-z0-9_]+\z"), $"'{name}' is not a parameter name: letters, digits and _ only."),
                        (type == typeof(void) || type == typeof(object), "The method must return a dedicated type."),
                        (
                            type.IsPrimitive || type == typeof(string) || type == typeof(decimal),
                            $"This transformation would apply to every {type.Name} parameter of every step; return a dedicated type."
                        ),
                        (
                            other is not null,
                            $"The parameter type {{{name}}} is already defined, with type {other?.ReturnType.Name}, "
                                + $"by {(other is null ? null : NameOf(other))}."
                        )
                    )
            );
            _transformations.Add((name, method));
        }
    }

    private static string? FaultOfMethod(MethodInfo method) =>
        First(
            (
                method.IsDefined(typeof(AsyncStateMachineAttribute)) || method.ReturnType.Namespace == "System.Threading.Tasks",
                "The method is asynchronous, but steps must run on the scenario's thread."
            ),
            (method.IsGenericMethodDefinition, "The method is generic."),
            (method.IsDefined(typeof(ScopeAttribute)), NoScope)
        );

    private static string? FaultOfStep(MethodInfo method) =>
        First(
            (method.IsDefined(typeof(StepDefinitionAttribute)), "[StepDefinition] is not allowed: use [Given], [When] or [Then]."),
            (method.ReturnType != typeof(void), $"The method returns {method.ReturnType.Name}, which would be ignored.")
        );

    private string? FaultOfExpression(IStepDefinitionBinding definition)
    {
        var source = definition.SourceExpression;
        var known = _transformations.Select(reader => reader.Name).Concat(_standardTypes).Distinct().Order(StringComparer.Ordinal).ToList();
        var unknown = Parameter().Matches(source).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !known.Contains(name));
        return First(
            (
                MethodOf(definition)
                    .GetCustomAttributes<StepDefinitionBaseAttribute>()
                    .Any(step => string.IsNullOrWhiteSpace(step.Expression)),
                "The expression is empty; steps bound by the name of their method are not supported."
            ),
            (
                definition.ExpressionType == StepDefinitionExpressionTypes.RegularExpression,
                $"'{source}': Reqnroll would take it for a regular expression. Write a cucumber expression."
            ),
            (unknown?.Length == 0, $"'{source}' has an anonymous parameter {{}}; name its type."),
            (
                unknown is not null,
                $"'{source}' has a parameter {{{unknown}}}, but the types are {string.Join(", ", known.Select(name => $"{{{name}}}"))}."
            ),
            (!definition.IsValid, $"'{source}': {definition.ErrorMessage?.Trim().ReplaceLineEndings(" ")}")
        );
    }

    private string? FaultOfParameters(IStepDefinitionBinding definition)
    {
        var parameters = MethodOf(definition).GetParameters();
        var wanted = Parameter().Count(definition.SourceExpression);
        var takesExtra =
            parameters.Length == wanted + 1 && (ExtraOf(definition) == typeof(DataTable) || ExtraOf(definition) == typeof(string));
        var unread = parameters.Take(wanted).FirstOrDefault(parameter => !CanRead(parameter.ParameterType));
        return First(
            (
                parameters.Length != wanted && !takesExtra,
                $"The phrase '{definition.SourceExpression}' has {wanted} argument(s), the method {parameters.Length} parameter(s). "
                    + "One additional last parameter is allowed: a DataTable or string, for the table or doc string under the step."
            ),
            (
                unread is not null,
                $"No transformation converts text to {unread?.ParameterType.Name}, the type of the parameter '{unread?.Name}'."
            )
        );
    }

    private bool CanRead(Type type) =>
        type.IsAssignableFrom(typeof(string))
        || type.IsEnum
        || _transformations.Exists(reader => reader.Method.ReturnType == type)
        || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static string HookOf(MethodInfo method) =>
        method.GetCustomAttribute<HookAttribute>()!.GetType().Name.Replace("Attribute", string.Empty, StringComparison.Ordinal);

    private void Report(MethodInfo method, string? fault) =>
        _mistakes.AddRange(fault is null ? [] : [new(NameOf(method), 0, "Binding", fault)]);

    [GeneratedRegex(@"(?<!\\)\{(?<name>[^{}]*)\}")]
    private static partial Regex Parameter();
}
