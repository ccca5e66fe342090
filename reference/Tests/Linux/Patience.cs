using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

/// <summary>Waits for events that must come. The time limit only ends a test that has failed.</summary>
internal static class Patience
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    internal static KernelTime End => KernelTime.Now + _limit;

    internal delegate bool TryTake<T>(out T? taken);

    /// <summary>Returns the next expected item from a source, and drops all items before it.</summary>
    internal static T Next<T>(IReadable source, TryTake<T> take, Predicate<T>? expected = null)
        where T : class
    {
        var until = End;
        while (true)
        {
            while (take(out var taken))
            {
                if (expected is null || expected(taken!))
                {
                    return taken!;
                }
            }

            if (Readiness.Wait([source], until).Count == 0)
            {
                Assert.Fail($"no {typeof(T).Name} has come within {_limit.TotalSeconds} s");
            }
        }
    }

    internal static CapturedFrame NextFrame(this PacketPort port) => Next<CapturedFrame>(port, port.TryReceive);

    internal static ReceivedPacket NextPacket(this Ipv6RawSocket socket) => Next<ReceivedPacket>(socket, socket.TryReceive);
}
