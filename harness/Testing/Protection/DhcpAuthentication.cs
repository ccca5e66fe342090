using System.Security.Cryptography;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;

namespace Conformance.Testing.Protection;

/// <summary>
/// Delayed authentication of DHCP messages (RFC 3118, Sections 2 and 5), as a client examines it. The data of the option are protocol,
/// algorithm, replay detection method, 8 octets of replay detection, 4 of the secret ID, and the 16 of HMAC-MD5.
/// </summary>
internal static class DhcpAuthentication
{
    /// <summary>The code of the option.</summary>
    public const int Code = 90;

    private const int Length = 31;
    private const int ReplayOffset = 3;
    private const int SecretIdOffset = 11;
    private const int MacOffset = 15;
    private const int MacLength = 16;
    private const int DelayedAuthentication = 1;
    private const int HmacMd5 = 1;
    private const int CounterMethod = 0;
    private const int HopsOffset = 3;
    private const int RelayAddressOffset = 24;
    private const int RelayAddressLength = 4;

    /// <summary>The counter against replays in a message; 0 without the option.</summary>
    public static ulong CounterOf(DhcpLayer message) => message.First(Code) is { Data: var data } ? data.Number(ReplayOffset, 8) : 0;

    /// <summary>Why a client discards a message; null if it is authentic.</summary>
    /// <param name="lastCounter">The counter of the last authentic message; null if there was none.</param>
    public static string? Fault(DhcpLayer message, uint secretId, SecretBytes key, ulong? lastCounter) =>
        message.First(Code) is not { Data: var data } ? "it has no Authentication option"
        : data.Length != Length || data.Octet(0) != DelayedAuthentication || data.Octet(1) != HmacMd5 || data.Octet(2) != CounterMethod
            ? "its Authentication option is not one of delayed authentication with HMAC-MD5 and a counter"
        : data.Number(SecretIdOffset, 4) != secretId ? FormattableString.Invariant($"its secret ID is not 0x{secretId:x8}")
        : lastCounter >= CounterOf(message) ? "its counter is not above that of the message before"
        : !CryptographicOperations.FixedTimeEquals(MacOf(message, data, key), data.Span.Slice(MacOffset, MacLength))
            ? "its HMAC-MD5 is wrong"
        : null;

    /// <summary>RFC 3118, Section 5.3: over the message with zeros in place of the MAC, hops and giaddr.</summary>
    private static byte[] MacOf(DhcpLayer message, FramePart data, SecretBytes key)
    {
        var octets = message.Part.Span.ToArray();
        octets.AsSpan(data.Offset - message.Part.Offset + MacOffset, MacLength).Clear();
        octets[HopsOffset] = 0;
        octets.AsSpan(RelayAddressOffset, RelayAddressLength).Clear();
#pragma warning disable CA5351 // RFC 3118, Section 5.2: the function is HMAC-MD5.
        return HMACMD5.HashData(key.Octets, octets);
#pragma warning restore CA5351
    }
}
