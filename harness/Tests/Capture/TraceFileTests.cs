using System.Net;
using System.Text.Json;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using Conformance.Testing.Peers;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Capture;

/// <summary>A trace is read as it was written, and a damaged one is refused with file and line.</summary>
public sealed class TraceFileTests
{
    private static readonly Outcome.Transfer _transfer = new(1, 9, TimeSpan.FromMilliseconds(40), 512);

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
    public void EveryEvent_WrittenAndRead_IsEqual()
    {
        using var directory = new TemporaryDirectory();
        TraceEvent[] events =
        [
            new TraceEvent.Clock(0, Traces.Start),
            new TraceEvent.Silence(0, DateTimeOffset.MaxValue),
            new TraceEvent.Lost(0, "core is down"),
            new TraceEvent.Carrier(0, Ports.Access(1), IsUp: true, Outcome.Ok),
            new TraceEvent.Carrier(0, Ports.Access(1), IsUp: false, new Outcome.Failed("\"quoted\" ü")),
            new TraceEvent.Health(0, IutHealth.Unknown),
            new TraceEvent.Crash(0, null),
            new TraceEvent.Crash(0, "line\nline"),
            new TraceEvent.IdentityTaken(0, 7),
            new TraceEvent.NoIdentity(0, Traces.Start),
            new TraceEvent.Can(0, IsSupported: true),
            new TraceEvent.Upper(0, nameof(UpperTesterAction.Ping), "MN1", new Outcome.Replies(1)),
            new TraceEvent.Upper(0, nameof(UpperTesterAction.ReadAddresses), "MN1", new Outcome.Addresses([IPAddress.IPv6Loopback])),
            new TraceEvent.Upper(0, nameof(UpperTesterAction.EndTransfer), "MN1", _transfer),
            new TraceEvent.Upper(0, nameof(UpperTesterAction.EndTransfer), "MN1", _transfer with { Octets = null }),
            new TraceEvent.MobileNode(0, "MN1", MacAddress.Parse("02:5e:00:00:00:01"), "a@example"),
            new TraceEvent.Step(1, 1),
        ];

        var read = TraceFile.Read(TraceFile.Write(directory.Path, Traces.TwoFrames() with { Events = events }, "A title"));

        read.Events.Should().Equal(events);
        events
            .Select(one => one.GetType())
            .Should()
            .Contain(typeof(TraceEvent).GetNestedTypes().Where(type => !type.IsAbstract), "a new event belongs into this test");
    }

    /// <summary>The words of version 1, which had neither a version nor typed values.</summary>
    [Fact]
    public void EveryEventOfVersion1_IsRead()
    {
        (string Kind, string Value, TraceEvent Event)[] events =
        [
            ("clock", "2026-01-01T00:00:00.0000000+00:00", new TraceEvent.Clock(0, Traces.Start)),
            ("silence", "9999-12-31T23:59:59.9999999+00:00", new TraceEvent.Silence(0, DateTimeOffset.MaxValue)),
            ("carrier", "link1 up: ok", new TraceEvent.Carrier(0, Ports.Access(1), IsUp: true, Outcome.Ok)),
            (
                "carrier",
                "link1 down: failed: 'x' ended with 1: no",
                new TraceEvent.Carrier(0, Ports.Access(1), IsUp: false, new Outcome.Failed("'x' ended with 1: no"))
            ),
            ("health", "Crashed", new TraceEvent.Health(0, IutHealth.Crashed)),
            ("crash", "", new TraceEvent.Crash(0, null)),
            ("crash", "why: not", new TraceEvent.Crash(0, "why: not")),
            ("identity", "7", new TraceEvent.IdentityTaken(0, 7)),
            ("identity", "none until 2026-01-01T00:00:00.0000000+00:00", new TraceEvent.NoIdentity(0, Traces.Start)),
            ("can", "yes", new TraceEvent.Can(0, IsSupported: true)),
            ("can", "no", new TraceEvent.Can(0, IsSupported: false)),
            ("upper", "Attach MN1: ok", new TraceEvent.Upper(0, "Attach", "MN1", Outcome.Ok)),
            ("upper", "Detach MN1: failed: it did not end in time", Upper("Detach", new Outcome.Failed("it did not end in time"))),
            ("upper", "Ping MN1: 1", Upper("Ping", new Outcome.Replies(1))),
            ("upper", "ReadAddresses MN1: ", Upper("ReadAddresses", new Outcome.Addresses([]))),
            (
                "upper",
                "ReadAddresses MN1: ::1,2001:db8::1",
                Upper("ReadAddresses", new Outcome.Addresses([IPAddress.IPv6Loopback, IPAddress.Parse("2001:db8::1")]))
            ),
            ("upper", $"EndTransfer MN1: {_transfer}", Upper("EndTransfer", _transfer)),
            (
                "upper",
                "EndTransfer MN1: 1 of 9 echo requests lost, longest interruption 40 ms",
                Upper("EndTransfer", _transfer with { Octets = null })
            ),
            (
                "node",
                "MN-before 02:5e:00:00:00:01 a b@example",
                new TraceEvent.MobileNode(0, "MN-before", MacAddress.Parse("02:5e:00:00:00:01"), "a b@example")
            ),
            ("step", "3", new TraceEvent.Step(0, 3)),
        ];
        _transfer.ToString().Should().Be("512 octets by TCP arrived whole; 1 of 9 echo requests lost, longest interruption 40 ms");

        Version1(events.Select(one => (one.Kind, one.Value))).Events.Should().Equal(events.Select(one => one.Event));

        static TraceEvent Upper(string action, Outcome outcome) => new TraceEvent.Upper(0, action, "MN1", outcome);
    }

