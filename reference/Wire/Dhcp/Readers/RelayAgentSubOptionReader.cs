using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>
/// One sub-option of a Relay Agent Information option in place, RFC 3046, Section 2. Its format has been checked.
/// </summary>
/// <remarks>
/// A member named after a sub-option reads its value. It throws an <see cref="InvalidOperationException"/> if <see cref="Code"/> is that of
/// another sub-option.
/// </remarks>
public readonly ref struct RelayAgentSubOptionReader
{
    private readonly ReadOnlySpan<byte> _subOption;

    private RelayAgentSubOptionReader(ReadOnlySpan<byte> subOption) => _subOption = subOption;

    /// <summary>See <see cref="RelayAgentSubOptionCode"/>.</summary>
    public byte Code => _subOption[0];

    /// <summary>The octets after code and length.</summary>
    public ReadOnlySpan<byte> Data => _subOption[RelayAgentSubOption.HeaderLength..];

    /// <summary>The identifier.</summary>
    public ReadOnlySpan<byte> CircuitId => DataOf(RelayAgentSubOptionCode.CircuitId);

    /// <summary>The identifier.</summary>
    public ReadOnlySpan<byte> RemoteId => DataOf(RelayAgentSubOptionCode.RemoteId);

    /// <summary>The four octets of the address.</summary>
    public ReadOnlySpan<byte> LinkSelection => DataOf(RelayAgentSubOptionCode.LinkSelection);

    /// <summary>The U flag: the relay agent received the client's message by unicast.</summary>
    public bool IsUnicast => RelayAgentFlagsFormat.Read(DataOf(RelayAgentSubOptionCode.Flags));

    /// <summary>The four octets of the address.</summary>
    public ReadOnlySpan<byte> ServerIdentifierOverride => DataOf(RelayAgentSubOptionCode.ServerIdentifierOverride);

    /// <summary>The record of the sub-option.</summary>
    internal RelayAgentSubOption ToRecord() =>
        (RelayAgentSubOptionCode)Code switch
        {
            RelayAgentSubOptionCode.CircuitId => new CircuitIdSubOption(new OctetString(CircuitId)),
            RelayAgentSubOptionCode.RemoteId => new RemoteIdSubOption(new OctetString(RemoteId)),
            RelayAgentSubOptionCode.LinkSelection => new LinkSelectionSubOption(Ipv4Octets.Read(LinkSelection)),
            RelayAgentSubOptionCode.Flags => new RelayAgentFlagsSubOption(IsUnicast),
            RelayAgentSubOptionCode.ServerIdentifierOverride => new ServerIdentifierOverrideSubOption(
                Ipv4Octets.Read(ServerIdentifierOverride)
            ),
            _ => new UnknownRelayAgentSubOption(Code, new OctetString(Data)),
        };

    /// <summary>Reads the sub-option that <paramref name="rest"/> begins with.</summary>
    /// <param name="length">The length of the sub-option in octets.</param>
    /// <param name="error"><c>SubOptionTruncated</c>, or <c>SubOptionLength</c>.</param>
    internal static bool TryRead(
        ReadOnlySpan<byte> rest,
        out RelayAgentSubOptionReader subOption,
        out int length,
        [NotNullWhen(false)] out WireError? error
    )
    {
        subOption = default;
        length = 0;
        if (rest.Length < RelayAgentSubOption.HeaderLength)
        {
            error = new WireError(0, "SubOptionTruncated", $"{rest.Length} octets, too few for code and length");
            return false;
        }

        length = RelayAgentSubOption.HeaderLength + rest[1];
        if (rest.Length < length)
        {
            error = new WireError(0, "SubOptionTruncated", $"{length} octets announced, {rest.Length} present");
            return false;
        }

        subOption = new RelayAgentSubOptionReader(rest[..length]);
        error = subOption.Check();
        return error is null;
    }

    private WireError? Check() =>
        (RelayAgentSubOptionCode)Code switch
        {
            RelayAgentSubOptionCode.LinkSelection or RelayAgentSubOptionCode.ServerIdentifierOverride => CheckLength(Ipv4Octets.Length),
            RelayAgentSubOptionCode.Flags => CheckLength(RelayAgentFlagsFormat.Length),
            _ => null,
        };

    private WireError? CheckLength(int length) => Data.Length == length ? null : OtherLength(Data.Length, length);

    private static WireError OtherLength(int length, int expected) => new(0, "SubOptionLength", $"length {length}, expected {expected}");

    private ReadOnlySpan<byte> DataOf(RelayAgentSubOptionCode code) => Code == (byte)code ? Data : throw OtherCode(code);

    private InvalidOperationException OtherCode(RelayAgentSubOptionCode code) => new($"Sub-option {Code} is not {code}.");
}
