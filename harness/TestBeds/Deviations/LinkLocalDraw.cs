using System.Net;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Draws a random link-local address, which no node uses.</summary>
internal static class LinkLocalDraw
{
    private static readonly Ipv6Prefix _linkLocal = Ipv6Prefix.Parse("fe80::/64");

    public static IPAddress From(Random random)
    {
        var identifier = new byte[8];
        random.NextBytes(identifier);
        return _linkLocal.AddressWith(identifier);
    }
}
