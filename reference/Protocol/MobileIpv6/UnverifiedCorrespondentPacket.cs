namespace Pmip.Protocol.MobileIpv6;

/// <summary>A packet that was dropped because of its Home Address option, RFC 6275, Section 9.3.1.</summary>
public sealed record UnverifiedCorrespondentPacket(CorrespondentState Node, RoleInput.UnverifiedHomeAddress Input);
