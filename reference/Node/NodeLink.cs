using Pmip.Node.Configuration;
using Pmip.Protocol;

namespace Pmip.Node;

/// <summary>A configured interface as it is in the kernel.</summary>
internal sealed class NodeLink(InterfaceConfiguration settings, int index)
{
    public LinkId Id { get; } = settings.Id;

    public InterfaceConfiguration Settings { get; } = settings;

    public string Interface => Settings.Interface;

    public int Index { get; } = index;

    /// <summary>Switched on, whether somebody is at the other end or not. What is off has lost its addresses and routes.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Packets pass, and the role has been told so.</summary>
    public bool IsUp { get; set; }

    public override string ToString() => $"{Id} ({Interface})";
}
