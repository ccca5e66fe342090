using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Conformance.Testing.Bed;

/// <summary>
/// The environment of a scenario: ports on links, a clock and an upper tester. The thread of the scenario drives the bed. In
/// virtual time, events happen only inside <see cref="TryReceive"/>; in real time, they also happen between the calls.
/// </summary>
public interface ITestBed : IDisposable
{
    BedFacts Facts { get; }

    /// <summary>The bed's clock. It never goes backwards.</summary>
    DateTimeOffset Now { get; }

    IutHealth Health { get; }

    /// <summary>How the implementation under test crashed, if the bed can tell; null while it runs.</summary>
    string? Crash { get; }

    IUpperTester UpperTester { get; }

    /// <summary>Sends an Ethernet frame from a port.</summary>
    /// <returns>The time the frame left the port.</returns>
    /// <exception cref="BedLostException">The port has changed since the bed was opened.</exception>
    DateTimeOffset Send(PortId port, ReadOnlyMemory<byte> frame);

    /// <summary>
    /// Takes the next frame that reached a port up to <paramref name="until"/>, and waits for it if necessary. Returns false only
    /// after every port has been drained up to that time, so that false means silence.
    /// </summary>
    /// <exception cref="BedLostException">Frames were lost, or a link is down, so that silence proves nothing.</exception>
    bool TryReceive(DateTimeOffset until, [NotNullWhen(true)] out ReceivedFrame? frame);

    /// <summary>
    /// Raises or lowers the link of a port, like plugging a cable in or out. Completes when frames pass, or no longer pass.
    /// </summary>
    IPending SetCarrier(PortId port, bool up);

    /// <summary>
    /// Draws the number of a mobile node for which the implementation under test holds no state. Returns false if all are in use or
    /// in quarantine; <paramref name="usableFrom"/> then gives the time to try again.
    /// </summary>
    bool TryTakeIdentity(out int identity, out DateTimeOffset usableFrom);

    /// <summary>Returns an identity to the pool. It is not drawn again before <paramref name="usableFrom"/>.</summary>
    void ReturnIdentity(int identity, DateTimeOffset usableFrom);

    /// <summary>
    /// Tells the bed at the end of a scenario that the implementation under test is dead. The bed restarts or replaces it for the scenarios
    /// that follow, or, if it cannot, ends the run. Where every scenario has an implementation of its own, nothing is to be done.
    /// </summary>
    /// <param name="reason">How the implementation died, for the reader.</param>
    void Replace(string reason) { }
}

/// <summary>A frame as the bed delivers it.</summary>
/// <param name="At">The time the frame reached the port, on the bed's clock.</param>
public sealed record ReceivedFrame(PortId Port, DateTimeOffset At, ReadOnlyMemory<byte> Bytes);

/// <summary>The state of the implementation under test, as far as the bed knows.</summary>
public enum IutHealth
{
    Running,
    Crashed,
    Unknown,
}

/// <summary>Controls nodes that the tester does not emulate, in place of a person at the device.</summary>
public interface IUpperTester
{
    bool Can(UpperTesterAction action);

    /// <summary>Starts an action. Frames continue to be processed while the action runs.</summary>
    /// <exception cref="NotSupportedException">This upper tester does not support the action; call <see cref="Can"/> first.</exception>
    IPending Start(UpperTesterAction action);
}

/// <summary>An action of the upper tester that was started.</summary>
public interface IPending
{
    bool IsComplete { get; }

    /// <summary>True while a time limit of its own ends the action, so that the patience of its caller does not count.</summary>
    bool IsLimited => false;

    /// <summary>The outcome, once complete.</summary>
    Outcome Result { get; }
}

/// <summary>An action that completed at once.</summary>
public sealed record Completed(Outcome Result) : IPending
{
    public static Completed Ok { get; } = new(Outcome.Ok);

    public bool IsComplete => true;
}

/// <summary>An action of a person at a node.</summary>
/// <param name="Node">The name of the node, for example MN1.</param>
public abstract record UpperTesterAction(string Node)
{
    /// <summary>Plugs the node's interface into an access link.</summary>
    public sealed record Attach(string Node, PortId Link) : UpperTesterAction(Node);

    public sealed record Detach(string Node) : UpperTesterAction(Node);

    /// <summary>
    /// Switches the interface of a detached node off and on, so that the node discards everything it learned about earlier links.
    /// </summary>
    public sealed record Restart(string Node) : UpperTesterAction(Node);

    /// <summary>Sends one echo request. The outcome is <see cref="Outcome.Replies"/>: 0 or 1.</summary>
    public sealed record Ping(string Node, IPAddress Destination, int SequenceNumber) : UpperTesterAction(Node);

    /// <summary>
    /// Starts one of <see cref="Ixit.Programs"/> on a host: a DHCP client, or a DHCP server that knows the addresses which the LMA assigns.
    /// It runs until <see cref="EndPrograms"/>. The action ends when the program is ready.
    /// </summary>
    public sealed record Run(string Node, string Program) : UpperTesterAction(Node);

    /// <summary>Ends the programs of a host.</summary>
    public sealed record EndPrograms(string Node) : UpperTesterAction(Node);

    /// <summary>Begins a steady transfer to a node until <see cref="EndTransfer"/>. The data must arrive complete and in order.</summary>
    public sealed record BeginTransfer(string Node, IPAddress Destination) : UpperTesterAction(Node);

    /// <summary>Ends the transfer. The outcome is <see cref="Outcome.Transfer"/>, unless data were lost.</summary>
    public sealed record EndTransfer(string Node) : UpperTesterAction(Node);

    /// <summary>Makes a NAT end its bindings: later datagrams of the same sender get another port.</summary>
    public sealed record ForgetBindings(string Node) : UpperTesterAction(Node);

    /// <summary>Tells the management of a device under test something. The outcome is <see cref="Outcome.Ok"/> or a failure.</summary>
    public sealed record Manage(string Node, DeviceCommand Command) : UpperTesterAction(Node);

    /// <summary>The outcome is <see cref="Outcome.Addresses"/>.</summary>
    public sealed record ReadAddresses(string Node) : UpperTesterAction(Node);
}

/// <summary>The upper tester of a bed without an upper tester.</summary>
public sealed class NoUpperTester : IUpperTester
{
    public bool Can(UpperTesterAction action) => false;

    public IPending Start(UpperTesterAction action) =>
        throw new NotSupportedException($"This bed has no upper tester; {action} is not supported.");
}
