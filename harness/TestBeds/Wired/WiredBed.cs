using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Wired;

/// <summary>The state of the implementation under test, as far as a wired bed knows it.</summary>
public interface IImplementationUnderTest
{
    IutHealth Health { get; }

    /// <summary>How the implementation crashed; null while it runs, or if that is unknown.</summary>
    string? Crash { get; }

    /// <summary>Waits until the implementation has ended; the links of a node go down before its process ends.</summary>
    void AwaitEnd(TimeSpan within) { }
}

/// <summary>A device that can be observed only through its packets.</summary>
public sealed class BlackBox : IImplementationUnderTest
{
    public IutHealth Health => IutHealth.Unknown;

    public string? Crash => null;
}

/// <summary>
/// One scenario on real interfaces and a real clock. The implementation, the ports and the identities outlive the scenario and are
/// not reset.
/// </summary>
/// <param name="released">Called when the scenario is over.</param>
/// <param name="replace">Called with the reason if the implementation is dead.</param>
public sealed class WiredBed(
    BedFacts facts,
    WiredPorts ports,
    IdentityPool identities,
    IImplementationUnderTest implementation,
    IUpperTester upperTester,
    Action? released = null,
    Action<string>? replace = null
) : ITestBed
{
    private static readonly TimeSpan _endsWithin = TimeSpan.FromSeconds(2);

    private Action? _released = released;
    private bool _isAwaited;

    public BedFacts Facts => facts;

    public DateTimeOffset Now => WiredPorts.Now;

    public IutHealth Health
    {
        get
        {
            if (ports.Lost is not null && !_isAwaited)
            {
                _isAwaited = true;
                implementation.AwaitEnd(_endsWithin);
            }

            return implementation.Health;
        }
    }

    public string? Crash => implementation.Crash;

    public IUpperTester UpperTester => upperTester;

    public DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame) => ports.Send(port, frame);

    public bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame) => ports.TryReceive(until, out frame);

    public IPending SetCarrier(PortId port, bool up) => ports.SetCarrier(port, up);

    public bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom) => identities.TryTake(Now, out identity, out usableFrom);

    public void ReturnIdentity(int identity, DateTimeOffset usableFrom) => identities.Return(identity, usableFrom);

    public void Replace(string reason) => replace?.Invoke(reason);

    public void Dispose()
    {
        _released?.Invoke();
        _released = null;
    }
}
