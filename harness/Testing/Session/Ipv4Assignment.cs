using System.Net;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>An IPv4 home address in an acknowledgement to a MAG under test (RFC 5844, Section 3.3.2).</summary>
/// <param name="Router">The default router of the mobile node; null if the acknowledgement names none.</param>
/// <param name="By">The frame with the acknowledgement.</param>
public sealed record Ipv4Assignment(IPAddress Address, byte PrefixLength, IPAddress? Router, Frame By)
{
    /// <summary>
    /// False if the acknowledgement or the status of the address is a refusal, or if the acknowledgement does not name the address that the
    /// mobile node would have had: a MAG that serves it nevertheless would serve it with this one.
    /// </summary>
    public bool IsGranted { get; init; }

    /// <summary>The home subnet of the mobile node.</summary>
    public IpPrefix Subnet => new(Address, PrefixLength);

    public override string ToString() => $"{Address}/{PrefixLength}";
}
