using System.Xml.Linq;
using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Wire.EspSamples;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// tshark opens with the same keys the packets that the transforms seal. tshark does not support extended sequence numbers; this test
/// therefore omits them.
/// </summary>
public sealed class EspTsharkAgreementTests
{
    private const uint GcmIndex = 0x10000001;
    private const uint CbcIndex = 0x10000002;
    private const uint NullIndex = 0x10000003;

    private static readonly IReadOnlyList<EspTshark.Association> _associations =
    [
        new(GcmIndex, "AES-GCM with 16 octet ICV [RFC4106]", new OctetString([.. Gcm.Key.Span, .. Gcm.Salt.Span]), "NULL", default),
        new(CbcIndex, "AES-CBC [RFC3602]", Cbc.EncryptionKey, "HMAC-SHA-256-128 [RFC4868]", IntegrityKey),
        new(NullIndex, "NULL", default, "HMAC-SHA-256-128 [RFC4868]", IntegrityKey),
    ];

    /// <summary>One run of tshark for all tests, because tshark needs most of a second to start.</summary>
    private static readonly Lazy<Dictionary<(uint Index, EspPacket Packet), XElement>> _dissected = new(DissectAll);

    [Fact]
    public void AesGcm_IsOpened() => ExpectOpened(GcmIndex, Gcm);

    [Fact]
    public void AesCbcWithHmacSha256_IsOpened() => ExpectOpened(CbcIndex, Cbc);

    [Fact]
    public void NullWithHmacSha256_IsOpened() => ExpectOpened(NullIndex, Null);

    private static void ExpectOpened(uint index, EspTransform transform)
    {
        var transport = _dissected.Value[(index, InTransport)];
        ExpectTrailer(transport, index, transform, InTransport);
        Expect(transport, "mip6.bu.seqnr", SampleMessages.Update.SequenceNumber.ToString());
        Expect(transport, "mip6.mnid.identifier", SampleMessages.Update.Options.First<MobileNodeIdentifierOption>()!.Nai);

        var tunnelled = _dissected.Value[(index, InTunnel)];
        ExpectTrailer(tunnelled, index, transform, InTunnel);
        Shows(tunnelled, "ipv6.src").Should().Equal(SampleMessages.Gateway.ToString(), Inner.Source.ToString());
        Expect(tunnelled, "icmpv6.echo.sequence_number", "7");
    }

    private static void ExpectTrailer(XElement dissected, uint index, EspTransform transform, EspPacket packet)
    {
        var block = transform is AesCbcHmacSha256EspTransform ? 16 : 4;
        var padLength = (block - (packet.Payload.Length + 2) % block) % block;
        Expect(dissected, "esp.spi", $"0x{index:x8}");
        Expect(dissected, "esp.sequence", "7");
        Expect(dissected, "esp.icv_good", "1");
        Expect(dissected, "esp.pad_len", padLength.ToString());
        Expect(dissected, "esp.protocol", $"0x{packet.NextHeader:x2}");
        if (transform.InitializationVectorLength > 0)
        {
            Expect(dissected, "esp.iv", Colons(Vector(transform)));
        }
        if (padLength > 0)
        {
            Expect(dissected, "esp.pad", Colons(Count(1, padLength).ToArray()));
        }
        dissected.Elements("proto").Select(proto => (string?)proto.Attribute("name")).Should().NotContain("_ws.malformed");
    }

    private static Dictionary<(uint Index, EspPacket Packet), XElement> DissectAll()
    {
        (uint Index, EspTransform Transform)[] transforms = [(GcmIndex, Gcm), (CbcIndex, Cbc), (NullIndex, Null)];
        var sent = transforms
            .SelectMany(each => new[] { InTransport, InTunnel }, (each, packet) => (each.Index, each.Transform, Packet: packet))
            .ToList();
        var carried = sent.Select(each => new Ipv6Packet(
            SampleMessages.Gateway,
            SampleMessages.Anchor,
            EspHeader.Protocol,
            Seal(each.Transform, each.Packet with { Header = Header with { SecurityParametersIndex = each.Index } })
        ));
        return sent.Zip(EspTshark.Dissect(_associations, carried))
            .ToDictionary(pair => (pair.First.Index, pair.First.Packet), pair => pair.Second);
    }

    private static string Colons(byte[] octets) => string.Join(':', octets.Select(octet => octet.ToString("x2")));

    private static void Expect(XElement dissected, string field, string value) =>
        Shows(dissected, field).Should().Equal([value], "{0}", field);

    private static IEnumerable<string> Shows(XElement dissected, string field) =>
        dissected
            .Descendants("field")
            .Where(element => (string?)element.Attribute("name") == field)
            .Select(element => (string)element.Attribute("show")!);
}
