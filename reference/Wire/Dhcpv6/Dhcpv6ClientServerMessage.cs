using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>A message between client and server, RFC 8415, Section 8. A message of an unknown type is read in the same format.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+-----------------------------------------------+
/// |   msg-type    |                transaction-id                 |
/// +---------------+-----------------------------------------------+
/// |                           options ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Type">Neither Relay-forward nor Relay-reply.</param>
/// <param name="TransactionId">24 bits.</param>
/// <param name="Options">The options, without a <see cref="Dhcpv6IaAddressOption"/>.</param>
/// <exception cref="ArgumentException">
/// The type is that of a relay agent message, the transaction identifier is too large, or an option is not allowed here.
/// </exception>
public sealed record Dhcpv6ClientServerMessage(Dhcpv6MessageType Type, uint TransactionId, Dhcpv6OptionList Options) : Dhcpv6Message
{
    internal const int OptionsOffset = 4;

    private const uint MaximumTransactionId = 0xffffff;

    public override Dhcpv6MessageType Type { get; } = RequireType(Type);

    public uint TransactionId
    {
        get;
        init => field = RequireRange(value);
    } = RequireRange(TransactionId);

    public override Dhcpv6OptionList Options
    {
        get;
        init => field = value.RequireIn(Dhcpv6OptionPlace.Message);
    } = Options.RequireIn(Dhcpv6OptionPlace.Message);

    private protected override int FixedLength => OptionsOffset;

    internal static Dhcpv6ClientServerMessage Read(ReadOnlySpan<byte> bytes, Dhcpv6OptionList options) =>
        new((Dhcpv6MessageType)bytes[TypeOffset], BinaryPrimitives.ReadUInt32BigEndian(bytes) & MaximumTransactionId, options);

    private protected override void WriteFixed(Span<byte> message) =>
        BinaryPrimitives.WriteUInt32BigEndian(message, ((uint)Type << 24) | TransactionId);

    private static Dhcpv6MessageType RequireType(Dhcpv6MessageType type) =>
        IsRelayed(type) ? throw new ArgumentException($"{type} is a relay agent message.", nameof(type)) : type;

    private static uint RequireRange(uint transactionId)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transactionId, MaximumTransactionId);
        return transactionId;
    }
}
