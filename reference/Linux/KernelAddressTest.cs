namespace Pmip.Linux;

/// <summary>
/// The test of an address for uniqueness before it is used (RFC 4862, Section 5.4), of interfaces of the calling thread's
/// namespace. A router that still tests its link-local address asks for no neighbor's, and drops what it was to forward.
/// </summary>
public static class KernelAddressTest
{
    /// <summary>For a link that has no room for a second node of that address: addresses are in use as soon as they are there.</summary>
    /// <exception cref="LinuxException">There is no such interface.</exception>
    public static void SwitchOff(string interfaceName) => Sysctl.Write($"net/ipv6/conf/{interfaceName}/accept_dad", "0");
}
