using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>
/// Reads what a mobile node of Mobile IPv6 that is the device is set up with: its home address, and its Binding Identifiers.
/// </summary>
internal sealed class ProfileMobileNode
{
    private const string Name = "MN1";
    private const string HomeAddressKey = "homeAddress",
        BidsKey = "bids";
    private const string Example = "an address of the home link, such as \"2001:db8:200::5e00:1\"";

    /// <summary>The tester makes the link-layer addresses of the nodes that it plays out of this pattern.</summary>
    private const string LinkLayerPattern = "02:5e:00:00:{n}";

    private const int PrefixLength = 64;

    /// <param name="network">The ports.</param>
    /// <param name="ipv4">The nodes around the device.</param>
    /// <param name="attach">The longest time until the device registers on a new link, in milliseconds; null for the default.</param>
    public ProfileMobileNode(ProfileSection root, ProfileSection identities, ProfileNetwork network, ProfileIpv4 ipv4, int? attach)
    {
        var prefixes = root.Section("prefixes", ProfileKeys.PrefixesOfMobility);
        var home = prefixes.Prefix("home", PrefixLength);
        var foreign = prefixes.Prefix("foreign", PrefixLength);
        var own = ReadHomeAddress(identities) ?? IPAddress.IPv6None;
        var agent = AddressOf(ipv4.Domain, NodeRole.Ha);
        var correspondent = AddressOf(ipv4.Domain, NodeRole.Cn);
        if (home is { } link)
        {
            RequireAtHome(identities, HomeAddressKey, own, link);
            RequireAtHome(root, "addresses", agent, link);
            foreach (
                var other in ipv4.Domain.Nodes.Where(node =>
                    node.Role != NodeRole.Ha && node.AddressOf(AddressFamily.InterNetworkV6) is { } address && link.Contains(address)
                )
            )
            {
                root.Mistake("addresses", $"{other.Address}, the address of {other.Name}, is part of {link}: {other.Name} is not at home");
            }
        }

        var addresses = new MobileNodeAddresses(own, home ?? Ipv6Prefix.AllZero, agent, correspondent, ReadBids(identities, network))
        {
            Ipv4HomeAddress = ProfileIpv4.Address(identities, ProfileIpv4.HomeAddressKey, required: false),
        };
        Ixit = new Ixit
        {
            Domain = ipv4.Domain with
            {
                Nodes =
                [
                    new DomainNode(Name, NodeRole.Mn, [.. network.Ports.Select(port => new DomainInterface(new PortId(port.Name)))])
                    {
                        Player = NodePlayer.Implementation,
                        HomeAddress = own,
                    },
                    .. ipv4.Domain.Nodes,
                ],
            },
            MobileNode = attach is { } within ? addresses with { AttachWithin = TimeSpan.FromMilliseconds(within) } : addresses,
            DualStackPort = ipv4.DualStackPort,
            IdentifierPattern = McoaDomains.IdentifierPattern,
            Kinds = [McoaDomains.Kind],
            LinkLayerPattern = LinkLayerPattern,
            OwnedPrefix = home ?? Ipv6Prefix.AllZero,
            ForeignPrefix = foreign ?? Ipv6Prefix.AllZero,
            Timers = new Dictionary<string, TimeSpan>(),
        };
    }

    /// <summary>The IXIT without what every device has.</summary>
    public Ixit Ixit { get; }

    private static IPAddress? ReadHomeAddress(ProfileSection identities)
    {
        if (identities.Text(HomeAddressKey, Example) is not { } text)
        {
            return null;
        }

        if (IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv6LinkLocal)
        {
            return address;
        }

        identities.Mistake(HomeAddressKey, $"'{text}' is not {Example}");
        return null;
    }

    /// <summary>The Binding Identifiers by link; none if the device chooses them.</summary>
    private static Dictionary<string, int> ReadBids(ProfileSection identities, ProfileNetwork network)
    {
        var ports = network.Ports.Select(port => port.Name).ToList();
        var section = identities.Section(BidsKey, ports, required: false);
        var bids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var port in ports.Where(section.Has))
        {
            if (section.Number(port, 1, ushort.MaxValue) is not { } bid)
            {
                continue;
            }

            if (bids.FirstOrDefault(other => other.Value == bid).Key is { } same)
            {
                section.Mistake(port, $"{bid} is already the Binding Identifier of {same}; every link needs its own");
            }

            bids[port] = bid;
        }

        return bids;
    }

    private static IPAddress AddressOf(Domain domain, NodeRole role) => domain.Of(role).FirstOrDefault()?.Address ?? IPAddress.IPv6None;

    private static void RequireAtHome(ProfileSection section, string key, IPAddress address, Ipv6Prefix home)
    {
        if (!address.Equals(IPAddress.IPv6None) && !home.Contains(address))
        {
            section.Mistake(key, $"{address} is not part of {home}, the prefix of the home link in 'prefixes.home'");
        }
    }
}
