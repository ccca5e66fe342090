using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class AntiReplayWindowTests
{
    private const int Seed = 4303;

    public static TheoryData<int> Sizes => [32, 64, 65, 127, 128];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Window_OfAnySize_EndsOnTheExactNumber(int size)
    {
        var window = new AntiReplayWindow(size).After(1000);

        window.Admits(1000).Should().BeFalse();
        window.Admits(1001).Should().BeTrue();
        window.Admits(1000 - (ulong)size + 1).Should().BeTrue();
        window.Admits(1000 - (ulong)size).Should().BeFalse();
    }

    [Fact]
    public void Window_ThatIsNew_AdmitsOneAndNotZero()
    {
        new AntiReplayWindow().Size.Should().Be(64);
        new AntiReplayWindow().Admits(0).Should().BeFalse();
        new AntiReplayWindow().Admits(1).Should().BeTrue();
        new AntiReplayWindow().After(3).Admits(0).Should().BeFalse();
    }

    [Fact]
    public void Number_WithinTheWindow_IsAdmittedOnce()
    {
        var window = new AntiReplayWindow().After(100).After(60);

        window.Highest.Should().Be(100);
        window.Admits(60).Should().BeFalse();
        window.Admits(59).Should().BeTrue();
        window.Admits(61).Should().BeTrue();
        window.Admits(100).Should().BeFalse();
    }

    [Theory]
    [InlineData(163)]
    [InlineData(164)]
    [InlineData(300)]
    public void Number_ThatWasReceived_StaysRefusedWhereverTheWindowMoves(ulong next) =>
        new AntiReplayWindow().After(100).After(next).Admits(100).Should().BeFalse();

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(256)]
    public void Window_MovedByItsSizeOrMore_HoldsTheNewNumberAlone(ulong distance)
    {
        var window = new AntiReplayWindow(128).After(1000).After(1000 + distance);

        var refused = Enumerable.Range(0, 128).Where(age => !window.Admits(1000 + distance - (ulong)age));

        refused.Should().Equal(distance == 127 ? [0, 127] : [0]);
    }

    [Fact]
    public void Windows_OfTheSameNumbers_AreEqual()
    {
        new AntiReplayWindow().After(1).After(500).Should().Be(new AntiReplayWindow().After(500));
        new AntiReplayWindow().After(5).After(7).Should().Be(new AntiReplayWindow().After(7).After(5));
        new AntiReplayWindow().After(5).Should().NotBe(new AntiReplayWindow().After(6));
    }

    [Fact]
    public void Window_AfterANumber_LeavesTheWindowBeforeAsItWas()
    {
        var before = new AntiReplayWindow().After(5);

        _ = before.After(6);

        before.Admits(6).Should().BeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(36)]
    [InlineData(100)]
    public void Number_ThatIsNotAdmitted_Throws(ulong number)
    {
        var take = () => new AntiReplayWindow().After(100).After(number);

        take.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(31)]
    [InlineData(129)]
    public void Window_OfAnotherSize_Throws(int size)
    {
        var create = () => new AntiReplayWindow(size);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Window_OfRandomNumbers_AgreesWithASetOfThem(int size)
    {
        var random = new Random(Seed);
        var (window, received) = (new AntiReplayWindow(size), new HashSet<ulong>());
        for (var i = 0; i < 5_000; i++)
        {
            var number = (ulong)Math.Max(0, (long)window.Highest + random.Next(-size - 10, 20));
            var expected = number > 0 && !received.Contains(number) && number + (ulong)size > window.Highest;

            window.Admits(number).Should().Be(expected, "{0} with highest number {1}", number, window.Highest);
            if (!expected)
            {
                continue;
            }
            window = window.After(number);
            received.Add(number);
        }
    }

    /// <summary>Both cases of Appendix A2.2, at their boundaries, with a window of 64.</summary>
    [Theory]
    [InlineData(0x3_0000_1000, 0x0000_1000, 3)]
    [InlineData(0x3_0000_1000, 0x0000_0fc1, 3)]
    [InlineData(0x3_0000_1000, 0x0000_0fc0, 4)]
    [InlineData(0x3_0000_1000, 0xffff_ffff, 3)]
    [InlineData(0x3_0000_003f, 0x0000_0000, 3)]
    [InlineData(0x3_0000_003f, 0xffff_ffff, 3)]
    [InlineData(0x3_0000_003e, 0x0000_0000, 3)]
    [InlineData(0x3_0000_003e, 0xffff_ffff, 2)]
    [InlineData(0x3_0000_0000, 0xffff_ffc1, 2)]
    [InlineData(0x3_0000_0000, 0xffff_ffc0, 3)]
    [InlineData(0x3_ffff_ffff, 0x0000_0000, 4)]
    [InlineData(0x0_0000_0000, 0x0000_0001, 0)]
    public void UpperHalf_OfALowerHalf_IsThatOfTheSubspace(ulong highest, uint sequenceNumber, uint expected)
    {
        var window = highest == 0 ? new AntiReplayWindow() : new AntiReplayWindow().After(highest);

        window.HighSequenceNumber(sequenceNumber).Should().Be(expected);
    }
}
