namespace Pmip.Wire;

/// <summary>
/// Types of mobility options that have a dedicated record. The <see cref="WireEdition"/> determines which of them are known, and
/// their numbers.
/// </summary>
public enum MobilityOptionType : byte
{
    Pad1 = 0,
    PadN = 1,
    BindingRefreshAdvice = 2,
    AlternateCareOfAddress = 3,
    NonceIndices = 4,
    BindingAuthorizationData = 5,
    MobileNetworkPrefix = 6,
    MobilityHeaderLinkLayerAddress = 7,
    MobileNodeIdentifier = 8,
    VendorSpecific = 19,
    HomeNetworkPrefix = 22,
    HandoffIndicator = 23,
    AccessTechnologyType = 24,
    MobileNodeLinkLayerIdentifier = 25,
    LinkLocalAddress = 26,
    Timestamp = 27,
    Ipv4HomeAddress = 29,
    Ipv4AddressAcknowledgement = 30,
    NatDetection = 31,
    Ipv4CareOfAddress = 32,
    GreKey = 33,
    BindingIdentifier = 35,
    Ipv4HomeAddressRequest = 36,
    Ipv4HomeAddressReply = 37,
    Ipv4DefaultRouterAddress = 38,
    Ipv4DhcpSupportMode = 39,
}
