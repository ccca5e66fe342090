using System.Globalization;
using System.Text;

namespace Conformance.TestBeds.Guest;

/// <summary>
/// Files that a kernel unpacks when it boots, in the format "newc" of cpio. An archive may follow another one in the same file.
/// </summary>
internal sealed class InitialArchive(Stream output)
{
    private const int Alignment = 4;
    private const int DirectoryMode = 0x41ed;
    private const int FileType = 0x8000;
    private const string End = "TRAILER!!!";

    private int _number;

    public void AddDirectory(string name) => Add(name, DirectoryMode, []);

    /// <param name="mode">The permissions.</param>
    public void AddFile(string name, UnixFileMode mode, ReadOnlySpan<byte> content) => Add(name, FileType | (int)mode, content);

    public void AddText(string name, string content) =>
        AddFile(name, UnixFileMode.UserRead | UnixFileMode.UserWrite, Encoding.UTF8.GetBytes(content));

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
