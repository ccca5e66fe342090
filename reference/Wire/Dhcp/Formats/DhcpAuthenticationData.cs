using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>The data of an Authentication option in place, RFC 3118, Section 2.</summary>
public readonly ref struct DhcpAuthenticationData
{
    private const int ProtocolOffset = 0;
    private const int AlgorithmOffset = 1;
    private const int ReplayDetectionMethodOffset = 2;
    private const int ReplayDetectionOffset = 3;

    internal const int InformationOffset = 11;

    private readonly ReadOnlySpan<byte> _data;

    internal DhcpAuthenticationData(ReadOnlySpan<byte> data) => _data = data;

    public byte Protocol => _data[ProtocolOffset];

    public byte Algorithm => _data[AlgorithmOffset];

    /// <summary>RDM; 0 for a monotonically increasing counter.</summary>
    public byte ReplayDetectionMethod => _data[ReplayDetectionMethodOffset];

    public ulong ReplayDetection => BinaryPrimitives.ReadUInt64BigEndian(_data[ReplayDetectionOffset..]);

    /// <summary>The authentication information, up to the end of the option.</summary>
    public ReadOnlySpan<byte> Information => _data[InformationOffset..];

    internal static WireError? Check(ReadOnlySpan<byte> data) => OptionLength.CheckFrom(data, InformationOffset);

    internal static void Write(
        Span<byte> data,
        byte protocol,
        byte algorithm,
        byte replayDetectionMethod,
        ulong replayDetection,
        ReadOnlySpan<byte> information
    )
    {
        data[ProtocolOffset] = protocol;
        data[AlgorithmOffset] = algorithm;
        data[ReplayDetectionMethodOffset] = replayDetectionMethod;
        BinaryPrimitives.WriteUInt64BigEndian(data[ReplayDetectionOffset..], replayDetection);
        information.CopyTo(data[InformationOffset..]);
    }
}
