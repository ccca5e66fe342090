namespace Pmip.Linux;

/// <summary>
/// Duplicate Address Detection (RFC 4862, Section 5.4) on interfaces of the calling thread's namespace. While its link-local address
/// is tentative, a router solicits no neighbors and drops the packets that it was to forward to them.
/// </summary>
public static class KernelAddressTest
{
    /// <summary>
    /// Switches detection off, for a link on which no second node can have the same address. Addresses are in use as soon as they are
    /// added.
    /// </summary>
    /// <exception cref="LinuxException">There is no such interface.</exception>
    public static void SwitchOff(string interfaceName) => Sysctl.Write($"net/ipv6/conf/{interfaceName}/accept_dad", "0");
}
