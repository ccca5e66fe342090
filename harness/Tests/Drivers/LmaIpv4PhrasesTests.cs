using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Drivers;

/// <summary>Phrases about IPv4 home addresses at an LMA under test, and about IPv4 packets.</summary>
public sealed class LmaIpv4PhrasesTests
{
    private const string Registered = "Given MN1 is a dual mobile node\nAnd MN1 is registered at MAG1\n";

    private static readonly IPAddress _correspondent = IPAddress.Parse("198.51.100.193");

    private readonly ScriptedLma _lma = new(new ScriptedBed(Sessions.Facts() with { Ixit = Ixit }));

    private static Ixit Ixit =>
        Sessions.Ixit() with
        {
            Domain = Sessions.Ixit().Domain with { Nodes = ReferenceDomains.LmaIpv4.WithoutLinkLayerAddresses().Nodes },
            Ipv4 = ReferenceSetup.Ipv4,
            Kinds = Ixit.AllKinds,
        };

    [Theory]
    [InlineData("dual", "", "::/0", "0.0.0.0/0")]
    [InlineData("ipv4-only", "", "", "0.0.0.0/0")]
    [InlineData("ipv6-only", "", "::/0", "")]
    [InlineData("dynamic", "", "::/0", "")]
    [InlineData("dual", " with no Home Network Prefix and IPv4 home address = foreign", "", "203.0.113.99/16")]
    [InlineData("dual", " with IPv4 home address = unassigned, fixed", "::/0", "198.18.255.1/16 198.18.255.77/16")]
    public void Request_AsksForWhatTheKindAllows(string kind, string edits, string prefixes, string addresses)
    {
        Run($"Given MN1 is a {kind} mobile node\nWhen MAG1 registers MN1{edits}\nThen the LMA accepts the registration");

        Asked(0).Should().Be((prefixes, addresses));
    }

    [Theory]
    [InlineData("When MAG1 refreshes MN1", "2001:db8:8000:1::/64", "198.18.0.1/16")]
    [InlineData("When MN1 hands off to MAG2", "::/0", "0.0.0.0/0")]
    [InlineData("When MAG1 de-registers MN1", "2001:db8:8000:1::/64", "198.18.0.1/16")]
    public void LaterRequest_NamesWhatTheSessionHas(string happens, string prefixes, string addresses)
    {
        Run($"{Registered}{happens}\nThen the LMA accepts the registration");

        Asked(1).Should().Be((prefixes, addresses));
    }

    [Theory]
    [InlineData("with no Home Network Prefix", "2001:db8:8000:1::/64", "")]
    [InlineData("with no IPv4 home address", "", "198.18.0.1/16")]
    public void DeregistrationOfOneFamily_LeavesTheOther(string edits, string prefixes, string addresses)
    {
        Run(
            $"{Registered}And MAG1 de-registers MN1 {edits}\nAnd the LMA accepts the de-registration\n"
                + "When MAG1 refreshes MN1\nThen the LMA accepts the registration"
        );

        Asked(2).Should().Be((prefixes, addresses));
        _lma.Requests[^1].Update.LifetimeUnits.Should().Be(0, "the postamble ends the session, which goes on with one family");
        Asked(3).Should().Be((prefixes, addresses));
    }

    [Theory]
    [InlineData("MN1 keeps its IPv4 home address", 1, Verdict.Pass)]
    [InlineData("MN1 keeps its IPv4 home address", 7, Verdict.Fail)]
    [InlineData("MN1 gets another IPv4 home address", 1, Verdict.Fail)]
    [InlineData("MN1 gets another IPv4 home address", 7, Verdict.Pass)]
    [InlineData("MN1 keeps its home network prefixes and IPv4 home address", 7, Verdict.Fail)]
    [InlineData("MN1 has 1 IPv4 home address", 7, Verdict.Pass)]
    [InlineData("MN1 has 2 IPv4 home addresses", 7, Verdict.Fail)]
    [InlineData("MN1 has at least 1 IPv4 home address", 7, Verdict.Pass)]
    [InlineData("MN1 has at least 1 IPv4 home address", 0, Verdict.Fail)]
    [InlineData("MN1 keeps its IPv4 home address", 0, Verdict.Inconclusive)]
    public void Address_IsComparedWithTheEarlierOne(string step, int number, Verdict expected)
    {
        _lma.Change = (request, answer) => request == 2 ? With(answer, number) : answer;

        Run($"{Registered}When MAG1 refreshes MN1\nThen the LMA accepts the registration\nAnd {step}", "prefixes")
            .Verdict.Should()
            .Be(expected);
    }

