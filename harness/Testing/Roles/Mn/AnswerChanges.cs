using System.Net;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// How a scenario changes an answer of a peer, by a table of fields and values: changes of the message, as <see cref="Edit"/> has them, and
/// changes of its proof, its options and its packet that are no matter of octets.
/// </summary>
/// <remarks>
/// <c>options | no Binding Identifier</c>. <c>Binding Authorization Data | none</c> or <c>wrong</c>. <c>Home Init Cookie | wrong</c>.
/// <c>Sequence Number | one before the last</c>. <c>option[Binding Identifier].Care-of Address | a foreign address</c>.
/// <c>Source | another node</c>. <c>outer source | another node</c> and <c>tunnel | none</c> for what goes through the tunnel.
/// A status by its name in the edition.
/// </remarks>
public sealed record AnswerChanges
{
    public const string BindingIdentifier = "Binding Identifier",
        OtherNode = "another node";

    private const string Status = "Status",
        Wrong = "wrong",
        None = "none",
        Authenticator = "Binding Authorization Data";

    public static AnswerChanges Nothing { get; } = new();

    /// <summary>The changes of the message.</summary>
    public EditList Edits { get; private init; } = EditList.None;

    /// <summary>True for a message of another node than the peer.</summary>
    public bool IsOfAnother { get; private init; }

    /// <summary>True for a tunnel that another node than the home agent enters.</summary>
    public bool IsTunnelOfAnother { get; private init; }

    /// <summary>True for a message that does not go through the tunnel.</summary>
    public bool IsUntunnelled { get; private init; }

    /// <summary>True for a cookie that is not that of the request.</summary>
    public bool HasWrongCookie { get; private init; }

    /// <summary>True for an authenticator of other bits.</summary>
    public bool HasWrongAuthenticator { get; private init; }

    /// <summary>The care-of address that BID options get; null for none.</summary>
    public IPAddress? CareOf { get; private init; }

    /// <summary>Reads the rows of a table.</summary>
    /// <param name="statusOf">The number of a status with a name.</param>
    /// <param name="addressOf">The address that words mean.</param>
    /// <exception cref="ScenarioFaultException">A row has a value that it cannot have.</exception>
    public static AnswerChanges Read(
        IEnumerable<(string Field, string Value)> rows,
        Func<string, byte> statusOf,
        Func<string, IPAddress> addressOf
    )
    {
        var changes = Nothing;
        foreach (var (field, value) in rows)
        {
            changes = (field, value) switch
            {
                ("options", _) => changes.And(value),
                ("Source", OtherNode) => changes with { IsOfAnother = true },
                ("outer source", OtherNode) => changes with { IsTunnelOfAnother = true },
                ("tunnel", None) => changes with { IsUntunnelled = true },
                ("Home Init Cookie" or "Care-of Init Cookie", Wrong) => changes with { HasWrongCookie = true },
                (Authenticator, Wrong) => changes with { HasWrongAuthenticator = true },
                (_, None) => changes.And($"no {field}"),
                ("Sequence Number", "one before the last") => changes.And($"{field} = last - 1"),
                ("Sequence Number", "one after the last") => changes.And($"{field} = last + 1"),
                ("option[Binding Identifier].Care-of Address", _) => changes with { CareOf = addressOf(value) },
                ("Binding Refresh Advice", _) => changes.And($"{field} = {Units(value)}"),
                _ when field.EndsWith(Status, StringComparison.Ordinal) && value is not [>= '0' and <= '9', ..] => changes.And(
                    FormattableString.Invariant($"{field} = {statusOf(value)}")
                ),
                _ => changes.And($"{(field.StartsWith("option ", StringComparison.Ordinal) ? $"O{field[1..]}" : field)} = {value}"),
            };
        }

        return changes;
    }

    /// <summary>These changes and then others.</summary>
    public AnswerChanges With(AnswerChanges others) =>
        others == Nothing ? this
        : this == Nothing ? others
        : new()
        {
            Edits = new EditList([.. Edits.Edits, .. others.Edits.Edits]),
            IsOfAnother = IsOfAnother || others.IsOfAnother,
            IsTunnelOfAnother = IsTunnelOfAnother || others.IsTunnelOfAnother,
            IsUntunnelled = IsUntunnelled || others.IsUntunnelled,
            HasWrongCookie = HasWrongCookie || others.HasWrongCookie,
            HasWrongAuthenticator = HasWrongAuthenticator || others.HasWrongAuthenticator,
            CareOf = others.CareOf ?? CareOf,
        };

    /// <summary>The same changes, of which those to the first BID option are made to another one.</summary>
    /// <param name="number">The position of the option among them, from 1.</param>
    public AnswerChanges AtOption(int number) =>
        this with
        {
            Edits = new EditList([
                .. Edits.Edits.Select(edit =>
                    edit is Edit.SetInOption { Option: { Name: BindingIdentifier, Number: 1 } } set
                        ? set with
                        {
                            Option = set.Option with { Number = number },
                        }
                        : edit
                ),
            ]),
        };

    private AnswerChanges And(string edit) => this with { Edits = new EditList([.. Edits.Edits, .. EditList.Parse(edit).Edits]) };

    /// <summary>The option counts in units of 4 seconds (RFC 6275, Section 6.2.4).</summary>
    private static string Units(string value) =>
        value.Split(' ') is [var seconds, "s"] && int.TryParse(seconds, out var number)
            ? FormattableString.Invariant($"{number / 4}")
            : value;
}
