using Pmip.Linux;

namespace Pmip.Node.Management;

/// <summary>
/// The management socket: one JSON object per line, commands in one direction and answers in the other. The lab
/// and the operator of a tested node use it.
/// </summary>
internal sealed class ManagementServer(UnixListener listener, ManagementCommands commands) : IDisposable
{
    private readonly List<UnixConnection> _connections = [];

    /// <summary>The sources to wait for: the listener and the open connections.</summary>
    public IEnumerable<IReadable> Sources => [listener, .. _connections];

    /// <summary>Accepts new connections and answers commands.</summary>
    public void Handle()
    {
        while (listener.TryAccept(out var connection))
        {
            _connections.Add(connection);
        }
        foreach (var connection in _connections.Where(connection => !Answer(connection)).ToList())
        {
            _connections.Remove(connection);
            connection.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
        listener.Dispose();
    }

    /// <returns>False if the peer has closed the connection or does not read its answers.</returns>
    private bool Answer(UnixConnection connection)
    {
        try
        {
            bool isOpen;
            while (connection.TakeLine(out isOpen) is { } line)
            {
                connection.WriteLine(commands.Execute(line));
            }
            return isOpen;
        }
        catch (LinuxException gone) when (gone.ErrorNumber is Errno.BrokenPipe or Errno.TryAgain or Errno.ConnectionReset)
        {
            return false;
        }
    }
}
