using System.Globalization;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>A packet of the mobile node on one of its links.</summary>
/// <param name="Name">Protocol and ports at both ends, whichever care-of address the packet has: <c>TCP 40112 ↔ CN1 5201</c>.</param>
/// <param name="IsFromMobile">True for a packet that the mobile node sends.</param>
/// <param name="IsTunnelled">In a tunnel with the home agent; otherwise it goes directly.</param>
internal sealed record FlowPacket(string Name, string Link, bool IsFromMobile, bool IsTunnelled);

/// <summary>A flow of the mobile node: the links that its last packets took.</summary>
/// <param name="Out">The link of the last packet that the mobile node sent; null if it has sent none.</param>
/// <param name="In">The same of what it has received.</param>
internal sealed record LabFlow(string Name, string? Out, string? In, bool IsTunnelled, int Packets, KernelTime Last)
{
    /// <summary>The links in words: <c>out link1, in link2</c>; <c>link1</c> for both directions.</summary>
    public string Links =>
        Out == In ? Out!
        : Out is null ? $"in {In}"
        : In is null ? $"out {Out}"
        : $"out {Out}, in {In}";

    /// <summary>The path in words.</summary>
    public string Path => $"{Links}, {(IsTunnelled ? "in the tunnel" : "directly")}";

    public string Count => string.Create(CultureInfo.InvariantCulture, $"{Packets} packets");
}

/// <summary>Follows the flows of the mobile node by the packets that pass on its links. A silent flow is forgotten.</summary>
internal sealed class LabFlows
{
    /// <summary>The most flows that are followed; others are not shown.</summary>
    private const int Most = 8;

    private static readonly TimeSpan _forgottenAfter = TimeSpan.FromSeconds(10);

    private readonly OrderedDictionary<string, LabFlow> _flows = new(StringComparer.Ordinal);

    /// <summary>The flows, in the order in which they began.</summary>
    public IReadOnlyList<LabFlow> All => [.. _flows.Values];

    /// <summary>When the next flow may be forgotten; null if there is none.</summary>
    public KernelTime? Due => _flows.Count == 0 ? null : _flows.Values.Min(flow => flow.Last) + _forgottenAfter;

    /// <returns>True if a flow has begun or takes another path.</returns>
    public bool Add(FlowPacket packet, KernelTime at)
    {
        var known = _flows.GetValueOrDefault(packet.Name);
        if (known is null && _flows.Count == Most)
        {
            return false;
        }

        var flow = new LabFlow(
            packet.Name,
            packet.IsFromMobile ? packet.Link : known?.Out,
            packet.IsFromMobile ? known?.In : packet.Link,
            packet.IsTunnelled,
            (known?.Packets ?? 0) + 1,
            at
        );
        _flows[packet.Name] = flow;
        return known?.Path != flow.Path;
    }

    /// <returns>True if a flow is forgotten.</returns>
    public bool Forget(KernelTime now)
    {
        var silent = _flows.Values.Where(flow => flow.Last + _forgottenAfter <= now).Select(flow => flow.Name).ToList();
        silent.ForEach(name => _flows.Remove(name));
        return silent.Count > 0;
    }
}
