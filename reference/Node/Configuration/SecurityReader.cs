using System.Globalization;
using System.Net;
using Pmip.Protocol.Security;
using static Pmip.Node.Configuration.ConfigurationSection;

namespace Pmip.Node.Configuration;

/// <summary>Reads the security associations of a configuration. Their keys are read when the node starts.</summary>
internal static class SecurityReader
{
    /// <param name="file">The file with the configuration, at whose directory relative paths start.</param>
    public static NodeSecurity Read(ConfigurationSection section, string file) =>
        new()
        {
            AntiReplay = section.Optional(nameof(NodeSecurity.AntiReplay), Boolean, false),
            Associations = section.Optional(
                nameof(NodeSecurity.Associations),
                ListOf(SectionOf(association => ReadAssociation(association, file))),
                []
            ),
            ForceRenewKey = section.Optional<NodeDhcpKey?>(
                nameof(NodeSecurity.ForceRenewKey),
                SectionOf(key => ReadDhcpKey(key, file)),
                null
            ),
        };

    /// <summary>Checks that each association has this node at one end, and that there is one for all that is to be protected.</summary>
    public static void Validate(NodeConfiguration configuration, ConfigurationSection section, Func<IPAddress, bool> isOwn)
    {
        var known = configuration.Security?.Associations ?? [];
        for (var i = 0; i < known.Count; i++)
        {
            var (association, before) = (known[i], known.Take(i));
            if (!association.Destination.Equals(association.Peer) && !isOwn(association.Destination))
            {
                throw section.Error(
                    $"Security.Associations[{i}].{nameof(association.Destination)}",
                    $"{association.Destination} is neither the peer nor an address of this node"
                );
            }
            if (association.Destination.AddressFamily != association.Peer.AddressFamily)
            {
                throw section.Error(
                    $"Security.Associations[{i}].{nameof(association.Destination)}",
                    $"{association.Destination} is not of the family of {association.Peer}"
                );
            }
            if (
                before.Any(other =>
                    other.SecurityParametersIndex == association.SecurityParametersIndex
                    && other.Destination.Equals(association.Destination)
                )
            )
            {
                throw section.Error(
                    $"Security.Associations[{i}].{nameof(association.SecurityParametersIndex)}",
                    "another association has this SPI and this destination"
                );
            }
        }

        var (role, isRequired, tunnels) = configuration switch
        {
            { LocalMobilityAnchor: { } anchor } => ("LocalMobilityAnchor", anchor.ProtectionRequired, anchor.ProtectedTunnels),
            { MobileAccessGateway: { } gateway } => ("MobileAccessGateway", gateway.ProtectionRequired, gateway.ProtectedTunnels),
            { HomeAgent: { } agent } => ("HomeAgent", agent.ProtectionRequired, agent.ProtectedTunnels),
            { MobileNode: { } mobileNode } => ("MobileNode", mobileNode.ProtectionRequired, []),
            _ => ("", false, []),
        };
        if (isRequired && known.All(association => association.Mode != EspMode.Transport))
        {
            throw section.Error($"{role}.ProtectionRequired", "there is no security association in transport mode");
        }
        foreach (var peer in tunnels)
        {
            var ofPeer = known.Where(association => association.Mode == EspMode.Tunnel && association.Peer.Equals(peer)).ToList();
            if (
                ofPeer.All(association => association.Destination.Equals(peer))
                || ofPeer.All(association => !association.Destination.Equals(peer))
            )
            {
                throw section.Error($"{role}.ProtectedTunnels", $"there are no security associations in tunnel mode to and from {peer}");
            }
        }
    }

    private static NodeAssociation ReadAssociation(ConfigurationSection section, string file) =>
        new()
        {
            SecurityParametersIndex = section.Required(nameof(NodeAssociation.SecurityParametersIndex), Index),
            Peer = section.Required(nameof(NodeAssociation.Peer), AnyNodeAddress),
            Destination = section.Required(nameof(NodeAssociation.Destination), AnyNodeAddress),
            Transform = section.Required(nameof(NodeAssociation.Transform), OneOf<SecurityTransform>),
            Mode = section.Optional(nameof(NodeAssociation.Mode), OneOf<EspMode>, EspMode.Transport),
            KeyFile = KeyFile(section, file),
        };

    private static NodeDhcpKey ReadDhcpKey(ConfigurationSection section, string file) =>
        new() { SecretId = section.Required(nameof(NodeDhcpKey.SecretId), Number), KeyFile = KeyFile(section, file) };

    private static string KeyFile(ConfigurationSection section, string file) =>
        Path.Combine(Path.GetDirectoryName(file) ?? "", section.Required(nameof(NodeAssociation.KeyFile), Text));

    /// <summary>RFC 4303, Section 2.1: an SPI up to 255 is reserved.</summary>
    private static uint Index(LocatedValue value) =>
        TryReadNumber(value, out var index) && index > byte.MaxValue
            ? index
            : throw value.Error($"'{value.Text}' is not an SPI above 0xff, such as 0x1001");

    private static uint Number(LocatedValue value) =>
        TryReadNumber(value, out var number) ? number : throw value.Error($"'{value.Text}' is not a number such as 0x2c01");

    private static bool TryReadNumber(LocatedValue value, out uint number)
    {
        number = 0;
        return Text(value) is ['0', 'x', .. var digits]
            && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
