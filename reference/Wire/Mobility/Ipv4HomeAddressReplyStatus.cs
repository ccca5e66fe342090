namespace Pmip.Wire;

/// <summary>
/// The Status field of an IPv4 Home Address Reply option, RFC 5844, Section 3.3.2. Its number space is separate from
/// <see cref="BindingStatus"/>. Values from 128 on are failures. Values without a name are preserved.
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
