using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Node;

/// <summary>
/// The test's end of a cable to the node: sends and receives frames, and answers Neighbor Solicitations for its addresses.
/// </summary>
internal sealed class TestLink : IReadable, IDisposable
{
    private readonly NetworkNamespace _namespace;
    private readonly RouteNetlink _netlink;
    private readonly QuietInterface _quiet;
    private readonly PacketPort _port;
    private readonly HashSet<IPAddress> _addresses = [];

    /// <param name="name">The name of the interface at the test's end, which stays down.</param>
    internal TestLink(NetworkNamespace inside, string name, MacAddress nodeAddress)
    {
        _namespace = inside;
        (Name, NodeAddress) = (name, nodeAddress);
        _netlink = inside.Run(RouteNetlink.Open);
        _quiet = inside.Run(() => QuietInterface.Take(name));
        Index = _netlink.Links.Get(name).Index;
        _port = inside.Run(() => PacketPort.Open(name));
    }

    internal string Name { get; }

    internal int Index { get; }

    internal MacAddress Address => _port.Address;

    /// <summary>The link-layer address of the node's end.</summary>
    internal MacAddress NodeAddress { get; }

    /// <summary>The received packets that the test has not read yet.</summary>
    internal List<Ipv6Packet> Inbox { get; } = [];

    internal bool IsPlugged { get; private set; }

    public FileDescriptor Descriptor => _port.Descriptor;

    /// <summary>Answers Neighbor Solicitations for an address from now on.</summary>
    internal void Own(string address) => _addresses.Add(IPAddress.Parse(address));

    /// <summary>Connects the cable.</summary>
    internal void Plug()
    {
        _netlink.Links.SetUp(Index);
        IsPlugged = true;
    }

    /// <summary>Waits until the cable has a carrier, which requires that the node's end is up as well.</summary>
    internal void WaitUntilRunning() =>
        _netlink.Links.WaitUntilRunning(Index, KernelTime.Now + NodeBench.Tolerance).Should().BeTrue($"both ends of {Name} are up");

    /// <summary>Disconnects the cable.</summary>
    internal void Unplug()
    {
        _netlink.Links.SetDown(Index);
        IsPlugged = false;
    }

    internal void Send(Ipv6Packet packet) =>
        Send(packet, packet.Destination.IsIPv6Multicast ? MacAddress.ForMulticast(packet.Destination) : NodeAddress);

    internal void Send(IPAddress source, IPAddress destination, Icmpv6Message message, byte hopLimit = 255) =>
        Send(new Ipv6Packet(source, destination, IpProtocol.Icmpv6, message.ToBytes(source, destination)) { HopLimit = hopLimit });

    internal void Send(IPAddress source, IPAddress destination, MobilityMessage message) =>
        Send(new Ipv6Packet(source, destination, IpProtocol.MobilityHeader, message.ToBytes(source, destination)));

    /// <summary>Moves all received packets to the inbox.</summary>
    internal void Receive()
    {
        while (_port.TryReceive(out var captured))
        {
            if (!EthernetFrame.TryParse(captured.Bytes, out var frame, out _) || !Ipv6Packet.TryParse(frame.Payload, out var packet, out _))
            {
                continue;
            }
            if (
                packet.NextHeader == IpProtocol.Icmpv6
                && Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _)
                && message is NeighborSolicitation solicitation
                && _addresses.Contains(solicitation.Target)
                && !packet.Source.Equals(IPAddress.IPv6Any)
            )
            {
                var options = new NdOptionList(new TargetLinkLayerAddressOption(Address));
                Send(
                    solicitation.Target,
                    packet.Source,
                    new NeighborAdvertisement(solicitation.Target, Router: false, Solicited: true, Override: true, options)
                );
                continue;
            }

            Inbox.Add(packet);
        }
    }

    public void Dispose()
    {
        _port.Dispose();
        _quiet.Dispose();
        _netlink.Dispose();
    }

    private void Send(Ipv6Packet packet, MacAddress to) =>
        _port.Send(new EthernetFrame(to, Address, EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes());
}
