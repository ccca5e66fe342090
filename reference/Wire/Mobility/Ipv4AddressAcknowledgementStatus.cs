namespace Pmip.Wire;

/// <summary>
/// The Status field of an IPv4 Address Acknowledgement option, RFC 5555, Section 3.2.1: a space of its own, in which the numbers of
/// <see cref="BindingStatus"/> mean other things. From 128 on it is a failure. Any octet is carried, named here or not.
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
