using System.Net.Sockets;

namespace Conformance.TestBeds.Wired;

/// <summary>
/// The exclusive use of an interface by one run. It is an abstract socket name (unix(7)) in the interface's namespace, which the
/// kernel gives to one process at a time and releases when the process ends, even if it is killed.
/// </summary>
internal sealed class Reservation : IDisposable
{
    private readonly Socket _held;

    private Reservation(Socket held) => _held = held;

    /// <summary>Reserves an interface of the calling thread's namespace.</summary>
    /// <exception cref="BedUnavailableException">Another run uses the interface.</exception>
    public static Reservation Of(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint($"\0pmip-conformance {name}"));
            return new Reservation(socket);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new BedUnavailableException($"{name} is in use by another run: two testers on one link disturb each other", e);
        }
    }

    public void Dispose() => _held.Dispose();
}
