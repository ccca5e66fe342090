namespace Conformance.Testing.Octets.Fields;

/// <summary>
/// Decodes every field of a frame for readers who look for a fault in it. No verdict depends on it, and it does not throw.
/// </summary>
public static class FrameFields
{
    /// <param name="frame">The frame, from the Ethernet header on.</param>
    public static IReadOnlyList<DecodedField> Of(ReadOnlyMemory<byte> frame)
    {
        var reader = new FieldReader(frame);
        foreach (var layer in PacketStack.Of(frame).Layers)
        {
            layer.Fields(reader);
        }

        return reader.Fields;
    }
}
