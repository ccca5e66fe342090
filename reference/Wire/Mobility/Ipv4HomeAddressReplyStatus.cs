namespace Pmip.Wire;

/// <summary>
/// The Status field of an IPv4 Home Address Reply option, RFC 5844, Section 3.3.2: a space of its own, in which the numbers of
/// <see cref="BindingStatus"/> mean other things. From 128 on it is a failure. Any octet is carried, named here or not.
/// </summary>
public enum Ipv4HomeAddressReplyStatus : byte
{
    Success = 0,
    ReasonUnspecified = 128,
    AdministrativelyProhibited = 129,
    IncorrectIpv4HomeAddress = 130,
    InvalidIpv4Address = 131,
    DynamicAssignmentNotAvailable = 132,
}
