namespace Pmip.Wire;

/// <summary>Values of the Handoff Indicator option, RFC 5213, Section 8.4. Values without a name are preserved.</summary>
public enum HandoffIndicator : byte
{
    Reserved = 0,
    AttachmentOverNewInterface = 1,
    HandoffBetweenInterfaces = 2,
    HandoffBetweenMobileAccessGateways = 3,
    HandoffStateUnknown = 4,

    /// <summary>A re-registration.</summary>
    HandoffStateNotChanged = 5,
}
