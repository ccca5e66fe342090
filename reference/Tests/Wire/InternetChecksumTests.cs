using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class InternetChecksumTests
{
    /// <summary>RFC 1071, Section 3: the sum is ddf2.</summary>
    [Fact]
    public void ExampleOfRfc1071_HasChecksum220d() =>
        InternetChecksum.Compute(Hex.Octets("00 01 f2 03 f4 f5 f6 f7")).Should().Be(0xffff - 0xddf2);

    [Fact]
    public void OddLength_LastOctetIsHighOctetOfItsWord() => InternetChecksum.Compute(Hex.Octets("00 01 f2")).Should().Be(0xffff - 0xf201);

    [Theory]
    [InlineData(0x0001u)]
    [InlineData(0x1_0000u)]
    public void InitialSum_WithOrWithoutCarry_IsAdded(uint seed) =>
        InternetChecksum.Compute(Hex.Octets("00 02"), seed).Should().Be(0xffff - 3);

    [Fact]
    public void InitialSum_OfAllOnes_IsAdded() => InternetChecksum.Compute(Hex.Octets("00 02"), uint.MaxValue).Should().Be(0xffff - 2);

    [Fact]
    public void OctetsWithValidChecksum_HaveComputedChecksumZero() =>
        InternetChecksum.Compute(Hex.Octets("00 01 f2 03 f4 f5 f6 f7  22 0d")).Should().Be(0);

    [Fact]
    public void Checksum_OfAnyLength_EqualsWordByWordComputation()
    {
        var random = new Random(1071);
        for (var length = 0; length < 300; length++)
        {
            var octets = new byte[length];
            random.NextBytes(octets);

            InternetChecksum.Compute(octets).Should().Be(WordByWord(octets), "of {0} octets", length);
        }
    }

    [Fact]
    public void ChecksumWithPseudoHeader_EqualsHandComputedValue()
    {
        // 2001+0db8+0100+00a1 = 2f5a, 2001+0db8+0100+0001 = 2eba, length 0010, next header 0087: together 5eab.
        // 3b01+0500+0000+0001+8200+0096+0102+0000 = c39a. 5eab+c39a = 1 2245, folded 2246, complement ddb9.
        var message = Hex.Octets("3b 01 05 00  00 00  00 01  82 00 00 96  01 02 00 00");

        InternetChecksum
            .ComputeWithPseudoHeader(IPAddress.Parse("2001:db8:100::a1"), IPAddress.Parse("2001:db8:100::1"), 135, message)
            .Should()
            .Be(0xddb9);
    }

    [Fact]
    public void Checksum_OfOctetsAnywhereInMemory_EqualsWordByWordComputation()
    {
        var octets = new byte[1600];
        new Random(1072).NextBytes(octets);
        for (var start = 0; start < 40; start++)
        {
            InternetChecksum.Compute(octets.AsSpan(start)).Should().Be(WordByWord(octets[start..]), "from {0} on", start);
        }
    }

    [Fact]
    public void Checksum_OfTheLargestSums_EqualsWordByWordComputation()
    {
        var octets = Enumerable.Repeat((byte)0xff, ushort.MaxValue).ToArray();

        InternetChecksum.Compute(octets).Should().Be(WordByWord(octets));
        InternetChecksum.Compute(octets, uint.MaxValue).Should().Be(WordByWord(octets));
    }

    [Fact]
    public void PseudoHeader_OfOctets_EqualsThatOfAddresses()
    {
        var message = SampleMessages.Update.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor);
        var (source, destination) = (SampleMessages.Home, SampleMessages.Anchor);

        InternetChecksum
            .ComputeWithPseudoHeader(source.GetAddressBytes(), destination.GetAddressBytes(), 135, message)
            .Should()
            .Be(InternetChecksum.ComputeWithPseudoHeader(source, destination, 135, message));

        var shorter = () => InternetChecksum.ComputeWithPseudoHeader(new byte[4], destination.GetAddressBytes(), 135, message);
        shorter.Should().Throw<ArgumentException>();
    }

    /// <summary>RFC 1071, Section 4.1, in its simplest form: an end-around carry after each word.</summary>
    private static ushort WordByWord(byte[] octets)
    {
        var sum = 0;
        for (var i = 0; i < octets.Length; i += 2)
        {
            sum += octets[i] * 256 + (i + 1 < octets.Length ? octets[i + 1] : 0);
            if (sum > 0xffff)
            {
                sum -= 0xffff;
            }
        }

        return (ushort)(0xffff - sum);
    }
}
