namespace Pmip.Wire;

/// <summary>Types of mobility options that have a record of their own here.</summary>
public enum MobilityOptionType : byte
{
    Pad1 = 0,
    PadN = 1,
    AlternateCareOfAddress = 3,
    MobileNodeIdentifier = 8,
    HomeNetworkPrefix = 22,
    HandoffIndicator = 23,
    AccessTechnologyType = 24,
    MobileNodeLinkLayerIdentifier = 25,
    LinkLocalAddress = 26,
    Timestamp = 27,
}
