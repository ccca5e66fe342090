using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Drivers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>What the tester finds in the IPv4 options of a MAG's updates, in each edition, and how its LMA answers them.</summary>
public sealed class UpdateIpv4CheckTests
{
    private const string Attaches = "When MN1 attaches at link 1\nThen the MAG sends a registration for MN1";
    private const string Leaves =
        "Given MN1 is attached at link 1 and registered with LMA1\nWhen MN1 detaches\nThen the MAG sends a de-registration for MN1";

    /// <summary>The address that the tester's LMA assigns to the first mobile node.</summary>
    private const string Assigned = "198.18.64.2/16";

    [Theory]
    [InlineData("rfc5844-3.1.2.1-k3", "dual", "prefix 0.0.0.0/0", Verdict.Pass)]
    [InlineData("rfc5844-3.1.2.1-k3", "dual", "", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k1", "dual", "prefix 0.0.0.0/0", Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.1-k1", "dual", "prefix", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k1", "ipv6-only", "prefix", Verdict.Pass)]
    [InlineData("rfc5844-3.2.2-k1a", "ipv6-only", "prefix 0.0.0.0/0", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k1", "dynamic", "prefix", Verdict.Inconclusive)]
    [InlineData("rfc5844-3.2.3.1-k3", "ipv4-only", "0.0.0.0/0", Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.1-k3", "dual", "prefix", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k3", "ipv6-only", "prefix", Verdict.Inconclusive)]
    [InlineData("rfc5844-3.2.3.1-k5", "dual", "prefix 0.0.0.0/0", Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.1-k5", "dual", "prefix 0.0.0.0/16", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k5", "dual", "prefix 0.0.0.0/0 0.0.0.0/0", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k5", "fixed-ipv4", "prefix 198.18.255.77/16", Verdict.Inconclusive)]
    [InlineData("rfc5844-3.2.3.1-k4", "fixed-ipv4", "prefix 198.18.255.77/16", Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.1-k4", "fixed-ipv4", "prefix 198.18.255.77/24", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k4", "fixed-ipv4", "prefix 198.18.9.9/16", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k4", "dual", "prefix 198.18.9.9/16", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k8", "dual", "prefix 0.0.0.0/0", Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.1-k8", "dual", "0.0.0.0/0", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.1-k9", "ipv4-only", "0.0.0.0/0", Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.1-k9", "ipv4-only", "prefix 0.0.0.0/0", Verdict.Fail)]
    [InlineData("ipv4-draft-04-3.2.3.1-k7", "dual", "prefix 0.0.0.0/0", Verdict.Pass)]
    [InlineData("ipv4-draft-04-3.2.3.1-k7", "dual", "prefix 0.0.0.0/0P", Verdict.Fail)]
    [InlineData("ipv4-draft-04-3.2.3.1-k6", "fixed-ipv4", "prefix 198.18.255.77/16", Verdict.Pass)]
    [InlineData("ipv4-draft-04-3.2.3.1-k6", "fixed-ipv4", "prefix 198.18.255.77/16P", Verdict.Fail)]
    [InlineData("ipv4-draft-04-3.2.2-k1b", "two-ipv4", "prefix 198.18.9.1/16 198.18.9.2/16", Verdict.Pass)]
    [InlineData("ipv4-draft-04-3.2.2-k1b", "two-ipv4", "prefix 198.18.9.1/16", Verdict.Fail)]
    [InlineData("ipv4-draft-02-3.2.2-k19", "dual", "prefix 0.0.0.0/0", Verdict.Pass)]
    [InlineData("ipv4-draft-02-3.2.2-k20", "ipv4-only", "", Verdict.Fail)]
    [InlineData("ipv4-draft-02-3.2.2-k20", "dual", "prefix", Verdict.Inconclusive)]
    public void FirstUpdate_IsJudgedByTheKindOfMobileNode(string statement, string kind, string options, Verdict verdict) =>
        Run(statement, kind, options, options, Attaches).Verdict.Should().Be(verdict);

    [Theory]
    [InlineData("rfc5844-3.2.3.3-k1b", $"assigned {Assigned}", Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.3-k1b", "assigned", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.3-k1b", Assigned, Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.3-k3", $"assigned {Assigned} {Assigned}", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.3-k3", $"assigned {Assigned}", Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.3-k4", $"assigned {Assigned}", Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.3-k4", "assigned 198.18.64.2/24", Verdict.Fail)]
    [InlineData("rfc5844-3.2.3.3-k4", "assigned 0.0.0.0/0", Verdict.Fail)]
    [InlineData("ipv4-draft-04-3.2.3.3-k5", $"assigned {Assigned}", Verdict.Pass)]
    [InlineData("ipv4-draft-04-3.2.3.3-k5", $"assigned {Assigned}P", Verdict.Fail)]
    [InlineData("ipv4-draft-02-3.2.2-k16", "assigned 0.0.0.0/0", Verdict.Fail)]
    public void Deregistration_NamesWhatWasAssigned(string statement, string options, Verdict verdict) =>
        Run(statement, "dual", "prefix 0.0.0.0/0", options, Leaves).Verdict.Should().Be(verdict);

    [Theory]
    [InlineData("rfc5844-3.2.3.3-k12", Assigned, Verdict.Pass)]
    [InlineData("rfc5844-3.2.3.3-k12", $"assigned {Assigned}", Verdict.Fail)]
    public void Deregistration_OfAnIpv4OnlyNode_HasNoPrefixes(string statement, string options, Verdict verdict) =>
        Run(statement, "ipv4-only", "0.0.0.0/0", options, Leaves).Verdict.Should().Be(verdict);

    [Fact]
    public void Deregistration_NamesNoAddressThatWasReleased_ThoughThePrefixIsAdvertisedOnceMore()
    {
        var (edition, mag) = Mag("rfc5844-3.2.3.3-k3", "dual", "prefix 0.0.0.0/0", "assigned");
        mag.OnDhcp = (self, _) =>
        {
            var options = self.Options;
            self.Options = _ => Options(Assigned, edition, self);
            self.Update(lifetimeUnits: 0);
            self.Options = options;
            self.Advertise();
        };

        Run(
                mag,
                "rfc5844-3.2.3.3-k3",
                "dual",
                "Given MN1 is attached at link 1 and registered with LMA1\nAnd MN1 sends a DHCPRELEASE\n"
                    + "And INITIAL_BINDACK_TIMEOUT passes\nWhen MN1 detaches\nThen the MAG sends a de-registration for MN1"
            )
            .Violated()
            .Should()
            .NotContain(statement => statement.StartsWith("rfc5844-3.2.3.3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rfc5844-9.9-k1", "0.0.0.0/0", "Ipv4HomeAddressReply 198.18.64.2/16, Ipv4DefaultRouterAddress, Ipv4DhcpSupportMode")]
    [InlineData("rfc5844-9.9-k1", "198.18.9.9/24", "Ipv4HomeAddressReply 198.18.9.9/24, Ipv4DefaultRouterAddress, Ipv4DhcpSupportMode")]
    [InlineData("rfc5844-9.9-k1", "", "")]
    [InlineData("ipv4-draft-04-9.9-k1", "0.0.0.0/0", "Ipv4AddressAcknowledgement 198.18.64.2/16, Ipv4DefaultRouterAddress")]
    [InlineData(
        "ipv4-draft-04-9.9-k1",
        "198.18.9.1/16 198.18.9.2/16",
        "Ipv4AddressAcknowledgement 198.18.9.1/16, Ipv4AddressAcknowledgement 198.18.9.2/16, Ipv4DefaultRouterAddress"
    )]
    [InlineData("ipv4-draft-02-9.9-k1", "0.0.0.0/0", "Ipv4AddressAcknowledgement 198.18.64.2/16")]
    public void Anchor_AnswersEachRequest(string purpose, string options, string answers)
    {
        var (edition, mag) = Mag(purpose, "dual", $"prefix {options}", $"prefix {options}");
        PhraseRuns.Run(mag.Bed, "timing", $"Given MN1 is a dual mobile node\n{Leaves}", "TC-MAG-V4REG-BV-01", purpose);

        MobilityMessage.TryParse(mag.LastAnswerOctets, edition, out var message, out _).Should().BeTrue();
        string.Join(", ", ((BindingAcknowledgement)message!).Options.Select(Text).OfType<string>()).Should().Be(answers);
    }

    [Theory]
    [InlineData("170 NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE", "rfc5844-3.2.3.1-k3")]
    [InlineData("172 NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE", "rfc5844-3.2.3.1-k8")]
    public void Update_AfterTheRefusalOfAFamily_NeedNotAskForIt(string status, string statement)
    {
        var (_, mag) = Mag(statement, "dual", "prefix 0.0.0.0/0", "");
        mag.Refused = status[..3] == "170" ? "prefix" : "0.0.0.0/0";

        Run(
                mag,
                statement,
                "dual",
                $"Given LMA1 ignores registrations\nAnd MN1 attaches at link 1\nAnd the MAG sends a registration for MN1\n"
                    + $"When LMA1 rejects the request with status {status}\nThen the MAG sends a registration for MN1"
            )
            .Violated()
            .Should()
            .NotContain(statement);
    }

    private static ScenarioResult Run(string statement, string kind, string first, string end, string steps) =>
        Run(Mag(statement, kind, first, end).Mag, statement, kind, steps);

    private static ScenarioResult Run(ScriptedIpv4Mag mag, string statement, string kind, string steps)
    {
        var given = steps.StartsWith("Given ", StringComparison.Ordinal) ? $"And {steps[6..]}" : steps;
        var result = PhraseRuns
            .Run(mag.Bed, "options", $"Given MN1 is a {kind} mobile node\n{given}", "TC-MAG-V4REG-BV-01", statement)
            .Result;
        result.Verdict.Should().NotBe(Verdict.Error, result.Reason);
        return result;
    }

    private static (WireEdition Edition, ScriptedIpv4Mag Mag) Mag(string statement, string kind, string first, string end)
    {
        var edition =
            statement.StartsWith("ipv4-draft-04", StringComparison.Ordinal) ? WireEdition.Ipv4Draft04
            : statement.StartsWith("ipv4-draft-02", StringComparison.Ordinal) ? WireEdition.Ipv4Draft02
            : WireEdition.Rfc5844;
        var mag = new ScriptedIpv4Mag("dhcp-server") { Kind = kind };
        mag.Options = isEnd =>
            Options(
                isEnd ? end
                    : mag.IsRefused ? mag.Refused
                    : first,
                edition,
                mag
            );
        return (edition, mag);
    }

    /// <summary>Options in words: <c>prefix</c>, <c>assigned</c> for the assigned prefix, and addresses, with P for the P bit.</summary>
    private static IEnumerable<MobilityOption> Options(string words, WireEdition edition, ScriptedIpv4Mag mag)
    {
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "prefix" or "assigned")
            {
                var known = mag
                    .Answers.Select(answer => answer.Options.First<HomeNetworkPrefixOption>()?.Prefix)
                    .LastOrDefault(each => each is not null);
                yield return new HomeNetworkPrefixOption(word == "prefix" ? Ipv6Prefix.AllZero : known ?? ScriptedLma.PrefixOf(2));
                continue;
            }

            var parts = word.TrimEnd('P').Split('/');
            var (address, length) = (IPAddress.Parse(parts[0]), byte.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
            yield return edition == WireEdition.Rfc5844
                ? new Ipv4HomeAddressRequestOption(address, length)
                : new Ipv4HomeAddressOption(address, length, RequestsPrefix: word.EndsWith('P'));
        }
    }

    private static string? Text(MobilityOption option) =>
        option switch
        {
            Ipv4HomeAddressReplyOption reply => $"Ipv4HomeAddressReply {reply.HomeAddress}/{reply.PrefixLength}",
            Ipv4AddressAcknowledgementOption reply => $"Ipv4AddressAcknowledgement {reply.HomeAddress}/{reply.PrefixLength}",
            Ipv4DefaultRouterAddressOption => "Ipv4DefaultRouterAddress",
            Ipv4DhcpSupportModeOption => "Ipv4DhcpSupportMode",
            _ => null,
        };
}

/// <summary>Short forms for these tests.</summary>
internal static class Findings
{
    public static IEnumerable<string> Violated(this ScenarioResult result) =>
        result.Purpose.Concat(result.Incidental).Where(finding => !finding.Ok).Select(finding => $"{finding.Statement}");
}
