using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;
using static Pmip.Reference.Tests.Protocol.AnchorFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>A local mobility anchor that MAGs reach over IPv4, by an edition.</summary>
internal sealed class Ipv4TransportAnchor(Ipv4Edition edition, Func<Ipv4AnchorTransport, Ipv4AnchorTransport>? change = null)
{
    public const ushort PortOfGateway = 49152;

    public static readonly IPAddress Anchor4 = IPAddress.Parse("192.0.2.1");
    public static readonly IPAddress Gateway4 = IPAddress.Parse("192.0.2.161");
    public static readonly IPAddress Nat = IPAddress.Parse("192.0.2.240");

    public const BindingUpdateFlags Proxy = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration;

    private static readonly MobilityPorts _ports = MobilityPorts.Default;

    public AnchorFixture Fixture { get; } =
        new(
            Settings with
            {
                AuthorizedMobileAccessGateways = [Mag1, Mag2, Gateway4, Nat],
                Ipv4Transport = (change ?? (transport => transport))(new Ipv4AnchorTransport { Edition = edition, Address = Anchor4 }),
            }
        );

    public LocalMobilityAnchor Role => (LocalMobilityAnchor)Fixture.Role.Tested;

    public Binding Session => Role.Snapshot().Bindings.Should().ContainSingle().Which.Binding;

    /// <summary>The path of a request of the edition.</summary>
    public SignalingTransport Path(IPAddress? source = null, ushort port = PortOfGateway, bool hasTlv = false) =>
        edition == Ipv4Edition.Rfc5844
            ? new Ipv4UdpSignaling(source ?? Gateway4, Anchor4, port, _ports.Control)
            : new Ipv4UdpIpv6Signaling(source ?? Gateway4, Anchor4, port, _ports.DualStack, new Ipv6Signaling(Mag1, Anchor))
            {
                HasTlvHeader = hasTlv,
            };

    /// <summary>Sends a request, in the drafts with an IPv4 Care-of Address option.</summary>
    public IReadOnlyList<RoleAction> Send(TestUpdate update, SignalingTransport? path = null, SignalProtection? protection = null)
    {
        Fixture.Role.Advance(TimeSpan.FromMilliseconds(1));
        var asking =
            edition == Ipv4Edition.Rfc5844 ? update : update with { Extra = [.. update.Extra, new Ipv4CareOfAddressOption(Gateway4)] };
        var on = path ?? Path();
        return Fixture.Role.Handle(
            new RoleInput.Signal(on, RoleDriver.Core, on.Complete(asking.ToMessage(Fixture.Role.TrueTime))) { Protection = protection }
        );
    }

    public BindingAcknowledgement Ask(TestUpdate update, SignalingTransport? path = null) =>
        Send(update, path).Only<BindingAcknowledgement>();

    /// <summary>A tunnel over IPv4 of this node.</summary>
    public static Tunnel Tunnel(TunnelMode mode, IPAddress? remote = null, ushort local = 4191, ushort port = PortOfGateway) =>
        new(Anchor4, remote ?? Gateway4, mode, mode.IsInUdp() ? new TunnelPorts(local, port) : null);
}
