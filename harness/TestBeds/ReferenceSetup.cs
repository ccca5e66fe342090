using System.Net;
using Conformance.TestBeds.ReferenceRoles;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>
/// The setup of the reference implementation on every bed that starts it: the domain, what differs from the defaults of its roles, and
/// the matching IXIT.
/// </summary>
public sealed record ReferenceSetup(Domain Domain, Changes Changes)
{
    /// <summary>The prefixes that the LMA assigns, unless a configuration has another pool.</summary>
    public static Ipv6Prefix PrefixPool { get; } = Ipv6Prefix.Parse("2001:db8:8000::/48");

    /// <summary>The only prefix that a mobile node of the kind fixed-prefix may use.</summary>
    public static Ipv6Prefix FixedPrefix { get; } = Ipv6Prefix.Parse("2001:db8:8000:fff0::/64");

    /// <summary>The IPv4 home network of the configurations that support IPv4.</summary>
    public static Ipv4HomeNetwork Ipv4 { get; } =
        new(IpPrefix.Parse("198.18.0.0/16"), IPAddress.Parse("198.18.0.1"), IPAddress.Parse("203.0.113.99"))
        {
            Fixed = IPAddress.Parse("198.18.255.77"),
            Unassigned = IPAddress.Parse("198.18.255.1"),
        };

    /// <summary>The mobile node with several interfaces.</summary>
    public static MultihomedNode Multihomed { get; } =
        new("multihomed@dynamic.pmip.example", [MacAddress.Parse("02:5e:00:00:ee:01"), MacAddress.Parse("02:5e:00:00:ee:02")]);

    public static ReferenceSetup Of(NamedConfiguration configuration) =>
        new(configuration.Domain, configuration.Changes.Then(configuration.ChangesOf(configuration.Edition)))
        {
            HasSparePrefixes = configuration.HasSparePrefixes,
            AcceptsUdpEncapsulation = !configuration.WithoutUdpEncapsulation.Contains(configuration.Edition),
            Provision = configuration.Provision,
        };

    /// <inheritdoc cref="Ixit.HasSparePrefixes"/>
    public bool HasSparePrefixes { get; init; } = true;

    /// <inheritdoc cref="Ixit.AcceptsUdpEncapsulation"/>
    public bool AcceptsUdpEncapsulation { get; init; } = true;

    /// <summary>The programs of hosts: those of the machine on a real bed, else those for which the simulated hosts can stand in.</summary>
    public IReadOnlyList<string> Programs { get; init; } = HostProgram.Names;

    /// <inheritdoc cref="NamedConfiguration.Provision"/>
    public Func<Ixit, Ixit> Provision { get; init; } = ixit => ixit;

    /// <summary>The setup of a configuration where time is real.</summary>
    public static ReferenceSetup InRealTime(NamedConfiguration configuration) =>
        (
            configuration.HasDefaultVariables ? Of(configuration) : Of(configuration).With(role => role.ForRealTime(configuration.Domain))
        ) with
        {
            Programs = HostProgram.Installed,
        };

    public ReferenceSetup With(Changes later) => this with { Changes = Changes.Then(later) };

    /// <summary>The setup with what each role of the domain changes.</summary>
    public ReferenceSetup With(Func<ReferenceRole, Changes> later) => Roles.Aggregate(this, (changed, role) => changed.With(later(role)));

    /// <summary>The address of the first node with a role.</summary>
    public IPAddress AddressOf(NodeRole role) => Domain.Of(role).First().Address!;

    private IEnumerable<ReferenceRole> Roles => ReferenceRole.All.Where(role => Domain.Nodes.Any(role.Plays));

    public Ixit ToIxit() =>
        Provision(
            new()
            {
                Domain = Domain.WithoutLinkLayerAddresses().WithKeysOf(TesterKeys.Find),
                IdentifierPattern = "{mac}@{kind}.pmip.example",
                LinkLayerPattern = "02:5e:00:00:{n}",
                Multihomed = Multihomed,
                Kinds = [.. Ixit.UsualKinds, Ixit.FixedPrefixKind],
                OwnedPrefix = PrefixPool,
                FixedPrefix = FixedPrefix,
                ForeignPrefix = Ipv6Prefix.Parse("2001:db8:dead::/64"),
                HasSparePrefixes = HasSparePrefixes,
                AcceptsUdpEncapsulation = AcceptsUdpEncapsulation,
                Programs = Programs,
                Timers = Roles
                    .SelectMany(role => role.Timers(this))
                    .DistinctBy(timer => timer.Key)
                    .ToDictionary(timer => timer.Key, timer => timer.Value, StringComparer.Ordinal),
            }
        );
}
