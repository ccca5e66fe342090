using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The nonces by which a home address and a care-of address were bound, RFC 6275, Section 9.5.3.</summary>
public sealed record NonceUse(IPAddress Home, IPAddress CareOf, ushort HomeIndex, ushort CareOfIndex);
