using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.TestBeds.External;

/// <summary>Reads the mobile nodes and prefixes of a device of Mobile IPv6: a home agent or a correspondent node.</summary>
internal sealed class ProfileMobility
{
    private const string HomeAddressKey = "homeAddress",
        CareOfAddressKey = "careOfAddress",
        MobileNetworkKey = "mobileNetwork",
        ProtectionKey = "protection";

    private const string NumberPlaceholder = "{n}",
        CareOfPlaceholder = "{k}";

    private const string HomeAddressExample = "an address of the home link with {n}, such as \"2001:db8:200::5e00:{n}\"",
        CareOfAddressExample = "an address of the core link with {n} and {k}, such as \"2001:db8:100::5e{k}:{n}\"",
        Ipv4HomeAddressExample = "an IPv4 address with {n}, or with {nn} for two octets, such as \"198.18.{nn}\"",
        Ipv4CareOfAddressExample = "an IPv4 address with {n} and {k}, or with {nn} for two octets, such as \"10.{nn}.{k}\"",
        MobileNetworkExample = "a prefix with {n}, such as \"2001:db8:4000:{n}::/64\"";

    private const int PrefixLength = 64;

    /// <summary>The highest number of a care-of address of a mobile node.</summary>
    private const int CareOfAddresses = 9;

    private readonly ProfileSection _root;
    private readonly ProfileSection _identities;
    private readonly int _count;

    /// <param name="domain">The nodes with an address of their own.</param>
    /// <param name="count">The number of mobile nodes.</param>
    public ProfileMobility(ProfileSection root, ProfileSection identities, Domain domain, int count)
    {
        (_root, _identities, _count) = (root, identities, count);
        var prefixes = root.Section("prefixes", ProfileKeys.PrefixesOfMobility);
        Home = prefixes.Prefix("home", PrefixLength) ?? Ipv6Prefix.AllZero;
        Foreign = prefixes.Prefix("foreign", PrefixLength) ?? Ipv6Prefix.AllZero;
        if (Home.Contains(Foreign) && Foreign != Ipv6Prefix.AllZero)
        {
            prefixes.Mistake("foreign", $"{Foreign} is part of {Home}, the prefix of the home link");
        }

        Addresses = ReadAddresses();
        Domain = domain with { Nodes = [.. domain.Nodes, .. Protected()] };
        RequireAtHome(domain);
    }

    /// <summary>The prefix of the home link, and one that is of no link.</summary>
    public Ipv6Prefix Home { get; }

    /// <inheritdoc cref="Home"/>
    public Ipv6Prefix Foreign { get; }

    public MobilityAddresses Addresses { get; }

    /// <summary>The nodes with a mobile node for each home address that has security associations.</summary>
    public Domain Domain { get; }

    /// <summary>A configuration with security associations has those of every mobile node.</summary>
    /// <param name="isProtected">Whether a configuration has security associations.</param>
    public void RequireProtectedNodes(IReadOnlyList<DeviceConfiguration> configurations, Func<DeviceConfiguration, bool> isProtected)
    {
        if (configurations.FirstOrDefault(isProtected) is { } configuration && ProtectedNumbers().Count < _count)
        {
            _root.Mistake(
                ProtectionKey,
                $"the configuration {configuration.Name} needs security associations of every mobile node, \"1\" to \"{Text(_count)}\""
            );
        }
    }

    /// <summary>The mobile nodes whose numbers are keys of the security associations.</summary>
    private IEnumerable<DomainNode> Protected() =>
        ProtectedNumbers().Select(number => McoaDomains.ProtectedNode(number, Addresses.HomeAddressOf(number)));

    private List<int> ProtectedNumbers() => [.. Enumerable.Range(1, _count).Where(number => KeysOfProtection.Contains(Text(number)))];

    private IReadOnlyCollection<string> KeysOfProtection => _root.Has(ProtectionKey) ? _root.Section(ProtectionKey, keys: null).Keys : [];

