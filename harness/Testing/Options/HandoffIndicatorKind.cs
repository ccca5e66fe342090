using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5213, Section 8.4.</summary>
public sealed class HandoffIndicatorKind()
    : ReservedAndValueKind(
        "Handoff Indicator",
        Type,
        "HI",
        value => new HandoffIndicatorOption((HandoffIndicator)value),
        [
            "reserved",
            "attachment over a new interface",
            "handoff between two interfaces of the mobile node",
            "handoff between mobile access gateways for the same interface",
            "handoff state unknown",
            "handoff state not changed (re-registration)",
        ]
    )
{
    public const int Type = 23;
}
