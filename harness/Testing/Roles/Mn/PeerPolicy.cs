using Conformance.Testing.Bed;

namespace Conformance.Testing.Roles.Mn;

/// <summary>How a peer that the tester plays answers Binding Updates, as the steps of a scenario say.</summary>
public sealed class PeerPolicy
{
    private readonly Dictionary<PortId, AnswerChanges> _ofLinks = [];
    private AnswerChanges _next = AnswerChanges.Nothing;
    private byte? _status;

    /// <summary>The changes to each acknowledgement.</summary>
    public AnswerChanges Changes { get; set; } = AnswerChanges.Nothing;

    /// <summary>True while no update is answered, but those that the peer forbids.</summary>
    public bool IsSilent { get; set; }

    /// <summary>True if an update for several BIDs is rejected.</summary>
    public bool ForbidsBulk { get; set; }

    /// <summary>True if an update with a BID is rejected.</summary>
    public bool ForbidsSeveral { get; set; }

    /// <summary>True if the peer does not know BIDs: it takes updates as if they had none.</summary>
    public bool IgnoresBids { get; set; }

    /// <summary>The next acknowledgement is changed, beside what is changed in each.</summary>
    public void ChangeNext(AnswerChanges changes) => _next = _next.With(changes);

    /// <summary>From now on, acknowledgements of updates for a link are changed.</summary>
    public void Change(PortId link, AnswerChanges changes) => _ofLinks[link] = changes;

    /// <summary>The next acknowledgement has a status.</summary>
    public void RejectNext(byte status) => _status = status;

    /// <summary>The peer answers as usual again.</summary>
    public void Reset()
    {
        (Changes, _next, _status) = (AnswerChanges.Nothing, AnswerChanges.Nothing, null);
        (IsSilent, ForbidsBulk, ForbidsSeveral, IgnoresBids) = (false, false, false, false);
        _ofLinks.Clear();
    }

    /// <summary>The changes to an acknowledgement that is sent now.</summary>
    /// <param name="links">The links of its update, in the order of their BID options.</param>
    public AnswerChanges Take(IReadOnlyList<PortId?> links)
    {
        var changes = Changes;
        for (var i = 0; i < links.Count; i++)
        {
            if (links[i] is { } link && _ofLinks.TryGetValue(link, out var own))
            {
                changes = changes.With(own.AtOption(i + 1));
            }
        }

        changes = changes.With(_next);
        _next = AnswerChanges.Nothing;
        return changes;
    }

    /// <summary>The status of an acknowledgement that is sent now; null if no step says it.</summary>
    public byte? TakeStatus()
    {
        var status = _status;
        _status = null;
        return status;
    }
}
