using System.Net;
using Conformance.Testing.Statements;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>What the tester finds in the headers of a MAG's updates over IPv4, in each edition.</summary>
public sealed class UpdateTransportCheckTests
{
    private static readonly IPAddress _other = IPAddress.Parse("192.0.2.99"),
        _other6 = IPAddress.Parse("2001:db8:100::99");

    [Theory]
    [InlineData("rfc5844", "4.2.2-k3 4.2.2.1-d1 4.2.2.1-d2 4.2.2.1-k1 4.2.2.1-k2 4.2.2.1-k3 4.2.2.1-k4")]
    [InlineData("ipv4-draft-04", "4.1.2-k1b 4.2.2-k3 4.2.2-k4 4.2.2-k5 4.2.2.1-d1 4.2.2.1-k1 4.2.2.1-k2 4.2.2.1-k3 4.2.2.1-k4")]
    [InlineData(
        "ipv4-draft-02",
        "4-k1 4.1-k1 4.2.2-k1 4.2.2-k13 4.2.2-k14 4.2.2-k15 4.2.2-k2 4.2.2-k3 4.2.2-k4 4.2.2-k5 4.2.2-k6 4.2.2-k7 4.2.2-k8 4.2.2-k9"
    )]
    public void RightUpdate_IsRight(string edition, string rows)
    {
        var made = Receive(Of(edition));

        Violations(made).Should().BeEmpty();
        OfTransport(made).Should().Equal(rows.Split(' ').Select(row => $"{edition}-{row}"));
    }

    [Theory]
    [InlineData("rfc5844", "IPv6", "4.2.2-k3")]
    [InlineData("ipv4-draft-04", "IPv6", "4.1.2-k1b 4.2.2-k3")]
    [InlineData("ipv4-draft-02", "IPv6", "4-k1 4.1-k1 4.2.2-k9")]
    [InlineData("rfc5844", "inner header", "4.2.2.1-d1")]
    [InlineData("ipv4-draft-04", "inner header", "4.2.2-k3")]
    [InlineData("ipv4-draft-02", "inner header", "4-k1")]
    [InlineData("rfc5844", "source", "4.2.2.1-k3")]
    [InlineData("ipv4-draft-04", "source", "4.2.2.1-k1")]
    [InlineData("ipv4-draft-02", "source", "4.2.2-k1 4.2.2-k6")]
    [InlineData("rfc5844", "destination", "4.2.2.1-k4")]
    [InlineData("ipv4-draft-04", "destination", "4.2.2.1-k2")]
    [InlineData("ipv4-draft-02", "destination", "4.2.2-k7")]
    [InlineData("ipv4-draft-04", "inner source", "4.2.2-k3")]
    [InlineData("ipv4-draft-02", "inner source", "4.2.2-k2 4.2.2-k3 4.2.2-k4")]
    [InlineData("ipv4-draft-04", "inner destination", "4.2.2-k3")]
    [InlineData("ipv4-draft-02", "inner destination", "4.2.2-k5")]
    [InlineData("rfc5844", "checksum", "4.2.2.1-k1")]
    [InlineData("rfc5844", "UDP checksum 0", "4.2.2.1-k2")]
    [InlineData("rfc5844", "UDP checksum wrong", "4.2.2.1-k2")]
    [InlineData("ipv4-draft-04", "UDP checksum 0", "")]
    [InlineData("rfc5844", "port", "4.2.2.1-d2")]
    [InlineData("ipv4-draft-04", "port", "4.2.2.1-d1")]
    [InlineData("ipv4-draft-02", "port", "")]
    [InlineData("ipv4-draft-04", "no care-of", "4.2.2-k4 4.2.2.1-k3")]
    [InlineData("ipv4-draft-02", "no care-of", "4.2.2-k13 4.2.2-k14")]
    [InlineData("ipv4-draft-04", "care-of", "4.2.2-k5 4.2.2.1-k4")]
    [InlineData("ipv4-draft-02", "care-of", "4.2.2-k15 4.2.2-k8")]
    [InlineData("ipv4-draft-02", "TLV without T", "4.2.2-k11")]
    [InlineData("ipv4-draft-02", "T without TLV", "4.2.2-k10")]
    [InlineData("ipv4-draft-02", "T and TLV", "")]
    [InlineData("ipv4-draft-04", "T and TLV", "")]
    public void Fault_ViolatesItsRowsAlone(string edition, string fault, string rows)
    {
        var made = fault == "IPv6" ? Made(edition).Receive(Of(edition).FrameOverIpv6()) : Receive(With(Of(edition), fault));

        Violations(made).Should().Equal(rows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(row => $"{edition}-{row}"));
    }

    /// <summary>A profile may name another LMA, or IPv6.</summary>
    [Theory]
    [InlineData("rfc5844", "other-anchor", false, "4.1.2-k1 4.2.2.1-k4")]
    [InlineData("ipv4-draft-04", "other-anchor", false, "4.1.2-k1a 4.2.2.1-k2")]
    [InlineData("ipv4-draft-04", "over-ipv6", false, "4.1.2-k1b")]
    [InlineData("ipv4-draft-04", "over-ipv6", true, "")]
    public void Profile_IsFollowed(string edition, string kind, bool isOverIpv6, string rows)
    {
        var message = Of(edition);
        var made = Made(edition, kind).Receive(isOverIpv6 ? message.FrameOverIpv6() : message.Frame());

        Violations(made)
            .Except([$"{edition}-4.2.2-k3"])
            .Should()
            .Equal(rows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(row => $"{edition}-{row}"));
    }

