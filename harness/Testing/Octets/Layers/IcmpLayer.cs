using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>The body of an echo request or echo reply.</summary>
public sealed record IcmpEcho(int Identifier, int SequenceNumber, ReadOnlyMemory<byte> Data);

/// <summary>An ICMP message of either family: Type, Code, Checksum, and a body that depends on the type.</summary>
public abstract class IcmpLayer(FramePart part) : Layer(part)
{
    public const int MinimumLength = 4;

    /// <summary>The offset of the quoted packet in an error, and of the data in an echo message.</summary>
    protected const int BodyOffset = 8;

    public int Type => Part.Octet(0);

    public int Code => Part.Octet(1);

    /// <summary>The name of the message: <c>Echo Request</c>.</summary>
    public abstract string Message { get; }

    public abstract bool IsError { get; }

    public abstract bool IsEcho { get; }

    /// <summary>True if the checksum is correct; null if it cannot be verified.</summary>
    public abstract bool? HasRightChecksum { get; }

    /// <summary>The body of an echo message; null for other messages and if it is too short.</summary>
    public IcmpEcho? Echo =>
        IsEcho && Part.Length >= BodyOffset ? new IcmpEcho(Part.Word(4), Part.Word(6), Part.From(BodyOffset).Octets) : null;

    /// <summary>The MTU that an error or a Router Advertisement states; null for other messages and if it is too short.</summary>
    public abstract uint? Mtu { get; }

    /// <summary>The packet that an error quotes, as far as it is quoted; null if it quotes none.</summary>
    public IpLayer? Quoted { get; protected init; }

    private protected override LayerWords Describe(INodeNames names)
    {
        var head =
            Echo is { } echo ? Invariant($"{Message} seq {echo.SequenceNumber}")
            : !IsError ? Message
            : Mtu is { } mtu ? Invariant($"{Message}, MTU {mtu}")
            : Invariant($"{Message}, code {Code}{PointerWords}");

        // An error need not quote the whole packet, so the details of the quoted packet are left out.
        return new LayerWords(
            head,
            [
                .. Quoted is null ? [] : (string[])[$"about {Quoted.Words(names).Head}", Quoted.Way(names)],
                .. HasRightChecksum == false ? (string[])["wrong checksum"] : [],
            ]
        );
    }

    /// <summary><c>, pointer 41</c>; empty if the message has no pointer.</summary>
    private protected virtual string PointerWords => string.Empty;

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(Offset, 2, Name, Invariant($"type {Type} {Message}, code {Code}"));
        reader.Checksum(Offset + 2, Part.Word(2), HasRightChecksum);
        if (IsEcho)
        {
            reader.Field(Offset + 4, 2, "Identifier", Invariant($"{Part.Word(4)}"));
            reader.Field(Offset + 6, 2, "Sequence Number", Invariant($"{Part.Word(6)}"));
            new PayloadLayer(Part.From(BodyOffset), "Data").Fields(reader);
        }
        else
        {
            Body(reader);
        }

        foreach (var layer in Quoted?.Inwards() ?? [])
        {
            layer.Fields(reader);
        }
    }

    /// <summary>Adds the fields of the body of a message that is not an echo message.</summary>
    private protected abstract void Body(FieldReader reader);
}
