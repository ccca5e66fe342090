namespace Pmip.Linux.Netlink;

/// <summary>
/// The kernel's network configuration, rtnetlink(7), of the namespace in which this object was opened, whichever thread uses it:
/// <c>ns.Run(RouteNetlink.Open)</c>. Every operation is complete when its method returns, or throws a <see cref="LinuxException"/>.
/// </summary>
public sealed class RouteNetlink : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly NetlinkAwaiter _awaiter;

    private RouteNetlink(NetlinkSocket socket, NetlinkAwaiter awaiter)
    {
        (_socket, _awaiter) = (socket, awaiter);
        Links = new Links(socket, awaiter);
        Addresses = new Addresses(socket, awaiter);
        Routes = new Routes(socket);
        Rules = new Rules(socket);
        Neighbors = new Neighbors(socket);
    }

    public Links Links { get; }

    public Addresses Addresses { get; }

    public Routes Routes { get; }

    public Rules Rules { get; }

    public Neighbors Neighbors { get; }

    /// <summary>Opens the configuration of the calling thread's namespace.</summary>
    public static RouteNetlink Open()
    {
        var socket = new NetlinkSocket(blocking: true);
        try
        {
            return new RouteNetlink(socket, new NetlinkAwaiter());
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _awaiter.Dispose();
    }
}
