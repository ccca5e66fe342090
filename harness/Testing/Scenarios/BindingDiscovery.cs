using System.Reflection;
using System.Runtime.CompilerServices;
using Reqnroll;

namespace Conformance.Testing.Scenarios;

/// <summary>Finds what is bound in a set of classes, and the mistakes in it. What has a mistake is left out.</summary>
internal sealed class BindingDiscovery
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly List<LibraryProblem> mistakes = [];
    private readonly List<StepDefinition> definitions = [];
    private readonly List<Transformation> transformations = [];

    public BindingDiscovery(IEnumerable<Type> types)
    {
        var methods = types.Where(IsBindingClass).SelectMany(type => type.GetMethods(Declared)).ToArray();
        foreach (var method in methods)
            FindTransformations(method);
        CheckTransformationNames();

        Reader = new ArgumentReader(transformations);
        var parameterTypes = new ParameterTypes(transformations.Select(transformation => KeyValuePair.Create(transformation.Name, transformation.Pattern)));
        foreach (var method in methods)
            FindSteps(method, parameterTypes);
        Before = FindHook<BeforeScenarioAttribute>(methods);
        After = FindHook<AfterScenarioAttribute>(methods);
    }

    public IReadOnlyList<LibraryProblem> Mistakes => mistakes;

    public IReadOnlyList<StepDefinition> Definitions => definitions;

    public ArgumentReader Reader { get; }

    public MethodInfo? Before { get; }

    public MethodInfo? After { get; }

    private bool IsBindingClass(Type type)
    {
        if (!type.IsDefined(typeof(BindingAttribute), inherit: false))
        {
            foreach (var method in type.GetMethods(Declared).Where(IsBound))
                Report(method, "The class has no [Binding], so the method is never called.");
            return false;
        }
        if (type.IsGenericTypeDefinition)
            Report(type, "A binding class cannot be generic.");
        else if (type is { IsAbstract: true, IsSealed: false })
            Report(type, "A binding class cannot be abstract.");
        else if (type.GetConstructors().Length > 1)
            Report(type, $"The class has {type.GetConstructors().Length} public constructors: injection needs one.");
        else
            return true;
        return false;
    }

    private static bool IsBound(MethodInfo method) =>
        method.IsDefined(typeof(StepDefinitionBaseAttribute)) || method.IsDefined(typeof(StepArgumentTransformationAttribute))
        || method.IsDefined(typeof(BeforeScenarioAttribute)) || method.IsDefined(typeof(AfterScenarioAttribute));

    private void FindTransformations(MethodInfo method)
    {
        foreach (var attribute in method.GetCustomAttributes<StepArgumentTransformationAttribute>())
        {
            if (FaultOfMethod(method) is { } methodFault)
                Report(method, methodFault);
            else if (Transformation.Create(method, attribute, out var fault) is { } transformation)
                transformations.Add(transformation);
            else
                Report(method, fault!);
        }
    }

    private void CheckTransformationNames()
    {
        foreach (var group in transformations.GroupBy(transformation => transformation.Name).ToArray())
        {
            foreach (var other in group.Where(transformation => transformation.Type != group.First().Type))
            {
                Report(other.Method, $"{{{group.Key}}} is read as {group.First().Type.Name} by {BindingMethod.NameOf(group.First().Method)}.");
                transformations.Remove(other);
            }
        }
    }

    private void FindSteps(MethodInfo method, ParameterTypes types)
    {
        foreach (var attribute in method.GetCustomAttributes<StepDefinitionBaseAttribute>())
        {
            if (KindOf(attribute) is not { } kind)
            {
                Report(method, $"[{attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal)}] is not used here: say [Given], [When] or [Then].");
                continue;
            }
            try
            {
                var expression = CucumberExpression.Compile(attribute.Expression, types);
                if ((FaultOfMethod(method) ?? FaultOfStep(method) ?? FaultOfParameters(method, expression)) is { } fault)
                    Report(method, fault);
                else
                    definitions.Add(new(new(kind, expression.Source, BindingMethod.NameOf(method)), expression, method, ExtraOf(method, expression)));
            }
            catch (CucumberExpressionException exception)
            {
                Report(method, exception.Message);
            }
        }
    }

    private static StepKeyword? KindOf(StepDefinitionBaseAttribute attribute) => attribute switch
    {
        GivenAttribute => StepKeyword.Given,
        WhenAttribute => StepKeyword.When,
        ThenAttribute => StepKeyword.Then,
        _ => null,
    };

    private MethodInfo? FindHook<TAttribute>(IEnumerable<MethodInfo> methods)
        where TAttribute : Attribute
    {
        var hooks = methods.Where(method => method.IsDefined(typeof(TAttribute))).ToArray();
        foreach (var hook in hooks)
        {
            if ((FaultOfMethod(hook) ?? FaultOfStep(hook) ?? (hook.GetParameters().Length > 0 ? "A hook has no parameters." : null)) is { } fault)
            {
                Report(hook, fault);
                return null;
            }
        }
        foreach (var hook in hooks.Skip(1))
            Report(hook, $"There is one [{typeof(TAttribute).Name.Replace("Attribute", "", StringComparison.Ordinal)}] at most, and {BindingMethod.NameOf(hooks[0])} is it.");
        return hooks is [var only] ? only : null;
    }

    private static string? FaultOfMethod(MethodInfo method)
    {
        if (method.IsDefined(typeof(AsyncStateMachineAttribute)) || method.ReturnType.Namespace == "System.Threading.Tasks")
            return "The method is asynchronous: the thread of the scenario is the pump.";
        return method.IsGenericMethodDefinition ? "The method is generic." : null;
    }

    private static string? FaultOfStep(MethodInfo method) =>
        method.ReturnType != typeof(void) ? $"The method returns {method.ReturnType.Name}: nothing would look at it." : null;

    private string? FaultOfParameters(MethodInfo method, CucumberExpression expression)
    {
        var parameters = method.GetParameters();
        var wanted = expression.Parameters.Count;
        var last = parameters.LastOrDefault()?.ParameterType;
        if (parameters.Length != wanted && !(parameters.Length == wanted + 1 && (last == typeof(DataTable) || last == typeof(string))))
            return $"'{expression}' gives {wanted} arguments to {parameters.Length} parameters; one more may be a DataTable or string, for what stands under the step.";
        var unread = parameters.Take(wanted).FirstOrDefault(parameter => !Reader.CanRead(parameter.ParameterType));
        return unread is null ? null : $"Nothing reads a text as {unread.ParameterType.Name}, the type of the parameter '{unread.Name}'.";
    }

    private static Type? ExtraOf(MethodInfo method, CucumberExpression expression) =>
        method.GetParameters().Skip(expression.Parameters.Count).FirstOrDefault()?.ParameterType;

    private void Report(MethodInfo method, string message) => mistakes.Add(new(BindingMethod.NameOf(method), 0, "Binding", message));

    private void Report(Type type, string message) => mistakes.Add(new(BindingMethod.NameOf(type), 0, "Binding", message));
}
