using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Simulated;

/// <summary>A filter between an implementation and its links, by which deviations and legal variants change the frames sent.</summary>
public interface IOutputFilter
{
    /// <summary>Returns the frames to send instead of a frame, each with its delay.</summary>
    IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame);
}
