namespace Conformance.FramePorts;

/// <summary>An interface that cannot be opened or used.</summary>
public sealed class FramePortException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>True if there is no such interface any more.</summary>
    public bool IsGone { get; init; }
}
