namespace Conformance.FramePorts;

/// <summary>A way to send and receive whole Ethernet frames on the interfaces of this machine.</summary>
public interface IFrameDriver
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>Puts the calling thread ahead of other work on the machine, as far as platform and privileges permit.</summary>
    void RaisePriority();

    /// <summary>The names of the interfaces in the network namespace of the calling thread, without the loopback interface.</summary>
    /// <exception cref="FramePortException">The interfaces cannot be listed.</exception>
    IReadOnlyList<string> ListInterfaces();

    /// <summary>Opens interfaces in the network namespace of the calling thread. They may be used by any one thread afterwards.</summary>
    /// <exception cref="FramePortException">The driver cannot be used on this machine.</exception>
    IFramePlace Enter();
}
