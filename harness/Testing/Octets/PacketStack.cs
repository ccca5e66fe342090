using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Protection;

namespace Conformance.Testing.Octets;

/// <summary>
/// A frame as its layers from the outermost to the innermost, read by the tester's own code. Verdicts are based on this class and
/// not on the values of the shared codec, so that a fault in that codec cannot hide the same fault in an implementation. Malformed
/// input does not throw: what is readable before a fault is kept, and <see cref="Fault"/> says where and why reading stopped.
/// </summary>
/// <remarks>Fragments are not reassembled: the content of a fragment that is not the first is payload.</remarks>
public sealed class PacketStack
{
    private PacketStack(ReadOnlyMemory<byte> frame, EspAssociations? associations, int dualStackPort)
    {
        Frame = frame;
        Outermost = new LayerReader(associations, dualStackPort).Ethernet(new FramePart(frame, Offset: 0));
    }

    public ReadOnlyMemory<byte> Frame { get; }

    public Layer Outermost { get; }

    /// <summary>
    /// All layers. The packet that an ICMP error quotes is not one of them: see <see cref="IcmpLayer.Quoted"/>.
    /// </summary>
    public IEnumerable<Layer> Layers => Outermost.Inwards();

    public Layer Innermost => Layers.Last();

    /// <summary>The outermost fault; null if the frame could be read to its end.</summary>
    public LayerFault? Fault => Layers.Select(layer => layer.Fault).FirstOrDefault(fault => fault is not null);

    /// <summary>The Ethernet header; null if the frame ends inside it.</summary>
    public EthernetLayer? Ethernet => Outermost as EthernetLayer;

    /// <summary>The outermost IP header; null if there is none.</summary>
    public IpLayer? Ip => Layers.OfType<IpLayer>().FirstOrDefault();

    /// <summary>The frame in one line; the link-layer header is left out.</summary>
    public LayerWords Words(INodeNames names) => (Ip ?? Innermost).Words(names);

    /// <summary>Every field of the frame, for readers who look for a fault in it. No verdict depends on it.</summary>
    public IReadOnlyList<DecodedField> Fields()
    {
        var reader = new FieldReader(Frame);
        foreach (var layer in Layers)
        {
            layer.Fields(reader);
        }

        return reader.Fields;
    }

    /// <param name="frame">The frame, from the Ethernet header on.</param>
    /// <param name="associations">The security associations by which ESP packets can be read; null if there are none.</param>
    /// <param name="dualStackPort">The port of <see cref="MobilityPort.DualStack"/>, if it is another one.</param>
    public static PacketStack Of(
        ReadOnlyMemory<byte> frame,
        EspAssociations? associations = null,
        int dualStackPort = MobilityPort.DualStack
    ) => new(frame, associations, dualStackPort);
}
