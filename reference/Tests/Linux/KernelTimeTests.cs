using FluentAssertions;
using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class KernelTimeTests
{
    [Fact]
    public void Now_NeverGoesBack()
    {
        var times = Enumerable.Range(0, 1000).Select(_ => KernelTime.Now).ToList();

        times.Should().BeInAscendingOrder();
    }

    [Fact]
    public void Arithmetic_KeepsNanoseconds()
    {
        var time = new KernelTime(1_000_000_001);

        (time + TimeSpan.FromMilliseconds(1)).Should().Be(new KernelTime(1_001_000_001));
        (time - TimeSpan.FromMilliseconds(1)).Should().Be(new KernelTime(999_000_001));
        (new KernelTime(1_001_000_001) - time).Should().Be(TimeSpan.FromMilliseconds(1));
        time.ToString().Should().Be("1.000000001");
    }

    [Fact]
    public void TimesOfDay_AreAsFarApartAsTheTimes()
    {
        var time = KernelTime.Now;

        ((time + TimeSpan.FromSeconds(5)).ToUtc() - time.ToUtc()).Should().Be(TimeSpan.FromSeconds(5));
    }
}
