using Conformance.Testing.Octets;
using Conformance.Testing.Protection;

namespace Conformance.Testing.Bed;

/// <summary>A port of the tester: <c>core</c>, <c>home</c>, <c>link1</c>.</summary>
public readonly record struct PortId(string Name)
{
    public override string ToString() => Name;
}

public enum Direction
{
    /// <summary>Sent by the tester.</summary>
    Sent,

    /// <summary>Received by the tester.</summary>
    Received,
}

/// <summary>An Ethernet frame on one of the tester's ports.</summary>
/// <param name="Number">The number of the frame in the scenario's capture, from 1.</param>
/// <param name="At">The time the frame left or reached the port, on the bed's clock.</param>
public sealed record Frame(PortId Port, Direction Direction, int Number, DateTimeOffset At, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The security associations by which its content can be read; null if there are none.</summary>
    public EspAssociations? Associations { get; init; }

    /// <summary>The UDP port of Dual-Stack Mobile IPv6 on the bed.</summary>
    public int DualStackPort { get; init; } = MobilityPort.DualStack;

    /// <summary>True if the other frame has the same octets, port and direction.</summary>
    public bool IsCopyOf(Frame other) => Port == other.Port && Direction == other.Direction && Bytes.Span.SequenceEqual(other.Bytes.Span);
}
