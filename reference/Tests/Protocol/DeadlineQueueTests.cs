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
