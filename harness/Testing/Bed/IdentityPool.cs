namespace Conformance.Testing.Bed;

/// <summary>
/// The mobile nodes of a bed, by number. There is no reset of the implementation under test: every scenario
/// gets nodes it holds no state of, and a node comes back only when its state must be gone.
/// </summary>
/// <param name="size">How many there are: 1 to 65535.</param>
public sealed class IdentityPool(int size)
{
    private readonly PriorityQueue<int, DateTimeOffset> quarantined = new();
    private int used;

    public bool TryTake(DateTimeOffset now, out int identity, out DateTimeOffset usableFrom)
    {
        usableFrom = now;
        if (used < size)
        {
            identity = ++used;
            return true;
        }

        if (!quarantined.TryPeek(out identity, out usableFrom))
        {
            usableFrom = DateTimeOffset.MaxValue;
            return false;
        }

        if (usableFrom > now)
        {
            return false;
        }

        quarantined.Dequeue();
        return true;
    }

    public void Return(int identity, DateTimeOffset usableFrom) => quarantined.Enqueue(identity, usableFrom);
}
