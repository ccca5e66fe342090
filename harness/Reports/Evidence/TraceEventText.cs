using System.Globalization;
using Conformance.Testing.Bed;

namespace Conformance.Reports.Evidence;

/// <summary>The events of a trace in words.</summary>
internal static class TraceEventText
{
    /// <summary>A word for all events of a kind, so that each kind is compared by itself.</summary>
    public static string KindOf(TraceEvent read) =>
        read switch
        {
            TraceEvent.Clock => "clock",
            TraceEvent.Silence => "silence",
            TraceEvent.Lost => "lost",
            TraceEvent.Carrier => "carrier",
            TraceEvent.Health => "health",
            TraceEvent.Crash => "crash",
            TraceEvent.Identity => "identity",
            TraceEvent.Can => "can",
            TraceEvent.Upper => "upper",
            TraceEvent.MobileNode => "node",
            TraceEvent.Step => "step",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static string Of(TraceEvent read) =>
        read switch
        {
            TraceEvent.Clock clock => Of(clock.Now),
            TraceEvent.Silence silence => Of(silence.Until),
            TraceEvent.Lost lost => lost.Reason,
            TraceEvent.Carrier carrier => $"{carrier.Port} {(carrier.IsUp ? "up" : "down")}: {carrier.Outcome}",
            TraceEvent.Health health => health.State.ToString(),
            TraceEvent.Crash crash => crash.Reason ?? string.Empty,
            TraceEvent.IdentityTaken taken => taken.Number.ToString(CultureInfo.InvariantCulture),
            TraceEvent.NoIdentity none => $"none until {Of(none.Until)}",
            TraceEvent.Can can => can.IsSupported ? "yes" : "no",
            TraceEvent.Upper upper => $"{upper.Action} {upper.Node}: {upper.Outcome}",
            TraceEvent.MobileNode node => $"{node.Name} {node.LinkLayer} {node.Identifier}",
            TraceEvent.Step step => step.Number.ToString(CultureInfo.InvariantCulture),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Of(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
