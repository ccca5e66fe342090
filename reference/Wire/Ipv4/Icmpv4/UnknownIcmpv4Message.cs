namespace Pmip.Wire;

/// <summary>An ICMP message for IPv4 whose type has no dedicated record.</summary>
/// <param name="Type">Not one of <see cref="Icmpv4Type"/>.</param>
/// <param name="Body">The octets after the checksum.</param>
/// <exception cref="ArgumentException">The type has a dedicated record.</exception>
public sealed record UnknownIcmpv4Message(byte Type, byte Code, OctetString Body) : Icmpv4Message
{
    public override byte Type { get; } = RequireUnknown(Type);

    public override byte Code { get; } = Code;

    private protected override int BodyLength => Body.Length;

    private protected override void WriteBody(Span<byte> body) => Body.Span.CopyTo(body);

    private static byte RequireUnknown(byte type) =>
        Icmpv4Type.IsKnown(type) ? throw new ArgumentException($"ICMP type {type} has a dedicated record.", nameof(type)) : type;
}
