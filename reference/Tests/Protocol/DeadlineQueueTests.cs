using FluentAssertions;
using Pmip.Protocol;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

public class DeadlineQueueTests
{
    private readonly DeadlineQueue<string> _queue = new();

    [Fact]
    public void Deadline_IsDueFromItsInstantOn_AndOnce()
    {
        _queue.Set("a", new Instant(10));

        _queue.TryTakeDue(new Instant(9), out _).Should().BeFalse();
        _queue.TryTakeDue(new Instant(10), out var key).Should().BeTrue();
        key.Should().Be("a");
        _queue.TryTakeDue(new Instant(10), out _).Should().BeFalse();
        _queue.Next.Should().BeNull();
    }

    [Fact]
    public void Deadlines_ComeEarliestFirst_AndEqualOnesInTheOrderTheyWereSet()
    {
        _queue.Set("late", new Instant(30));
        _queue.Set("second", new Instant(20));
        _queue.Set("third", new Instant(20));
        _queue.Set("first", new Instant(10));

        TakeAll(new Instant(100)).Should().Equal("first", "second", "third", "late");
    }

    [Fact]
    public void Set_OfAKeyThatHasOne_ReplacesIt()
    {
        _queue.Set("a", new Instant(10));
        _queue.Set("a", new Instant(20));

        _queue.Next.Should().Be(new Instant(20));
        TakeAll(new Instant(100)).Should().Equal("a");
    }

    [Fact]
    public void SetEarliest_NeverPostpones()
    {
        _queue.SetEarliest("a", new Instant(20));
        _queue.SetEarliest("a", new Instant(30));
        _queue.Next.Should().Be(new Instant(20));
        _queue.SetEarliest("a", new Instant(10));
        TakeAll(new Instant(100)).Should().Equal("a");
    }

    [Fact]
    public void Cancel_RemovesTheDeadline_AndSaysWhetherThereWasOne()
    {
        _queue.Set("a", new Instant(10));

        _queue.Cancel("a").Should().BeTrue();
        _queue.Cancel("a").Should().BeFalse();
        TakeAll(new Instant(100)).Should().BeEmpty();
    }

    [Fact]
    public void Deadlines_OfAllTimes_ComeInOrder()
    {
        long[] times = [long.MaxValue, 1, 0, -1, long.MinValue, 1L << 60, 64, 63];
        foreach (var time in times)
        {
            _queue.Set($"{time}", new Instant(time));
        }

        TakeAll(new Instant(long.MaxValue)).Should().Equal(times.Order().Select(time => $"{time}"));
    }

    /// <summary>Many equal deadlines, so that a slot is divided down to a tick.</summary>
    [Fact]
    public void ManyEqualDeadlines_ComeInTheOrderTheyWereSet()
    {
        var keys = Enumerable.Range(0, 1_000).Select(number => $"{number}").ToList();
        keys.ForEach(key => _queue.Set(key, new Instant(77)));

        _queue.Next.Should().Be(new Instant(77));
        _queue.Set("0", new Instant(77));

        TakeAll(new Instant(77)).Should().Equal([.. keys.Skip(1), "0"]);
    }

    /// <summary>Against a plain list: what is set, cancelled and taken in any order, near and far.</summary>
    [Theory]
    [InlineData(1, 10L)]
    [InlineData(2, 1_000L)]
    [InlineData(3, 10_000_000L)]
    [InlineData(4, 36_000_000_000L)]
    [InlineData(5, long.MaxValue / 2)]
    public void Queue_DoesWhatASortedListDoes(int seed, long span)
    {
        var random = new Random(seed);
        var model = new List<(Instant At, string Key)>();
        var now = new Instant(0);
        for (var step = 0; step < 20_000; step++)
        {
            var key = $"{random.Next(300)}";
            switch (random.Next(10))
            {
                case < 5:
                    var at = new Instant(now.Ticks / 2 + random.NextInt64(random.Next(3) == 0 ? 100 : span));
                    model.RemoveAll(other => other.Key == key);
                    model.Insert(model.Count(other => other.At <= at), (at, key));
                    _queue.Set(key, at);
                    break;
                case < 7:
                    _queue.Cancel(key).Should().Be(model.RemoveAll(other => other.Key == key) > 0);
                    break;
                case 7:
                    now = new Instant(now.Ticks / 2 + random.NextInt64(span));
                    break;
                default:
                    var isDue = model is [var first, ..] && first.At <= now;
                    _queue.TryTakeDue(now, out var taken).Should().Be(isDue);
                    taken.Should().Be(isDue ? model[0].Key : null);
                    model.RemoveRange(0, isDue ? 1 : 0);
                    break;
            }
            _queue.Next.Should().Be(model.Count == 0 ? null : model[0].At);
        }
    }

    private List<string> TakeAll(Instant now)
    {
        var keys = new List<string>();
        while (_queue.TryTakeDue(now, out var key))
        {
            keys.Add(key);
        }
        return keys;
    }
}
