using Conformance.Testing.Bed;

namespace Conformance.Testing.Capture;

/// <summary>The content of a capture file.</summary>
/// <param name="Comment">The comment of the file, which is the scenario's id and title; empty if the file has no comment.</param>
/// <param name="Ports">The interfaces, in the order of the file.</param>
/// <param name="Frames">The packets, numbered from 1 in the order of the file.</param>
/// <param name="Comments">Comments on packets, by packet number.</param>
public sealed record PacketCapture(
    string Comment,
    IReadOnlyList<string> Ports,
    IReadOnlyList<Frame> Frames,
    IReadOnlyDictionary<int, string> Comments
);
