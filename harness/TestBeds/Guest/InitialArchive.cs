using System.Globalization;
using System.Text;

namespace Conformance.TestBeds.Guest;

/// <summary>
/// Files that a kernel unpacks when it boots, in the format "newc" of cpio. An archive may follow another one in the same file.
/// </summary>
internal sealed class InitialArchive(Stream output)
{
    private const int Alignment = 4;

    /// <summary>The types of a directory and of a file, with the permissions 0755 and 0600.</summary>
    private const int DirectoryMode = 0x41ed,
        OwnFileMode = 0x8180;

    private const string End = "TRAILER!!!";

    private int _number;

    public void AddDirectory(string name) => Add(name, DirectoryMode, []);

    /// <summary>Adds a file that only its owner may read or write.</summary>
    public void AddText(string name, string content) => Add(name, OwnFileMode, Encoding.UTF8.GetBytes(content));

    public void Close() => Add(End, 0, []);

    private void Add(string name, int mode, ReadOnlySpan<byte> content)
    {
        // Number, mode, owner, group, links, time, length, two device numbers, two of the file as a device, length of the name, check.
        int[] fields = [++_number, mode, 0, 0, 1, 0, content.Length, 0, 0, 0, 0, Encoding.UTF8.GetByteCount(name) + 1, 0];
        var header = new StringBuilder("070701");
        foreach (var field in fields)
        {
            header.Append(CultureInfo.InvariantCulture, $"{field:x8}");
        }

        Write(Encoding.UTF8.GetBytes($"{header}{name}\0"));
        Write(content);
    }

    private void Write(ReadOnlySpan<byte> octets)
    {
        output.Write(octets);
        output.Write(new byte[-octets.Length & (Alignment - 1)]);
    }
}
