namespace Pmip.Wire;

/// <summary>
/// The container of options. It limits the nesting depth: RFC 8415, Sections 21.4 and 21.6, specify which options a container may
/// have.
/// </summary>
internal enum Dhcpv6OptionPlace
{
    /// <summary>All options except IA Address.</summary>
    Message,

    /// <summary>All options except IA_NA.</summary>
    IaNa,

    /// <summary>All options except IA_NA and IA Address.</summary>
    IaAddress,
}
