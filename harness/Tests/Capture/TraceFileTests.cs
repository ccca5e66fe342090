using Conformance.Testing.Capture;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Capture;

public sealed class TraceFileTests
{
    [Fact]
    public void Trace_WrittenAndRead_IsEqual()
    {
        using var directory = new TemporaryDirectory();
        var trace = Traces.TwoFrames();

        var path = TraceFile.Write(directory.Path, trace, "A title");
        var read = TraceFile.Read(path);

        Path.GetFileName(path).Should().Be("TC-LMA-REG-BI-07.pcapng");
        read.Scenario.Should().Be(trace.Scenario);
        read.Facts.Should().BeEquivalentTo(trace.Facts);
        read.Events.Should().Equal(trace.Events);
        PcapngTests.AssertEqual(read.Frames, trace.Frames);
    }

    [Fact]
    public void Trace_WrittenTwice_IsSameOctets()
    {
        using var directory = new TemporaryDirectory();
        TraceFile.Write(directory.Path, Traces.TwoFrames(), "A title");
        var first = Contents();
        TraceFile.Write(directory.Path, Traces.TwoFrames(), "A title");

        Contents().Should().BeEquivalentTo(first);

        Dictionary<string, string> Contents() =>
            Directory.GetFiles(directory.Path).ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));
    }

    [Theory]
    [InlineData("../TC-1")]
    [InlineData("")]
    public void Trace_WhoseIdIsNotAFileName_IsRefused(string id)
    {
        using var directory = new TemporaryDirectory();

        Assert.Throws<ArgumentException>(() => TraceFile.Write(directory.Path, Traces.Of(id), "A title"));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(0, "null")]
    [InlineData(0, "{\"Scenario\":\"TC-1\"}")]
    [InlineData(0, "{\"Scenario\":\"TC-1\",\"Frames\":2,\"Facts\":null}")]
    [InlineData(1, "{\"After\":3,\"Kind\":\"clock\",\"Value\":\"late\"}")]
    [InlineData(1, "{\"After\":-1,\"Kind\":\"clock\",\"Value\":\"early\"}")]
    [InlineData(2, "{\"After\":")]
    public void Events_WithMalformedLine_AreInvalidDataThatNamesFileAndLine(int index, string text)
    {
        using var directory = new TemporaryDirectory();
        var capture = TraceFile.Write(directory.Path, Traces.TwoFrames(), "A title");
        var events = Path.ChangeExtension(capture, ".trace.ndjson");
        var lines = File.ReadAllLines(events);
        lines[index] = text;
        File.WriteAllLines(events, lines);

        Assert.Throws<InvalidDataException>(() => TraceFile.Read(capture)).Message.Should().StartWith($"{events}:{index + 1}: ");
    }

    [Fact]
    public void Capture_ThatLostItsLastFrame_IsInvalidData()
    {
        using var directory = new TemporaryDirectory();
        var capture = TraceFile.Write(directory.Path, Traces.TwoFrames(), "A title");
        var octets = File.ReadAllBytes(capture);
        var lastBlock = BitConverter.ToInt32(octets, octets.Length - 4);
        File.WriteAllBytes(capture, octets[..^lastBlock]);

        Assert
            .Throws<InvalidDataException>(() => TraceFile.Read(capture))
            .Message.Should()
            .EndWith("recorded 2 frames, but the capture has 1.");
    }
}
