using System.Diagnostics;
using FluentAssertions;
using Pmip.Linux;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>Checks a capture with tshark for wrong checksums and malformed packets.</summary>
internal static class TunnelCapture
{
    private const uint Magic = 0xa1b2c3d4,
        Version = 0x00040002,
        SnapLength = 256 * 1024,
        Ethernet = 1;

    /// <summary>tshark's PROTO_CHECKSUM_E_GOOD.</summary>
    private const string Good = "1";

    private static readonly string[] _statuses = ["tcp.checksum.status", "udp.checksum.status", "icmpv6.checksum.status"];

    /// <summary>
    /// The kernel writes 0xffff, one of the two zeros of one's complement, where TCP would write the other. A receiver accepts both
    /// (RFC 1624, Section 3), but tshark reports one packet in 65536 as wrong.
    /// </summary>
    private const string OtherZero = "tcp.checksum.ffff";

    private static readonly string[] _fields = ["frame.number", .. _statuses, OtherZero, "_ws.malformed"];

    /// <summary>
    /// Requires that every packet is whole and has a good checksum of the transport inside; skips the test if tshark is missing.
    /// </summary>
    internal static void AssertClean(IReadOnlyCollection<CapturedFrame> frames)
    {
        var capture = Path.GetTempFileName();
        try
        {
            Write(capture, frames);
            var lines = Run([
                "-n",
                "-r",
                capture,
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-T",
                "fields",
                .. _fields.SelectMany(field => (string[])["-e", field]),
            ]);
            lines.Should().HaveCount(frames.Count);
            foreach (var line in lines)
            {
                var fields = line.Split('\t');
                var (number, isOtherZero, malformed) = (fields[0], fields[^2].Length > 0, fields[^1]);
                if (!isOtherZero)
                {
                    fields[1..^2]
                        .Where(status => status.Length > 0)
                        .Should()
                        .NotBeEmpty()
                        .And.OnlyContain(status => status == Good, "packet {0} is good", number);
                }
                malformed.Should().BeEmpty("packet {0} is whole", number);
            }
        }
        finally
        {
            File.Delete(capture);
        }
    }

    /// <summary>The classic pcap format, with microseconds.</summary>
    private static void Write(string path, IReadOnlyCollection<CapturedFrame> frames)
    {
        using var file = new BinaryWriter(File.Create(path));
        foreach (var word in (uint[])[Magic, Version, 0, 0, SnapLength, Ethernet])
        {
            file.Write(word);
        }
        foreach (var frame in frames)
        {
            var microseconds = frame.At.Nanoseconds / 1000;
            var length = (uint)frame.Bytes.Length;
            foreach (var word in (uint[])[(uint)(microseconds / 1_000_000), (uint)(microseconds % 1_000_000), length, length])
            {
                file.Write(word);
            }
            file.Write(frame.Bytes.Span);
        }
    }

    private static string[] Run(string[] arguments)
    {
        using var process = TsharkProgram.Start(
            new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        );
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
