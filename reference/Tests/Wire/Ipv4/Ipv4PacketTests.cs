using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv4PacketTests : FormatTests<Ipv4Packet>
{
    private const string Addresses = "c6 33 64 a1  c6 33 64 01";

    protected override string Figure =>
        """
            46 b9 00 1a
            12 34 40 00
            ff fd 7d eb
            c6 33 64 a1
            c6 33 64 01
            94 04 00 00
            aa bb
            """;

    protected override Ipv4Packet Value =>
        new(Ipv4Samples.Gateway, Ipv4Samples.Anchor, 253, new byte[] { 0xaa, 0xbb })
        {
            TrafficClass = 0xb9,
            Identification = 0x1234,
            DontFragment = true,
            HopLimit = 255,
            Options = new OctetString([0x94, 4, 0, 0]),
        };

    protected override IEnumerable<Ipv4Packet> OtherValues =>
        [
            new(IPAddress.Any, IPAddress.Broadcast, 0, default) { HopLimit = 0 },
            new(IPAddress.Any, IPAddress.Any, 255, new byte[2000]) { TrafficClass = 255, Options = new OctetString(new byte[40]) },
            new(IPAddress.Any, IPAddress.Any, 17, new byte[8]) { Identification = ushort.MaxValue, MoreFragments = true },
            new(IPAddress.Any, IPAddress.Any, 17, new byte[8]) { FragmentOffset = 65528, DontFragment = true },
        ];

    protected override Arrival TooShort => Refused(Figure.TrimEnd()[..^2], "Truncated", 2);

    /// <summary>The packet is followed by padding, as in a short Ethernet frame.</summary>
    protected override Arrival TooLong => Read(Figure + "00 00 00 00", Value);

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Ipv4Packet? value,
        [NotNullWhen(false)] out WireError? error
    ) => Ipv4Packet.TryParse(octets.ToArray(), out value, out error);

    protected override int Write(Ipv4Packet value, Span<byte> destination) => EthernetFrameTests.Copy(value.ToBytes(), destination);

    [Theory]
    [InlineData("", "Truncated", 0)]
    [InlineData("45 00 00 14  00 00 00 00  40 fd 00 00  c6 33 64 a1  c6 33 64", "Truncated", 19)]
    [InlineData("65 00 00 14  00 00 00 00  40 fd 00 00 " + Addresses, "Version", 0)]
    [InlineData("44 00 00 14  00 00 00 00  40 fd 00 00 " + Addresses, "HeaderLength", 0)]
    [InlineData("46 00 00 17  00 00 00 00  40 fd 00 00 " + Addresses + "01 01 01", "TotalLength", 2)]
    [InlineData("46 00 00 18  00 00 00 00  40 fd 00 00 " + Addresses + "01 01 01", "Truncated", 2)]
    [InlineData("45 00 00 13  00 00 00 00  40 fd 00 00 " + Addresses, "TotalLength", 2)]
    [InlineData("45 00 00 15  00 00 00 00  40 fd 00 00 " + Addresses, "Truncated", 2)]
    public void Packet_ThatIsMalformed_IsRefusedWhereItIs(string octets, string rule, int offset)
    {
        Ipv4Packet.TryParse(Hex.Octets(octets), out var packet, out var error).Should().BeFalse();

        packet.Should().BeNull();
        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    [Fact]
    public void Checksum_OfTheFigure_IsValidUntilABitOfTheHeaderChanges()
    {
        var octets = Hex.Octets(Figure);
        Ipv4Packet.HasValidChecksum(octets).Should().BeTrue();

        octets[^1] ^= 1;
        Ipv4Packet.HasValidChecksum(octets).Should().BeTrue("the checksum does not cover the payload");
        octets[8] ^= 1;
        Ipv4Packet.HasValidChecksum(octets).Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("40 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00  bf ff 00 00")]
    [InlineData("4f 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00  b0 ff 00 00")]
    public void Checksum_OfFewerOctetsThanAHeader_IsNotValid(string octets) =>
        Ipv4Packet.HasValidChecksum(Hex.Octets(octets)).Should().BeFalse();

    [Fact]
    public void Checksum_OfAnyPacket_IsThatOfThePlainSum()
    {
        foreach (var packet in OtherValues.Append(Value))
        {
            var octets = packet.ToBytes();
            var written = octets[10] * 256 + octets[11];
            octets.AsSpan(10, 2).Clear();

            written.Should().Be(PlainChecksum.Of(octets[..packet.HeaderLength]));
        }
    }

    /// <summary>The first bit of the flags is reserved: it is not part of the value and is written as zero.</summary>
    [Fact]
    public void ReservedFlag_Set_IsIgnored()
    {
        var octets = Hex.Octets(Figure);
        octets[6] |= 0x80;

        Ipv4Packet.TryParse(octets, out var packet, out _).Should().BeTrue();

        packet.Should().Be(Value);
    }

    [Fact]
    public void Fragment_WithMoreBehindIt_IsKeptAsSuch()
    {
        Ipv4Packet
            .TryParse(Hex.Octets("45 00 00 16  00 01 20 03  40 11 05 ca " + Addresses + "aa bb"), out var packet, out _)
            .Should()
            .BeTrue();

        packet
            .Should()
            .Be(
                new Ipv4Packet(Ipv4Samples.Gateway, Ipv4Samples.Anchor, Ipv4Protocol.Udp, new byte[] { 0xaa, 0xbb })
                {
                    Identification = 1,
                    MoreFragments = true,
                    FragmentOffset = 24,
                }
            );
        packet!.IsFragment.Should().BeTrue();
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 8)]
    [InlineData(false, 8)]
    public void UpperLayer_OfAFragment_IsNotFound(bool more, int offset)
    {
        (Value with { MoreFragments = more, FragmentOffset = offset }).TryGetUpperLayer(out var upper, out var error).Should().BeFalse();

        upper.Should().BeNull();
        error.Should().BeEquivalentTo(new { Rule = "Fragment", Offset = 6 });
    }

    [Fact]
    public void UpperLayer_OfAWholePacket_IsThePayload()
    {
        Value.TryGetUpperLayer(out var upper, out _).Should().BeTrue();

        upper!.Protocol.Should().Be(253);
        upper.Offset.Should().Be(24);
        upper.Headers.Should().BeEmpty();
        upper.Payload.ToArray().Should().Equal(0xaa, 0xbb);
    }

    [Theory]
    [InlineData(Ecn.NotEct, 0xb8)]
    [InlineData(Ecn.Ce, 0xbb)]
    public void WithEcn_ChangesTheLastTwoBitsOnly(Ecn ecn, byte typeOfService)
    {
        var packet = Value.WithEcn(ecn);

        packet.TrafficClass.Should().Be(typeOfService);
        packet.Ecn.Should().Be(ecn);
        (packet with { TrafficClass = Value.TrafficClass }).Should().Be(Value);
    }

    [Fact]
    public void Packet_OfMoreThan65535Octets_Throws()
    {
        var longest = () => new Ipv4Packet(IPAddress.Any, IPAddress.Any, 0, new byte[65515]);
        var longer = () => new Ipv4Packet(IPAddress.Any, IPAddress.Any, 0, new byte[65516]);
        var withOptions = () => longest() with { Options = new OctetString(new byte[4]) };

        longest().ToBytes().Should().HaveCount(65535);
        longer.Should().Throw<ArgumentException>();
        withOptions.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(44)]
    public void Options_OfAnotherLength_Throws(int length)
    {
        var create = () => Value with { Options = new OctetString(new byte[length]) };

        create.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(4)]
    [InlineData(65536)]
    public void FragmentOffset_ThatTheFieldCannotHold_Throws(int offset)
    {
        var create = () => Value with { FragmentOffset = offset };

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Ipv6Address_Throws()
    {
        var create = () => Value with { Source = IPAddress.IPv6Any };

        create.Should().Throw<ArgumentException>();
    }
}
