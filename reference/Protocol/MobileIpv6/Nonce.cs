using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A nonce of a correspondent node with the node key in use with it, RFC 6275, Sections 5.2.1 and 5.2.2.</summary>
/// <param name="Index">What tests and Binding Updates call it.</param>
/// <param name="NodeKey">Kcn, 20 octets.</param>
/// <param name="Value">8 octets.</param>
/// <param name="FirstUse">When the first token was made with it.</param>
public sealed record Nonce(ushort Index, OctetString NodeKey, OctetString Value, Instant FirstUse)
{
    /// <summary>The home keygen token of a home address.</summary>
    public ulong HomeToken(IPAddress home) => KeygenToken.ForHomeAddress(NodeKey.Span, home, Value.Span);

    /// <summary>The care-of keygen token of a care-of address.</summary>
    public ulong CareOfToken(IPAddress careOf) => KeygenToken.ForCareOfAddress(NodeKey.Span, careOf, Value.Span);

    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => $"nonce {Index}";
}
