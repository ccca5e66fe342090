using Pmip.Wire;

namespace Conformance.FramePorts.Pcap;

/// <summary>The links of one place, without frames, by the means of a platform.</summary>
internal interface ILinks : IDisposable
{
    /// <summary>A descriptor that can be read when a link has changed; null if the platform has none.</summary>
    int? Descriptor { get; }

    /// <summary>Whether a change is waiting to be taken.</summary>
    bool HasChange { get; }

    bool TakeChange();

    /// <summary>Takes an interface from the operating system, as far as the platform permits.</summary>
    /// <exception cref="FramePortException">There is no such interface, or this process is not allowed to change it.</exception>
    ILink Take(string interfaceName);
}

/// <summary>An interface and its link. Dispose gives it back as it was, but up or down as it is.</summary>
internal interface ILink : IDisposable
{
    string Name { get; }

    MacAddress Address { get; }

    /// <summary>
    /// Whether frames may come from this machine or its host, without a wire, or the platform does not say. Only then can a checksum be
    /// unfinished.
    /// </summary>
    bool IsVirtual { get; }

    /// <summary>The offloads that are switched off; empty if there was none.</summary>
    string SwitchedOff { get; }

    /// <summary>Why a loss of the link may go unnoticed; null if none does.</summary>
    string? Doubt { get; }

    /// <summary>What is different from an interface that only the tester uses.</summary>
    IReadOnlyList<string> Limits { get; }

    /// <exception cref="FramePortException">The interface is gone, or this process is not allowed to change it.</exception>
    void SetUp(bool up);

    /// <exception cref="FramePortException">The interface is gone.</exception>
    LinkView Read();

    void WaitUntilRunning(DateTimeOffset until);
}
