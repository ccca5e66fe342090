namespace Pmip.Wire;

/// <summary>What options are in. It bounds how deep they nest: RFC 8415, Sections 21.4 and 21.6, give each container its place.</summary>
internal enum Dhcpv6OptionPlace
{
    /// <summary>Everything but an IA Address.</summary>
    Message,

    /// <summary>Everything but an IA_NA.</summary>
    IaNa,

    /// <summary>Everything but either.</summary>
    IaAddress,
}
