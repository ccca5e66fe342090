using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Simulated;

/// <summary>What comes between an implementation and its links: how deviations and legal variants change what it sends.</summary>
public interface IOutputFilter
{
    /// <summary>Says what leaves instead of a frame, each with the time it is held back.</summary>
    IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame);
}
