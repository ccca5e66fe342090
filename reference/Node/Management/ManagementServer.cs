using Pmip.Linux;

namespace Pmip.Node.Management;

/// <summary>
/// The management socket: a JSON object in each line, of commands one way and of answers the other. For a laboratory; a
/// tester has no use for it.
/// </summary>
internal sealed class ManagementServer(UnixListener listener, ManagementCommands commands) : IDisposable
{
    private readonly List<UnixConnection> _connections = [];

    /// <summary>What to wait for: who may come, and who is there.</summary>
    public IEnumerable<IReadable> Sources => [listener, .. _connections];

    /// <summary>Lets in who has come, and answers who has asked.</summary>
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

    /// <returns>False if the other end has gone, or does not read its answers.</returns>
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
