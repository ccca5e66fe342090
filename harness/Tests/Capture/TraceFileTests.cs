using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Capture;

/// <summary>A trace is read as it was written, and a damaged one is refused with file and line.</summary>
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

    [Fact]
    public void Trace_OfEveryKindOfEvent_WrittenAndRead_IsEqual()
    {
        using var directory = new TemporaryDirectory();
        string[] kinds = ["clock", "silence", "carrier", "health", "crash", "identity", "can", "upper", "node", "step"];
        var trace = Traces.TwoFrames() with
        {
            Events = [.. kinds.Select((kind, index) => new TraceEvent(index % 3, kind, $"{kind}: a\tb"))],
        };

        TraceFile.Read(TraceFile.Write(directory.Path, trace, "A title")).Events.Should().Equal(trace.Events);
    }

    [Fact]
    public void Trace_WithoutFramesAndEvents_WrittenAndRead_IsEqual()
    {
        using var directory = new TemporaryDirectory();
        var trace = Traces.Of("TC-1") with { Events = [] };

        var read = TraceFile.Read(TraceFile.Write(directory.Path, trace, "A title"));

        (read.Frames.Count, read.Events.Count).Should().Be((0, 0));
    }

    [Fact]
    public void Trace_OfADeviceWithAClockOfItsOwn_KeepsTheOffset()
    {
        using var directory = new TemporaryDirectory();
        var clock = new DeviceClock(TimeSpan.FromTicks(-12345), TimeSpan.FromMilliseconds(20));
        var trace = Traces.TwoFrames();
        trace = trace with { Facts = trace.Facts with { DeviceClock = clock } };

        TraceFile.Read(TraceFile.Write(directory.Path, trace, "A title")).Facts.DeviceClock.Should().Be(clock);
    }

    [Fact]
    public void Trace_WrittenOverALongerOne_LeavesNothingOfIt()
    {
        using var directory = new TemporaryDirectory();
        TraceFile.Write(directory.Path, Traces.TwoFrames(), "A title");
        var shorter = Traces.Of("TC-LMA-REG-BI-07", Traces.TwoFrames().Frames[0]) with { Events = [] };

        var read = TraceFile.Read(TraceFile.Write(directory.Path, shorter, "A title"));

        (read.Frames.Count, read.Events.Count).Should().Be((1, 0));
    }

    [Fact]
    public void Events_OfAnEmptyFile_AreInvalidData()
    {
        using var directory = new TemporaryDirectory();
        var capture = TraceFile.Write(directory.Path, Traces.TwoFrames(), "A title");
        var events = Path.ChangeExtension(capture, ".trace.ndjson");
        File.WriteAllText(events, string.Empty);

        Assert.Throws<InvalidDataException>(() => TraceFile.Read(capture)).Message.Should().Be($"{events}:1: the file is empty.");
    }

    [Fact]
    public void Events_ThatAreMissing_CannotBeRead()
    {
        using var directory = new TemporaryDirectory();
        var capture = TraceFile.Write(directory.Path, Traces.TwoFrames(), "A title");
        File.Delete(Path.ChangeExtension(capture, ".trace.ndjson"));

        Assert.Throws<FileNotFoundException>(() => TraceFile.Read(capture));
    }
}
