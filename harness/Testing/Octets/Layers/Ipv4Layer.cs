using System.Net;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An IPv4 header (RFC 791, Section 3.1).</summary>
public sealed class Ipv4Layer : IpLayer
{
    public const int MinimumLength = 20;

    private const int ProtocolOffset = 9;
    private const int EndOfOptions = 0;
    private const int NoOperation = 1;

    private readonly Layer? _upper;
    private readonly EspLayer? _esp;

    internal Ipv4Layer(FramePart part, string name, LayerReader reader)
        : base(part.Slice(0, Math.Max((int)part.Word(2), MinimumLength)), name)
    {
        (Protocol, UpperPart) = (Part.Octet(ProtocolOffset), Part.From(HeaderLength));
        if (HeaderLength < MinimumLength || HeaderLength > Part.Length)
        {
            Broken(0, Invariant($"a header of {HeaderLength} octets, of {Part.Length}"));
            return;
        }

        if (!IsComplete)
        {
            Broken(2, Invariant($"{TotalLength} octets, but {Part.Length} are present"));
        }

        if (Protocol == IpProtocols.Esp && !IsFragment)
        {
            _esp = reader.Esp(this, UpperPart);
        }

        if (_esp is { Protected: { } opened })
        {
            (Protocol, UpperPart) = (_esp.NextHeader, opened);
            _upper = reader.OfProtocol(this, opened);
            (_esp.Content, Content) = (_upper, _esp);
            return;
        }

        _upper = reader.OfProtocol(this, UpperPart);
        Content = _upper;
    }

    /// <summary>The length of the header with its options in octets, as the header states it.</summary>
    public int HeaderLength => (Part.Octet(0) & 0xf) * 4;

    public override int TrafficClass => Part.Octet(1);

    /// <summary>The length of the packet in octets, as the header states it.</summary>
    public int TotalLength => Part.Word(2);

    public int Identification => Part.Word(4);

    public bool DontFragment => (Part.Octet(6) & 0x40) != 0;

    public bool HasMoreFragments => (Part.Octet(6) & 0x20) != 0;

    /// <summary>The offset of a fragment in octets.</summary>
    public int FragmentOffset => (Part.Word(6) & 0x1fff) * 8;

    public override int HopLimit => Part.Octet(8);

    /// <summary>The protocol behind the header, and in ESP if that could be opened.</summary>
    public override int Protocol { get; }

    public bool HasRightHeaderChecksum => Checksums.IsRight(Part.Slice(0, HeaderLength).Span);

    public override IPAddress Source => Part.Ipv4Address(12);

    public override IPAddress Destination => Part.Ipv4Address(16);

    public override FramePart UpperPart { get; }

    public override Layer? Upper => _upper;

    public override EspLayer? Esp => _esp;

    public override bool IsLaterFragment => FragmentOffset > 0;

    public override bool IsFragment => FragmentOffset > 0 || HasMoreFragments;

    public override bool IsComplete => Part.Length == TotalLength;

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(
            Offset,
            MinimumLength,
            Name,
            Invariant(
                $"{Way(AddressNames.Instance)}, protocol {IpProtocols.Text(Protocol)}, TTL {HopLimit}, total length {TotalLength} octets"
            )
                + (TrafficClass == 0 ? string.Empty : Invariant($", type of service 0x{TrafficClass:x2}"))
                + (DontFragment ? ", don't fragment" : string.Empty)
                + (IsFragment ? Invariant($", fragment at {FragmentOffset}, identification 0x{Identification:x4}") : string.Empty)
        );
        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, 2, Fault.Offset == Offset ? "Header Length" : "Total Length", Fault.Reason);
        }

        if (HasRightHeaderChecksum)
        {
            reader.Field(Offset + 10, 2, "Header Checksum", Invariant($"0x{Part.Word(10):x4}, correct"));
        }
        else
        {
            reader.Fault(Offset + 10, 2, "Header Checksum", Invariant($"0x{Part.Word(10):x4}, wrong"));
        }

        Options(reader);
    }

    private void Options(FieldReader reader)
    {
        var end = Math.Min(HeaderLength, Part.Length);
        var at = MinimumLength;
        while (at < end)
        {
            var type = Part.Octet(at);
            var length = type is EndOfOptions or NoOperation ? 1 : Part.Octet(at + 1);
            if (length == 0 || (length == 1 && type > NoOperation) || at + length > end)
            {
                reader.Fault(Offset + at, end - at, Invariant($"Option {type}"), "runs past the end of the header");
                return;
            }

            reader.Field(Offset + at, length, Invariant($"Option {type}"), Invariant($"{length} octets"));
            at += length;
        }
    }
}
