using System.Net;
using BenchmarkDotNet.Attributes;
using Pmip.Wire;

namespace Pmip.Benchmarks;

/// <summary>Encodes and decodes a Proxy Binding Update with seven options, compared with copying the same octets.</summary>
[MemoryDiagnoser]
public class BindingUpdateBenchmark
{
    private static readonly IPAddress _source = IPAddress.Parse("2001:db8:100::a1");
    private static readonly IPAddress _destination = IPAddress.Parse("2001:db8:100::1");

    private static readonly BindingUpdate _message = new(
        0x1234,
        BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration,
        150,
        [
            MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example"),
            new HomeNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8:8000:1::/64")),
            new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
            new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
            new MobileNodeLinkLayerIdentifierOption(new OctetString([0x02, 0x5e, 0, 0, 0, 1])),
            new LinkLocalAddressOption(IPAddress.Parse("fe80::5e:ff:fe00:1")),
            new TimestampOption(new Timestamp(0x0000_68e7_7800_8000)),
        ]
    );

    private readonly byte[] _octets;
    private readonly byte[] _buffer;

    public BindingUpdateBenchmark()
    {
        _octets = _message.ToBytes(_source, _destination);
        _buffer = new byte[_octets.Length];
    }

    /// <summary>The octets of the message, for other benchmarks.</summary>
    internal static byte[] Sample() => _message.ToBytes(_source, _destination);

    [Benchmark(Baseline = true)]
    public void Copy() => _octets.CopyTo(_buffer, 0);

    [Benchmark]
    public int Write() => _message.Write(_buffer);

    [Benchmark]
    public void WriteWithChecksum()
    {
        _message.Write(_buffer);
        MobilityHeader.FillChecksum(_source, _destination, _buffer);
    }

    [Benchmark]
    public bool VerifyChecksum() => MobilityHeader.HasValidChecksum(_source, _destination, _octets);

    [Benchmark]
    public MobilityMessage? Parse() => MobilityMessage.TryParse(_octets, out var message, out _) ? message : null;
}
