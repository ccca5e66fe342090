namespace Pmip.Wire;

/// <summary>An ICMPv6 message whose type has no dedicated record.</summary>
/// <param name="Type">Not one of <see cref="Icmpv6Type"/>.</param>
/// <param name="Body">The octets after the checksum.</param>
/// <exception cref="ArgumentException">The type has a dedicated record.</exception>
public sealed record UnknownIcmpv6Message(byte Type, byte Code, OctetString Body) : Icmpv6Message
{
    public override byte Type { get; } = RequireUnknown(Type);

    public override byte Code { get; } = Code;

    private protected override int BodyLength => Body.Length;

    private protected override void WriteBody(Span<byte> body) => Body.Span.CopyTo(body);

    private static byte RequireUnknown(byte type) =>
        Icmpv6Type.IsKnown(type) ? throw new ArgumentException($"ICMPv6 type {type} has a dedicated record.", nameof(type)) : type;
}
