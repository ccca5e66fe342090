using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Security;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>Signals over IPv4 under ESP, between IPv4 and UDP or in the IPv6 packet behind UDP, to and from a role on a kernel.</summary>
public sealed class Ipv4ProtectedSignalTests : IDisposable
{
    private const ushort GatewayPort = 49152;

    private static readonly IPAddress _gateway = HostedRole.PeerIpv4;
    private static readonly MobilityMessage _message = new BindingRefreshRequest([]);

    private readonly HostedRole _hosted = new();
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("pmip-keys-");
    private readonly RoleAction[] _open =
    [
        new RoleAction.OpenUdp(UdpPort.ProxyMobileIpv6Control, UdpContent.MobilityHeaders),
        new RoleAction.OpenUdp(UdpPort.DualStackMobileIpv6, UdpContent.MobilityHeadersInIpv6),
    ];

    public static TheoryData<string> Forms => ["outside, RFC 5844", "outside, draft", "inside, draft", "inside, at the port of a tunnel"];

    public void Dispose() => _keys.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Signal_IsReportedWithItsAssociation_AndAnsweredUnderIt(string form)
    {
        var isOutside = form.StartsWith("outside", StringComparison.Ordinal);
        using var addresses = TwoNodes.Create();
        var (anchor, peer) = isOutside ? (HostedRole.OwnIpv4, _gateway) : (addresses.Right.Address, addresses.Left.Address);
        _hosted.Run(
            (host, nodes) =>
            {
                SignalingTransport path =
                    form == "outside, RFC 5844"
                        ? new Ipv4UdpSignaling(_gateway, HostedRole.OwnIpv4, GatewayPort, UdpPort.ProxyMobileIpv6Control)
                        : new Ipv4UdpIpv6Signaling(
                            _gateway,
                            HostedRole.OwnIpv4,
                            GatewayPort,
                            UdpPort.DualStackMobileIpv6,
                            new Ipv6Signaling(nodes.Left.Address, nodes.Right.Address)
                        );
                using var port = nodes.Left.OpenPort();
                var database = new SecurityAssociationDatabase(
                    new SecuritySettings
                    {
                        Associations = [Keys.Association(Keys.ToAnchor, anchor, anchor), Keys.Association(Keys.ToGateway, anchor, peer)],
                    },
                    new Random(1).NextBytes,
                    (_, _) => { }
                );
                host.Start();
                _hosted.CarryOut(host, _open);
                if (form == "inside, at the port of a tunnel")
                {
                    var ports = new TunnelPorts(UdpPort.DualStackMobileIpv6, GatewayPort);
                    _hosted.CarryOut(host, new RoleAction.AddTunnel(new Tunnel(HostedRole.OwnIpv4, _gateway, TunnelMode.Ipv4Udp, ports)));
                }
                var sent = (Ipv4Packet)
                    database.Protect(new RoleAction.SendSignal(path, path.Complete(_message)) { ProtectedFor = anchor })!;
                (sent.Protocol == IpProtocol.Esp).Should().Be(isOutside);
                var wrong = sent.Payload.ToArray();
                wrong[^1] ^= 1;
                wrong.AsSpan(UdpDatagram.ChecksumOffset, isOutside ? 0 : sizeof(ushort)).Clear();

                using var sender = nodes.Left.Namespace.Run(WholePacketSocket.Open);
                sender.Send(sent with { Payload = wrong });
                sender.Send(sent);
                var signal = _hosted.RunUntil<RoleInput.Signal>(host);

                _hosted.Role.Inputs.OfType<RoleInput.Signal>().Should().ContainSingle("what was changed is dropped");
                (signal.Path, signal.Link, signal.HasValidChecksum).Should().Be((path, HostedRole.Core, true));
                signal.MobilityHeader.ToArray().Should().Equal(path.Complete(_message));
                signal.Protection.Should().Be(new SignalProtection(peer, Keys.ToAnchor));

                var answer = new RoleAction.SendSignal(path.Reversed, path.Reversed.Complete(_message)) { ProtectedFor = peer };
                _hosted.CarryOut(host, answer);
                var received = Patience.Next<CapturedFrame>(port, port.TryReceive, frame => IsAnswer(frame, isOutside));
                received.Bytes.Span.IndexOf(path.Reversed.Complete(_message)).Should().Be(-1, "it is encrypted");
            },
            security: Security(anchor, peer)
        );
    }

    private static bool IsAnswer(CapturedFrame frame, bool isOutside) =>
        EthernetFrame.TryParse(frame.Bytes, out var parsed, out _)
        && IpPacket.TryParse(parsed.Payload, out var packet, out _)
        && packet.Destination.Equals(_gateway)
        && packet.Protocol == (isOutside ? IpProtocol.Esp : Ipv4Protocol.Udp);

    private NodeSecurity Security(IPAddress anchor, IPAddress peer) =>
        new() { Associations = [Association(Keys.ToAnchor, peer, anchor), Association(Keys.ToGateway, peer, peer)] };

    private NodeAssociation Association(uint index, IPAddress peer, IPAddress destination)
    {
        var known = Keys.Association(index, peer, destination);
        var file = Path.Combine(_keys.FullName, $"{index:x}.key");
        File.WriteAllText(file, Convert.ToHexString(known.Key.Reveal().Span));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new NodeAssociation
        {
            SecurityParametersIndex = index,
            Peer = peer,
            Destination = destination,
            Transform = known.Transform,
            KeyFile = file,
        };
    }
}
