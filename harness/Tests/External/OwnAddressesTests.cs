using System.Net;
using Conformance.Harness.Tests.Capture;
using Conformance.TestBeds;
using Conformance.TestBeds.External;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Conformance.Harness.Tests.External;

/// <summary>A neighbour already has one of the tester's addresses, for example another tester or a MAG left on the link.</summary>
public sealed class OwnAddressesTests : IDisposable
{
    private const byte LinkPrefixLength = 64;

    private readonly TemporaryDirectory _directory = new();
    private readonly NetworkNamespace _tester;
    private readonly NetworkNamespace _neighbor;

    public OwnAddressesTests()
    {
        Privilege.Require();
        _tester = NetworkNamespace.CreateAnonymous();
        _neighbor = NetworkNamespace.CreateAnonymous();
        _neighbor.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            foreach (var name in (string[])["core0", "home0"])
            {
                netlink.Links.AddVethPair(new VethEnd(name), new VethEnd(name) { Namespace = _tester });
                netlink.Links.SetUp(netlink.Links.Get(name).Index);
                _tester.Run(() => SetUp(name));

                // The neighbour answers only after it has detected the link.
                netlink.Links.WaitUntilRunning(netlink.Links.Get(name).Index, KernelTime.Now + TimeSpan.FromSeconds(30)).Should().BeTrue();
            }
        });
    }

    public void Dispose()
    {
        _neighbor?.Dispose();
        _tester?.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(
        "core0",
        "2001:db8:100::a2",
        "2001:db8:100::a2, the address of MAG2, which the tester plays, is in use on port core: * answers for it"
    )]
    [InlineData(
        "home0",
        "2001:db8:200::c1",
        "2001:db8:200::c1, the address of CN1, which the tester plays, is in use on port home: * answers for it"
    )]
    public void AnAddressOfTheTester_InUseByAnotherNode_IsReportedBeforeTheFirstScenario(string link, string address, string expected)
    {
        Take(link, address);

        Opening().Should().Throw<BedUnavailableException>().WithMessage(expected);
    }

    /// <summary>The address of the device, and an address that the tester uses only on the other link.</summary>
    [Theory]
    [InlineData("core0", "2001:db8:100::1")]
    [InlineData("core0", "2001:db8:200::c1")]
    public void AnotherAddress_IsAccepted(string link, string address)
    {
        Take(link, address);

        Opening().Should().NotThrow();
    }

    private static void SetUp(string name)
    {
        using var netlink = RouteNetlink.Open();
        netlink.Links.SetUp(netlink.Links.Get(name).Index);
    }

    private Action Opening()
    {
        var profile = _directory.File(
            "device.json",
            Profiles
                .Lma.Replace("\"eth1\", \"vlan\": 100", "\"core0\"", StringComparison.Ordinal)
                .Replace("\"eth1\", \"vlan\": 200", "\"home0\"", StringComparison.Ordinal)
        );
        return () =>
            _tester.Run(() =>
            {
                using var beds = ExternalBeds.Open(ProfileFile.Load(profile), seed: 1);
                beds.OpenForCheck("lma-baseline").Dispose();
            });
    }

    private void Take(string link, string address) =>
        _neighbor.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            netlink.Addresses.Add(
                netlink.Links.Get(link).Index,
                IPAddress.Parse(address),
                LinkPrefixLength,
                KernelAddressFlags.NoDuplicateDetection
            );
        });
}
