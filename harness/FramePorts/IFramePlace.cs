namespace Conformance.FramePorts;

/// <summary>Interfaces of one network namespace that one driver has opened, and the waiting for what happens on them.</summary>
public interface IFramePlace : IDisposable
{
    /// <summary>Takes an interface from the operating system, as far as the platform permits, and opens it.</summary>
    /// <param name="vlans">
    /// The VLAN identifiers (1-4094) of the frames that matter, null for frames without a tag. A driver may keep back other frames.
    /// </param>
    /// <exception cref="FramePortException">There is no such interface, or this process is not allowed to open it.</exception>
    IFramePort Open(string interfaceName, IReadOnlyCollection<int?> vlans);

    /// <summary>
    /// Waits until an interface has a frame, until a link may have changed, until <see cref="Interrupt"/>, or until the given time. It
    /// may return early, but not late by more than 2 ms.
    /// </summary>
    void Wait(DateTimeOffset until);

    /// <summary>Ends the current waiting and every later one within 50 ms. Any thread may call it, also after the end.</summary>
    void Interrupt();

    /// <summary>Whether the links have to be looked at, because one may have changed since the last call.</summary>
    bool TakeChange();
}