    private MobilityAddresses ReadAddresses()
    {
        var home = _identities.Text(HomeAddressKey, HomeAddressExample) ?? string.Empty;
        var careOf = _identities.Text(CareOfAddressKey, CareOfAddressExample) ?? string.Empty;
        var network = _identities.Text(MobileNetworkKey, MobileNetworkExample, required: false);
        var isGood = Check(
            HomeAddressKey,
            home,
            HomeAddressExample,
            [.. Numbers.Select(number => AddressOf(Filled(home, number))?.ToString())]
        );
        isGood &= Check(
            CareOfAddressKey,
            careOf,
            CareOfAddressExample,
            [
                .. Numbers.SelectMany(number =>
                    ((int[])[1, CareOfAddresses]).Select(k =>
                        AddressOf(Filled(careOf, number).Replace(CareOfPlaceholder, Text(k), StringComparison.Ordinal))?.ToString()
                    )
                ),
            ]
        );
        isGood &=
            network is null
            || Check(
                MobileNetworkKey,
                network,
                MobileNetworkExample,
                [.. Numbers.Select(number => Ipv6Prefix.TryParse(Filled(network, number), out var prefix) ? prefix.ToString() : null)]
            );
        var ipv4Home = Ipv4Pattern(ProfileIpv4.HomeAddressKey, Ipv4HomeAddressExample, [null], ref isGood);
        var ipv4CareOf = Ipv4Pattern(ProfileIpv4.CareOfAddressKey, Ipv4CareOfAddressExample, [1, CareOfAddresses], ref isGood);
        return isGood
            ? new MobilityAddresses(home, careOf, network ?? "2001:db8:4000:{n}::/64")
            {
                Ipv4HomeAddressPattern = ipv4Home,
                Ipv4CareOfAddressPattern = ipv4CareOf,
            }
            : McoaDomains.Addresses;
    }

    /// <summary>A pattern of IPv4 addresses; null if the profile has none.</summary>
    /// <param name="careOfs">The numbers of care-of addresses to try.</param>
    private string? Ipv4Pattern(string key, string expected, IReadOnlyList<int?> careOfs, ref bool isGood)
    {
        if (_identities.Text(key, expected, required: false) is not { } pattern)
        {
            return null;
        }

        isGood &= Check(
            key,
            pattern,
            expected,
            [.. Numbers.SelectMany(number => careOfs.Select(k => Ipv4Of(MobilityAddresses.FilledIpv4(pattern, number, k))))]
        );
        return pattern;
    }

    private static string? Ipv4Of(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text
            ? text
            : null;

    /// <summary>The first and the last mobile node.</summary>
    private int[] Numbers => [1, _count];

    private bool Check(string key, string pattern, string expected, IReadOnlyList<string?> made)
    {
        if (pattern.Length > 0 && (made.Contains(null) || made.Distinct().Count() < made.Count))
        {
            _identities.Mistake(key, $"'{pattern}' does not produce another value for each mobile node; expected {expected}");
        }

        return pattern.Length > 0 && !made.Contains(null) && made.Distinct().Count() == made.Count;
    }

    private void RequireAtHome(Domain domain)
    {
        if (Home == Ipv6Prefix.AllZero)
        {
            return;
        }

        foreach (var number in Numbers.Where(number => !Home.Contains(Addresses.HomeAddressOf(number))).Take(1))
        {
            _identities.Mistake(
                HomeAddressKey,
                $"{Addresses.HomeAddressOf(number)} is not part of {Home}, the prefix of the home link in 'prefixes.home'"
            );
        }

        var agent = domain.Of(NodeRole.Ha).FirstOrDefault()?.AddressOn(Ports.Home);
        if (agent is not null && !Home.Contains(agent))
        {
            _root.Mistake(
                "addresses",
                $"{agent}, the address of HA1, is not part of {Home}, the prefix of the home link in 'prefixes.home'"
            );
        }
    }

    private static IPAddress? AddressOf(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? address : null;

    private static string Filled(string pattern, int number) =>
        pattern.Replace(NumberPlaceholder, number.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
