namespace Pmip.Wire;

/// <summary>
/// Numbers of the statuses that the drafts name but do not number. Each default is the number of the RFC status with the same or the
/// nearest meaning; no verdict depends on the defaults.
/// </summary>
public sealed record DraftStatusCodes
{
    /// <summary>draft-ietf-monami6-multiplecoa-04, Section 4.3: MCOA INCOMPLIANT.</summary>
    public byte McoaIncompliant { get; init; } = (byte)BindingStatus.MCOA_MALFORMED;

    /// <summary>
    /// draft-ietf-monami6-multiplecoa-04, Section 4.3: MCOA BID CONFLICT. The draft does not say whether the status is a rejection.
    /// </summary>
    public byte McoaBidConflict { get; init; } = (byte)BindingStatus.MCOA_NON_MCOA_BINDING_EXISTS;

    /// <summary>draft-ietf-monami6-multiplecoa-04, Section 4.3: MCOA PROHIBITED.</summary>
    public byte McoaProhibited { get; init; } = (byte)BindingStatus.MCOA_PROHIBITED;

    /// <summary>draft-ietf-monami6-multiplecoa-04, Section 4.3: MCOA BULK REGISTRATION NOT SUPPORTED.</summary>
    public byte McoaBulkRegistrationNotSupported { get; init; } = (byte)BindingStatus.MCOA_BULK_REGISTRATION_PROHIBITED;

    /// <summary>draft-ietf-monami6-multiplecoa-04, Section 4.3: MCOA FLAG CONFLICTS, for which RFC 5648 has no counterpart.</summary>
    public byte McoaFlagConflicts { get; init; } = 192;

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04, Section 3.3.2: NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS.</summary>
    public byte NotAuthorizedForIpv4HomeAddress { get; init; } = (byte)BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS;
}
