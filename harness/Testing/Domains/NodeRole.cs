namespace Conformance.Testing.Domains;

/// <summary>
/// The function of a node in a domain: the one value by which code that depends on a role finds what belongs to it. The name of a node,
/// such as MAG1, says nothing about its role.
/// </summary>
public enum NodeRole
{
    /// <summary>Mobile node.</summary>
    Mn,

    /// <summary>Mobile access gateway (RFC 5213, Section 2.2).</summary>
    Mag,

    /// <summary>Local mobility anchor (RFC 5213, Section 2.2).</summary>
    Lma,

    /// <summary>Correspondent node (RFC 6275, Section 3.1).</summary>
    Cn,

    /// <summary>Home agent (RFC 6275, Section 3.1).</summary>
    Ha,

    /// <summary>DHCP server.</summary>
    Dhcp,

    /// <summary>A router without mobility functions.</summary>
    Router,

    /// <summary>
    /// Translator of IPv4 addresses and UDP ports (RFC 3022) between the link of its first interface and the one behind it. Only a real
    /// node; a scenario with an LMA under test has a NAT that the tester plays, as a <see cref="Router"/>.
    /// </summary>
    Nat,
}

/// <summary>The usual abbreviations of roles.</summary>
public static class NodeRoleText
{
    /// <summary>The abbreviation as the specifications write it: LMA, MAG, MN.</summary>
    public static string Abbreviation(this NodeRole role) => role.ToString().ToUpperInvariant();
}
