using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class UdpDatagramTests : FormatTests<UdpDatagram>
{
    protected override string Figure =>
        """
            00 44 00 43
            00 0b 00 00
            61 62 63
            """;

    protected override UdpDatagram Value => new(UdpPort.DhcpClient, UdpPort.DhcpServer, "abc"u8.ToArray());

    protected override IEnumerable<UdpDatagram> OtherValues => [new(0, 0, default), new(ushort.MaxValue, ushort.MaxValue, new byte[2000])];

    protected override Arrival TooShort => Refused("00 44 00 43  00 0b 00 00  61 62", "Truncated", 4);

    protected override Arrival TooLong => Read(Figure + "64", Value);

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out UdpDatagram? value,
        [NotNullWhen(false)] out WireError? error
    ) => UdpDatagram.TryParse(octets.ToArray(), out value, out error);

    protected override int Write(UdpDatagram value, Span<byte> destination) => value.Write(destination);

    [Theory]
    [InlineData("", "Truncated", 0)]
    [InlineData("00 44 00 43  00 08 00", "Truncated", 7)]
    [InlineData("00 44 00 43  00 07 00 00", "Length", 4)]
    public void Datagram_ThatIsMalformed_IsRefusedWhereItIs(string octets, string rule, int offset)
    {
        UdpDatagram.TryParse(Hex.Octets(octets), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    /// <summary>
    /// c633+64a1+c633+6401 = 2 5508, folded 550a; protocol 0011 and length 000b make it 5526; the datagram
    /// 0044+0043+000b+6162+6300 = c4f4. Together 1 1a1a, folded 1a1b, complement e5e4.
    /// </summary>
    [Fact]
    public void Checksum_OverIpv4_EqualsHandComputedValue() =>
        Value.ToBytes(Ipv4Samples.Gateway, Ipv4Samples.Anchor).Should().Equal(Hex.Octets("00 44 00 43  00 0b e5 e4  61 62 63"));

    /// <summary>
    /// The addresses of InternetChecksumTests sum up to 2f5a+2eba = 5e14; next header 0011 and length 000b make it 5e30; the
    /// datagram 0222+0223+000b+6162+6300 = c8b2. Together 1 26e2, folded 26e3, complement d91c.
    /// </summary>
    [Fact]
    public void Checksum_OverIpv6_EqualsHandComputedValue() =>
        new UdpDatagram(UdpPort.Dhcpv6Client, UdpPort.Dhcpv6Server, Value.Payload)
            .ToBytes(SampleMessages.Gateway, SampleMessages.Anchor)
            .Should()
            .Equal(Hex.Octets("02 22 02 23  00 0b d9 1c  61 62 63"));

    [Fact]
    public void Checksum_OfAnyDatagram_IsThatOfThePlainSum()
    {
        var random = new Random(768);
        foreach (
            var (source, destination) in new[]
            {
                (Ipv4Samples.Gateway, Ipv4Samples.Anchor),
                (SampleMessages.Gateway, SampleMessages.Anchor),
            }
        )
        {
            for (var length = 0; length < 100; length++)
            {
                var payload = new byte[length];
                random.NextBytes(payload);
                var datagram = new UdpDatagram((ushort)random.Next(65536), (ushort)random.Next(65536), payload);

                var octets = datagram.ToBytes(source, destination);

                UdpDatagram.HasValidChecksum(source, destination, octets).Should().BeTrue();
                var written = octets[6] * 256 + octets[7];
                octets.AsSpan(6, 2).Clear();
                written.Should().Be(PlainChecksum.OfUdp(source, destination, octets), "of {0} octets", length);
            }
        }
    }

    [Theory]
    [InlineData("198.51.100.161", "198.51.100.1", 68, 67, "aa 49")]
    [InlineData("2001:db8:100::a1", "2001:db8:100::1", 546, 547, "9d 81")]
    public void Checksum_ThatComesOutAsZero_IsSentAsAllOnes(
        string source,
        string destination,
        ushort sourcePort,
        ushort destinationPort,
        string payload
    )
    {
        var (from, to) = (IPAddress.Parse(source), IPAddress.Parse(destination));
        var datagram = new UdpDatagram(sourcePort, destinationPort, Hex.Octets(payload));

        var octets = datagram.ToBytes(from, to);

        octets[6..8].Should().Equal(0xff, 0xff);
        UdpDatagram.HasValidChecksum(from, to, octets).Should().BeTrue();
        octets.AsSpan(6, 2).Clear();
        PlainChecksum.OfUdp(from, to, octets).Should().Be(0);
    }

    [Fact]
    public void Checksum_Absent_IsRightOverIpv4AndWrongOverIpv6()
    {
        var octets = Hex.Octets(Figure);

        UdpDatagram.HasChecksum(octets).Should().BeFalse();
        UdpDatagram.HasValidChecksum(Ipv4Samples.Gateway, Ipv4Samples.Anchor, octets).Should().BeTrue();
        UdpDatagram.HasValidChecksum(SampleMessages.Gateway, SampleMessages.Anchor, octets).Should().BeFalse();
    }

    [Fact]
    public void Checksum_OfChangedOctets_IsWrong()
    {
        var octets = Value.ToBytes(Ipv4Samples.Gateway, Ipv4Samples.Anchor);
        octets[^1] ^= 1;

        UdpDatagram.HasChecksum(octets).Should().BeTrue();
        UdpDatagram.HasValidChecksum(Ipv4Samples.Gateway, Ipv4Samples.Anchor, octets).Should().BeFalse();
    }

    /// <summary>Octets after the length are not part of the datagram.</summary>
    [Fact]
    public void Checksum_WithOctetsBehindTheDatagram_IsRight() =>
        UdpDatagram
            .HasValidChecksum(Ipv4Samples.Gateway, Ipv4Samples.Anchor, [.. Value.ToBytes(Ipv4Samples.Gateway, Ipv4Samples.Anchor), 1, 2])
            .Should()
            .BeTrue();

    [Theory]
    [InlineData("00 44 00 43  00 0b ff")]
    [InlineData("00 44 00 43  00 07 ff ff")]
    public void Checksum_OfMalformedDatagram_IsWrong(string octets) =>
        UdpDatagram.HasValidChecksum(Ipv4Samples.Gateway, Ipv4Samples.Anchor, Hex.Octets(octets)).Should().BeFalse();

    [Fact]
    public void Checksum_BetweenAddressesOfTwoVersions_Throws()
    {
        var mixed = () => Value.ToBytes(Ipv4Samples.Gateway, SampleMessages.Anchor);

        mixed.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Payload_Of65528Octets_Throws()
    {
        var create = () => new UdpDatagram(0, 0, new byte[65528]);

        create.Should().Throw<ArgumentException>();
    }
}
