using System.Text;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>
/// Kernel parameters under /proc/sys. Network parameters are those of the calling thread's namespace:
/// <c>ns.Run(() => Sysctl.Write("net/ipv6/conf/all/forwarding", "1"))</c>.
/// </summary>
public static class Sysctl
{
    private const string Root = "/proc/sys/";

    /// <param name="name">With slashes, because interface names may contain dots.</param>
    /// <exception cref="LinuxException">There is no such parameter, or it does not accept the value.</exception>
    public static void Write(string name, string value)
    {
        using var file = Libc.Open(Root + name, Libc.WriteOnly);
        Libc.Write(file, Encoding.ASCII.GetBytes(value), Root + name);
    }

    /// <summary>Whether there is such a parameter: an interface may be without one of the families.</summary>
    /// <param name="name">With slashes, because interface names may contain dots.</param>
    public static bool Exists(string name) => File.Exists(Root + name);

    /// <param name="name">With slashes, because interface names may contain dots.</param>
    /// <returns>The value without its line end.</returns>
    /// <exception cref="LinuxException">There is no such parameter.</exception>
    public static string Read(string name)
    {
        using var file = Libc.Open(Root + name, Libc.ReadOnly);
        Span<byte> buffer = stackalloc byte[4096];
        Libc.TryRead(file, buffer, Root + name, out var length);
        return Encoding.ASCII.GetString(buffer[..length]).TrimEnd('\n');
    }
}
