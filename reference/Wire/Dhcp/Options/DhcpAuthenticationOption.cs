namespace Pmip.Wire;

/// <summary>Authentication option, RFC 3118, Section 2.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |   Code = 90   |    Length     |   Protocol    |   Algorithm   |
/// +---------------+---------------+---------------+---------------+
/// |      RDM      |             Replay Detection (8)              |
/// +---------------+                                               +
/// |                                                               |
/// +               +-----------------------------------------------+
/// |               |          Authentication Information ...
/// +---------------+------------------------------------------------
/// </code></remarks>
/// <param name="ReplayDetectionMethod">RDM; 0 for a monotonically increasing counter.</param>
/// <param name="Information">The authentication information; its contents depend on protocol and algorithm. May be empty.</param>
public sealed record DhcpAuthenticationOption(
    byte Protocol,
    byte Algorithm,
    byte ReplayDetectionMethod,
    ulong ReplayDetection,
    OctetString Information
) : DhcpOption
{
    public override byte Code => (byte)DhcpOptionCode.Authentication;

    public override int DataLength => DhcpAuthenticationData.InformationOffset + Information.Length;

    public override void WriteData(Span<byte> destination) =>
        DhcpAuthenticationData.Write(destination, Protocol, Algorithm, ReplayDetectionMethod, ReplayDetection, Information.Span);
}