    [Theory]
    [InlineData(2, Verdict.Pass)]
    [InlineData(1, Verdict.Fail)]
    public void Addresses_AreDistinct(int second, Verdict expected)
    {
        _lma.Change = (request, answer) => request == 2 ? With(answer, second) : answer;

        Run(
            $"{Registered}And MN2 is a dual mobile node\nWhen MAG1 registers MN2\nThen the LMA accepts the registration\n"
                + "And no two mobile nodes share an IPv4 home address",
            "prefixes"
        )
            .Verdict.Should()
            .Be(expected);
    }

    /// <summary>A session of IPv4 alone is known by its address.</summary>
    [Theory]
    [InlineData(1, "the earlier one", Verdict.Pass)]
    [InlineData(7, "the earlier one", Verdict.Fail)]
    [InlineData(7, "a new one", Verdict.Pass)]
    public void Session_IsKnownByItsAddress(int number, string session, Verdict expected)
    {
        _lma.Change = (request, answer) => WithoutLinkLocal(request == 2 ? With(answer, number) : answer);

        Run(
            $"Given MN1 is an ipv4-only mobile node\nAnd MN1 is registered at MAG1\nWhen MAG1 registers MN1\n"
                + $"Then the LMA accepts the registration\nAnd the session is {session}",
            "session"
        )
            .Verdict.Should()
            .Be(expected);
    }

    [Theory]
    [InlineData(171, Verdict.Pass)]
    [InlineData(170, Verdict.Fail)]
    public void Status_HasTheNumberOfItsName(int status, Verdict expected)
    {
        _lma.Status = (_, _) => (BindingStatus)status;

        Run(
            "Given MN1 is a dual mobile node\nWhen MAG1 registers MN1\n"
                + "Then the LMA rejects it with status NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS",
            "status"
        )
            .Verdict.Should()
            .Be(expected);
    }

    [Theory]
    [InlineData("status 129", Verdict.Pass)]
    [InlineData("one, status 128 or above, the requested address", Verdict.Pass)]
    [InlineData("status 128", Verdict.Fail)]
    [InlineData("two, status 129", Verdict.Fail)]
    [InlineData("not the requested address", Verdict.Fail)]
    [InlineData("foreign", Verdict.Pass)]
    [InlineData("unassigned", Verdict.Fail)]
    public void Ipv4Answer_IsComparedInWords(string words, Verdict expected)
    {
        _lma.Status = (number, _) => number == 1 ? (BindingStatus)171 : BindingStatus.ACCEPTED;

        Run(
            "Given MN1 is a dual mobile node\nWhen MAG1 registers MN1 with IPv4 home address = foreign\n"
                + "Then the LMA rejects it with status NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS\n"
                + $"And the answer carries:\n  | IPv4 answer | {words} |",
            "options"
        )
            .Verdict.Should()
            .Be(expected);
    }

    [Theory]
    [InlineData("2001:db8:100::a1", 63, Verdict.Pass)]
    [InlineData("2001:db8:100::a2", 63, Verdict.Fail)]
    [InlineData("2001:db8:100::a1", 64, Verdict.Fail)]
    public void Ipv4Packet_IsFoundInTheTunnel(string mag, int hopLimit, Verdict expected)
    {
        _lma.ForwardIpv4 = (lma, packet) =>
        {
            packet.Source.Should().Be(_correspondent);
            packet.Destination.Should().Be(ScriptedLma.Ipv4Of(1));
            lma.Send(Ports.Core, ScriptedLma.Tunnel(packet with { HopLimit = (byte)(hopLimit + 1) }, mag));
        };

        Run(
            $"{Registered}When CN1 sends an IPv4 packet to MN1\nThen IPv4 packets for MN1 arrive at MAG1 only\n"
                + "And the forwarded packet carries:\n  | outer protocol | 4 IPv4 |\n  | inner source | CN1 |\n"
                + "  | inner Hop Limit | one less |\n  | inner checksum | right |\n  | inner content | unchanged |",
            "forwarding,options"
        )
            .Verdict.Should()
            .Be(expected);
    }

    [Theory]
    [InlineData(true, Verdict.Pass)]
    [InlineData(false, Verdict.Fail)]
    public void Ipv4Packet_IsFoundBehindTheTunnel(bool forwards, Verdict expected)
    {
        _lma.Forward = (lma, port, tunnel) =>
        {
            if (forwards && tunnel.NextHeader == Ipv4Protocol.Ipv4 && Ipv4Packet.TryParse(tunnel.Payload, out var packet, out _))
            {
                lma.Send(Ports.Home, packet with { HopLimit = (byte)(packet.HopLimit - 1) });
            }
        };

        Run(
            $"{Registered}When MN1 sends an IPv4 packet to CN1 through MAG1\nThen IPv4 packets from MN1 through MAG1 reach CN1",
            "forwarding"
        )
            .Verdict.Should()
            .Be(expected);
    }

