using Conformance.Testing.Domains;
using Conformance.Testing.Protection;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>The tester's own ESP against the transforms of the codec, which it does not use.</summary>
public sealed class EspOctetsTests
{
    private const byte Next = 135;

    private static readonly byte[] _iv = [.. Enumerable.Range(0xa0, 16).Select(octet => (byte)octet)];

    public static TheoryData<EspAlgorithms, int> Keys() =>
        new()
        {
            { EspAlgorithms.NullHmacSha256, 0 },
            { EspAlgorithms.AesCbcHmacSha256, 16 },
            { EspAlgorithms.AesCbcHmacSha256, 24 },
            { EspAlgorithms.AesCbcHmacSha256, 32 },
        };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Packet_IsThatOfTheCodec_InBothDirections(EspAlgorithms algorithms, int encryptionKey)
    {
        var key = Key(encryptionKey);
        var transform = Transform(encryptionKey);
        for (var length = 0; length < 40; length++)
        {
            var data = Octets(length);
            var ofCodec = transform.Seal(
                new EspPacket(new EspHeader(0x1001, 9), Next, data),
                _iv.AsSpan(0, transform.InitializationVectorLength)
            );

            EspOctets.Seal(algorithms, key, 0x1001, 9, _iv, Next, data).Should().Equal(ofCodec);
            var opened = EspOctets.Open(algorithms, key, ofCodec, out var fault);
            fault.Should().BeNull();
            opened!.Data.Should().Equal(data);
            (opened.NextHeader, opened.Start).Should().Be((Next, 8 + transform.InitializationVectorLength));
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Packet_WithAnyOctetChanged_IsNotAuthentic(EspAlgorithms algorithms, int encryptionKey)
    {
        var packet = EspOctets.Seal(algorithms, Key(encryptionKey), 0x1001, 9, _iv, Next, Octets(30));
        for (var i = 0; i < packet.Length; i++)
        {
            packet[i] ^= 0x10;
            EspOctets.Open(algorithms, Key(encryptionKey), packet, out var fault).Should().BeNull();
            fault.Should().Be(EspFault.CheckValue);
            packet[i] ^= 0x10;
        }

        EspOctets.Open(algorithms, Key(encryptionKey), packet, out _).Should().NotBeNull();
        EspOctets.Open(algorithms, Key(encryptionKey).Inverted(), packet, out _).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Packet_OfAnyLength_IsNotOpened(EspAlgorithms algorithms, int encryptionKey)
    {
        var packet = EspOctets.Seal(algorithms, Key(encryptionKey), 0x1001, 9, _iv, Next, Octets(30));
        for (var length = 0; length < packet.Length; length++)
        {
            EspOctets.Open(algorithms, Key(encryptionKey), packet.AsSpan(0, length), out var fault).Should().BeNull();
            fault.Should().NotBeNull();
        }
    }

    [Fact]
    public void PadLength_ThatRunsPastTheData_IsAFault()
    {
        byte[] covered = [0, 0, 0x10, 1, 0, 0, 0, 9, 1, 2, 3, Next];
        foreach (var (padLength, isRight) in ((byte, bool)[])[(2, true), (3, false), (255, false)])
        {
            covered[10] = padLength;
            byte[] packet = [.. covered, .. System.Security.Cryptography.HMACSHA256.HashData(Octets(32), covered)[..16]];
            var opened = EspOctets.Open(EspAlgorithms.NullHmacSha256, new SecretBytes(Octets(32)), packet, out var fault);
            (opened is not null, fault).Should().Be((isRight, isRight ? null : EspFault.PadLength));
        }
    }

    [Theory]
    [InlineData(EspAlgorithms.NullHmacSha256, 32, true)]
    [InlineData(EspAlgorithms.NullHmacSha256, 64, false)]
    [InlineData(EspAlgorithms.AesCbcHmacSha256, 32, false)]
    [InlineData(EspAlgorithms.AesCbcHmacSha256, 47, false)]
    [InlineData(EspAlgorithms.AesCbcHmacSha256, 48, true)]
    [InlineData(EspAlgorithms.AesCbcHmacSha256, 56, true)]
    [InlineData(EspAlgorithms.AesCbcHmacSha256, 64, true)]
    public void Key_FitsItsAlgorithms(EspAlgorithms algorithms, int length, bool fits) =>
        EspOctets.Fits(algorithms, length).Should().Be(fits);

    private static byte[] Octets(int count) => [.. Enumerable.Range(1, count).Select(octet => (byte)octet)];

    private static SecretBytes Key(int encryptionKey) => new([.. Octets(encryptionKey), .. Octets(32)]);

    private static EspTransform Transform(int encryptionKey) =>
        encryptionKey == 0
            ? new NullHmacSha256EspTransform(new OctetString(Octets(32)))
            : new AesCbcHmacSha256EspTransform(new OctetString(Octets(encryptionKey)), new OctetString(Octets(32)));
}
