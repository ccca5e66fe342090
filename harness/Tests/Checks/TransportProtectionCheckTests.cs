using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Protection;
using Conformance.Testing.Statements;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>How an update over IPv4 has to be protected: by the addresses of its association, ESP is around UDP or behind it.</summary>
public sealed class TransportProtectionCheckTests
{
    private const string Base = "rfc5213-6.9.1.5-k12";

    [Theory]
    [InlineData("rfc5844", true, "around", "", "4.2.2.1-d3")]
    [InlineData("rfc5844", true, "none", "4.2.2.1-d3", "4.2.2.1-d3")]
    [InlineData("rfc5844", true, "broken around", "4.2.2.1-d3", "4.2.2.1-d3")]
    [InlineData("rfc5844", false, "none", "", "")]
    [InlineData("ipv4-draft-04", true, "around", "", "4.2.2.1-k6")]
    [InlineData("ipv4-draft-04", true, "none", "4.2.2.1-k6", "4.2.2.1-k6")]
    [InlineData("ipv4-draft-04", false, "behind", "", "4.2.2.1-k7")]
    [InlineData("ipv4-draft-04", false, "none", "4.2.2.1-k7", "4.2.2.1-k7")]
    [InlineData("ipv4-draft-04", false, "broken behind", "4.2.2.1-k7", "4.2.2.1-k7")]
    [InlineData("ipv4-draft-02", true, "around", "", "4.2.2-k12")]
    [InlineData("ipv4-draft-02", true, "none", "4.2.2-k12", "4.2.2-k12")]
    [InlineData("ipv4-draft-02", false, "behind", "", "4.2.2-k12")]
    [InlineData("ipv4-draft-02", false, "none", "4.2.2-k12", "4.2.2-k12")]
    public void Update_IsUnderItsAssociation_InItsPlace(string edition, bool isIpv4, string protection, string violated, string judged)
    {
        var made = Made(edition, isIpv4).Receive(Frame(edition, protection));

        string[] ofBase = violated.Length > 0 ? [Base] : [];
        OfProtection(made.Violated.Select(finding => finding.Statement.Value), edition)
            .Should()
            .BeEquivalentTo(violated.Length > 0 ? ofBase.Append($"{edition}-{violated}") : ofBase);
        OfProtection(made.Statements, edition)
            .Should()
            .BeEquivalentTo(judged.Length > 0 ? [$"{edition}-{judged}", Base] : Array.Empty<string>());
    }

    private static IEnumerable<string> OfProtection(IEnumerable<string> statements, string edition) =>
        statements
            .Where(statement =>
                statement == Base
                || ((string[])["4.2.2.1-d3", "4.2.2.1-k6", "4.2.2.1-k7", "4.2.2-k12"]).Any(row => statement == $"{edition}-{row}")
            )
            .Distinct();

    private static HandMade Made(string edition, bool isIpv4)
    {
        var domain = TransportMessages.Ixit.Domain;
        var made = new HandMade(
            edition: Edition.Find(edition),
            claims: [.. TransportMessages.Claims],
            ixit: TransportMessages.Ixit with
            {
                Domain = domain with
                {
                    Associations = [.. EspNetwork.Associations.Take(2).Select(known => known with { IsIpv4 = isIpv4 })],
                },
            },
            keys: EspNetwork.Keys
        );
        return made.WithProtectionCheck("MAG").WithUpdateCheck();
    }

    private static byte[] Frame(string edition, string protection)
    {
        var message = new TransportMessages(Edition.Find(edition)!);
        return protection switch
        {
            "none" => message.Frame(),
            "around" => Messages.Frame(Outside(message.Packet(), isBroken: false)),
            "broken around" => Messages.Frame(Outside(message.Packet(), isBroken: true)),
            "behind" => Messages.Frame(message.Packet(inner => Inside(inner, isBroken: false))),
            _ => Messages.Frame(message.Packet(inner => Inside(inner, isBroken: true))),
        };
    }

    private static Ipv4Packet Outside(Ipv4Packet packet, bool isBroken) =>
        packet with
        {
            Protocol = IpProtocol.Esp,
            Payload = Sealed(packet, isBroken),
        };

    private static Ipv6Packet Inside(Ipv6Packet packet, bool isBroken) =>
        packet with
        {
            NextHeader = IpProtocol.Esp,
            Payload = Sealed(packet, isBroken),
        };

    private static byte[] Sealed(IpPacket packet, bool isBroken)
    {
        var octets = EspNetwork.Seal(EspNetwork.ToLma, packet.Protocol, packet.Payload.Span);
        octets[^1] ^= (byte)(isBroken ? 1 : 0);
        return octets;
    }
}