    [Fact]
    public void WithoutIpv4Addresses_NoTransportIsDemanded()
    {
        var made = new HandMade(edition: Edition.Rfc5844, claims: ["ipv4-transport"]).WithUpdateCheck();

        made.Receive(Of("rfc5844").FrameOverIpv6());

        OfTransport(made).Should().BeEmpty();
    }

    [Theory]
    [InlineData("rfc5844", "", "")]
    [InlineData("rfc5844", "source port", "")]
    [InlineData("rfc5844", "F", "4.2.2-k4")]
    [InlineData("ipv4-draft-04", "", "")]
    [InlineData("ipv4-draft-04", "F", "4.2.2-k7")]
    [InlineData("ipv4-draft-04", "no care-of", "4.2.2-k4 4.2.2-k7 4.2.2.1-k3")]
    [InlineData("ipv4-draft-04", "IPv6", "4.1.2-k1b 4.2.2-k3 4.2.2-k7")]
    public void Deregistration_IsAsTheFirstUpdate(string edition, string difference, string rows)
    {
        var made = Made(edition).Receive(Of(edition).Frame());
        made.Node.Binding.Offer();
        var end = Of(edition) with { Lifetime = 0, Number = 0x1235 };

        made.Receive(difference == "IPv6" ? end.FrameOverIpv6() : With(end, difference).Frame());

        Violations(made).Should().Equal(rows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(row => $"{edition}-{row}"));
        made.Statements.Should().Contain(edition == "rfc5844" ? "rfc5844-4.2.2-k4" : "ipv4-draft-04-4.2.2-k7");
    }

    [Theory]
    [InlineData("rfc5844", true, "4.2.2.1-k5", true)]
    [InlineData("rfc5844", false, "4.2.2.1-k5", false)]
    [InlineData("ipv4-draft-04", false, "5.2-k6", false)]
    public void FlagF_FollowsTheVariables(string edition, bool isSet, string row, bool ok)
    {
        var made = Made(edition);
        made.Session.Device.Set("ForceIPv4UDPEncapsulationSupport", "1");
        made.Session.Device.Set("RequestIPv4UDPEncapsulationSupport", "1");

        made.Receive((isSet ? With(Of(edition), "F") : Of(edition)).Frame());

        made.Findings.Where(finding => finding.Statement.Value == $"{edition}-{row}").Select(finding => finding.Ok).Should().Equal(ok);
    }

    private static HandMade Made(string edition, string kind = "dynamic") =>
        new HandMade(
            edition: Edition.Find(edition),
            claims: [.. TransportMessages.Claims],
            ixit: TransportMessages.Ixit,
            kind: kind
        ).WithUpdateCheck();

    private static TransportMessages Of(string edition) => new(Edition.Find(edition)!);

    private static TransportMessages With(TransportMessages message, string fault) =>
        fault switch
        {
            "" => message,
            "inner header" => message with { IsInIpv6 = !message.IsInIpv6, Port = message.Port },
            "source" => message with { Source = _other },
            "destination" => message with { Destination = TransportMessages.Lma2 },
            "inner source" => message with { InnerSource = _other6 },
            "inner destination" => message with { InnerDestination = _other6 },
            "checksum" => message with { Checksum = 0x1234 },
            "UDP checksum 0" => message with { UdpChecksum = "0" },
            "UDP checksum wrong" => message with { UdpChecksum = "wrong" },
            "port" => message with { SourcePort = message.Port, Port = 49153 },
            "source port" => message with { SourcePort = 49153 },
            "no care-of" => message with { CareOf = null },
            "care-of" => message with { CareOf = _other },
            "F" => message with { Flags = message.Flags | BindingUpdateFlags.ForcingUdp },
            "TLV without T" => message with { HasTlv = true },
            "T without TLV" => message with { Flags = message.Flags | BindingUpdateFlags.TlvHeader },
            "T and TLV" => message with { Flags = message.Flags | BindingUpdateFlags.TlvHeader, HasTlv = true },
            _ => throw new ArgumentException(fault),
        };

    private static HandMade Receive(TransportMessages message) => Made(message.Edition.Name).Receive(message.Frame());

    private static IEnumerable<string> OfTransport(HandMade made) =>
        made.Statements.Where(IsOfTransport).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Violations(HandMade made) =>
        made.Violated.Select(finding => finding.Statement.Value).Where(IsOfTransport).Distinct().Order(StringComparer.Ordinal);

    private static bool IsOfTransport(string statement) =>
        !statement.StartsWith("rfc5213", StringComparison.Ordinal)
        && statement.Split('-')[^2] is var section
        && (section.StartsWith('4') || section.StartsWith('5'));
}
