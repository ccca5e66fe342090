using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>
/// A static route in a node's settings. Without a <paramref name="Gateway"/> the destinations are neighbours on the link.
/// </summary>
public sealed record StaticRoute(IpPrefix To, LinkId Link, IPAddress? Gateway = null);
