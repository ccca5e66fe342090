namespace Pmip.Wire;

/// <summary>Values of the Access Technology Type option, RFC 5213, Section 8.5. Values without a name are preserved.</summary>
public enum AccessTechnologyType : byte
{
    Reserved = 0,

    /// <summary>A logical interface.</summary>
    Virtual = 1,
    Ppp = 2,

    /// <summary>Ethernet.</summary>
    Ieee8023 = 3,

    /// <summary>Wireless LAN.</summary>
    Ieee80211 = 4,

    /// <summary>WiMAX.</summary>
    Ieee80216e = 5,
}
