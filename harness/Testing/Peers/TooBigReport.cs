using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// A router between MAG and LMA that reports Packet Too Big about the last packet in the tunnel (RFC 4443, Section 3.2). Words:
/// <c>MTU = the path MTU - 100</c>, <c>quoted source = CN1</c>, <c>quoted destination = core router</c>. A number less than every IPv6 link
/// carries is forged: it says nothing of the path.
/// </summary>
internal static class TooBigReport
{
    /// <summary>As much of the packet is quoted as fits into the MTU of every IPv6 link, after an IPv6 header and 8 octets.</summary>
    private const int MostQuoted = (int)PathMtu.Least - 40 - 8;

    private const int SourceOffset = 8,
        DestinationOffset = 24;

    /// <exception cref="ScenarioFaultException">The edits are none of these, or the MTU is missing.</exception>
    /// <exception cref="StepFailedException">The domain has no router on the core link, or nothing was tunnelled.</exception>
    public static Frame Send(TestSession session, EmulatedNetwork network, EditList edits)
    {
        var name =
            session.Ixit.Domain.Of(NodeRole.Router).FirstOrDefault()?.Name
            ?? throw new StepFailedException("the IXIT has no router on the core link: its address is missing");
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
                    session.AddressOf(node).GetAddressBytes().CopyTo(octets, SourceOffset);
                    isOfTunnel = false;
                    break;
                case Edit.Set(_, "quoted destination", var node):
                    session.AddressOf(node).GetAddressBytes().CopyTo(octets, DestinationOffset);
                    isOfTunnel = false;
                    break;
                default:
                    throw edit.Fault("Packet Too Big has an MTU, a quoted source and a quoted destination");
            }
        }

        var reported = mtu ?? throw new ScenarioFaultException("Packet Too Big needs an MTU: say MTU = the path MTU - 100.");
        if (reported < PathMtu.Least && !isStated)
        {
            throw new StepFailedException($"the core link has too small an MTU: {reported} octets are less than every IPv6 link carries");
        }

        var (router, to) = (network.Named(name, Ports.Core), tunnelled.Ip!.Source);
        var report = new PacketTooBig(reported, new OctetString(octets.AsSpan(0, Math.Min(octets.Length, MostQuoted))));
        var packet = new Ipv6Packet(router.Address, to, IpProtocol.Icmpv6, report.ToBytes(router.Address, to));
        if (isOfTunnel && !(isStated && mtu < PathMtu.Least))
        {
            Lower(session.PathMtu, reported, isStated);
        }

        return network.Send(router, to, packet);
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
