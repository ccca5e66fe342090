using Conformance.Testing.Bed;

namespace Conformance.Testing.Session;

/// <summary>When the links of the tester's ports were raised and lowered.</summary>
public sealed class LinkChanges
{
    private readonly List<(PortId Port, DateTimeOffset At)> _changes = [];

    /// <summary>The time of the last change of a link; null if there was none.</summary>
    /// <param name="until">No later change counts; null for all.</param>
    public DateTimeOffset? LastOf(PortId port, DateTimeOffset? until = null) =>
        _changes.FindLast(change => change.Port == port && !(change.At > until)) is { Port.Name: not null, At: var at } ? at : null;

    /// <summary>True if a link changed in a time, ends included.</summary>
    public bool Any(PortId port, DateTimeOffset from, DateTimeOffset until) =>
        _changes.Exists(change => change.Port == port && change.At >= from && change.At <= until);

    internal void Add(PortId port, DateTimeOffset at) => _changes.Add((port, at));
}
