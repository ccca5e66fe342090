using System.Globalization;
using System.Net;
using Conformance.TestBeds;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;

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
        var facts = new BedFacts(Name, Seed, _tolerance, Ixit, _claimedItems);
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
            Ports = [Ports.Core.Name],
            Addresses = new Dictionary<string, string>
            {
                ["LMA1"] = "2001:db8:100::1",
                ["MAG1"] = "2001:db8:100::a1",
                ["MAG2"] = "2001:db8:100::a2",
                ["MAG3"] = "2001:db8:100::a3",
                ["core router"] = "2001:db8:100::ff",
                ["CN1"] = "2001:db8:200::c1",
            },
            IdentifierPattern = "{mac}@{kind}.pmip.example",
            LinkLayerPattern = "02:5e:00:00:{n}",
            OwnedPrefix = _pools["lma-baseline"],
            ForeignPrefix = "2001:db8:dead::/64",
            Timers = new Dictionary<string, int>
            {
                ["MinDelayBeforeBCEDelete"] = MinDelayBeforeBceDelete,
                ["MaxDelayBeforeNewBCEAssign"] = MaxDelayBeforeNewBceAssign,
                ["TimestampValidityWindow"] = TimestampValidityWindow,
            },
            GuardMilliseconds = 500,
        };

    private ForeignLma Start(string pool)
    {
        IReadOnlyList<string> arguments =
        [
            "--mag",
            Ixit.Addresses["MAG1"],
            "--mag",
            Ixit.Addresses["MAG2"],
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
        return ForeignLma.Start(IPAddress.Parse(Ixit.Addresses["LMA1"]), fault.Length == 0 ? arguments : [.. arguments, "--fault", fault]);
    }

    private static string Text(int milliseconds) => milliseconds.ToString(CultureInfo.InvariantCulture);
}
