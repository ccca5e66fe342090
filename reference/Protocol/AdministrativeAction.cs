using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>What an administrator asks of a role. The list is closed: a switch over it ends in an UnreachableException.</summary>
public abstract record AdministrativeAction
{
    private AdministrativeAction() { }

    /// <summary>A mobile node whose registration was refused may be registered again (RFC 5213, Section 6.9.1.2(7)).</summary>
    public sealed record EnableRegistration(MobileNodeIdentifierOption MobileNode) : AdministrativeAction;

    /// <summary>The sessions of a mobile node are to end although it is still attached (RFC 5213, Section 6.9.1.4(1)).</summary>
    public sealed record TerminateSessions(MobileNodeIdentifierOption MobileNode) : AdministrativeAction;

    /// <summary>
    /// A variable gets a value, which survives restarts (RFC 5213, Section 9). A variable that the role does not have, or a value that it
    /// cannot have, has no effect.
    /// </summary>
    /// <param name="Name">As in RFC 5213, Section 9.</param>
    /// <param name="Value">As there: a number of milliseconds, 0 or 1, or an address, which is ALL_ZERO as "::".</param>
    public sealed record SetVariable(string Name, string Value) : AdministrativeAction;

    /// <summary>A MAG may register mobile nodes from now on (RFC 5213, Section 4).</summary>
    public sealed record Authorize(IPAddress MobileAccessGateway) : AdministrativeAction;

    /// <summary>A MAG may not register mobile nodes any more.</summary>
    public sealed record Deauthorize(IPAddress MobileAccessGateway) : AdministrativeAction;

    /// <summary>A home network prefix is renumbered or becomes invalid (RFC 5213, Section 6.12).</summary>
    public sealed record WithdrawPrefix(Ipv6Prefix Prefix) : AdministrativeAction;
}
