using System.Globalization;
using System.Net;
using Conformance.TestBeds;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>Beds with the foreign LMA: one for each LMA configuration, never reset.</summary>
/// <param name="fault">The fault of the foreign LMA; empty for none.</param>
internal sealed class ForeignBeds(string fault) : IBedProvider
{
    public const int Seed = 1;

    private const int IdentityCount = 4096;
    private const int MinDelayBeforeBceDelete = 2000;
    private const int MaxDelayBeforeNewBceAssign = 1500;

    /// <summary>Wide enough for a busy machine, on which a request may arrive some time after its timestamp.</summary>
    private const int TimestampValidityWindow = 1000;

    private static readonly TimeSpan _tolerance = TimeSpan.FromMilliseconds(250);

    private static readonly string[] _claimedItems = ["timestamp-option", "sequence-number-scheme", "waits-for-deregistration"];

    /// <summary>The prefix pool of each configuration.</summary>
    private static readonly Dictionary<string, string> _pools = new(StringComparer.Ordinal)
    {
        ["lma-baseline"] = "2001:db8:8000::/48",
        ["lma-small-pool"] = "2001:db8:8000::/62",
    };

    private readonly Dictionary<string, (ForeignLma Lma, IdentityPool Identities)> _opened = new(StringComparer.Ordinal);

    public string Name => "foreign";

    public string Implementation => fault.Length == 0 ? "foreign LMA" : $"foreign LMA, {fault}";

    public bool IsShared => true;

    public int Parallelism => 1;

    public bool IsRealTime => true;

    public string? Lost => null;

    public IReadOnlyList<string>? Claims(string configuration) => _pools.ContainsKey(configuration) ? _claimedItems : null;

    public ITestBed Open(string configuration)
    {
        if (!_opened.TryGetValue(configuration, out var bed))
        {
            bed = (Start(_pools[configuration]), new IdentityPool(IdentityCount));
            _opened.Add(configuration, bed);
        }

        bed.Lma.Ports.Forget();
        var ixit = Ixit with { HasSparePrefixes = NamedConfiguration.Find(configuration)!.HasSparePrefixes };
        var facts = new BedFacts(Name, Seed, _tolerance, ixit, _claimedItems);
        return new WiredBed(facts, bed.Lma.Ports, bed.Identities, bed.Lma, new NoUpperTester());
    }

    public void Dispose()
    {
        foreach (var (lma, _) in _opened.Values)
        {
            lma.Dispose();
        }
    }

    private static Ixit Ixit { get; } =
        new()
        {
            Domain = ReferenceDomains.Lma.WithoutLinkLayerAddresses() with { Links = [new DomainLink(Ports.Core, LinkKind.Core)] },
            IdentifierPattern = "{mac}@{kind}.pmip.example",
            LinkLayerPattern = "02:5e:00:00:{n}",
            OwnedPrefix = Ipv6Prefix.Parse(_pools["lma-baseline"]),
            ForeignPrefix = Ipv6Prefix.Parse("2001:db8:dead::/64"),
            Timers = new Dictionary<string, TimeSpan>
            {
                ["MinDelayBeforeBCEDelete"] = TimeSpan.FromMilliseconds(MinDelayBeforeBceDelete),
                ["MaxDelayBeforeNewBCEAssign"] = TimeSpan.FromMilliseconds(MaxDelayBeforeNewBceAssign),
                ["TimestampValidityWindow"] = TimeSpan.FromMilliseconds(TimestampValidityWindow),
            },
            Guard = TimeSpan.FromMilliseconds(500),
        };

    private ForeignLma Start(string pool)
    {
        IReadOnlyList<string> arguments =
        [
            "--mag",
            AddressOf("MAG1").ToString(),
            "--mag",
            AddressOf("MAG2").ToString(),
            "--pool",
            pool,
            "--mobile-node",
            "*@dynamic.pmip.example",
            "--mobile-node",
            "*@two-prefix.pmip.example=2",
            "--disabled-mobile-node",
            "*@disabled.pmip.example",
            "--min-delay-before-bce-delete",
            Text(MinDelayBeforeBceDelete),
            "--max-delay-before-new-bce-assign",
            Text(MaxDelayBeforeNewBceAssign),
            "--timestamp-validity-window",
            Text(TimestampValidityWindow),
        ];
        return ForeignLma.Start(AddressOf("LMA1"), fault.Length == 0 ? arguments : [.. arguments, "--fault", fault]);
    }

    private static IPAddress AddressOf(string node) => Ixit.Domain.Find(node)!.Address!;

    private static string Text(int milliseconds) => milliseconds.ToString(CultureInfo.InvariantCulture);
}
