using Conformance.Harness.Tests.Protection;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>How every message of a device with security associations has to be protected.</summary>
public sealed class ProtectionCheckTests
{
    private const string Answer = "rfc5213-5.3.6-k31",
        Update = "rfc5213-6.9.1.5-k12",
        Mode = "rfc5213-4-k3";

    [Fact]
    public void Message_UnderItsAssociation_InTransportMode_IsRight()
    {
        Holds(Lma(EspNetwork.Frame(EspNetwork.Acknowledgement(), EspNetwork.ToMag))).Should().Equal(Answer, Mode);
        Holds(Lma(EspNetwork.Frame(EspNetwork.Acknowledgement(EspNetwork.Mag2), EspNetwork.ToMag2))).Should().Equal(Answer, Mode);
        Holds(Mag(EspNetwork.Frame(EspNetwork.Update(), EspNetwork.ToLma))).Should().Equal(Update, Mode);
    }

    [Fact]
    public void Message_InClear_ViolatesItsOwnClauseAlone()
    {
        Violations(Lma(Beds.Messages.Frame(EspNetwork.Acknowledgement())))
            .Should()
            .Equal((Answer, "ESP under the association from LMA1 to MAG1, SPI 0x00002001", "a message in clear"));
        Violations(Mag(Beds.Messages.Frame(EspNetwork.Update())))
            .Should()
            .Equal((Update, "ESP under the association from MAG1 to LMA1, SPI 0x00001001", "a message in clear"));
    }

    [Fact]
    public void Message_UnderAnotherAssociation_SaysWhich() =>
        Violations(Lma(EspNetwork.Frame(EspNetwork.Acknowledgement(), EspNetwork.ToMag2)))
            .Should()
            .Equal(
                (
                    Answer,
                    "ESP under the association from LMA1 to MAG1, SPI 0x00002001",
                    "ESP under the association from LMA1 to MAG2, SPI 0x00002002"
                )
            );

    [Fact]
    public void Message_InTunnelMode_IsProtected_ButNotAsRecommended()
    {
        var made = Lma(EspNetwork.Frame(EspNetwork.Acknowledgement(), EspNetwork.ToMag, isTunnelMode: true));

        Holds(made).Should().Equal(Answer);
        Violations(made).Should().Equal((Mode, "ESP in transport mode", "ESP in tunnel mode"));
    }

    /// <summary>draft-ietf-netlmm-pmip6-ipv4-support-02, Section 3.2.2.</summary>
    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, false, null)]
    public void UpdateForIpv4_IsUnderItsAssociation_InDraft02(bool isForIpv4, bool isProtected, bool? expected)
    {
        var asked = new MobilityOptionList(isForIpv4 ? [new Ipv4HomeAddressOption(System.Net.IPAddress.Any, 0, false)] : []);
        var update = new BindingUpdate(7, BindingUpdateFlags.ProxyRegistration, 150, asked);
        var packet = EspNetwork.Update() with { Payload = update.ToBytes(EspNetwork.Mag, EspNetwork.Lma) };

        var made = new HandMade(edition: Edition.Find("ipv4-draft-02"), ixit: EspNetwork.Ixit("MAG1"), kind: "dual", keys: EspNetwork.Keys)
            .WithUpdateCheck()
            .Receive(isProtected ? EspNetwork.Frame(packet, EspNetwork.ToLma) : Beds.Messages.Frame(packet));

        made.Findings.Where(finding => finding.Statement.Value == "ipv4-draft-02-3.2.2-k5")
            .Select(finding => finding.Ok)
            .Should()
            .Equal(expected is { } ok ? [ok] : Array.Empty<bool>());
    }

    [Fact]
    public void Packet_ThatThePeerMustDiscard_IsNotUnderTheAssociation()
    {
        var frame = EspNetwork.Frame(EspNetwork.Acknowledgement(), EspNetwork.ToMag);
        frame[^1] ^= 1;
        const string Expected = "ESP under the association from LMA1 to MAG1, SPI 0x00002001";
        Violations(Lma(frame)).Should().Equal((Answer, Expected, "ESP, SPI 0x00002001: the Integrity Check Value is not that of the key"));

        frame[54] = 0x99;
        Violations(Lma(frame)).Should().Equal((Answer, Expected, "ESP, SPI 0x99002001, which is that of no association"));
    }

    [Fact]
    public void Packet_ThatMayCarryData_IsNotJudged()
    {
        var payload = EspNetwork.Of(EspNetwork.Payload, "LMA1", "MAG1", Testing.Domains.EspAlgorithms.NullHmacSha256, isTunnel: true);
        var ixit = EspNetwork.Ixit("LMA1");
        var made = new HandMade(
            ixit: ixit with
            {
                Domain = ixit.Domain with { Associations = [.. EspNetwork.Associations, payload] },
            },
            keys: EspNetwork.Keys
        );
        var frame = EspNetwork.Frame(EspNetwork.Acknowledgement(), EspNetwork.ToMag);
        frame[^1] ^= 1;

        made.WithProtectionCheck("LMA").Receive(frame).Findings.Should().BeEmpty();
    }

    [Fact]
    public void WithoutAssociation_NothingIsJudged()
    {
        var made = new HandMade().WithProtectionCheck("MAG").Receive(Beds.Messages.Frame(EspNetwork.Update()));
        made.Statements.Should().NotContain([Update, Mode]);

        var mag3 = EspNetwork.Acknowledgement(System.Net.IPAddress.Parse("2001:db8:100::a3"));
        Lma(Beds.Messages.Frame(mag3)).Statements.Should().NotContain([Answer, Mode]);
    }

    /// <summary>A device may protect other messages as it likes: the associations are for binding messages.</summary>
    [Fact]
    public void OtherPackets_AreNotJudged()
    {
        var error = new Ipv6Packet(EspNetwork.Lma, EspNetwork.Mag, IpProtocol.NoNextHeader, ReadOnlyMemory<byte>.Empty);

        Lma(Beds.Messages.Frame(error)).Findings.Should().BeEmpty();
        Lma(EspNetwork.Frame(error, EspNetwork.ToMag)).Findings.Should().BeEmpty();
    }

    private static HandMade Lma(byte[] frame) => Received("LMA", frame);

    private static HandMade Mag(byte[] frame) => Received("MAG", frame);

    private static HandMade Received(string role, byte[] frame) =>
        new HandMade(ixit: EspNetwork.Ixit($"{role}1"), keys: EspNetwork.Keys).WithProtectionCheck(role).Receive(frame);

    private static IEnumerable<string> Holds(HandMade made) => Judged(made, ok: true).Select(finding => finding.Statement.Value);

    private static IEnumerable<(string, string, string)> Violations(HandMade made) =>
        Judged(made, ok: false).Select(finding => (finding.Statement.Value, finding.Expected, finding.Actual));

    private static IEnumerable<Finding> Judged(HandMade made, bool ok) =>
        made.Findings.Where(finding => finding.Ok == ok && finding.Statement.Value is Answer or Update or Mode && finding.Ok == ok);
}
