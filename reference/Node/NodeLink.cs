using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Node;

/// <summary>The kernel state of a configured interface.</summary>
internal sealed class NodeLink(InterfaceConfiguration settings, int index)
{
    public LinkId Id { get; } = settings.Id;

    public InterfaceConfiguration Settings { get; } = settings;

    public string Interface => Settings.Interface;

    public int Index { get; } = index;

    /// <summary>
    /// The interface is switched on, with or without a carrier. An interface that is off has lost its addresses and routes.
    /// </summary>
    public bool IsEnabled { get; set; }

    /// <summary>Packets pass, and the role was notified of link up.</summary>
    public bool IsUp { get; set; }

    /// <summary>The link-layer address; null if it is not known yet.</summary>
    public MacAddress? Address { get; set; }

    public override string ToString() => $"{Id} ({Interface})";
}