    [Theory]
    [InlineData("clock", "12.5 ms ahead")]
    [InlineData("carrier", "link1 sideways: ok")]
    [InlineData("health", "Sick")]
    [InlineData("identity", "none")]
    [InlineData("can", "perhaps")]
    [InlineData("upper", "Ping")]
    [InlineData("upper", "Ping MN1: many")]
    [InlineData("upper", "ReadAddresses MN1: here")]
    [InlineData("node", "MN1 02:5e")]
    [InlineData("node", "MN1 02:5e a@example")]
    [InlineData("step", "-1")]
    [InlineData("smell", "burnt")]
    public void AnEventThatVersion1DidNotHave_IsInvalidData(string kind, string value)
    {
        var reading = () => Version1([(kind, value)]);

        reading.Should().Throw<InvalidDataException>().WithMessage("*.trace.ndjson:2: *");
    }

    [Fact]
    public void ALaterVersion_IsNamed()
    {
        using var directory = new TemporaryDirectory();
        var capture = TraceFile.Write(directory.Path, Traces.TwoFrames(), "A title");
        var events = Path.ChangeExtension(capture, TraceFile.EventsExtension);
        File.WriteAllText(events, File.ReadAllText(events).Replace("\"Version\":2", "\"Version\":3", StringComparison.Ordinal));

        Assert
            .Throws<InvalidDataException>(() => TraceFile.Read(capture))
            .Message.Should()
            .Be($"{events}:1: the format of this trace has version 3; this program reads versions 1 to 2.");
    }

    [Theory]
    [InlineData("TC-LMA-ACK-BI-01-a", "lma-baseline")]
    [InlineData("TC-MAG-ACK-BI-01-a", "mag-baseline")]
    [InlineData("TC-E2E-MOB-BV-01", "e2e-baseline")]
    public void TheDomainOfVersion1_HasTheRolesOfItsNames(string scenario, string configuration)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Capture", "Version1", "captures", scenario + TraceFile.CaptureExtension);

        var read = TraceFile.Read(path).Facts.Ixit;

        var domain = NamedConfiguration.Find(configuration)!.Domain.WithoutLinkLayerAddresses();
        read.Domain.Should().BeEquivalentTo(domain, options => options.WithStrictOrdering().ComparingByValue<IPAddress>());
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
    [InlineData(0, "{\"Version\":3,\"Scenario\":\"TC-1\"}")]
    [InlineData(1, "{\"Kind\":\"can\",\"After\":3,\"IsSupported\":true}")]
    [InlineData(1, "{\"Kind\":\"can\",\"After\":-1,\"IsSupported\":true}")]
    [InlineData(1, "{\"Kind\":\"can\",\"After\":1}")]
    [InlineData(1, "{\"Kind\":\"smell\",\"After\":1}")]
    [InlineData(1, "{\"Kind\":\"clock\",\"After\":1,\"Now\":\"late\"}")]
    [InlineData(1, "{\"Kind\":\"node\",\"After\":1,\"Name\":\"MN1\",\"LinkLayer\":\"02\",\"Identifier\":\"a\"}")]
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

    /// <summary>Reads events in the form of version 1, beside a capture and after the head of that version.</summary>
    private static Trace Version1(IEnumerable<(string Kind, string Value)> events)
    {
        using var directory = new TemporaryDirectory();
        var old = Path.Combine(AppContext.BaseDirectory, "Capture", "Version1", "captures", "TC-LMA-ACK-BI-01-a");
        var capture = Path.Combine(directory.Path, "TC-LMA-ACK-BI-01-a" + TraceFile.CaptureExtension);
        File.Copy(old + TraceFile.CaptureExtension, capture);
        File.WriteAllLines(
            Path.ChangeExtension(capture, TraceFile.EventsExtension),
            [
                File.ReadLines(old + TraceFile.EventsExtension).First(),
                .. events.Select(one =>
                    JsonSerializer.Serialize(
                        new
                        {
                            After = 0,
                            one.Kind,
                            one.Value,
                        }
                    )
                ),
            ]
        );
        return TraceFile.Read(capture);
    }
}
