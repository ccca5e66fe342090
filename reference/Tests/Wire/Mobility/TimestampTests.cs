using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class TimestampTests
{
    [Theory]
    [InlineData(0, 0x0000_0000_0000_0000)]
    [InlineData(1, 0x0000_0000_0000_0000)]
    [InlineData(152, 0x0000_0000_0000_0000)]
    [InlineData(153, 0x0000_0000_0000_0001)]
    [InlineData(5_000_000, 0x0000_0000_0000_8000)]
    [InlineData(9_999_999, 0x0000_0000_0000_ffff)]
    [InlineData(10_000_000, 0x0000_0000_0001_0000)]
    public void FromUtc_RoundsDownToOneIn65536OfASecond(long ticks, ulong value) =>
        Timestamp.FromUtc(DateTimeOffset.UnixEpoch.AddTicks(ticks)).Value.Should().Be(value);

    [Theory]
    [InlineData(0x0000_0000_0000_0001, 153)]
    [InlineData(0x0000_0000_0000_8000, 5_000_000)]
    [InlineData(0x0000_0000_0000_ffff, 9_999_848)]
    [InlineData(0x0000_0000_0001_0000, 10_000_000)]
    public void ToUtc_RoundsUpToOneTick(ulong value, long ticks) =>
        new Timestamp(value).ToUtc().Should().Be(DateTimeOffset.UnixEpoch.AddTicks(ticks));

    [Fact]
    public void EveryFraction_ToUtcAndBack_IsTheSame()
    {
        for (var fraction = 0UL; fraction <= 0xffff; fraction++)
        {
            var timestamp = new Timestamp((1_760_000_000UL << 16) + fraction);

            if (Timestamp.FromUtc(timestamp.ToUtc()) != timestamp)
            {
                Assert.Fail($"{timestamp} changes in the round trip");
            }
        }
    }

    [Fact]
    public void FromUtc_OfAnotherTimeZone_IsTheSameInstant() =>
        Timestamp
            .FromUtc(new DateTimeOffset(2025, 10, 9, 10, 53, 20, TimeSpan.FromHours(2)))
            .Should()
            .Be(new Timestamp(1_760_000_000UL << 16));

    [Fact]
    public void FromUtc_Before1970_Throws()
    {
        var convert = () => Timestamp.FromUtc(DateTimeOffset.UnixEpoch.AddTicks(-1));

        convert.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void ToUtc_BeyondTheYear9999_IsTheLastInstant()
    {
        new Timestamp(ulong.MaxValue).ToUtc().Should().Be(DateTimeOffset.MaxValue);
        Timestamp.FromUtc(DateTimeOffset.MaxValue).ToUtc().Should().BeOnOrBefore(DateTimeOffset.MaxValue);
    }

    [Fact]
    public void Timestamps_AreOrderedByTime()
    {
        var (earlier, later, same) = (new Timestamp(1), new Timestamp(2), new Timestamp(1));

        (earlier < later && later > earlier && earlier <= same && earlier >= same).Should().BeTrue();
        earlier.CompareTo(later).Should().BeNegative();
        earlier.CompareTo((object)same).Should().Be(0);
        earlier.CompareTo(null).Should().BePositive();
    }
}
