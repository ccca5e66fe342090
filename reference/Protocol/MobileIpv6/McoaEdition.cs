namespace Pmip.Protocol.MobileIpv6;

/// <summary>The document by which a node registers several care-of addresses of one home address.</summary>
public enum McoaEdition
{
    /// <summary>RFC 6275 alone: one care-of address; Binding Identifier options are skipped.</summary>
    None,

    /// <summary>draft-ietf-monami6-multiplecoa-04.</summary>
    Draft04,

    /// <summary>RFC 5648.</summary>
    Rfc5648,
}
