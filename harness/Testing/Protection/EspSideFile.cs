using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Domains;

namespace Conformance.Testing.Protection;

/// <summary>
/// The security associations with their keys as tshark and Wireshark read them, in the form of their table <c>esp_sa</c>: with this file
/// they show what ESP packets protect. It is a secret, and no part of a run.
/// </summary>
public static class EspSideFile
{
    private const string AnyAddress = "*";

    /// <summary>Writes the file, for its owner alone, in place of an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<EspAssociations> associations)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(path);
        using var writer = new StreamWriter(path, options) { NewLine = "\n" };
        foreach (var line in associations.SelectMany(known => known.All).Select(Line).Distinct())
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>Protocol, source, destination, SPI, encryption and its key, authentication and its key, and the size of numbers.</summary>
    private static string Line(KeyedAssociation known)
    {
        var isEncrypted = known.Association.Algorithms == EspAlgorithms.AesCbcHmacSha256;
        string[] columns =
        [
            known.From.AddressFamily == AddressFamily.InterNetwork ? "IPv4" : "IPv6",
            End(known, known.From),
            End(known, known.To),
            FormattableString.Invariant($"0x{known.Association.SecurityParametersIndex:x8}"),
            isEncrypted ? "AES-CBC [RFC3602]" : "NULL",
            isEncrypted ? Hexadecimal(EspOctets.EncryptionKey(known.Key)) : string.Empty,
            "HMAC-SHA-256-128 [RFC4868]",
            Hexadecimal(EspOctets.IntegrityKey(known.Key)),
            "32-bit",
            "0x0",
        ];
        return string.Join(',', columns.Select(column => $"\"{column}\""));
    }

    /// <summary>Any address where a tunnel ends at care-of addresses.</summary>
    private static string End(KeyedAssociation known, IPAddress address) => address.Equals(known.Home) ? AnyAddress : address.ToString();

    private static string Hexadecimal(ReadOnlySpan<byte> key) => $"0x{Convert.ToHexStringLower(key)}";
}
