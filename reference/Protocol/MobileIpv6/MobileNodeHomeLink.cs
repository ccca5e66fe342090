using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The home link while a mobile node is attached to it.</summary>
/// <param name="Link">The link.</param>
/// <param name="Address">An autoconfigured address there, which is not used for anything but to know that the node is at home.</param>
public sealed record MobileNodeHomeLink(LinkId Link, IPAddress Address);

/// <summary>A default router of a link.</summary>
/// <param name="Address">Its link-local address.</param>
/// <param name="LinkLayerAddress">That of its advertisements.</param>
public sealed record MobileNodeRouter(IPAddress Address, MacAddress LinkLayerAddress);
