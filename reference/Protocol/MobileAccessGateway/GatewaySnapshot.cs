using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The state of a mobile access gateway at one moment.</summary>
/// <param name="Attachments">The Binding Update List, in the order of the names of the links.</param>
public sealed record GatewaySnapshot(IReadOnlyList<AttachmentSnapshot> Attachments);

/// <param name="LinkLocalAddress">The address of the mobile access gateway on the link; null if it has none.</param>
/// <param name="Tunnel">The tunnel to the LMA of the mobile node, whether it exists or not.</param>
public sealed record AttachmentSnapshot(Attachment Attachment, IPAddress? LinkLocalAddress, Tunnel Tunnel);
