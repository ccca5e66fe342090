using System.Net;

namespace Pmip.Protocol;

/// <summary>The security association that protects a message by ESP (RFC 4303).</summary>
/// <param name="Peer">The node at the other end, as the association names it.</param>
/// <param name="SecurityParametersIndex">The SPI of the packet.</param>
public sealed record SignalProtection(IPAddress Peer, uint SecurityParametersIndex);
