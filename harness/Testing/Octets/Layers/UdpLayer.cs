using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>A UDP datagram (RFC 768).</summary>
public sealed class UdpLayer : Layer
{
    public const int HeaderLength = 8;
    public const int MulticastDns = 5353;

    private readonly IpLayer _ip;

    internal UdpLayer(FramePart part, IpLayer ip, LayerReader reader)
        : base(part)
    {
        _ip = ip;
        if (Length < HeaderLength || (Length != part.Length && ip.IsComplete && !ip.IsFragment))
        {
            Broken(4, Invariant($"length {Length}, but {part.Length} octets are present"));
        }

        Content = reader.OfPorts(SourcePort, DestinationPort, part.Slice(HeaderLength, Math.Max(0, Length - HeaderLength)));
    }

    public override string Name => "UDP";

    public int SourcePort => Part.Word(0);

    public int DestinationPort => Part.Word(2);

    /// <summary>The length of the datagram in octets, as the header states it.</summary>
    public int Length => Part.Word(4);

    /// <summary>True if the checksum is correct; null if there is none (over IPv4), or if it cannot be verified.</summary>
    public bool? HasRightChecksum => Part.Word(6) == 0 && _ip is Ipv4Layer ? null : _ip.HasRightChecksum;

    private protected override LayerWords Describe(INodeNames names) =>
        (
            Content is DhcpLayer or Dhcpv6Layer or IkeLayer ? Content.Words(names)
            : DestinationPort == MulticastDns ? new LayerWords("Multicast DNS")
            : new LayerWords(Invariant($"UDP {SourcePort} → {DestinationPort}"), Invariant($"{Part.Length - HeaderLength} octets"))
        ).And(HasRightChecksum == false ? ["wrong checksum"] : []);

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(Offset, 6, Name, Invariant($"port {SourcePort} → {DestinationPort}, length {Length}"));
        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, 2, "Length", Fault.Reason);
        }

        reader.Checksum(Offset + 6, Part.Word(6), HasRightChecksum);
    }
}
