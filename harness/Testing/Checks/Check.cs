using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks;

/// <summary>A named check of messages, with the statements that it judges.</summary>
public abstract record Check(string Name, IReadOnlyList<StatementId> Statements);

/// <summary>A check of messages of one kind.</summary>
/// <typeparam name="T">The message, with all that it is compared with.</typeparam>
/// <param name="Judge">Judges a message; null if the check does not apply to it. All statements of the check get this result.</param>
public sealed record Check<T>(string Name, IReadOnlyList<StatementId> Statements, Func<T, CheckResult?> Judge) : Check(Name, Statements)
    where T : CheckedMessage
{
    /// <param name="name">What the check is about.</param>
    /// <param name="statements">The ids of the statements, separated by spaces.</param>
    /// <param name="judge">Judges a message; null if the check does not apply to it.</param>
    public Check(string name, string statements, Func<T, CheckResult?> judge)
        : this(name, [.. statements.Split(' ').Select(id => new StatementId(id))], judge) { }
}

/// <summary>What a check says of one message.</summary>
/// <param name="Expected">All legal outcomes, in the terms of a network engineer.</param>
/// <param name="Actual">The observed outcome, if it is not legal.</param>
/// <param name="Octet">The offset of the deciding octet in the Mobility Header; null if no single octet decides.</param>
public sealed record CheckResult(bool Ok, string Expected, string Actual, int? Octet = null)
{
    /// <summary>A result about a mobility option; <paramref name="option"/> is null if the message lacks it.</summary>
    public CheckResult(bool ok, string expected, string actual, OptionOctets? option)
        : this(ok, expected, actual, option?.Offset) => IsAbsence = !ok && option is null;

    /// <summary>True if the violation is that an option is missing.</summary>
    public bool IsAbsence { get; init; }
}

/// <summary>A mobility message of the implementation under test.</summary>
public abstract class CheckedMessage(TestSession session, Packet packet)
{
    public TestSession Session { get; } = session;

    public Packet Packet { get; } = packet;

    public MobilityOctets Message { get; } =
        packet.Mobility ?? throw new ArgumentException("The packet is no mobility message.", nameof(packet));

    /// <summary>
    /// False if what came before the message counts, too, so that an implementation without its state cannot know better.
    /// </summary>
    public virtual bool ProvesAlone => true;

    /// <summary>True if the message is about a mobile node of a bookend.</summary>
    public virtual bool IsOfBookend => Session.Nodes.Identified(Message) is { IsOfBookend: true };
}
