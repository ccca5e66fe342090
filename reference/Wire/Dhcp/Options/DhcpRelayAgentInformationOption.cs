namespace Pmip.Wire;

/// <summary>Relay Agent Information option, RFC 3046, Section 2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Code = 82   |    Length     |         Sub-options ...
/// +---------------+---------------+--------------------------------
/// </code></remarks>
/// <param name="SubOptions">One or more.</param>
/// <exception cref="ArgumentException">The list is empty.</exception>
public sealed record DhcpRelayAgentInformationOption(RelayAgentSubOptionList SubOptions) : DhcpOption
{
    public RelayAgentSubOptionList SubOptions
    {
        get;
        init => field = RequireAny(value);
    } = RequireAny(SubOptions);

    public override byte Code => (byte)DhcpOptionCode.RelayAgentInformation;

    public override int DataLength => SubOptions.Length;

    public override void WriteData(Span<byte> destination) => SubOptions.Write(destination);

    private static RelayAgentSubOptionList RequireAny(RelayAgentSubOptionList subOptions)
    {
        ArgumentNullException.ThrowIfNull(subOptions);
        return subOptions.Count > 0 ? subOptions : throw new ArgumentException("The list has no sub-option.", nameof(subOptions));
    }
}
