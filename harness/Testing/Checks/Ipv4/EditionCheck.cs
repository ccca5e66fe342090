using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>
/// A check with the statement that it judges in each edition of IPv4 support; null for an edition without such a statement.
/// </summary>
/// <param name="Name">What the check is about.</param>
internal sealed record EditionCheck<T>(string Name, string? Rfc5844, string? Draft04, string? Draft02, Func<T, CheckResult?> Judge)
    where T : CheckedMessage
{
    /// <summary>The check in an edition; null if the edition does not demand it.</summary>
    public Check<T>? In(Edition edition) =>
        edition.Name switch
        {
            "rfc5844" => Of(Rfc5844),
            "ipv4-draft-04" => Of(Draft04),
            "ipv4-draft-02" => Of(Draft02),
            _ => null,
        };

    private Check<T>? Of(string? statements) => statements is null ? null : new Check<T>(Name, statements, Judge);
}
