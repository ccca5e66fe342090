using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>
/// Files and directories that a thread, and every program that it starts, has for itself instead of those of the machine, by a mount
/// namespace. They are gone when the last of these programs ends.
/// </summary>
internal static class OwnFiles
{
    private const string Owner = "tmpfs";

    /// <summary>Moves the calling thread to a mount namespace of its own; it stays there.</summary>
    /// <param name="paths">
    /// Absolute paths: a file is replaced by a copy, a directory by an empty one. A path that does not exist is left as it is.
    /// </param>
    /// <exception cref="LinuxException">This process is not root, or the kernel refuses a mount.</exception>
    /// <exception cref="IOException">A file cannot be copied.</exception>
    public static void Take(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            return;
        }
        if (Libc.Unshare(Libc.NewMountNamespace) < 0)
        {
            throw LinuxException.Last("unshare", "mount namespace");
        }

        // Otherwise the mounts would reach the machine.
        Mount("none", "/", type: null, Libc.PrivateMount | Libc.RecursiveMount);
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                Mount(Owner, path, Owner, 0);
            }
            else if (File.Exists(path))
            {
                Copy(path);
            }
        }
    }

    private static void Copy(string path)
    {
        var copy = Path.GetTempFileName();
        try
        {
            File.Copy(path, copy, overwrite: true);
            Mount(copy, path, type: null, Libc.BindMount);
        }
        finally
        {
            // The mount keeps the file.
            File.Delete(copy);
        }
    }

    private static void Mount(string source, string target, string? type, nuint flags)
    {
        if (Libc.Mount(source, target, type, flags, 0) < 0)
        {
            throw LinuxException.Last("mount", target);
        }
    }
}
