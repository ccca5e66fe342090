using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>A listening socket in the file system, for programs on this machine: unix(7). Disposing of it deletes its file.</summary>
public sealed class UnixListener : IReadable, IDisposable
{
    private const int Backlog = 8;

    private UnixListener(FileDescriptor descriptor, string path) => (Descriptor, Path) = (descriptor, path);

    public FileDescriptor Descriptor { get; }

    public string Path { get; }

    /// <summary>Only the same user can connect. A file without a listener is replaced.</summary>
    /// <exception cref="LinuxException">Another listener uses the path (EADDRINUSE), or the socket cannot be created.</exception>
    public static UnixListener Open(string path)
    {
        if (File.Exists(path) && !UnixConnection.IsListening(path))
        {
            File.Delete(path);
        }
        var socket = Libc.OpenSocket(Libc.FamilyUnix, Libc.StreamSocket | Libc.NonBlockingSocket, 0, path);
        try
        {
            Libc.Bind(socket, UnixAddress.Of(path), path);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (Libc.Listen(socket, Backlog) < 0)
            {
                throw LinuxException.Last("listen", path);
            }
            return new UnixListener(socket, path);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Accepts the next connection. False if none is waiting.</summary>
    public bool TryAccept([NotNullWhen(true)] out UnixConnection? connection)
    {
        connection = null;
        var accepted = Libc.Accept(Descriptor, 0, 0, Libc.CloseOnExecSocket | Libc.NonBlockingSocket);
        if (accepted.IsInvalid)
        {
            accepted.Dispose();
            return false;
        }

        connection = new UnixConnection(accepted, Path);
        return true;
    }

    public void Dispose()
    {
        if (Descriptor.IsClosed)
        {
            return;
        }
        Descriptor.Dispose();
        File.Delete(Path);
    }
}

/// <summary>Lines of text to and from the other end of a unix socket.</summary>
public sealed class UnixConnection : IReadable, IDisposable
{
    private const int MaximumLine = 64 * 1024;

    private readonly string _path;
    private readonly byte[] _buffer = new byte[MaximumLine];
    private int _length;

    internal UnixConnection(FileDescriptor descriptor, string path) => (Descriptor, _path) = (descriptor, path);

    public FileDescriptor Descriptor { get; }

    /// <exception cref="LinuxException">There is no listener (ENOENT, ECONNREFUSED).</exception>
    public static UnixConnection Open(string path)
    {
        var socket = Libc.OpenSocket(Libc.FamilyUnix, Libc.StreamSocket | Libc.NonBlockingSocket, 0, path);
        try
        {
            Libc.Connect(socket, UnixAddress.Of(path), path);
            return new UnixConnection(socket, path);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes the oldest received line, without its line end. Null if no whole line has arrived.</summary>
    /// <param name="isOpen">False once the other end has closed the connection or has exceeded the maximum length of a line.</param>
    public string? TakeLine(out bool isOpen)
    {
        isOpen = true;
        while (true)
        {
            var end = _buffer.AsSpan(0, _length).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, 0, end);
                _length -= end + 1;
                _buffer.AsSpan(end + 1, _length).CopyTo(_buffer);
                return line;
            }

            if (!TryRead(out var read))
            {
                return null;
            }
            isOpen = read > 0;
            if (!isOpen)
            {
                return null;
            }
            _length += read;
        }
    }

    /// <exception cref="LinuxException">The other end has closed the connection (EPIPE), or does not read (EAGAIN).</exception>
    public void WriteLine(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + '\n');
        var written = 0;
        while (written < bytes.Length)
        {
            written += Libc.WriteNow(Descriptor, bytes.AsSpan(written), _path);
        }
    }

    public void Dispose() => Descriptor.Dispose();

    internal static bool IsListening(string path)
    {
        try
        {
            using var connection = Open(path);
            return true;
        }
        catch (LinuxException nobody) when (nobody.ErrorNumber is Errno.ConnectionRefused or Errno.NoEntry)
        {
            return false;
        }
    }

    private bool TryRead(out int length)
    {
        try
        {
            return Libc.TryRead(Descriptor, _buffer.AsSpan(_length), _path, out length);
        }
        catch (LinuxException reset) when (reset.ErrorNumber == Errno.ConnectionReset)
        {
            length = 0;
            return true;
        }
    }
}

/// <summary>struct sockaddr_un.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UnixAddress
{
    private const int PathLength = 108;

    private ushort _family;
    private PathOctets _path;

    internal static UnixAddress Of(string path)
    {
        var address = new UnixAddress { _family = Libc.FamilyUnix };
        if (Encoding.UTF8.GetByteCount(path) >= PathLength)
        {
            throw new LinuxException("socket", path, Errno.NameTooLong);
        }
        Encoding.UTF8.GetBytes(path, (Span<byte>)address._path);
        return address;
    }

    [InlineArray(PathLength)]
    private struct PathOctets
    {
        private byte _first;
    }
}
