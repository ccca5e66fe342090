using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>An address of a mobile node on a link, and the BID under which it is registered.</summary>
/// <param name="Link">The link on which the address is used.</param>
/// <param name="Address">The care-of address; the home address in a home binding (RFC 5648, Section 5.6.3).</param>
/// <param name="Prefix">The prefix of the address, advertised or configured.</param>
/// <param name="BindingId">1 to 65535.</param>
public sealed record CareOfAddress(LinkId Link, IPAddress Address, IpPrefix Prefix, ushort BindingId);
