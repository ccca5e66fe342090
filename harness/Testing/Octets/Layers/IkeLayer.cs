using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>The header of an IKEv2 message (RFC 4306, Section 3.1). Its payloads are not read.</summary>
/// <remarks>
/// <c>initiator's SPI (8) | responder's SPI (8) | Next Payload (1) | version (1) | Exchange Type (1) | flags (1) | Message ID (4) |
/// Length (4)</c>
/// </remarks>
public sealed class IkeLayer : Layer
{
    public const int Port = 500;
    public const int HeaderLength = 28;

    private const int Version2 = 2;
    private const int InitialExchange = 34;
    private const int ResponseFlag = 0x20;

    internal IkeLayer(FramePart part)
        : base(part) => Content = part.Length > HeaderLength ? new PayloadLayer(part.From(HeaderLength), "IKE payloads") : null;

    public override string Name => "IKE";

    public int MajorVersion => Part.Octet(17) >> 4;

    public int ExchangeType => Part.Octet(18);

    /// <summary>True for the request by which a node opens IKEv2 with its peer, which has no SPI yet.</summary>
    public bool IsInitialRequest =>
        MajorVersion == Version2
        && ExchangeType == InitialExchange
        && (Part.Octet(19) & ResponseFlag) == 0
        && Part.Number(0, 8) != 0
        && Part.Number(8, 8) == 0;

    private protected override LayerWords Describe(INodeNames names) =>
        new(Invariant($"IKEv{MajorVersion} {(ExchangeType == InitialExchange ? "IKE_SA_INIT" : $"exchange {ExchangeType}")}"));

    internal override void Fields(FieldReader reader) =>
        reader.Layer(Offset, HeaderLength, Name, Invariant($"version {MajorVersion}, exchange type {ExchangeType}"));
}
