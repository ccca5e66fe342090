using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Wire.EspSamples;

namespace Pmip.Reference.Tests.Wire;

public sealed class EspTransformTests
{
    public static TheoryData<string> Names => [.. Transforms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Packet_OfAnyLength_SurvivesTheRoundTripOnABoundaryOfFour(string name)
    {
        for (var length = 0; length <= 300; length++)
        {
            var packet = new EspPacket(Header, IpProtocol.MobilityHeader, Count(0, length).ToArray());

            var octets = Seal(Transforms[name], packet);

            (octets.Length % 4).Should().Be(0);
            Transforms[name].TryOpen(octets, out var opened, out _).Should().BeTrue();
            opened.Should().Be(packet);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packet_InTransportMode_HoldsItsMessage(string name)
    {
        Transforms[name].TryOpen(Seal(Transforms[name], InTransport), out var opened, out _).Should().BeTrue();

        opened!.NextHeader.Should().Be(IpProtocol.MobilityHeader);
        MobilityMessage.TryParse(opened.Payload.Span, out var message, out _).Should().BeTrue();
        message.Should().Be(SampleMessages.Update);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packet_InTunnelMode_HoldsItsPacket(string name)
    {
        Transforms[name].TryOpen(Seal(Transforms[name], InTunnel), out var opened, out _).Should().BeTrue();

        opened!.NextHeader.Should().Be(IpProtocol.Ipv6);
        Ipv6Packet.TryParse(opened.Payload, out var inner, out _).Should().BeTrue();
        inner.Should().Be(Inner);
    }

    [Fact]
    public void Packet_InTunnelModeWithPaddingThatHidesItsLength_HoldsItsPacket()
    {
        var packet = InTunnel with { Payload = (byte[])[.. Inner.ToBytes(), .. new byte[500]] };

        Gcm.TryOpen(Seal(Gcm, packet), out var opened, out _).Should().BeTrue();

        Ipv6Packet.TryParse(opened!.Payload, out var inner, out _).Should().BeTrue();
        inner.Should().Be(Inner);
    }

    [Fact]
    public void Packet_WithoutNextHeader_IsADummy()
    {
        new EspPacket(Header, IpProtocol.NoNextHeader, default).IsDummy.Should().BeTrue();
        InTransport.IsDummy.Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packet_WithAnyBitChanged_IsRefused(string name)
    {
        var good = Seal(Transforms[name], InTunnel);
        for (var bit = 0; bit < 8 * good.Length; bit++)
        {
            var octets = good.ToArray();
            octets[bit / 8] ^= (byte)(1 << bit % 8);
            Refusal(Transforms[name], octets)
                .Should()
                .Match<WireError>(
                    error => error.Rule == "IntegrityCheck" && error.Offset == good.Length - EspTransform.IntegrityCheckValueLength,
                    "bit {0}",
                    bit
                );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packet_CutAnywhere_IsRefused(string name)
    {
        var good = Seal(Transforms[name], InTunnel);
        for (var length = 0; length < good.Length; length++)
        {
            Refusal(Transforms[name], good[..length]).Offset.Should().BeInRange(0, length);
        }
    }

    [Theory]
    [InlineData("AES-GCM-16", 36)]
    [InlineData("AES-CBC, HMAC-SHA-256-128", 56)]
    [InlineData("NULL, HMAC-SHA-256-128", 28)]
    public void Packet_OneOctetShorterThanAny_IsTruncated(string name, int shortest)
    {
        var empty = Seal(Transforms[name], new EspPacket(Header, IpProtocol.NoNextHeader, default));

        empty.Should().HaveCount(shortest);
        Refusal(Transforms[name], empty[..^1])
            .Should()
            .Match<WireError>(error => error.Rule == "Truncated" && error.Offset == shortest - 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packet_WithAnOctetMore_IsNotAligned(string name) =>
        Refusal(Transforms[name], [.. Seal(Transforms[name], InTransport), 0]).Rule.Should().Be("Alignment");

    [Theory]
    [MemberData(nameof(Names))]
    public void Packet_OfAnotherKey_IsRefused(string name)
    {
        var octets = Seal(Transforms[name], InTransport);
        EspTransform[] others =
        [
            Gcm with
            {
                Key = Count(1, 16),
            },
            Gcm with
            {
                Salt = Count(0, 4),
            },
            Cbc with
            {
                IntegrityKey = Count(0, 32),
            },
            Null with
            {
                IntegrityKey = Count(0, 32),
            },
        ];

        foreach (var other in others)
        {
            other.TryOpen(octets, out _, out _).Should().BeFalse();
        }
    }

    /// <summary>
    /// An authentic packet decrypted with a different key has valid padding only by chance; with these keys the padding is invalid.
    /// </summary>
    [Fact]
    public void Packet_OfAnotherEncryptionKey_IsRefusedForItsPadding() =>
        Refusal(Cbc with { EncryptionKey = Count(1, 32) }, Seal(Cbc, InTransport)).Rule.Should().BeOneOf("PadLength", "Padding");

    [Theory]
    [MemberData(nameof(Names))]
    public void Packet_WithAnExtendedSequenceNumber_OpensWithItsUpperHalfOnly(string name)
    {
        var transform = Transforms[name];
        var octets = transform.Seal(InTransport, Vector(transform), 2);

        transform.TryOpen(octets, 2, out var opened, out _).Should().BeTrue();
        opened.Should().Be(InTransport);
        transform.TryOpen(octets, 1, out _, out _).Should().BeFalse();
        transform.TryOpen(octets, out _, out _).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Vector_OfAnotherLength_IsNotTaken(string name)
    {
        var seal = () => Transforms[name].Seal(InTransport, new byte[Transforms[name].InitializationVectorLength + 1]);

        seal.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Packet_WithTheLongestPadding_IsOpened()
    {
        byte[] between = [0xca, 0xfe, 0xca, .. Count(1, 255).Span, 255, IpProtocol.NoNextHeader];

        Null.TryOpen(SealedAsItIs(between), out var opened, out _).Should().BeTrue();
        opened!.Payload.ToArray().Should().Equal(0xca, 0xfe, 0xca);
    }

    [Theory]
    [InlineData("0102 033b", "PadLength", 10)]
    [InlineData("0102 ff3b", "PadLength", 10)]
    [InlineData("0000 023b", "Padding", 8)]
    [InlineData("0101 023b", "Padding", 9)]
    [InlineData("0001 023b", "Padding", 8)]
    [InlineData("cafe 013b", "Padding", 9)]
    public void Packet_AuthenticWithWrongPadding_IsRefused(string between, string rule, int offset) =>
        Refusal(Null, SealedAsItIs(Hex.Octets(between))).Should().Match<WireError>(error => error.Rule == rule && error.Offset == offset);

    [Fact]
    public void Keys_OfOtherLengths_Throws()
    {
        Action[] creations =
        [
            () => _ = Gcm with { Key = Count(0, 15) },
            () => _ = Gcm with { Salt = Count(0, 8) },
            () => _ = Cbc with { EncryptionKey = Count(0, 33) },
            () => _ = Cbc with { IntegrityKey = Count(0, 20) },
            () => _ = Null with { IntegrityKey = default },
        ];

        foreach (var create in creations)
        {
            create.Should().Throw<ArgumentException>();
        }
    }

    [Fact]
    public void Transform_AsText_DoesNotShowItsKeys() => Gcm.ToString().Should().Be("AesGcmEspTransform");

    private static WireError Refusal(EspTransform transform, byte[] octets)
    {
        transform.TryOpen(octets, out var packet, out var error).Should().BeFalse(Convert.ToHexStringLower(octets));
        packet.Should().BeNull();
        return error!;
    }
}
