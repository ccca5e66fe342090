using System.Buffers.Binary;
using System.Diagnostics;
using System.Xml.Linq;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// Decrypts ESP packets with tshark. <see cref="Tshark"/> reads frames without keys.
/// </summary>
internal static class EspTshark
{
    private const int LinkTypeIpv6 = 229;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>A row of tshark's table of security associations.</summary>
    internal sealed record Association(
        uint SecurityParametersIndex,
        string Encryption,
        OctetString EncryptionKey,
        string Integrity,
        OctetString IntegrityKey
    )
    {
        public override string ToString() =>
            $"""uat:esp_sa:"IPv6","*","*","0x{SecurityParametersIndex:x8}","{Encryption}","{Digits(EncryptionKey)}","""
            + $"\"{Integrity}\",\"{Digits(IntegrityKey)}\"";

        private static string Digits(OctetString key) => key.Length == 0 ? "" : $"0x{key}";
    }

    /// <summary>The packets as dissected by tshark (PDML), one element each. Skips the test if tshark is not installed.</summary>
    internal static IReadOnlyList<XElement> Dissect(IEnumerable<Association> associations, IEnumerable<Ipv6Packet> packets)
    {
        var capture = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(capture, Capture(packets));
            string[] preferences =
            [
                "esp.enable_encryption_decode:TRUE",
                "esp.enable_authentication_check:TRUE",
                .. associations.Select(row => row.ToString()),
            ];
            return
            [
                .. XDocument
                    .Parse(Run(["-n", "-r", capture, "-T", "pdml", .. preferences.SelectMany(preference => new[] { "-o", preference })]))
                    .Root!.Elements("packet"),
            ];
        }
        finally
        {
            File.Delete(capture);
        }
    }

    private static string Run(string[] arguments)
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
    private static byte[] Capture(IEnumerable<Ipv6Packet> packets)
    {
        using var file = new MemoryStream();
        WriteWords(file, 0xa1b2c3d4, 0x0004_0002, 0, 0, ushort.MaxValue, LinkTypeIpv6);
        foreach (var packet in packets)
        {
            WriteWords(file, 0, 0, (uint)packet.Length, (uint)packet.Length);
            file.Write(packet.ToBytes());
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
