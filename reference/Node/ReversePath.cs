using Pmip.Linux;

namespace Pmip.Node;

/// <summary>
/// The kernel's check of the sources of IPv4 packets (RFC 3704, Section 2.2): it drops a packet that arrives on an interface unless the
/// route of the main table to the packet's source leads back to that interface.
/// </summary>
internal static class ReversePath
{
    /// <summary>
    /// The sysctl of all interfaces. The greater of it and of an interface's own applies, and 2 is a weaker check than 1.
    /// </summary>
    public const string OfAll = "net/ipv4/conf/all/rp_filter";

    public const string Off = "0",
        Strict = "1";

    /// <summary>The sysctl of an interface.</summary>
    public static string Of(string interfaceName) => $"net/ipv4/conf/{interfaceName}/rp_filter";

    /// <summary>Sets the check of an interface where it is another one: a container may not allow to write it.</summary>
    public static void Set(string interfaceName, bool isStrict)
    {
        var (name, wanted) = (Of(interfaceName), isStrict ? Strict : Off);
        if (Sysctl.Read(name) != wanted)
        {
            Sysctl.Write(name, wanted);
        }
    }
}
