using System.Buffers.Binary;

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
    private const int ProtocolOffset = 0;
    private const int AlgorithmOffset = 1;
    private const int ReplayDetectionMethodOffset = 2;
    private const int ReplayDetectionOffset = 3;
    private const int InformationOffset = 11;

    public override byte Code => (byte)DhcpOptionCode.Authentication;

    public override int DataLength => InformationOffset + Information.Length;

    public override void WriteData(Span<byte> destination)
    {
        destination[ProtocolOffset] = Protocol;
        destination[AlgorithmOffset] = Algorithm;
        destination[ReplayDetectionMethodOffset] = ReplayDetectionMethod;
        BinaryPrimitives.WriteUInt64BigEndian(destination[ReplayDetectionOffset..], ReplayDetection);
        Information.Span.CopyTo(destination[InformationOffset..]);
    }

    internal static DhcpAuthenticationOption? ReadData(ReadOnlySpan<byte> data, out WireError? error) =>
        HasLengthFrom(data, InformationOffset, out error)
            ? new DhcpAuthenticationOption(
                data[ProtocolOffset],
                data[AlgorithmOffset],
                data[ReplayDetectionMethodOffset],
                BinaryPrimitives.ReadUInt64BigEndian(data[ReplayDetectionOffset..]),
                new OctetString(data[InformationOffset..])
            )
            : null;
}
