namespace Pmip.Wire;

/// <summary>
/// Binding Authorization Data option, RFC 6275, Section 6.2.7. It is the last option and ends the message: alignment 8n+2 with 12
/// octets.
/// </summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///                                 +---------------+---------------+
///                                 |   Type = 5    |    Length     |
/// +-------------------------------+---------------+---------------+
/// |                     Authenticator (12) ...
/// +----------------------------------------------------------------
/// </code></remarks>
/// <param name="Authenticator">
/// The authenticator: 12 octets for a return routability procedure; other procedures may use other lengths, at most 255.
/// </param>
/// <exception cref="ArgumentException">The authenticator is longer.</exception>
public sealed record BindingAuthorizationDataOption(OctetString Authenticator) : MobilityOption
{
    /// <summary>RFC 6275, Section 6.2.7: the first 96 bits of the HMAC.</summary>
    public const int ReturnRoutabilityLength = 12;

    public OctetString Authenticator
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Authenticator);

    public override byte Type => (byte)MobilityOptionType.BindingAuthorizationData;

    public override int DataLength => Authenticator.Length;

    public override (int Multiple, int Offset) Alignment => BindingAuthorizationDataFormat.AlignmentOf(Authenticator.Length);

    public override void WriteData(Span<byte> destination) => Authenticator.Span.CopyTo(destination);

    private static OctetString RequireLength(OctetString authenticator) =>
        authenticator.Length <= MaximumDataLength
            ? authenticator
            : throw new ArgumentException(
                $"An authenticator of {authenticator.Length} octets is longer than {MaximumDataLength}.",
                nameof(authenticator)
            );
}
