using Conformance.Testing.Octets.Fields;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An ICMPv4 message (RFC 792; RFC 1191, Section 4; RFC 1256).</summary>
public sealed class Icmpv4Layer : IcmpLayer
{
    public const int EchoReply = 0;
    public const int DestinationUnreachable = 3;
    public const int EchoRequest = 8;
    public const int TimeExceeded = 11;

    private const int FragmentationNeeded = 4;

    internal Icmpv4Layer(FramePart part, LayerReader reader)
        : base(part) => Quoted = IsError ? reader.Quoted(part.From(BodyOffset)) : null;

    public override string Name => "ICMPv4";

    public override string Message =>
        Type switch
        {
            EchoReply => "Echo Reply",
            DestinationUnreachable => "Destination Unreachable",
            4 => "Source Quench",
            5 => "Redirect",
            EchoRequest => "Echo Request",
            9 => "Router Advertisement",
            10 => "Router Solicitation",
            TimeExceeded => "Time Exceeded",
            12 => "Parameter Problem",
            _ => Invariant($"ICMPv4 type {Type}"),
        };

    public override bool IsError => Type is 3 or 4 or 5 or 11 or 12;

    public override bool IsEcho => Type is EchoRequest or EchoReply;

    public override bool? HasRightChecksum => Checksums.IsRight(Part.Span);

    public override uint? Mtu =>
        (Type, Code) is (DestinationUnreachable, FragmentationNeeded) && Part.Length >= BodyOffset ? Part.Word(6) : null;

    private protected override void Body(FieldReader reader)
    {
        if (Mtu is { } mtu)
        {
            reader.Field(Offset + 6, 2, "Next-Hop MTU", Invariant($"{mtu}"));
        }
        else if (!IsError)
        {
            new PayloadLayer(Part.From(MinimumLength), "Message").Fields(reader);
        }
    }
}
