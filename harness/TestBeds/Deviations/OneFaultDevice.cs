using Conformance.Testing.Statements;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// A device with one fault that shows in many scenarios. Of all that the suite finds, only these statements may be violated: those of the
/// fault itself and of what follows directly from it.
/// </summary>
/// <param name="Description">The fault, as a verb phrase.</param>
/// <param name="Role">The role whose scenarios are run.</param>
public sealed record OneFaultDevice(
    string Name,
    string Description,
    string Role,
    IReadOnlyList<StatementId> Violated,
    Implementation Implementation
)
{
    internal static OneFaultDevice Of(
        string name,
        string description,
        string role,
        string violated,
        Func<Implementation, Implementation> change
    ) => new(name, description, role, [.. violated.Split(' ').Select(id => new StatementId(id))], change(new Implementation(name)));
}
