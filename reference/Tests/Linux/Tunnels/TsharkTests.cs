using System.Buffers.Binary;
using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Linux.Tunnels;

public sealed class TsharkTests
{
    /// <summary>RFC 9293, Section 3.1.</summary>
    private const byte Tcp = 6,
        Acknowledge = 0x10;
    private const int HeaderLength = 20,
        DataOffset = 12,
        Flags = 13,
        WindowOffset = 14,
        ChecksumOffset = 16;

    /// <summary>The kernel writes 0xffff for a checksum of zero.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0xffff)]
    public void EitherZero_IsAGoodChecksum(ushort checksum) => TunnelCapture.AssertClean([FrameWithAChecksumOfZero(checksum)]);

    [Fact]
    public void WrongChecksum_IsFound()
    {
        var frame = FrameWithAChecksumOfZero(0x0100);

        // Shows that only the checksum is wrong, and skips the test here if tshark is missing: an expected exception would hide the skip.
        TunnelCapture.AssertClean([FrameWithAChecksumOfZero(0)]);
        FluentActions.Invoking(() => TunnelCapture.AssertClean([frame])).Should().Throw<Exception>().WithMessage("*packet 1 is good*");
    }

    private static CapturedFrame FrameWithAChecksumOfZero(ushort written)
    {
        var (source, destination) = (IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::2"));
        var tcp = new byte[HeaderLength];
        tcp[DataOffset] = HeaderLength << 2;
        tcp[Flags] = Acknowledge;
        BinaryPrimitives.WriteUInt16BigEndian(
            tcp.AsSpan(WindowOffset),
            InternetChecksum.ComputeWithPseudoHeader(source, destination, Tcp, tcp)
        );
        InternetChecksum.ComputeWithPseudoHeader(source, destination, Tcp, tcp).Should().Be(0);
        BinaryPrimitives.WriteUInt16BigEndian(tcp.AsSpan(ChecksumOffset), written);

        var packet = new Ipv6Packet(source, destination, Tcp, tcp);
        var frame = new EthernetFrame(
            MacAddress.Parse("02:00:00:00:00:01"),
            MacAddress.Parse("02:00:00:00:00:02"),
            EthernetFrame.Ipv6EtherType,
            packet.ToBytes()
        );
        return new CapturedFrame(frame.ToBytes(), KernelTime.Now, ChecksumState.Unknown);
    }
}
