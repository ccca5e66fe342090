namespace Pmip.Wire;

/// <summary>
/// The Status field of an IPv4 Address Acknowledgement option, RFC 5555, Section 3.2.1. Its number space is separate from
/// <see cref="BindingStatus"/>. Values from 128 on are failures. Values without a name are preserved.
/// </summary>
public enum Ipv4AddressAcknowledgementStatus : byte
{
    Success = 0,
    ReasonUnspecified = 128,
    AdministrativelyProhibited = 129,
    IncorrectIpv4HomeAddress = 130,
    InvalidIpv4Address = 131,
    DynamicAssignmentNotAvailable = 132,
    PrefixAllocationUnauthorized = 133,
}
