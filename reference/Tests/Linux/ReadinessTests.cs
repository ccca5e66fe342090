using FluentAssertions;
using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class ReadinessTests
{
    [Fact]
    public void Wait_UntilATime_EndsThenAndNotBefore()
    {
        using var wakeUp = new WakeUp();
        var until = KernelTime.Now + TimeSpan.FromMilliseconds(5);

        Readiness.Wait([wakeUp], until).Should().BeEmpty();

        KernelTime.Now.Should().BeGreaterThanOrEqualTo(until);
    }

    /// <summary>A long wait is made of shorter ones.</summary>
    [Fact]
    public void Wait_LongerThanASecond_EndsThenAndNotBefore()
    {
        using var wakeUp = new WakeUp();
        var until = KernelTime.Now + TimeSpan.FromMilliseconds(1100);

        Readiness.Wait([wakeUp], until).Should().BeEmpty();

        KernelTime.Now.Should().BeGreaterThanOrEqualTo(until);
    }

    [Fact]
    public void Wait_UntilATimeThatHasPassed_StillReturnsReadySources()
    {
        using var wakeUp = new WakeUp();
        var past = KernelTime.Now - TimeSpan.FromSeconds(1);

        Readiness.Wait([wakeUp], past).Should().BeEmpty();
        wakeUp.Set();
        Readiness.Wait([wakeUp], past).Should().Equal(wakeUp);
        wakeUp.Reset();
        Readiness.Wait([wakeUp], past).Should().BeEmpty();
    }

    [Fact]
    public void Wait_WithoutEnd_IsEndedByAnotherThread()
    {
        using var wakeUp = new WakeUp();
        using var other = new WakeUp();
        var thread = new Thread(wakeUp.Set);
        thread.Start();

        Readiness.Wait([other, wakeUp], until: null).Should().Equal(wakeUp);

        thread.Join();
    }

    [Fact]
    public void Wait_ForSomethingClosed_IsRefused()
    {
        var closed = new WakeUp();
        closed.Dispose();

        FluentActions.Invoking(() => Readiness.Wait([closed], KernelTime.Now)).Should().Throw<ObjectDisposedException>();
    }
}
