using System.Security.Cryptography;
using Pmip.Node;

namespace Conformance.TestBeds.Guest;

/// <summary>
/// What guests boot: a kernel of Debian, and the files of their root, as <c>containers/guest-kernel/build</c> makes them.
/// </summary>
/// <param name="Kernel">The path of the kernel.</param>
/// <param name="Root">The path of the archive with the files.</param>
/// <param name="Version">The version of the kernel.</param>
internal sealed record GuestImage(string Kernel, string Root, string Version)
{
    /// <summary>The environment variable with the directory of the image, if it is not in the user's cache.</summary>
    public const string Variable = "PMIP_GUEST";

    /// <summary>The emulator.</summary>
    public const string Emulator = "qemu-system-x86_64";

    /// <summary>Makes sure that a program ends with its parent.</summary>
    public const string Ender = "setpriv";

    private const string Script = "containers/guest-kernel/build";

    /// <param name="program">The program that the image must have.</param>
    /// <exception cref="BedUnavailableException">A program is not installed, or there is no image with that program.</exception>
    public static GuestImage Open(NodeProgram program)
    {
        foreach (var needed in (string[])[Emulator, Ender])
        {
            if (!IsInstalled(needed))
            {
                throw new BedUnavailableException(
                    $"the guest bed needs {needed}, which is not installed: apt-get install qemu-system-x86 util-linux"
                );
            }
        }

        if (!program.IsSelfContained)
        {
            throw new BedUnavailableException("a guest needs pmip-node as native code, which is not compiled here: install gcc or clang");
        }

        var file = Path.Combine(Folder, "version");
        if (!File.Exists(file) || File.ReadAllText(file).TrimEnd().Split(' ') is not [var version, var has])
        {
            throw new BedUnavailableException($"there is no guest kernel in {Folder}: run {Script}");
        }

        using var node = File.OpenRead(program.FileName);
        return Convert.ToHexStringLower(SHA256.HashData(node)) == has
            ? new GuestImage(Path.Combine(Folder, "vmlinux"), Path.Combine(Folder, "root.cpio"), version)
            : throw new BedUnavailableException($"the guest kernel in {Folder} has another pmip-node than this program: run {Script}");
    }

    private static string Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given
        : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? Path.Combine(cache, "pmip-guest")
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
            ".cache",
            "pmip-guest"
        );

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
