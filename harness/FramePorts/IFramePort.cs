using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Conformance.FramePorts;

/// <summary>
/// An open interface. It receives every frame that reaches the interface, whatever its destination, and none that leaves by it, in the
/// order in which the kernel got them.
/// </summary>
public interface IFramePort : IDisposable
{
    string InterfaceName { get; }

    /// <summary>The interface's own link-layer address.</summary>
    MacAddress Address { get; }

    /// <summary>The offloads that are switched off while the port is open; empty if there was none.</summary>
    string SwitchedOff { get; }

    /// <summary>What the driver can promise on this interface, for people.</summary>
    IReadOnlyList<string> Promises { get; }

    /// <summary>Why it proves nothing that no frame came; null if it proves that none was there.</summary>
    string? Doubt { get; }

    /// <summary>Takes the interface up or down, without waiting for its link.</summary>
    /// <exception cref="FramePortException">The interface is gone, or this process is not allowed to change it.</exception>
    void SetUp(bool up);

    /// <exception cref="FramePortException">The interface is gone.</exception>
    LinkView ReadLink();

    /// <summary>Waits until frames can pass, or until the given time.</summary>
    void WaitUntilRunning(DateTimeOffset until);

    /// <summary>Sends a frame without its frame check sequence; waits for buffer space.</summary>
    /// <exception cref="FramePortException">The interface is down or gone, or the frame is too long for it.</exception>
    void Send(ReadOnlySpan<byte> frame);

    /// <summary>
    /// Takes the oldest frame without waiting. False if there is none, while the interface is down, and once after it was.
    /// </summary>
    /// <exception cref="FramePortException">A frame was longer than the interface permits.</exception>
    bool TryReceive([NotNullWhen(true)] out PortFrame? frame);

    /// <summary>
    /// The number of frames since the port was opened that were lost because nobody took them in time. Each call asks the kernel.
    /// </summary>
    long ReadDropped();
}

/// <summary>A frame that reached an interface.</summary>
/// <param name="Bytes">The whole frame without its frame check sequence, with its VLAN tag.</param>
/// <param name="At">The time at which the kernel took the frame from the interface, by <see cref="FrameClock"/>.</param>
/// <param name="IsUnfinished">
/// The sending interface, which is a virtual one, left the transport checksum to a device that did not complete it.
/// </param>
public sealed record PortFrame(ReadOnlyMemory<byte> Bytes, DateTimeOffset At, bool IsUnfinished);

/// <summary>The state of an interface and its link.</summary>
/// <param name="IsUp">The interface is taken up.</param>
/// <param name="HasCarrier">The other end of the cable is there.</param>
/// <param name="IsRunning">Frames pass.</param>
/// <param name="CarrierLosses">How often the link was lost, counted from any number.</param>
/// <param name="Mtu">The longest packet in a frame, in octets.</param>
public readonly record struct LinkView(bool IsUp, bool HasCarrier, bool IsRunning, long CarrierLosses, int Mtu);
