using System.Net;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An IPv6 header and its extension headers (RFC 8200, Sections 3 and 4).</summary>
public sealed class Ipv6Layer : IpLayer
{
    public const int HeaderLength = 40;

    private const int MaximumHeaders = 16;

    private readonly List<ExtensionHeaderLayer> _headers = [];
    private readonly Layer? _upper;
    private EspLayer? _esp;

    internal Ipv6Layer(FramePart part, string name, LayerReader reader)
        : base(part.Slice(0, HeaderLength + part.Word(4)), name)
    {
        if (!IsComplete)
        {
            Broken(4, Invariant($"{PayloadLength} octets, but only {Part.Length - HeaderLength} are present"));
        }

        (Protocol, UpperPart) = ReadHeaders(reader);
        _upper =
            ExtensionHeaderLayer.Is(Protocol) && !IsLaterFragment
                ? new PayloadLayer(
                    UpperPart,
                    IpProtocols.Text(Protocol),
                    _headers.Count == MaximumHeaders ? Invariant($"behind {MaximumHeaders} headers: not read") : "cut off"
                )
                : reader.OfProtocol(this, UpperPart);
        Content = _upper;
        foreach (var header in Chain().Reverse())
        {
            (header.Content, Content) = (Content, header);
        }
    }

    public override IPAddress Source => Part.Ipv6Address(8);

    public override IPAddress Destination => Part.Ipv6Address(24);

    public override int TrafficClass => (int)Part.Bits(4, 8);

    public int FlowLabel => (int)Part.Bits(12, 20);

    public int PayloadLength => Part.Word(4);

    public int NextHeader => Part.Octet(6);

    public override int HopLimit => Part.Octet(7);

    public override IReadOnlyList<ExtensionHeaderLayer> Headers => _headers;

    public override int Protocol { get; }

    public override FramePart UpperPart { get; }

    public override Layer? Upper => _upper;

    public override EspLayer? Esp => _esp;

    public override bool IsLaterFragment => _headers.Exists(header => header is { Type: IpProtocols.Fragment, FragmentOffset: > 0 });

    public override bool IsFragment => _headers.Exists(header => header.Type == IpProtocols.Fragment);

    public override bool IsComplete => Part.Length == HeaderLength + PayloadLength;

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(
            Offset,
            HeaderLength,
            Name,
            Invariant($"{Way(AddressNames.Instance)}, next header {IpProtocols.Text(NextHeader)}, ")
                + Invariant($"hop limit {HopLimit}, payload {PayloadLength} octets")
                + (TrafficClass == 0 ? string.Empty : Invariant($", traffic class 0x{TrafficClass:x2}"))
                + (FlowLabel == 0 ? string.Empty : Invariant($", flow label 0x{FlowLabel:x5}"))
        );
        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, 2, "Payload Length", Fault.Reason);
        }
    }

    /// <summary>The layers between this header and the upper layer, in order.</summary>
    private IEnumerable<Layer> Chain() =>
        _esp is { Association: not null } ? _headers.Append<Layer>(_esp).OrderBy(header => header.Offset) : _headers;

    private (int Protocol, FramePart Upper) ReadHeaders(LayerReader reader)
    {
        var (type, rest) = (NextHeader, Part.From(HeaderLength));
        while (_headers.Count < MaximumHeaders && !IsLaterFragment)
        {
            if (type == IpProtocols.Esp && _esp is null && !IsFragment)
            {
                _esp = reader.Esp(this, rest);
                if (_esp?.Protected is not { } opened)
                {
                    break;
                }

                (type, rest) = (_esp.NextHeader, opened);
                continue;
            }

            if (!ExtensionHeaderLayer.Is(type) || ExtensionHeaderLayer.LengthOf(type, rest) is not { } length)
            {
                break;
            }

            var header = new ExtensionHeaderLayer(type, rest.Slice(0, length));
            _headers.Add(header);
            (type, rest) = (header.NextHeader, rest.From(length));
        }

        return (type, rest);
    }
}
