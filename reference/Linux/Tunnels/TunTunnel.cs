using Pmip.Linux.Native;

namespace Pmip.Linux.Tunnels;

/// <summary>A tunnel with its TUN device and the socket that sends its outer packets.</summary>
internal sealed class TunTunnel : IDisposable
{
    private readonly TunDevice _device;
    private readonly FileDescriptor.Held _held;

    private TunTunnel(TunnelEnds ends, int mtu, TunDevice device, OuterSocket sender)
    {
        Ends = ends;
        Mtu = mtu;
        RemoteAddress = TunnelEnds.ToSocketAddress(ends.Remote);
        Sender = sender;
        _device = device;
        _held = device.Descriptor.Hold();
    }

    internal TunnelEnds Ends { get; }

    internal SocketAddress6 RemoteAddress { get; }

    internal int Mtu { get; }

    internal int InterfaceIndex => _device.InterfaceIndex;

    /// <summary>The descriptor of the device.</summary>
    internal int Descriptor => _held.Number;

    internal OuterSocket Sender { get; }

    /// <summary>Creates a tunnel in the calling thread's namespace. The device is up and running.</summary>
    internal static TunTunnel Create(TunnelEnds ends, int mtu)
    {
        var sender = OuterSocket.OpenSender(ends.Local);
        try
        {
            return new TunTunnel(ends, mtu, TunDevice.CreateForTunnel("pmip%d", mtu), sender);
        }
        catch
        {
            sender.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _held.Dispose();
        _device.Dispose();
        Sender.Dispose();
    }
}
