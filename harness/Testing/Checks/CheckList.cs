using System.Reflection;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks;

/// <summary>Checks that an edition of a specification demands of the messages of some roles.</summary>
public interface ICheckSet
{
    /// <summary>The edition of the statements.</summary>
    Edition Edition { get; }

    /// <summary>The roles under test whose messages are checked.</summary>
    IReadOnlyList<string> Roles { get; }

    /// <summary>The checks, in the order in which they judge a message.</summary>
    IReadOnlyList<Check> Checks { get; }
}

/// <summary>The checks of the messages of one role in one edition, with those of the editions that it extends.</summary>
public sealed class CheckList
{
    private CheckList(IReadOnlyList<Check> checks) => Checks = checks;

    public IReadOnlyList<Check> Checks { get; }

    /// <summary>All sets of checks.</summary>
    public static IReadOnlyList<ICheckSet> Sets { get; } =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ICheckSet)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (ICheckSet)Activator.CreateInstance(type)!),
    ];

    public static CheckList For(Edition edition, string role) =>
        new([.. Sets.Where(set => edition.Includes(set.Edition) && set.Roles.Contains(role)).SelectMany(set => set.Checks)]);

    /// <summary>The statements of the checks with this name.</summary>
    public IEnumerable<StatementId> StatementsOf(string name) =>
        Checks.Where(check => check.Name == name).SelectMany(check => check.Statements);

    /// <summary>
    /// Judges a message by every check of its kind. Each result is a finding about each statement of the check. The absence of an option
    /// is not judged in a message that hides options: the fault of its length is a finding of its own. What is right in a message of a
    /// bookend is no evidence for the scenario, which is about other mobile nodes.
    /// </summary>
    public void Judge<T>(T message)
        where T : CheckedMessage
    {
        var isOfBookend = message.IsOfBookend;
        foreach (var check in Checks.OfType<Check<T>>())
        {
            if (check.Judge(message) is not { } result || (result.IsAbsence && message.Message.HidesOptions) || (result.Ok && isOfBookend))
            {
                continue;
            }

            foreach (var statement in check.Statements)
            {
                message.Session.Find(
                    statement,
                    result.Ok,
                    result.Expected,
                    result.Ok ? "as expected" : result.Actual,
                    message.Packet.Frame,
                    result.Ok || result.Octet is null ? null : message.Message.Offset + result.Octet,
                    message.ProvesAlone
                );
            }
        }
    }
}

/// <summary>The names of checks that a step completes with what it knows.</summary>
public static class CheckNames
{
    public const string AssignedPrefixes = "assigned prefixes";

    /// <summary>The security association of a message; an observer completes it for packets that cannot be opened.</summary>
    public const string Association = "security association";

    /// <summary>The security association of the IPv4 addresses of a message over IPv4.</summary>
    public const string OuterAssociation = "security association around UDP";

    /// <summary>The security association of the IPv6 addresses of a message over IPv4.</summary>
    public const string InnerAssociation = "security association behind UDP";
}
