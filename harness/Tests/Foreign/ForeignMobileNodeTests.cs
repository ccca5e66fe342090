using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Conformance.TestBeds;
using Conformance.TestBeds.Namespaces;
using Conformance.TestBeds.ReferenceRoles;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Xunit;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>
/// A mobile node in Python that shares no code with the reference, with <c>pmip-node</c> as its home agent, and as its correspondent node.
/// </summary>
public sealed class ForeignMobileNodeTests : IDisposable
{
    private const string MobileNode = "mn/mobile_node.py",
        HomeAgent = "--role ha --peer 2001:db8:200::1 --next-hop 2001:db8:100::1 --correspondent 2001:db8:100::c9",
        Correspondent = "--role cn --peer 2001:db8:100::c1 --router 2001:db8:100::ff",
        Addresses =
            "--interface core --home 2001:db8:200::5e00:1 --care-of 2001:db8:100::5e1:1 --care-of 2001:db8:100::5e2:1 "
            + "--care-of 2001:db8:100::5e3:1";

    /// <summary>Only ends a failed test.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly List<IDisposable> _open = [];

    public void Dispose() => Enumerable.Reverse(_open).ToList().ForEach(opened => opened.Dispose());

    [Theory]
    [InlineData("ha-mcoa", HomeAgent)]
    [InlineData("ha-mcoa-other-routers", HomeAgent)]
    [InlineData("cn-mcoa", Correspondent)]
    public void MobileNode_RegistersThreeCareOfAddresses_AndGetsItsDataOverEach(string configuration, string options)
    {
        Python.Require();

        var steps = Run(configuration, options);

        Of(steps, "registered").SelectMany(Bids).Distinct().Order().Should().Equal(1, 2, 3);
        Of(steps, "data").Select(Bid).Distinct().Order().Should().Equal(1, 2, 3);
        Of(steps, "gone").Select(Bid).First().Should().Be(2, "it is removed first");
        Of(steps, "gone").Select(Bid).Skip(1).Should().Equal(1, 2, 3);
        steps[^1].GetProperty("step").GetString().Should().Be("done");
    }

    /// <summary>RFC 6275, Sections 5.2.5 and 6.2.7: what the mobile node prints beside the tokens is what they were computed of.</summary>
    [Fact]
    public void Authenticators_AreThoseOfTheTokens()
    {
        Python.Require();

        var steps = Run("cn-mcoa", Correspondent);

        var (home, careOf, authenticators) = (string.Empty, string.Empty, 0);
        foreach (var step in steps)
        {
            switch (step.GetProperty("step").GetString())
            {
                case "Home Test":
                    (home, careOf) = (step.GetProperty("token").GetString()!, string.Empty);
                    break;
                case "Care-of Test":
                    careOf = step.GetProperty("token").GetString()!;
                    break;
                case "authenticator":
                    var key = Key(home + careOf);
                    step.GetProperty("kbm").GetString().Should().Be(Convert.ToHexStringLower(key));
                    step.GetProperty("authenticator")
                        .GetString()
                        .Should()
                        .Be(Authenticator(key, step.GetProperty("mobilityData").GetString()!));
                    authenticators++;
                    break;
            }
        }

        authenticators.Should().BeGreaterThanOrEqualTo(5, "three registrations and two removals were authorized");
    }

#pragma warning disable CA5350 // RFC 6275 has SHA-1.
    private static byte[] Key(string tokens) => SHA1.HashData(Convert.FromHexString(tokens));

    private static string Authenticator(byte[] key, string data) =>
        Convert.ToHexStringLower(HMACSHA1.HashData(key, Convert.FromHexString(data))[..12]);
#pragma warning restore CA5350

    private static IEnumerable<JsonElement> Of(IEnumerable<JsonElement> steps, string name) =>
        steps.Where(step => step.GetProperty("step").ValueEquals(name));

    private static int Bid(JsonElement step) => step.GetProperty("bid").GetInt32();

    private static IEnumerable<int> Bids(JsonElement step) => step.GetProperty("bids").EnumerateArray().Select(bid => bid.GetInt32());

    private List<JsonElement> Run(string configuration, string options)
    {
        var named = NamedConfiguration.Find(configuration)!;
        var tested = named.Domain.Tested!;
        var (node, mobile) = (Keep(NetworkNamespace.CreateAnonymous()), Keep(NetworkNamespace.CreateAnonymous()));
        mobile.Run(() =>
        {
            // The mobile node is its own IPv6 stack; the kernel's must be silent.
            foreach (var scope in (string[])["all", "default"])
            {
                Sysctl.Write($"net/ipv6/conf/{scope}/disable_ipv6", "1");
            }

            using var netlink = RouteNetlink.Open();
            foreach (var known in tested.Interfaces)
            {
                netlink.Links.AddVethPair(new VethEnd(known.Name), new VethEnd(known.Name) { Namespace = node });
                netlink.Links.SetUp(netlink.Links.Get(known.Name).Index);
            }
        });
        Keep(NodeProcess.Start(node, ReferenceRole.Of(tested).Process(tested, ReferenceSetup.InRealTime(named), seed: 1)!));
        return Run(mobile, [Path.Combine(AppContext.BaseDirectory, "Foreign", MobileNode), .. Addresses.Split(' '), .. options.Split(' ')]);
    }

    private static List<JsonElement> Run(NetworkNamespace inside, IEnumerable<string> arguments)
    {
        using var process = inside.Start(
            new ProcessStartInfo(Python.Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        );
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(_patience))
        {
            process.Kill();
        }

        process.WaitForExit();
        var lines = output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.ExitCode.Should().Be(0, $"{error.Result} after {string.Join('\n', lines)}");
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Add(opened);
        return opened;
    }
}
