using System.Globalization;
using Conformance.Testing.Domains;
using Conformance.Testing.Protection;

namespace Conformance.TestBeds.External;

/// <summary>
/// The manual security associations of a profile: for each peer of the device that the tester plays, one to the device and one from it,
/// and if the packets of mobile nodes are protected, too, another pair for their tunnel.
/// </summary>
internal sealed class ProfileProtection
{
    private const uint LeastSpi = 256;

    private static readonly Dictionary<string, EspAlgorithms> _transforms = new(StringComparer.Ordinal)
    {
        ["null-hmac-sha-256-128"] = EspAlgorithms.NullHmacSha256,
        ["aes-cbc-hmac-sha-256-128"] = EspAlgorithms.AesCbcHmacSha256,
    };

    private readonly string _directory;
    private readonly string _device;
    private readonly bool _isOfStandIn;
    private readonly List<DomainAssociation> _associations = [];
    private readonly List<SecretBytes> _keys = [];

    /// <param name="directory">The directory of the profile, from which the names of key files count.</param>
    /// <param name="isOfStandIn">
    /// True if there is no device. The keys of a stand-in protect nothing else, so that everybody may read them.
    /// </param>
    public ProfileProtection(ProfileSection root, Domain domain, string directory, bool isOfStandIn)
    {
        (_directory, _isOfStandIn) = (directory, isOfStandIn);
        _device = domain.Tested?.Name ?? string.Empty;
        if (!root.Has("protection"))
        {
            return;
        }

        var peers = domain
            .Of(PeerOf(domain.Tested?.Role))
            .Select(node => (node.Name, Key: McoaDomains.NumberOf(node) ?? node.Name))
            .OrderBy(peer => peer.Key, StringComparer.Ordinal)
            .ToList();
        var section = root.Section("protection", [.. peers.Select(peer => peer.Key)]);
        foreach (var (peer, key) in peers)
        {
            var read = section.Section(key, ProfileKeys.ProtectionOfPeer);
            Read(read, peer, isTunnel: false);
            if (read.Has("tunnel"))
            {
                Read(read.Section("tunnel", ProfileKeys.ProtectionOfTunnel), peer, isTunnel: true);
            }
        }
    }

    public IReadOnlyList<DomainAssociation> Associations => _associations;

    public Keyring Keys => Keyring.Of(_keys);

    /// <summary>The role of the nodes with which a device has security associations.</summary>
    private static NodeRole PeerOf(NodeRole? device) =>
        device switch
        {
            NodeRole.Mag => NodeRole.Lma,
            NodeRole.Ha => NodeRole.Mn,
            NodeRole.Mn => NodeRole.Ha,
            _ => NodeRole.Mag,
        };

    private void Read(ProfileSection section, string peer, bool isTunnel)
    {
        var transform = section.Choice("transform", _transforms.Keys);
        var (from, to) = (
            section.Section("in", ProfileKeys.ProtectionOfDirection),
            section.Section("out", ProfileKeys.ProtectionOfDirection)
        );
        if (transform is not null)
        {
            Add(from, peer, _device, _transforms[transform], isTunnel);
            Add(to, _device, peer, _transforms[transform], isTunnel);
        }
    }

    private void Add(ProfileSection section, string from, string to, EspAlgorithms algorithms, bool isTunnel)
    {
        var spi = Spi(section);
        var file = section.Text("key", "the name of a file with a key in hexadecimal digits");
        if (spi is null || file is null)
        {
            return;
        }

        if (_associations.Exists(known => known.To == to && known.SecurityParametersIndex == spi))
        {
            section.Mistake("spi", $"{to} has another association with this SPI");
        }

        if (Key(section, file, algorithms) is { } key)
        {
            _keys.Add(key);
            _associations.Add(
                new DomainAssociation(spi.Value, from, to, algorithms, Path.GetFileName(file))
                {
                    IsTunnel = isTunnel,
                    KeyFingerprint = key.Fingerprint,
                }
            );
        }
    }

    private static uint? Spi(ProfileSection section)
    {
        const string Allowed = "an SPI of at least 0x100, such as \"0x1001\"";
        if (section.Text("spi", Allowed) is not { } text)
        {
            return null;
        }

        if (
            text.StartsWith("0x", StringComparison.Ordinal)
            && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var spi)
            && spi >= LeastSpi
        )
        {
            return spi;
        }

        section.Mistake("spi", $"'{text}' cannot be used; expected {Allowed}");
        return null;
    }

    private SecretBytes? Key(ProfileSection section, string file, EspAlgorithms algorithms)
    {
        try
        {
            var path = Path.Combine(_directory, file);
            var keys = (_isOfStandIn ? Keyring.Parse(File.ReadAllLines(path), path) : Keyring.Read(path)).All.ToList();
            if (keys is [var key] && EspOctets.Fits(algorithms, key.Length))
            {
                return key;
            }

            section.Mistake(
                "key",
                keys.Count > 1
                    ? $"{file} has {keys.Count} keys; expected one"
                    : $"the key in {file} has {keys[0].Length} octets; expected "
                        + (algorithms == EspAlgorithms.NullHmacSha256 ? "32" : "an AES key of 16, 24 or 32, and 32 for HMAC-SHA-256")
            );
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            section.Mistake("key", e.Message);
        }

        return null;
    }
}
