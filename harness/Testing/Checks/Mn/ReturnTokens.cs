using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Mn;

/// <summary>A key that an update may be proved by, and the tests whose tokens it is made of.</summary>
/// <param name="CareOfTest">Null for the key of an update that ends a binding.</param>
internal sealed record Proof(MessageKey Key, Packet HomeTest, Packet? CareOfTest);

/// <summary>The requests of a mobile node under test for keygen tokens, and the tokens that the tester has given.</summary>
internal sealed class ReturnTokens(TestSession session, MobileNodeAddresses addresses)
{
    /// <summary>MAX_NONCE_LIFETIME: no token is valid longer.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(240);

    private readonly List<Packet> _requests = [];
    private readonly List<Packet> _tests = [];

    /// <summary>All Home Test Inits and Care-of Test Inits, as they were sent: without the packet around.</summary>
    public IReadOnlyList<Packet> Requests => _requests;

    public void Request(Packet packet) => _requests.Add(packet);

    /// <summary>Notes a Home Test or Care-of Test that the tester has sent.</summary>
    public void Test(Packet packet) => _tests.Add(packet);

    /// <summary>
    /// True if the mobile node can have no tokens but those of the scenario: it was started in it, or it has asked for all tokens that it
    /// needs, or those of an earlier scenario are too old (RFC 6275, Section 5.2.7).
    /// </summary>
    /// <param name="careOf">The care-of addresses for which it needs tokens.</param>
    public bool AreOfScenario(IPAddress peer, IEnumerable<IPAddress> careOf) =>
        session.Device.RestartedAt != DateTimeOffset.MinValue
        || session.Bed.Now - session.Started > _longest + session.Bed.Facts.Tolerance
        || (
            HasAsked(MobilityOctets.HomeTestInitType, peer, addresses.HomeAddress)
            && careOf.All(address => HasAsked(MobilityOctets.CareOfTestInitType, peer, address))
        );

    private bool HasAsked(int type, IPAddress peer, IPAddress source) =>
        _requests.Exists(request =>
            request.Mobility!.Type == type && request.Ip!.Source.Equals(source) && request.Ip.Destination.Equals(peer)
        );

    /// <summary>The Home Tests that the mobile node has to take: for its home address, with a cookie of its own.</summary>
    public IEnumerable<Packet> HomeTests(IPAddress peer) =>
        Taken(MobilityOctets.HomeTestType, MobilityOctets.HomeTestInitType, peer, addresses.HomeAddress);

    /// <summary>The Care-of Tests for an address that the mobile node has to take.</summary>
    public IEnumerable<Packet> CareOfTests(IPAddress peer, IPAddress careOf) =>
        Taken(MobilityOctets.CareOfTestType, MobilityOctets.CareOfTestInitType, peer, careOf);

    /// <summary>The last Care-of Test Init of a Care-of Test.</summary>
    public Packet? RequestOf(Packet test) =>
        _requests.FindLast(request => request.Mobility!.Cookie == test.Mobility!.Cookie && request.Ip!.Destination.Equals(test.Ip!.Source));

    /// <summary>The Care-of Tests of a peer, by the time at which they were sent.</summary>
    public IEnumerable<Packet> CareOfTests(IPAddress peer) =>
        _tests.Where(test => test.Mobility!.Type == MobilityOctets.CareOfTestType && test.Ip!.Source.Equals(peer));

    /// <summary>
    /// The keys that fit the nonce indices of an update and the addresses that it may register. An update without care-of address in its
    /// BID option may be proved for its source or for the address that is registered. One that ends a binding is proved for the home
    /// address (RFC 6275, Section 6.2.7); if it ends that of a BID, RFC 5648 does not say for which.
    /// </summary>
    /// <param name="bound">The bindings at the peer.</param>
    public IEnumerable<Proof> KeysOf(SentUpdate update, IReadOnlyList<NodeBinding> bound)
    {
        var home = update.IsRemoval ? new[] { addresses.HomeAddress } : [];
        var registered = bound.Where(binding => update.Identities.Any(one => one.Bid == binding.Bid)).Select(binding => binding.CareOf);
        return KeysOf(
            update.Message,
            update.Peer,
            update is { IsRemoval: true, Identities.Count: 0 } ? home : [.. update.CareOfAddresses, .. registered, .. home]
        );
    }

    private IEnumerable<Proof> KeysOf(MobilityOctets update, IPAddress peer, IEnumerable<IPAddress> registered)
    {
        if (update.First(NonceIndicesKind.Type) is not { HasWrongLength: false } indices)
        {
            yield break;
        }

        var (home, careOf) = (Index(indices, 0), Index(indices, 2));
        foreach (var address in registered.Distinct())
        {
            foreach (var first in HomeTests(peer).Where(test => test.Mobility!.NonceIndex == home).Reverse())
            {
                if (update.LifetimeUnits == 0)
                {
                    yield return new(MessageKey.Of(first.Mobility!.KeygenToken, null, address, peer), first, null);
                    continue;
                }

                foreach (var second in CareOfTests(peer, address).Where(test => test.Mobility!.NonceIndex == careOf).Reverse())
                {
                    var key = MessageKey.Of(first.Mobility!.KeygenToken, second.Mobility!.KeygenToken, address, peer);
                    yield return new(key, first, second);
                }
            }
        }
    }

    private static int Index(OptionOctets indices, int at) => (indices.Data.Span[at] << 8) | indices.Data.Span[at + 1];

    private IEnumerable<Packet> Taken(int type, int requestType, IPAddress peer, IPAddress destination) =>
        _tests.Where(test =>
            test.Mobility is { HidesOptions: false } message
            && message.Type == type
            && message.HasRightChecksum != false
            && test.Ip!.Source.Equals(peer)
            && test.Ip.Destination.Equals(destination)
            && _requests.Exists(request =>
                request.Mobility!.Type == requestType
                && request.Mobility.Cookie == message.Cookie
                && request.Ip!.Destination.Equals(peer)
                && request.Frame.At <= test.Frame.At + session.Bed.Facts.Tolerance
            )
        );
}
