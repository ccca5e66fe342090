using System.Security.Cryptography;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>One transform of each type, and packets to seal with it.</summary>
internal static class EspSamples
{
    internal static readonly OctetString IntegrityKey = Count(0x40, 32);

    internal static NullHmacSha256EspTransform Null { get; } = new(IntegrityKey);

    internal static AesCbcHmacSha256EspTransform Cbc { get; } = new(Count(0, 32), IntegrityKey);

    internal static AesGcmEspTransform Gcm { get; } = new(Count(0, 16), new OctetString(Hex.Octets("c0c1c2c3")));

    internal static IReadOnlyDictionary<string, EspTransform> Transforms { get; } =
        new Dictionary<string, EspTransform>
        {
            ["AES-GCM-16"] = Gcm,
            ["AES-CBC, HMAC-SHA-256-128"] = Cbc,
            ["NULL, HMAC-SHA-256-128"] = Null,
        };

    internal static EspHeader Header { get; } = new(0x10000001, 7);

    internal static EspPacket InTransport { get; } =
        new(Header, IpProtocol.MobilityHeader, SampleMessages.Update.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor));

    internal static Ipv6Packet Inner { get; } =
        new(
            SampleMessages.Home,
            SampleMessages.Anchor,
            IpProtocol.Icmpv6,
            new EchoRequest(0x1234, 7, OctetString.FromText("abcdefgh")).ToBytes(SampleMessages.Home, SampleMessages.Anchor)
        );

    internal static EspPacket InTunnel { get; } = EspPacket.ForTunnel(Header, Inner);

    /// <summary>Consecutive octet values.</summary>
    internal static OctetString Count(byte first, int length) => new([.. Enumerable.Range(first, length).Select(value => (byte)value)]);

    internal static byte[] Vector(EspTransform transform) => Count(1, transform.InitializationVectorLength).ToArray();

    internal static byte[] Seal(EspTransform transform, EspPacket packet) => transform.Seal(packet, Vector(transform));

    /// <summary>A packet of <see cref="Null"/> with these octets, valid or not, between header and ICV.</summary>
    internal static byte[] SealedAsItIs(ReadOnlySpan<byte> between)
    {
        byte[] authenticated = [.. Hex.Octets("10000001 00000007"), .. between];
        return
        [
            .. authenticated,
            .. HMACSHA256.HashData(IntegrityKey.Span, authenticated).AsSpan(0, EspTransform.IntegrityCheckValueLength),
        ];
    }
}
