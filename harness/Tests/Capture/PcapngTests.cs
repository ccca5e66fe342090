using System.Buffers.Binary;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Capture;

public sealed class PcapngTests
{
    private static readonly IReadOnlyDictionary<int, string> _comments = new Dictionary<int, string> { [2] = "decides: rfc5213-5.3.1-k13" };

    [Fact]
    public void Capture_OfTrace_GivesBackPortsFramesAndComments()
    {
        var capture = PcapngReader.Parse("memory", Written(Traces.TwoFrames()));

        capture.Comment.Should().Be("TC-LMA-REG-BI-07 A registration without a Handoff Indicator is rejected");
        capture.Ports.Should().Equal("core", "home");
        capture.Comments.Should().Equal(_comments);
        capture.Frames.Should().HaveCount(2);
        AssertEqual(capture.Frames, Traces.TwoFrames().Frames);
    }

    [Fact]
    public void Capture_OfSameTraceTwice_IsSameOctets() => Written(Traces.TwoFrames()).Should().Equal(Written(Traces.TwoFrames()));

    [Fact]
    public void Capture_OfFrameOnPortOutsideIxit_GetsInterfaceOfItsOwn()
    {
        var trace = Traces.Of("TC-1", Traces.Frame(1, Direction.Received, "link9", TimeSpan.Zero, 1));

        var capture = PcapngReader.Parse("memory", Written(trace));

        capture.Ports.Should().Equal("core", "home", "link9");
        capture.Frames.Single().Port.Name.Should().Be("link9");
    }

    [Fact]
    public void Capture_OfFramesOutOfNumber_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Written(Traces.Of("TC-1", Traces.Frame(2, Direction.Sent, "core", TimeSpan.Zero, 1))));

    [Fact]
    public void Capture_OfFrameBefore1970_IsRefused() =>
        Assert.Throws<ArgumentException>(() =>
            Written(Traces.Of("TC-1", Traces.Frame(1, Direction.Sent, "core", TimeSpan.FromDays(-40000), 1)))
        );

    [Fact]
    public void Comment_LongerThanOption_IsCutAtCharacter()
    {
        var comments = new Dictionary<int, string> { [1] = new string('ü', 40000) };

        var capture = PcapngReader.Parse("memory", Written(Traces.TwoFrames(), comments));

        capture.Comments[1].Should().Be(new string('ü', 32767));
    }

    [Fact]
    public void BigEndianCapture_InMicroseconds_IsRead()
    {
        var file = new List<byte>();
        Block(0x0A0D0D0A, [0x1A2B3C4D, 0x00010000, 0xFFFFFFFF, 0xFFFFFFFF]);
        Block(1, [0x00010000, 0]);
        Block(0x0BAD, [1, 2, 3]);
        Block(6, [0, 0, 1_500_000, 2, 2, 0xAABB0000, 0x00020004, 1, 0]);

        var frame = PcapngReader.Parse("memory", file.ToArray()).Frames.Single();

        frame.Port.Name.Should().Be("0");
        frame.Direction.Should().Be(Direction.Received);
        frame.At.Should().Be(DateTimeOffset.UnixEpoch.AddSeconds(1.5));
        frame.Bytes.ToArray().Should().Equal(0xAA, 0xBB);

        void Block(uint type, uint[] body)
        {
            var length = (uint)((body.Length * 4) + 12);
            foreach (var word in (uint[])[type, length, .. body, length])
            {
                var octets = new byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(octets, word);
                file.AddRange(octets);
            }
        }
    }

    [Fact]
    public void Capture_CutAnywhereInsideBlock_IsInvalidDataThatNamesFileAndOffset()
    {
        var file = Written(Traces.TwoFrames());
        var ends = BlockEnds(file);
        for (var length = 0; length < file.Length; length++)
        {
            if (ends.Contains(length))
            {
                continue;
            }

            var cut = file.AsMemory(0, length);
            Assert
                .Throws<InvalidDataException>(() => PcapngReader.Parse("cut.pcapng", cut))
                .Message.Should()
                .StartWith("cut.pcapng: offset ");
        }
    }

    [Fact]
    public void Capture_WithAnyOctetChanged_IsReadOrInvalidData()
    {
        var good = Written(Traces.TwoFrames());
        for (var i = 0; i < good.Length; i++)
        {
            for (var value = 0; value < 256; value++)
            {
                var file = good.ToArray();
                file[i] = (byte)value;
                try
                {
                    PcapngReader.Parse("memory", file);
                }
                catch (InvalidDataException e)
                {
                    e.Message.Should().StartWith("memory: offset ");
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a capture, but long enough to be one")]
    public void File_ThatIsNotACapture_IsInvalidData(string content) =>
        Assert.Throws<InvalidDataException>(() => PcapngReader.Parse("memory", System.Text.Encoding.UTF8.GetBytes(content)));

    internal static void AssertEqual(IReadOnlyList<Frame> actual, IReadOnlyList<Frame> expected)
    {
        actual.Select(frame => frame with { Bytes = default }).Should().Equal(expected.Select(frame => frame with { Bytes = default }));
        actual
            .Select(frame => Convert.ToHexString(frame.Bytes.Span))
            .Should()
            .Equal(expected.Select(frame => Convert.ToHexString(frame.Bytes.Span)));
    }

    private static byte[] Written(Trace trace, IReadOnlyDictionary<int, string>? comments = null)
    {
        using var stream = new MemoryStream();
        PcapngWriter.Write(stream, trace, "A registration without a Handoff Indicator is rejected", comments ?? _comments);
        return stream.ToArray();
    }

    private static HashSet<int> BlockEnds(byte[] file)
    {
        var ends = new HashSet<int>();
        var at = 0;
        while (at < file.Length)
        {
            at += BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            ends.Add(at);
        }

        return ends;
    }
}
