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
}
