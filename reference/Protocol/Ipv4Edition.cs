namespace Pmip.Protocol;

/// <summary>The specification of IPv4 support that a role follows.</summary>
public enum Ipv4Edition
{
    Rfc5844,

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04.</summary>
    Draft04,

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-02.</summary>
    Draft02,
}
