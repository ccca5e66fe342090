using System.Buffers.Binary;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile nodes that are wrong about where they are: draft-ietf-monami6-multiplecoa-04, Appendix A, Figures 9 and 10, and RFC 5648,
/// Sections 5.2 and 5.5.
/// </summary>
internal static class MnFigureDeviations
{
    private const byte RouterAdvertisementType = 134,
        HomeAgentFlag = 0x20,
        PrefixInformationType = 3;

    private const int ChecksumOffset = 2,
        FlagsOffset = 5,
        OptionsOffset = 16,
        PrefixOffset = 16,
        OptionUnit = 8;

    private static readonly MobileNodeAddresses _known = McoaDomains.OfMobileNode;

    /// <summary>What is advertised to nobody: the home link as a foreign one.</summary>
    private static readonly IpPrefix _foreign = Ipv6Prefix.Parse("2001:db8:1ff::/64");

    public static IReadOnlyList<Deviation> All { get; } =
    [
        MnParts.Any(
            "mn-home-agent-is-home",
            "takes every link of its home agent for the home link",
            "rfc5648-5.2-k1",
            mn => mn with { Input = frame => FrameEditor.EditPacket(frame, OfHome) }
        ),
        InPlacesOf(
            "mn-second-interface-at-home",
            "takes the home link for a foreign one when a second interface comes there",
            "rfc5648-5.5.1-d1",
            (place, usable) =>
                place is null ? [usable] : [new RoleInput.AddressGone(place.Link, place.Address), usable with { Prefix = _foreign }],
            (_, gone) => [gone]
        ),
        InPlacesOf(
            "mn-leaves-home-with-one-interface",
            "takes itself for away when one of its interfaces leaves the home link",
            "rfc5648-5.5.1-d1",
            (place, usable) => place is null ? [usable] : [],
            (place, gone) => [gone, new RoleInput.AddressGone(place.Link, place.Address)]
        ),
    ];

    /// <summary>A mobile node that is told something else of further interfaces on the home link.</summary>
    /// <param name="comes">What it is told when an interface comes there; the first one that is there, or null.</param>
    /// <param name="goes">What it is told when a further one has gone, beside the first.</param>
    private static Deviation InPlacesOf(
        string name,
        string description,
        string statement,
        Func<RoleInput.AddressUsable?, RoleInput.AddressUsable, IEnumerable<RoleInput>> comes,
        Func<RoleInput.AddressUsable, RoleInput.AddressGone, IEnumerable<RoleInput>> goes
    ) =>
        MnParts.Any(
            name,
            description,
            statement,
            mn =>
                mn with
                {
                    Around = (_, create) =>
                    {
                        List<RoleInput.AddressUsable> atHome = [];
                        return new RewritingRole(create()) { Inputs = input => [.. Told(atHome, input, comes, goes)] };
                    },
                }
        );

    private static IEnumerable<RoleInput> Told(
        List<RoleInput.AddressUsable> atHome,
        RoleInput input,
        Func<RoleInput.AddressUsable?, RoleInput.AddressUsable, IEnumerable<RoleInput>> comes,
        Func<RoleInput.AddressUsable, RoleInput.AddressGone, IEnumerable<RoleInput>> goes
    )
    {
        if (input is RoleInput.AddressUsable usable && usable.Prefix == _known.HomePrefix)
        {
            var first = atHome.FirstOrDefault();
            atHome.Add(usable);
            return comes(first, usable);
        }

        var left = input is RoleInput.AddressGone { Address: var address } ? atHome.Find(known => known.Address.Equals(address)) : null;
        if (left is null || input is not RoleInput.AddressGone gone)
        {
            return [input];
        }

        atHome.Remove(left);
        return atHome.Count == 0 ? [input] : goes(atHome[0], gone);
    }

    /// <summary>The advertisement of a home agent, as if its prefixes were the home prefix.</summary>
    private static Ipv6Packet OfHome(Ipv6Packet packet)
    {
        if (
            packet.NextHeader != IpProtocol.Icmpv6
            || packet.Payload.Span[0] != RouterAdvertisementType
            || (packet.Payload.Span[FlagsOffset] & HomeAgentFlag) == 0
        )
        {
            return packet;
        }

        var message = packet.Payload.ToArray();
        for (var at = OptionsOffset; at + 1 < message.Length && message[at + 1] > 0; at += message[at + 1] * OptionUnit)
        {
            if (message[at] == PrefixInformationType)
            {
                _known.HomePrefix.Network.GetAddressBytes().CopyTo(message, at + PrefixOffset);
            }
        }

        message.AsSpan(ChecksumOffset, sizeof(ushort)).Clear();
        var checksum = InternetChecksum.ComputeWithPseudoHeader(packet.Source, packet.Destination, IpProtocol.Icmpv6, message);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(ChecksumOffset), checksum);
        return packet with { Payload = message };
    }
}
