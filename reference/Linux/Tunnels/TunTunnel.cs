namespace Pmip.Linux.Tunnels;

/// <summary>A tunnel and the device that the kernel sees of it.</summary>
internal sealed class TunTunnel : IDisposable
{
    private readonly TunDevice _device;
    private readonly FileDescriptor.Held _held;

    internal TunTunnel(TunnelEnds ends, TunDevice device)
    {
        Ends = ends;
        _device = device;
        _held = device.Descriptor.Hold();
    }

    internal TunnelEnds Ends { get; }

    internal int InterfaceIndex => _device.InterfaceIndex;

    internal int Descriptor => _held.Number;

    public void Dispose()
    {
        _held.Dispose();
        _device.Dispose();
    }
}
