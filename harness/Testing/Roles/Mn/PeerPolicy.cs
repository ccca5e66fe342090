using Conformance.Testing.Bed;
using Conformance.Testing.Edits;

namespace Conformance.Testing.Roles.Mn;

/// <summary>How a peer that the tester plays answers Binding Updates, as the steps of a scenario say.</summary>
public sealed class PeerPolicy
{
    private EditList _next = EditList.None;
    private byte? _status;
    private readonly Dictionary<PortId, byte> _ofLinks = [];

    /// <summary>The changes to each acknowledgement.</summary>
    public EditList Edits { get; set; } = EditList.None;

    /// <summary>True while no update is answered.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The next acknowledgement is changed, beside what is changed in each.</summary>
    public void ChangeNext(EditList edits) => _next = new EditList([.. _next.Edits, .. edits.Edits]);

    /// <summary>The next acknowledgement has a status.</summary>
    public void RejectNext(byte status) => _status = status;

    /// <summary>The next acknowledgement with a BID option for a link has a status in it.</summary>
    public void RejectNext(PortId link, byte status) => _ofLinks[link] = status;

    /// <summary>The peer answers as usual again.</summary>
    public void Reset()
    {
        (Edits, _next, _status, IsSilent) = (EditList.None, EditList.None, null, false);
        _ofLinks.Clear();
    }

    /// <summary>The changes to an acknowledgement that is sent now.</summary>
    public EditList TakeEdits()
    {
        var edits = new EditList([.. Edits.Edits, .. _next.Edits]);
        _next = EditList.None;
        return edits;
    }

    /// <summary>The status of an acknowledgement that is sent now; null if no step says it.</summary>
    public byte? TakeStatus()
    {
        var status = _status;
        _status = null;
        return status;
    }

    /// <summary>The statuses for the links of an update that is answered now; empty if no step says any.</summary>
    public Dictionary<PortId, byte> TakeStatuses(IEnumerable<PortId> links)
    {
        var taken = links.Distinct().Where(_ofLinks.ContainsKey).ToDictionary(link => link, link => _ofLinks[link]);
        foreach (var link in taken.Keys)
        {
            _ofLinks.Remove(link);
        }

        return taken;
    }
}
