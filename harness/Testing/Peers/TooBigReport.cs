using System.Buffers.Binary;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// A router between MAG and LMA that reports Packet Too Big about the last packet in the tunnel (RFC 4443, Section 3.2), or over IPv4
/// Fragmentation Needed (RFC 1191, Section 4). Words: <c>MTU = the path MTU - 100</c>, <c>quoted source = CN1</c>,
/// <c>quoted destination = core router</c>. A number less than every link of IPv6 carries, or every node receives over IPv4, is forged: it
/// says nothing of the path.
/// </summary>
internal static class TooBigReport
{
    private const int SourceOffset = 8,
        DestinationOffset = 24;

    /// <summary>The same in an IPv4 header.</summary>
    private const int Ipv4SourceOffset = 12,
        Ipv4DestinationOffset = 16,
        Ipv4ChecksumOffset = 10,
        Ipv4Header = 20;

    /// <exception cref="ScenarioFaultException">The edits are none of these, or the MTU is missing.</exception>
    /// <exception cref="StepFailedException">The domain has no router on the core link, or nothing was tunnelled.</exception>
    public static Frame Send(TestSession session, EmulatedNetwork network, EditList edits)
    {
        var tunnelled = session.PathMtu.LastTunnelled;
        session.PathMtu.HeedAdvertisement();
        var octets = tunnelled.Frame.Bytes[tunnelled.IpOffset..].ToArray();
        var isIpv4 = tunnelled.Ip is Ipv4Layer;
        var family = isIpv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var least = isIpv4 ? PathMtu.LeastOfIpv4 : PathMtu.Least;
        var (mtu, isOfTunnel, isStated) = ((uint?)null, true, false);
        foreach (var edit in edits.Edits)
        {
            switch (edit)
            {
                case Edit.Set(_, "MTU", var words):
                    mtu = session.PathMtu.Read(words);
                    isStated = char.IsAsciiDigit(words[0]);
                    break;
                case Edit.Set(_, "quoted source", var node):
                    session.AddressOf(node, family).GetAddressBytes().CopyTo(octets, isIpv4 ? Ipv4SourceOffset : SourceOffset);
                    isOfTunnel = false;
                    break;
                case Edit.Set(_, "quoted destination", var node):
                    session.AddressOf(node, family).GetAddressBytes().CopyTo(octets, isIpv4 ? Ipv4DestinationOffset : DestinationOffset);
                    isOfTunnel = false;
                    break;
                default:
                    throw edit.Fault("Packet Too Big has an MTU, a quoted source and a quoted destination");
            }
        }

        if (isIpv4 && !isOfTunnel)
        {
            BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(Ipv4ChecksumOffset), 0);
            BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(Ipv4ChecksumOffset), Checksums.Of(octets.AsSpan(0, Ipv4Header)));
        }

        var reported = mtu ?? throw new ScenarioFaultException("Packet Too Big needs an MTU: say MTU = the path MTU - 100.");
        if (reported < least && !isStated)
        {
            throw new StepFailedException($"the core link has too small an MTU: {reported} octets are less than every link carries");
        }

        if (isOfTunnel && !(isStated && mtu < least))
        {
            Lower(session.PathMtu, reported, isStated);
        }

        return RouterReport.Send(
            session,
            network,
            tunnelled,
            octets,
            quoted => new PacketTooBig(reported, quoted),
            quoted => new Icmpv4FragmentationNeeded((ushort)reported, quoted)
        );
    }

    /// <param name="isStated">True for an MTU as a number: it may be one that the tunnel cannot follow.</param>
    private static void Lower(PathMtu mtu, uint reported, bool isStated)
    {
        var (path, tunnel) = (mtu.Path, mtu.Tunnel);
        mtu.Lower(reported);
        if (!isStated && mtu.Path < path && mtu.Tunnel == tunnel)
        {
            throw new StepFailedException("the tunnel has the least MTU of every IPv6 link already: nothing shows a smaller path");
        }
    }
}
