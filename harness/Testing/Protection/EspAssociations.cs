using System.Net;
using Conformance.Testing.Domains;

namespace Conformance.Testing.Protection;

/// <summary>A security association with its key and the addresses of its ends.</summary>
public sealed record KeyedAssociation(DomainAssociation Association, IPAddress From, IPAddress To, SecretBytes Key)
{
    /// <summary>
    /// The end that is a home address, in tunnel mode; null if both ends are those of the tunnel. Outer headers have care-of addresses
    /// instead of it.
    /// </summary>
    public IPAddress? Home { get; init; }
}

/// <summary>The security associations of a domain whose keys the tester has.</summary>
public sealed class EspAssociations
{
    private readonly IReadOnlyList<KeyedAssociation> _all;

    private EspAssociations(IReadOnlyList<KeyedAssociation> all) => _all = all;

    public IReadOnlyList<KeyedAssociation> All => _all;

    /// <summary>The associations of a domain; null if the keyring has the key of none.</summary>
    public static EspAssociations? Of(Domain domain, Keyring keys)
    {
        var all = new List<KeyedAssociation>();
        foreach (var known in domain.Associations)
        {
            if (
                known.KeyFingerprint is { } fingerprint
                && keys.Find(fingerprint) is { } key
                && EspOctets.Fits(known.Algorithms, key.Length)
                && domain.Find(known.From) is { } sender
                && domain.Find(known.To) is { } receiver
                && known.AddressOf(sender) is { } from
                && known.AddressOf(receiver) is { } to
            )
            {
                var home =
                    !known.IsTunnel ? null
                    : sender.Role == NodeRole.Mn ? from
                    : receiver.Role == NodeRole.Mn ? to
                    : null;
                all.Add(new KeyedAssociation(known, from, to, key) { Home = home });
            }
        }

        return all.Count > 0 ? new EspAssociations(all) : null;
    }

    /// <summary>
    /// The association of a received packet, by its SPI and destination (RFC 4301, Section 4.1). An SPI that the destination does not have
    /// may be that of another node, by which a fault of the sender can be named.
    /// </summary>
    public KeyedAssociation? Find(uint spi, IPAddress destination)
    {
        var named = _all.Where(known => known.Association.SecurityParametersIndex == spi).ToList();
        return named.Find(known => known.To.Equals(destination)) ?? named.FirstOrDefault();
    }

    /// <summary>The association for packets from one address to another; null if there is none.</summary>
    public KeyedAssociation? Between(IPAddress from, IPAddress to, bool isTunnel) =>
        _all.FirstOrDefault(known => known.From.Equals(from) && known.To.Equals(to) && known.Association.IsTunnel == isTunnel);

    /// <summary>An association in transport mode between the receiver and another sender; null if there is none.</summary>
    public KeyedAssociation? OfAnotherSender(KeyedAssociation known) =>
        _all.FirstOrDefault(other => other.To.Equals(known.To) && !other.From.Equals(known.From) && !other.Association.IsTunnel);

    /// <summary>True if an SPI is that of an association.</summary>
    public bool Has(uint spi) => _all.Any(known => known.Association.SecurityParametersIndex == spi);
}
