using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>Duplicate address detection for a home address, RFC 6275, Section 10.3.1, and what waits for its outcome.</summary>
/// <param name="addresses">The addresses under test.</param>
public sealed class DuplicateAddressTest(IEnumerable<IPAddress> addresses)
{
    /// <summary>The addresses whose outcome is not known yet.</summary>
    public HashSet<IPAddress> Pending { get; } = [.. addresses];

    /// <summary>The Binding Updates for the home address that have arrived, in their order.</summary>
    public List<HomeRegistration> Waiting { get; } = [];
}
