using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Pmip.Protocol.Security;
using Pmip.Wire;

namespace Pmip.Protocol.Dhcp;

/// <summary>A key that DHCP server and client share: delayed authentication, RFC 3118, Section 5.</summary>
/// <param name="SecretId">The identifier of the key.</param>
/// <param name="Key">16 octets are recommended.</param>
public sealed record DhcpKey(uint SecretId, SecretBytes Key)
{
    /// <summary>RFC 3118, Sections 5 and 2: protocol 1, algorithm HMAC-MD5, and a counter against replays.</summary>
    private const byte DelayedAuthentication = 1,
        HmacMd5 = 1,
        MonotonicCounter = 0;

    private const int CodeLength = 16;
    private const int SecretIdLength = 4;

    /// <summary>The message with an authentication option at its end.</summary>
    /// <param name="counter">Greater than that of every earlier message with this key.</param>
    public DhcpMessage Authenticate(DhcpMessage message, ulong counter)
    {
        ArgumentNullException.ThrowIfNull(message);
        var code = CodeOf(With(message, counter, new byte[CodeLength]));
        return With(message, counter, code);
    }

    /// <summary>Whether the message has an authentication option with the code of this key.</summary>
    public bool HasAuthenticated(DhcpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (
            message.Options.First<DhcpAuthenticationOption>() is not { Protocol: DelayedAuthentication, Algorithm: HmacMd5 } option
            || option.Information.Length != SecretIdLength + CodeLength
            || !option.Information.Span[..SecretIdLength].SequenceEqual(Identifier())
        )
        {
            return false;
        }

        var blank = With(message, option.ReplayDetection, new byte[CodeLength]);
        return CryptographicOperations.FixedTimeEquals(CodeOf(blank), option.Information.Span[SecretIdLength..]);
    }

    private byte[] Identifier()
    {
        var octets = new byte[SecretIdLength];
        BinaryPrimitives.WriteUInt32BigEndian(octets, SecretId);
        return octets;
    }

    private DhcpMessage With(DhcpMessage message, ulong counter, ReadOnlySpan<byte> code)
    {
        var information = new OctetString([.. Identifier(), .. code]);
        var option = new DhcpAuthenticationOption(DelayedAuthentication, HmacMd5, MonotonicCounter, counter, information);
        return message with
        {
            Options = new DhcpOptionList([.. message.Options.Where(known => known is not DhcpAuthenticationOption), option]),
        };
    }

    /// <summary>RFC 3118, Section 5.2: what relay agents change is not covered.</summary>
    private byte[] CodeOf(DhcpMessage message)
    {
        var covered = message with
        {
            Hops = 0,
            RelayAddress = IPAddress.Any,
            Options = new DhcpOptionList(message.Options.Where(known => known is not DhcpRelayAgentInformationOption)),
        };
#pragma warning disable CA5351 // RFC 3118 has no other algorithm.
        return HMACMD5.HashData(Key.Reveal().Span, covered.ToBytes());
#pragma warning restore CA5351
    }
}
