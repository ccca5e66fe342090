using Pmip.Protocol.Security;

namespace Pmip.Node.Configuration;

/// <summary>Reads files with keys.</summary>
internal static class KeyFiles
{
    /// <summary>The key in a file, in hexadecimal digits.</summary>
    /// <exception cref="IOException">The file cannot be read, is open to other users, or has no key.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static SecretBytes Read(string path)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        var mode = File.GetUnixFileMode(file.SafeFileHandle);
        if (mode != OwnerOnly)
        {
            throw new IOException($"{path}: a file with a key must have mode 0600, not 0{Convert.ToString((int)mode, 8)}");
        }

        using var text = new StreamReader(file);
        try
        {
            return new SecretBytes(Convert.FromHexString(text.ReadToEnd().Trim()));
        }
        catch (FormatException)
        {
            // The message of the exception may quote digits of the key.
            throw new IOException($"{path}: not a key in hexadecimal digits");
        }
    }
}
