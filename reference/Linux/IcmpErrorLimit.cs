namespace Pmip.Linux;

/// <summary>RFC 4443, Section 2.4(f): limits the number of ICMP errors per second. For one thread.</summary>
public sealed class IcmpErrorLimit(TimeProvider clock)
{
    /// <summary>The number of errors per second.</summary>
    public const int PerSecond = 100;

    private long _second;
    private int _sent;

    /// <summary>Counts an error that is about to be sent; false if too many were sent in this second.</summary>
    public bool MaySend()
    {
        var second = clock.GetTimestamp() / clock.TimestampFrequency;
        (_second, _sent) = (second, second == _second ? _sent + 1 : 1);
        return _sent <= PerSecond;
    }
}
