namespace Pmip.Wire;

/// <summary>An ICMP message for IPv4 of a type that has no record of its own here.</summary>
/// <param name="Type">Not one of <see cref="Icmpv4Type"/>.</param>
/// <param name="Body">Everything behind the checksum.</param>
/// <exception cref="ArgumentException">The type is known.</exception>
public sealed record UnknownIcmpv4Message(byte Type, byte Code, OctetString Body) : Icmpv4Message
{
    public override byte Type { get; } = RequireUnknown(Type);

    public override byte Code { get; } = Code;

    private protected override int BodyLength => Body.Length;

    private protected override void WriteBody(Span<byte> body) => Body.Span.CopyTo(body);

    private static byte RequireUnknown(byte type) =>
        Icmpv4Type.IsKnown(type) ? throw new ArgumentException($"ICMP type {type} has a record of its own.", nameof(type)) : type;
}
