using System.Globalization;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Ics;

/// <summary>The status of an ICS item (ISO/IEC 9646-7).</summary>
public abstract record IcsStatus
{
    private IcsStatus() { }

    /// <summary><c>m</c>: an implementation that does not claim the item does not conform, regardless of the test results.</summary>
    public sealed record Mandatory : IcsStatus
    {
        public override string ToString() => "m";
    }

    /// <summary><c>o</c>: free to claim or not.</summary>
    public sealed record Optional : IcsStatus
    {
        public override string ToString() => "o";
    }

    /// <summary><c>o.n</c>: at least one item of the group must be claimed.</summary>
    public sealed record Selectable(int Group) : IcsStatus
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"o.{Group}");
    }

    /// <summary><c>c:item:m</c>: has the status if another item is claimed, and does not apply otherwise.</summary>
    public sealed record Conditional(string Item, IcsStatus Then) : IcsStatus
    {
        public override string ToString() => $"c:{Item}:{Then}";
    }

    public static bool TryParse(string text, out IcsStatus status)
    {
        status = new Optional();
        switch (text.Split(':'))
        {
            case ["m"]:
                status = new Mandatory();
                return true;
            case ["o"]:
                return true;
            case [['o', '.', .. var group]] when int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                status = new Selectable(number);
                return true;
            case ["c", var item, var then] when item.Length > 0 && TryParse(then, out var inner):
                status = new Conditional(item, inner);
                return true;
            default:
                return false;
        }
    }
}

/// <summary>A question to the supplier of an implementation. The claims decide which scenarios apply.</summary>
/// <param name="Id">The id, as in the tag <c>@ics:id</c>.</param>
/// <param name="Roles">The roles that are asked the question.</param>
/// <param name="Statements">The statements of the specification on the subject.</param>
public sealed record IcsItem(
    string Id,
    string Question,
    IReadOnlyList<string> Roles,
    IcsStatus Status,
    IReadOnlyList<StatementId> Statements
);

/// <summary>A fault in a set of claims, found before any test.</summary>
/// <param name="Item">The item that should have been claimed, or the first of its group.</param>
public sealed record StaticFailure(string Item, string Message);

/// <summary>What a scenario tests, for the question which capabilities must be claimed.</summary>
/// <param name="Statements">The statements of its purpose.</param>
/// <param name="IsSelected">False if the user has left it out; then its role is not asked for its sake.</param>
public sealed record AskedScenario(string Role, string Configuration, IReadOnlyList<StatementId> Statements, bool IsSelected);

/// <summary>Judges claims: a mandatory capability that is not claimed is a failure, and its tests are not left out.</summary>
public static class StaticConformance
{
    /// <summary>The mandatory capabilities that are not claimed for the roles to be tested, in words (ISO/IEC 9646-7).</summary>
    /// <param name="scenarios">Every scenario, once for each edition in which it could run.</param>
    /// <param name="claimsOf">The claims in a named configuration; null if the implementation does not have it.</param>
    public static IReadOnlyList<string> Failures(
        IReadOnlyList<IcsItem> items,
        IReadOnlyList<AskedScenario> scenarios,
        Func<string, IReadOnlyList<string>?> claimsOf
    )
    {
        var tested = scenarios.SelectMany(scenario => scenario.Statements).Select(statement => statement.Edition).ToHashSet();
        var asked = items.Where(item => item.Statements.Any(statement => tested.Contains(statement.Edition))).ToList();
        return
        [
            .. scenarios
                .Where(scenario => scenario.IsSelected && claimsOf(scenario.Configuration) is not null)
                .GroupBy(scenario => scenario.Role)
                .OrderBy(role => role.Key, StringComparer.Ordinal)
                .SelectMany(role =>
                    Check(
                            asked,
                            [
                                .. role.Select(scenario => scenario.Configuration)
                                    .Distinct()
                                    .SelectMany(configuration => claimsOf(configuration) ?? []),
                            ],
                            role.Key
                        )
                        .Select(failure => $"{role.Key}: {failure.Message}")
                ),
        ];
    }

    public static IReadOnlyList<StaticFailure> Check(IReadOnlyList<IcsItem> items, IReadOnlyCollection<string> claims, string role)
    {
        var asked = items
            .Where(item => item.Roles.Contains(role))
            .Select(item => (Item: item, Status: Effective(item.Status, claims)))
            .ToList();
        return
        [
            .. asked
                .Where(entry => entry.Status is IcsStatus.Mandatory && !claims.Contains(entry.Item.Id))
                .Select(entry => new StaticFailure(
                    entry.Item.Id,
                    $"{entry.Item.Id} is mandatory ({entry.Item.Status}) and not claimed: {entry.Item.Question}"
                )),
            .. asked
                .Where(entry => entry.Status is IcsStatus.Selectable)
                .GroupBy(entry => entry.Status, entry => entry.Item.Id)
                .Where(group => !group.Any(claims.Contains))
                .Select(group => new StaticFailure(
                    group.First(),
                    $"none of {string.Join(", ", group)} is claimed: at least one is mandatory ({group.Key})"
                )),
        ];
    }

    /// <summary>The status after its conditions are decided; null if the item does not apply.</summary>
    private static IcsStatus? Effective(IcsStatus status, IReadOnlyCollection<string> claims) =>
        status switch
        {
            IcsStatus.Conditional(var item, var then) => claims.Contains(item) ? Effective(then, claims) : null,
            _ => status,
        };
}
