using System.Net;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>A prefix that a router advertises on its link, or has given up.</summary>
public sealed record RouterPrefix(Ipv6Prefix Prefix, bool IsValid);

/// <summary>The Router Advertisement of a router on a link of mobile nodes (RFC 4861, Section 4.2; RFC 6275, Section 7).</summary>
internal static class LinkAdvertisement
{
    private const byte CurHopLimit = 64,
        HomeAgentFlag = 0x20;

    private const ushort RouterLifetimeSeconds = 1800;
    private const uint ValidSeconds = 7200,
        PreferredSeconds = 3600;

    /// <summary>The octets of the message.</summary>
    /// <param name="source">The link-local address of the router.</param>
    /// <param name="homeAgent">The address of the router as a home agent; null if it is none.</param>
    public static byte[] Of(IEnumerable<RouterPrefix> prefixes, MacAddress linkLayer, IPAddress source, IPAddress to, IPAddress? homeAgent)
    {
        var options = new List<NdOption> { new SourceLinkLayerAddressOption(linkLayer) };
        options.AddRange(
            prefixes.Select(known => new PrefixInformationOption(
                known.Prefix,
                OnLink: true,
                Autonomous: true,
                known.IsValid ? ValidSeconds : 0,
                known.IsValid ? PreferredSeconds : 0
            )
            {
                RouterAddress = homeAgent is not null && known.Prefix.Contains(homeAgent) ? homeAgent : null,
            })
        );
        var advertisement = new RouterAdvertisement(
            CurHopLimit,
            Managed: false,
            OtherConfig: false,
            RouterLifetimeSeconds,
            ReachableTimeMilliseconds: 0,
            RetransTimerMilliseconds: 0,
            new NdOptionList([.. options])
        );
        var octets = advertisement.ToBytes(source, to);
        return homeAgent is null ? octets : WithHomeAgentFlag(octets);
    }

    /// <summary>Sets the H flag (RFC 6275, Section 7.1), and takes it from the checksum.</summary>
    private static byte[] WithHomeAgentFlag(byte[] octets)
    {
        const int FlagsOffset = 5,
            ChecksumOffset = 2;
        octets[FlagsOffset] |= HomeAgentFlag;
        var sum = (octets[ChecksumOffset] << 8) + octets[ChecksumOffset + 1] - HomeAgentFlag;
        sum -= sum < 0 ? 1 : 0;
        (octets[ChecksumOffset], octets[ChecksumOffset + 1]) = ((byte)(sum >> 8), (byte)sum);
        return octets;
    }
}
