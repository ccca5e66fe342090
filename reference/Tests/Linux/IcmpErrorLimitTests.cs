using FluentAssertions;
using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class IcmpErrorLimitTests
{
    [Fact]
    public void Errors_AreLimited_InEachSecond()
    {
        var clock = new Clock();
        var limit = new IcmpErrorLimit(clock);

        Allowed().Should().Be(IcmpErrorLimit.PerSecond);
        clock.Now = clock.TimestampFrequency - 1;
        Allowed().Should().Be(0);
        clock.Now++;
        Allowed().Should().Be(IcmpErrorLimit.PerSecond);

        int Allowed() => Enumerable.Range(0, 2 * IcmpErrorLimit.PerSecond).Count(_ => limit.MaySend());
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long GetTimestamp() => Now;
    }
}
