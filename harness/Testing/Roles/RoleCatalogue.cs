using System.Reflection;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles;

/// <summary>The roles that the tester can test: the classes of this assembly with <see cref="RoleUnderTestAttribute"/>.</summary>
public static class RoleCatalogue
{
    private static readonly Dictionary<string, Type> _types = Assembly
        .GetExecutingAssembly()
        .GetTypes()
        .Where(type => type.IsClass && type.GetCustomAttribute<RoleUnderTestAttribute>() is not null)
        .ToDictionary(TagOf, StringComparer.Ordinal);

    /// <summary>Creates the role of a scenario.</summary>
    /// <exception cref="InvalidOperationException">The tester cannot test the role yet.</exception>
    public static ScenarioRole Create(string tag, TestSession session, EmulatedNetwork network) =>
        _types.TryGetValue(tag, out var type)
            ? new ScenarioRole(tag, Create(type, session, network))
            : throw new InvalidOperationException(
                $"There is no role '{tag}' to test; roles: {string.Join(", ", _types.Keys.Order(StringComparer.Ordinal))}."
            );

    /// <summary>A role takes the session, and the network if it emulates nodes.</summary>
    private static IRoleUnderTest Create(Type type, params object[] known) =>
        (IRoleUnderTest)
            Activator.CreateInstance(
                type,
                [
                    .. type.GetConstructors()[0]
                        .GetParameters()
                        .Select(parameter => Array.Find(known, parameter.ParameterType.IsInstanceOfType)),
                ]
            )!;

    internal static string TagOf(Type type) => type.GetCustomAttribute<RoleUnderTestAttribute>()!.Tag;
}
