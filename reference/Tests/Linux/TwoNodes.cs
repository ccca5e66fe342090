using System.Net;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Linux;

/// <summary>Two namespaces connected by a veth pair. Skips the test if this process may not create them.</summary>
internal sealed class TwoNodes : IDisposable
{
    private TwoNodes()
    {
        Left = new Node(
            NetworkNamespace.CreateAnonymous(),
            "left0",
            MacAddress.Parse("02:5e:00:00:00:01"),
            IPAddress.Parse("2001:db8:1::1")
        );
        Right = new Node(
            NetworkNamespace.CreateAnonymous(),
            "right0",
            MacAddress.Parse("02:5e:00:00:00:02"),
            IPAddress.Parse("2001:db8:1::2")
        );
        Left.Netlink.Links.AddVethPair(Left.End, Right.End);
    }

    internal Node Left { get; }

    internal Node Right { get; }

    /// <summary>Creates nodes whose ends are down and without addresses.</summary>
    internal static TwoNodes Create()
    {
        Privilege.Require();
        return new TwoNodes();
    }

    /// <summary>Creates nodes whose ends are up and have their addresses.</summary>
    internal static TwoNodes CreateConnected()
    {
        var nodes = Create();
        nodes.Left.Connect();
        nodes.Right.Connect();
        return nodes.Running();
    }

    /// <summary>Creates nodes whose ends are up, and on which no kernel sends.</summary>
    internal static TwoNodes CreateQuiet()
    {
        var nodes = Create();
        nodes.Left.Quiet();
        nodes.Right.Quiet();
        return nodes.Running();
    }

    /// <summary>Waits until packets pass between both ends, which must be up.</summary>
    internal TwoNodes Running()
    {
        Left.WaitUntilRunning();
        Right.WaitUntilRunning();
        return this;
    }

    public void Dispose()
    {
        Left.Dispose();
        Right.Dispose();
    }

    internal sealed class Node(NetworkNamespace home, string interfaceName, MacAddress mac, IPAddress address) : IDisposable
    {
        internal const byte PrefixLength = 64;

        private QuietInterface? _quiet;

        internal NetworkNamespace Namespace { get; } = home;

        internal RouteNetlink Netlink { get; } = home.Run(RouteNetlink.Open);

        internal string InterfaceName { get; } = interfaceName;

        internal MacAddress Mac { get; } = mac;

        internal IPAddress Address { get; } = address;

        internal VethEnd End => new(InterfaceName) { Namespace = Namespace, Address = Mac };

        internal Link Link => Netlink.Links.Get(InterfaceName);

        internal int LinkIndex => Link.Index;

        internal void Connect()
        {
            Netlink.Links.SetUp(LinkIndex);
            Netlink.Addresses.Add(LinkIndex, Address, PrefixLength, KernelAddressFlags.NoDuplicateDetection);
        }

        internal void Quiet()
        {
            _quiet = Namespace.Run(() => QuietInterface.Take(InterfaceName));
            Netlink.Links.SetUp(LinkIndex);
        }

        internal void WaitUntilRunning() => Netlink.Links.WaitUntilRunning(LinkIndex, Patience.End).Should().BeTrue();

        internal PacketPort OpenPort(int receiveBuffer = PacketPort.DefaultReceiveBuffer) =>
            Namespace.Run(() => PacketPort.Open(InterfaceName, receiveBuffer));

        internal Ipv6RawSocket OpenRaw(Func<Ipv6RawSocket> open) => Namespace.Run(open);

        public void Dispose()
        {
            _quiet?.Dispose();
            Netlink.Dispose();
            Namespace.Dispose();
        }
    }
}
