using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// A check of messages of a home agent or correspondent node, with the statements that it judges in each edition: those of RFC 6275 are
/// judged in all three.
/// </summary>
/// <param name="Name">What the check is about.</param>
/// <param name="Rfc6275">The ids without the name of the edition, separated by spaces; null without such a statement.</param>
/// <param name="Draft04">Those of draft-ietf-monami6-multiplecoa-04.</param>
/// <param name="Rfc5648">Those of RFC 5648.</param>
internal abstract record MobilityCheck(string Name, string? Rfc6275, string? Draft04, string? Rfc5648)
{
    public const string HomeAgent = "HA";
    public const string Correspondent = "CN";
    public const string MobileNode = "MN";

    /// <summary>The role whose messages are judged; null for both.</summary>
    public string? Only { get; init; }

    /// <summary>The check in an edition; null if the edition does not demand it of the role.</summary>
    public Check? In(Edition edition, string role) =>
        Only is { } only && only != role ? null
        : edition == Edition.Rfc6275 ? Of(edition, Rfc6275)
        : edition == Edition.McoaDraft04 ? Of(edition, Draft04)
        : Of(edition, Rfc5648);

    private Check? Of(Edition edition, string? ids) =>
        ids is null ? null : Of(string.Join(' ', ids.Split(' ').Select(id => $"{edition}-{id}")));

    private protected abstract Check Of(string statements);
}

/// <inheritdoc/>
internal sealed record MobilityCheck<T>(string Name, string? Rfc6275, string? Draft04, string? Rfc5648, Func<T, CheckResult?> Judge)
    : MobilityCheck(Name, Rfc6275, Draft04, Rfc5648)
    where T : CheckedMessage
{
    private protected override Check Of(string statements) => new Check<T>(Name, statements, Judge);
}