    [Theory]
    [InlineData(1460, 1, Verdict.Pass)]
    [InlineData(1461, 1, Verdict.Fail)]
    [InlineData(1239, 1, Verdict.Fail)]
    [InlineData(1240, 1, Verdict.Pass)]
    [InlineData(1460, 0, Verdict.Fail)]
    public void FragmentationNeeded_StatesTheMtuOfTheTunnel(ushort mtu, int quotedFlaw, Verdict expected)
    {
        _lma.ForwardIpv4 = (lma, packet) =>
        {
            if (packet.Length <= 1460)
            {
                lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, "2001:db8:100::a1"));
                return;
            }

            packet.DontFragment.Should().BeTrue();
            var quoted = (packet with { Identification = (ushort)(packet.Identification + 1 - quotedFlaw) }).ToBytes()[..28];
            var error = new Icmpv4FragmentationNeeded(mtu, new OctetString(quoted)).ToBytes();
            lma.Send(Ports.Home, new Ipv4Packet(IPAddress.Parse("198.51.100.1"), packet.Source, Ipv4Protocol.Icmp, error));
        };

        Run(
            $"{Registered}And IPv4 packets for MN1 arrive at MAG1 only\n"
                + "When CN1 sends an IPv4 packet to MN1 with inner size = 1461 and inner DF = 1\n"
                + "Then CN1 receives the ICMPv4 error Fragmentation Needed of the tunnel MTU",
            "forwarding"
        )
            .Verdict.Should()
            .Be(expected);
    }

    [Theory]
    [InlineData("Time Exceeded", (byte)3)]
    [InlineData("Destination Unreachable", (byte)1)]
    public void CoreRouter_ReportsAProblemInTheTunnel(string error, byte type)
    {
        _lma.ForwardIpv4 = (lma, packet) => lma.Send(Ports.Core, ScriptedLma.Tunnel(packet, "2001:db8:100::a1"));
        byte[]? reported = null;
        _lma.Forward = (_, _, packet) => reported = packet.Payload.ToArray();

        Run(
            $"{Registered}And IPv4 packets for MN1 arrive at MAG1 only\n"
                + $"When a core router reports {error} about the last tunnelled packet\n"
                + "Then CN1 receives the ICMPv4 error Host Unreachable",
            "forwarding"
        )
            .Verdict.Should()
            .Be(Verdict.Fail);

        reported![0].Should().Be(type);
        Ipv6Packet.TryParse(reported.AsMemory(8), out var quoted, out _).Should().BeTrue();
        quoted!.NextHeader.Should().Be(Ipv4Protocol.Ipv4);
    }

    [Fact]
    public void Bookend_IsOfIpv4_WhereTheHomeNetworkHasNoIpv6()
    {
        var lma = new ScriptedLma(_lma.Bed) { ScriptsBookend = true };
        lma.Status = (_, update) =>
            update.Options.First<HomeNetworkPrefixOption>() is null
                ? BindingStatus.ACCEPTED
                : BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE;

        PhraseRuns
            .Run(
                lma.Bed,
                "status",
                "Given MN1 is an ipv4-only mobile node\nWhen MAG1 registers MN1\nThen the LMA accepts the registration",
                "TC-LMA-V4REG-BI-01",
                "rfc5844-9.9-k1"
            )
            .Result.Verdict.Should()
            .Be(Verdict.Pass);
    }

    private static BindingAcknowledgement With(BindingAcknowledgement answer, int number) =>
        answer with
        {
            Options = new MobilityOptionList([
                .. answer.Options.Where(option => option is not Ipv4HomeAddressReplyOption),
                .. number == 0 ? [] : (MobilityOption[])[new Ipv4HomeAddressReplyOption(0, 16, ScriptedLma.Ipv4Of(number))],
            ]),
        };

    private static BindingAcknowledgement WithoutLinkLocal(BindingAcknowledgement answer) =>
        answer with
        {
            Options = new MobilityOptionList([.. answer.Options.Where(option => option is not LinkLocalAddressOption)]),
        };

    private (string Prefixes, string Addresses) Asked(int index)
    {
        var options = _lma.Requests[index].Update.Options;
        return (
            string.Join(' ', options.All<HomeNetworkPrefixOption>().Select(option => option.Prefix)),
            string.Join(' ', options.All<Ipv4HomeAddressRequestOption>().Select(option => $"{option.HomeAddress}/{option.PrefixLength}"))
        );
    }

    private ScenarioResult Run(string steps, string observed = "status") =>
        PhraseRuns.Run(_lma.Bed, observed, steps, purpose: "rfc5844-9.9-k1").Result;
}
