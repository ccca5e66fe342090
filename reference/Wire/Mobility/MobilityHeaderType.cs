namespace Pmip.Wire;

/// <summary>Values of the MH Type field, RFC 6275, Sections 6.1.2 to 6.1.9.</summary>
public enum MobilityHeaderType : byte
{
    BindingRefreshRequest = 0,
    HomeTestInit = 1,
    CareOfTestInit = 2,
    HomeTest = 3,
    CareOfTest = 4,
    BindingUpdate = 5,
    BindingAcknowledgement = 6,
    BindingError = 7,
}
