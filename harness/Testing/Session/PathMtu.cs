using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Session;

/// <summary>
/// The MTUs of the path on the core link and of the tunnel on it, as the implementation under test has to know them (RFC 5213, Section
/// 6.9.5). All are in octets.
/// </summary>
public sealed partial class PathMtu(TestSession session)
{
    /// <summary>The MTU of every IPv6 link is at least this (RFC 8200, Section 5).</summary>
    public const uint Least = 1280;

    /// <summary>Every node receives packets of IPv4 of this size (RFC 791, Section 3.1); few links of IPv4 carry less.</summary>
    public const uint LeastOfIpv4 = 576;

    private uint? _reported;

    /// <summary>
    /// The MTU of the core link, or the lowest that a router has reported since. An implementation that knew a lower one before the
    /// scenario, for example by a report in an earlier scenario, keeps it for minutes: a step has to find it.
    /// </summary>
    public uint Path => _reported ?? session.Ixit.Domain.Find(Ports.Core)!.Mtu;

    /// <summary>
    /// RFC 2473, Sections 6.7 and 7.1: the MTU of the path without the headers of the tunnel, but at least that of every IPv6 link.
    /// </summary>
    /// <exception cref="StepFailedException">No packet has shown the headers.</exception>
    public uint Tunnel => TunnelOf(isIpv4: false);

    /// <summary>The same for packets of IPv4, which have no such bound.</summary>
    /// <exception cref="StepFailedException">No packet has shown the headers.</exception>
    public uint TunnelOf(bool isIpv4) => isIpv4 ? Path - Headers : Math.Max(Path - Headers, Least);

    /// <summary>
    /// The least and the greatest MTU of the tunnel that an error to the source of a packet may state. That of IPv6 packets is at least
    /// that of every IPv6 link; IPv4 packets have no such bound (RFC 2473, Section 7.2).
    /// </summary>
    /// <exception cref="StepFailedException">No packet has shown the headers.</exception>
    public (uint Least, uint Most) TunnelRange(bool isIpv4) => isIpv4 ? (LeastPath - Headers, Path - Headers) : (Least, Tunnel);

    /// <summary>The last packet that the implementation under test has sent in a tunnel.</summary>
    /// <exception cref="StepFailedException">There was none.</exception>
    public Packet LastTunnelled =>
        session
            .Bed.Frames.Where(frame => frame.Direction == Direction.Received && frame.Port == Ports.Core)
            .Select(Packet.Of)
            .LastOrDefault(packet => packet.Inner is not null && IsOfTested(packet.Ip!.Source))
        ?? throw new StepFailedException("no packet in the tunnel has shown the size of its headers");

    private bool IsOfTested(IPAddress source) => session.Ixit.Domain.Find(session.Tested)!.Addresses.Contains(source);

    /// <summary>The least MTU of a path, by the headers of the tunnel.</summary>
    private uint LeastPath => LastTunnelled.Ip is Ipv4Layer ? LeastOfIpv4 : Least;

    /// <summary>The octets before a packet in the tunnel; there may be extension headers.</summary>
    private uint Headers => LastTunnelled is { Inner: { } inner } tunnelled ? (uint)(inner.IpOffset - tunnelled.IpOffset) : 0;

    /// <summary>Notes that a router has reported an MTU of the path. No report raises it (RFC 1981, Section 4).</summary>
    public void Lower(uint reported) => _reported = Math.Min(Path, reported);

    /// <summary>Notes the MTU of the tunnel that the implementation has reported to the sender of a packet.</summary>
    public void LowerTunnel(uint reported) => Lower(reported + Headers);

    /// <summary>
    /// Notes the MTU in the last Router Advertisement, if it is lower: a report only counts below what the implementation knows.
    /// </summary>
    public void HeedAdvertisement()
    {
        var advertised = session
            .Bed.Frames.Where(frame => frame.Direction == Direction.Received && session.Ixit.Domain.IsAccess(frame.Port))
            .Select(frame => Packet.Of(frame).RouterAdvertisement?.Mtu)
            .LastOrDefault(mtu => mtu is not null);
        if (advertised is >= Least and { } stated)
        {
            LowerTunnel(stated);
        }
    }

    /// <param name="words">
    /// A number, or <c>the path MTU</c> or <c>the tunnel MTU</c>, with an optional distance: <c>the path MTU - 100</c>.
    /// </param>
    /// <exception cref="ScenarioFaultException">The words are none of these.</exception>
    public uint Read(string words)
    {
        var match = Form().Match(words);
        if (!match.Success)
        {
            throw new ScenarioFaultException($"'{words}' is not a size: say a number, the path MTU, the tunnel MTU - 100.");
        }

        var size = match.Groups["number"].Success
            ? long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            : (match.Groups["of"].Value == "path" ? Path : Tunnel)
                + long.Parse("0" + match.Groups["distance"].Value, CultureInfo.InvariantCulture)
                    * (match.Groups["sign"].Value == "-" ? -1 : 1);
        return size is > 0 and <= ushort.MaxValue
            ? (uint)size
            : throw new StepFailedException(string.Create(CultureInfo.InvariantCulture, $"{words} are {size} octets, which no packet has"));
    }

    [GeneratedRegex(@"^(?:(?<number>\d{1,6})|the (?<of>path|tunnel) MTU(?: (?<sign>[+-]) (?<distance>\d{1,6}))?)$")]
    private static partial Regex Form();
}
