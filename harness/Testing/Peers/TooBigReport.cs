using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;

namespace Conformance.Testing.Peers;

/// <summary>
/// A router between MAG and LMA that reports Packet Too Big about the last packet in the tunnel (RFC 4443, Section 3.2), or in a tunnel
/// over IPv4 Fragmentation Needed (RFC 1191, Section 4). Words:
/// <c>MTU = the path MTU - 100</c>, <c>quoted source = CN1</c>, <c>quoted destination = core router</c>. A number less than every IPv6 link
/// carries is forged: it says nothing of the path.
/// </summary>
internal static class TooBigReport
{
    private const int SourceOffset = 8,
        Ipv4SourceOffset = 12;

    /// <exception cref="ScenarioFaultException">The edits are none of these, or the MTU is missing.</exception>
    /// <exception cref="StepFailedException">The domain has no router on the core link, or nothing was tunnelled.</exception>
    public static Frame Send(TestSession session, EmulatedNetwork network, EditList edits)
    {
        var tunnelled = session.PathMtu.LastTunnelled;
        session.PathMtu.HeedAdvertisement();
        var octets = tunnelled.Frame.Bytes[tunnelled.IpOffset..].ToArray();
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
                    Quote(node, octets, isDestination: false);
                    isOfTunnel = false;
                    break;
                case Edit.Set(_, "quoted destination", var node):
                    Quote(node, octets, isDestination: true);
                    isOfTunnel = false;
                    break;
                default:
                    throw edit.Fault("Packet Too Big has an MTU, a quoted source and a quoted destination");
            }
        }

        var reported = mtu ?? throw new ScenarioFaultException("Packet Too Big needs an MTU: say MTU = the path MTU - 100.");
        if (reported < PathMtu.Least && !isStated && tunnelled.Ip is Ipv6Layer)
        {
            throw new StepFailedException($"the core link has too small an MTU: {reported} octets are less than every IPv6 link carries");
        }

        if (isOfTunnel && !(isStated && mtu < PathMtu.Least && tunnelled.Ip is Ipv6Layer))
        {
            Lower(session.PathMtu, reported, isStated);
        }

        return TunnelReport.TooBig(session, network, tunnelled, octets, reported);

        void Quote(string node, byte[] quoted, bool isDestination)
        {
            var address = session.AddressOf(node, tunnelled.Ip!.Source.AddressFamily).GetAddressBytes();
            var source = tunnelled.Ip is Ipv4Layer ? Ipv4SourceOffset : SourceOffset;
            address.CopyTo(quoted, isDestination ? source + address.Length : source);
        }
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
