using System.Diagnostics.CodeAnalysis;

namespace Conformance.Testing.Bed;

/// <summary>
/// Where scenarios run: ports on links, a clock, an upper tester. The scenario's thread is the pump:
/// nothing happens on a bed but inside <see cref="TryReceive"/> (virtual time) or beside it (real time).
/// </summary>
public interface ITestBed : IDisposable
{
    BedFacts Facts { get; }

    /// <summary>The bed's clock. It never goes back.</summary>
    DateTimeOffset Now { get; }

    IutHealth Health { get; }

    /// <summary>How the implementation under test crashed, as far as the bed can tell; null while it runs.</summary>
    string? Crash { get; }

    IUpperTester UpperTester { get; }

    /// <summary>Sends an Ethernet frame from a port.</summary>
    /// <returns>When it left the port.</returns>
    /// <exception cref="BedLostException">The port is not what it was when the bed was opened.</exception>
    DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame);

    /// <summary>
    /// Takes the next frame that reached a port up to <paramref name="until"/>, waiting for it.
    /// False only once every port has been drained up to that time: then nothing came.
    /// </summary>
    /// <exception cref="BedLostException">Frames were lost, or a cable is out: silence would prove nothing.</exception>
    bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame);

    /// <summary>Raises or lowers the link of a port, as plugging a cable in or out does: complete when frames pass, or pass no more.</summary>
    IPending SetCarrier(PortId port, bool up);

    /// <summary>
    /// Draws the number of a mobile node that the implementation under test holds no state of.
    /// False if all are in use or in quarantine; then <paramref name="usableFrom"/> says when to ask again.
    /// </summary>
    bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom);

    /// <summary>Gives an identity back; it is drawn again only after <paramref name="usableFrom"/>.</summary>
    void ReturnIdentity(int identity, DateTimeOffset usableFrom);
}

/// <summary>A frame as a bed hands it out.</summary>
/// <param name="At">When it reached the port, on the bed's clock.</param>
public sealed record ReceivedFrame(PortId Port, DateTimeOffset At, ReadOnlyMemory<byte> Bytes);

/// <summary>What the bed knows of the implementation under test.</summary>
public enum IutHealth
{
    Running,
    Crashed,
    Unknown,
}

/// <summary>Makes nodes that are not emulated by the tester act: what a person at the device would do.</summary>
public interface IUpperTester
{
    bool Can(UpperTesterAction action);

    /// <summary>Starts an action; the pump goes on while it is under way.</summary>
    /// <exception cref="NotSupportedException">This upper tester cannot do it; ask <see cref="Can"/> first.</exception>
    IPending Start(UpperTesterAction action);
}

/// <summary>An action of the upper tester that is under way.</summary>
public interface IPending
{
    bool IsComplete { get; }

    /// <summary>What came of it, once complete: <c>ok</c>, a value, or a reason that starts with <c>failed:</c>.</summary>
    string Result { get; }
}

/// <summary>An action that was complete when it was started.</summary>
public sealed record Completed(string Result) : IPending
{
    public static Completed Ok { get; } = new("ok");

    public bool IsComplete => true;
}

/// <summary>What a person at a node does.</summary>
/// <param name="Node">The node's name: MN1.</param>
public abstract record UpperTesterAction(string Node)
{
    /// <summary>Plugs the node's interface into an access link.</summary>
    public sealed record Attach(string Node, string Link) : UpperTesterAction(Node);

    public sealed record Detach(string Node) : UpperTesterAction(Node);

    /// <summary>Switches the interface of a node that is on no link off and on: what it learned of links before is forgotten.</summary>
    public sealed record Restart(string Node) : UpperTesterAction(Node);

    /// <summary>Sends one echo request. The result is the number of replies: 0 or 1.</summary>
    public sealed record Ping(string Node, string Destination, int SequenceNumber) : UpperTesterAction(Node);

    /// <summary>Begins to send to a node, steadily and until <see cref="EndTransfer"/>, what must arrive whole and in order.</summary>
    public sealed record BeginTransfer(string Node, string Destination) : UpperTesterAction(Node);

    /// <summary>Ends the transfer. The result says how much arrived, what was lost on the way and for how long nothing passed.</summary>
    public sealed record EndTransfer(string Node) : UpperTesterAction(Node);

    /// <summary>The result lists the node's global addresses, separated by commas.</summary>
    public sealed record ReadAddresses(string Node) : UpperTesterAction(Node);
}

/// <summary>The upper tester of a bed that has none.</summary>
public sealed class NoUpperTester : IUpperTester
{
    public bool Can(UpperTesterAction action) => false;

    public IPending Start(UpperTesterAction action) =>
        throw new NotSupportedException($"This bed has no upper tester; {action} cannot be done.");
}
