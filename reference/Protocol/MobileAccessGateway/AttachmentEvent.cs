namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>Something that happens to a mobile node of the Binding Update List: a timer expires, or the mobile node detaches.</summary>
/// <param name="Attachment">The attachment as it was before.</param>
public sealed record AttachmentEvent(GatewayState Gateway, Attachment Attachment, Now Now);
