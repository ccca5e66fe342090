using Conformance.Testing.Checks;

namespace Conformance.Testing.Statements;

/// <summary>Compares the declared checks of messages with the registers.</summary>
public static class CheckAudit
{
    /// <summary>One line for each statement of a check that no register has, with the name of the check.</summary>
    public static IEnumerable<string> Problems(IEnumerable<ICheckSet> sets, StatementRegister register) =>
        from set in sets
        from check in set.Checks
        from statement in check.Statements
        where register.Find(statement) is null
        select $"the check '{check.Name}' ({set.Edition}, {string.Join('/', set.Roles)}) judges {statement}, which is in no register.";
}
