namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>Something that happens to a mobile node of the Binding Update List: a timer expires, or the mobile node detaches.</summary>
/// <param name="Attachment">The attachment as it was before.</param>
public sealed record AttachmentEvent(GatewayState Gateway, Attachment Attachment, Now Now)
{
    /// <summary>A registration that follows asks for an IPv4 home address, even if there is none yet (RFC 5844, Section 3.2.3.3).</summary>
    public bool RequestsIpv4 { get; init; }
}
