using FluentAssertions;
using Pmip.Node;
using Xunit;

namespace Pmip.Reference.Tests.Node;

public sealed class NodeLogTests
{
    private readonly List<string> _written = [];
    private readonly ManualClock _clock = new();
    private readonly NodeLog _log;

    public NodeLogTests() => _log = new NodeLog("LMA1", _clock, _written.Add);

    [Fact]
    public void TextFromAPacket_IsOneLineThatATerminalOnlyShows()
    {
        _log.Write("Rejected", "mn\u001b[2J\nLMA1: Ready: \u202ereversed");

        _written.Should().Equal(@"LMA1: Rejected: mn\u001b[2J\u000aLMA1: Ready: \u202ereversed");
    }

    [Fact]
    public void LinesOfOneRule_AreLimited_AndTheNextSaysHowManyAreMissing()
    {
        for (var i = 0; i < NodeLog.Burst + 3; i++)
        {
            _log.Write("Rejected", "a message");
        }

        _log.Write("Ready", "another rule");
        _written.Should().HaveCount(NodeLog.Burst + 1);

        _clock.Pass(NodeLog.Interval - TimeSpan.FromTicks(1));
        _log.Write("Rejected", "too early");
        _written.Should().HaveCount(NodeLog.Burst + 1);

        _clock.Pass(TimeSpan.FromTicks(1));
        _log.Write("Rejected", "in time");
        _written[^1].Should().Be("LMA1: Rejected: in time (4 lines before this one left out)");
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += time.Ticks;
    }
}
