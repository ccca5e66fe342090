namespace Pmip.Protocol.MobileIpv6;

/// <summary>A binding of a correspondent node that has ended.</summary>
public sealed record CorrespondentBindingEvent(CorrespondentState Node, MobileBinding Binding);
