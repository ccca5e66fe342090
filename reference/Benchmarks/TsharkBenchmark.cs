using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using BenchmarkDotNet.Attributes;
using Pmip.Wire;

namespace Pmip.Benchmarks;

/// <summary>
/// Decodes a capture of Proxy Binding Updates with seven options with this library and with tshark. The time is that of one packet. The
/// ratio is how many times as long tshark takes, with its start-up time spread over all packets.
/// </summary>
[ShortRunJob]
public class TsharkBenchmark
{
    private const int Packets = 100_000;
    private const string Tshark = "/usr/bin/tshark";

    private readonly byte[] _octets = CodecSamples.ProxyUpdateOctets();
    private string _capture = string.Empty;

    /// <exception cref="FileNotFoundException">tshark is not installed.</exception>
    [GlobalSetup]
    public void WriteCapture()
    {
        if (!File.Exists(Tshark))
        {
            throw new FileNotFoundException("tshark is not installed: the comparison is not possible.", Tshark);
        }

        _capture = Path.GetTempFileName();
        var frame = new Ipv6Packet(
            IPAddress.Parse("2001:db8:100::a1"),
            IPAddress.Parse("2001:db8:100::1"),
            IpProtocol.MobilityHeader,
            _octets
        ).ToBytes();
        using var file = new BinaryWriter(File.Create(_capture));

        // The classic pcap format: microseconds, link type 229 (raw IPv6).
        foreach (var word in (uint[])[0xa1b2c3d4, 0x00040002, 0, 0, 65535, 229])
        {
            file.Write(word);
        }

        for (var i = 0; i < Packets; i++)
        {
            foreach (var word in (uint[])[0, 0, (uint)frame.Length, (uint)frame.Length])
            {
                file.Write(word);
            }

            file.Write(frame);
        }
    }

    [GlobalCleanup]
    public void DeleteCapture() => File.Delete(_capture);

    [Benchmark(Baseline = true, OperationsPerInvoke = Packets)]
    public int Library()
    {
        var read = 0;
        using var file = new BinaryReader(File.OpenRead(_capture));
        file.ReadBytes(24);
        for (var i = 0; i < Packets; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.ReadBytes(16).AsSpan(8));
            read +=
                Ipv6Packet.TryParse(file.ReadBytes(length), out var packet, out _)
                && MobilityMessage.TryParse(packet.Payload.Span, out _, out _)
                    ? 1
                    : 0;
        }

        return read == Packets ? read : throw new InvalidOperationException("A packet of the capture could not be read.");
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public int TsharkDecodes()
    {
        using var process = Process.Start(
            new ProcessStartInfo(Tshark, ["-r", _capture, "-q", "-V", "-Y", "mip6.mhtype == 200"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? 0 : throw new InvalidOperationException(process.StandardError.ReadToEnd());
    }
}
