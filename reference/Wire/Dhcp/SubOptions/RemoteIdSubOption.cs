using System.Net;

namespace Pmip.Wire;

/// <summary>Agent Remote ID sub-option, RFC 3046, Section 3.2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 2    |    Length     |         Identifier ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="Identifier">The identifier of the client's end of the circuit; at most 255 octets.</param>
/// <exception cref="ArgumentException">The identifier is longer.</exception>
public sealed record RemoteIdSubOption(OctetString Identifier) : RelayAgentSubOption
{
    public OctetString Identifier
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Identifier);

    /// <summary>The identifier as an IPv4 address, or null if it does not have four octets.</summary>
    public IPAddress? Address => Identifier.Length == Ipv4Octets.Length ? Ipv4Octets.Read(Identifier.Span) : null;

    public override byte Code => (byte)RelayAgentSubOptionCode.RemoteId;

    public override int DataLength => Identifier.Length;

    /// <summary>RFC 5844, Section 3.4.2: the mobile node's IPv4 home address.</summary>
    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public static RemoteIdSubOption ForAddress(IPAddress homeAddress) =>
        new(new OctetString(Ipv4Octets.Require(homeAddress).GetAddressBytes()));

    public override void WriteData(Span<byte> destination) => Identifier.Span.CopyTo(destination);
}
