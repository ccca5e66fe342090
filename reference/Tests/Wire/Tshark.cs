using System.Buffers.Binary;
using System.Diagnostics;
using System.Xml.Linq;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Dissects Ethernet frames with tshark.</summary>
internal static class Tshark
{
    private const int LinkTypeEthernet = 1;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>The packets as dissected by tshark (PDML), one element each. Skips the test if tshark is not installed.</summary>
    /// <param name="options">Further arguments of tshark, such as preferences.</param>
    internal static IReadOnlyList<XElement> Dissect(IEnumerable<byte[]> frames, params IReadOnlyList<string> options)
    {
        var capture = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(capture, Capture(frames));
            return [.. XDocument.Parse(Run(["-n", "-r", capture, "-T", "pdml", .. options])).Root!.Elements("packet")];
        }
        finally
        {
            File.Delete(capture);
        }
    }

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = TsharkProgram.Start(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var complaints = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill();
            Assert.Fail($"tshark did not finish within {_patience.TotalSeconds} s");
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            Assert.Fail($"tshark exited with {process.ExitCode}: {complaints.GetAwaiter().GetResult()}");
        }
        return output.GetAwaiter().GetResult();
    }

    /// <summary>A capture file in the classic pcap format, little-endian, version 2.4.</summary>
    private static byte[] Capture(IEnumerable<byte[]> frames)
    {
        using var file = new MemoryStream();
        WriteWords(file, 0xa1b2c3d4, 0x0004_0002, 0, 0, ushort.MaxValue, LinkTypeEthernet);
        foreach (var frame in frames)
        {
            WriteWords(file, 0, 0, (uint)frame.Length, (uint)frame.Length);
            file.Write(frame);
        }

        return file.ToArray();
    }

    private static void WriteWords(MemoryStream file, params ReadOnlySpan<uint> words)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        foreach (var word in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(octets, word);
            file.Write(octets);
        }
    }
}
