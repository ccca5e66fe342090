using System.Diagnostics;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Node.Management;

namespace Conformance.TestBeds.Lanes;

/// <summary>A command to the management socket of a <c>pmip-node</c>.</summary>
internal sealed class NodeManagement : IPending
{
    private readonly string _socket;
    private readonly bool _isRestart;
    private UnixConnection? _connection;
    private bool _isBack;
    private Outcome? _result;

    private NodeManagement(string socket, bool isRestart, UnixConnection connection) =>
        (_socket, _isRestart, _connection) = (socket, isRestart, connection);

    public bool IsComplete
    {
        get
        {
            while (_result is null && Advance())
            {
                // The next answer may have come, too.
            }
            return _result is not null;
        }
    }

    public Outcome Result => _result ?? new Outcome.Failed("the node has not answered");

    /// <summary>Sends a command to a node.</summary>
    public static IPending Start(string socket, DeviceCommand command)
    {
        try
        {
            var connection = UnixConnection.Open(socket);
            connection.WriteLine(Line(command));
            return new NodeManagement(socket, command is DeviceCommand.Restart, connection);
        }
        catch (LinuxException nobody)
        {
            return new Completed(new Outcome.Failed(nobody.Message));
        }
    }

    /// <summary>A command as the management socket calls it, and its members.</summary>
    public static (string Name, IReadOnlyList<(string Name, object? Value)> Members) Words(DeviceCommand command)
    {
        (string, object?)[] members = command switch
        {
            DeviceCommand.SetHint(var link, var hint) => [("link", link.Name), ("hint", hint)],
            DeviceCommand.SetTimestamp(var link, var time) => [("link", link.Name), ("timestamp", time?.ToString("O"))],
            DeviceCommand.SetVariable(var name, var value) => [("name", name), ("value", value)],
            DeviceCommand.Restart => [],
            DeviceCommand.Authorize(var gateway) => [("gateway", gateway)],
            DeviceCommand.Deauthorize(var gateway) => [("gateway", gateway)],
            DeviceCommand.Renumber(var prefix) => [("prefix", prefix)],
            DeviceCommand.Terminate(var identifier) => [("mobileNode", identifier)],
            DeviceCommand.Reenable(var identifier) => [("mobileNode", identifier)],
            _ => throw new UnreachableException(),
        };
        var called = command switch
        {
            DeviceCommand.Renumber => "withdraw",
            DeviceCommand.Reenable => "enable",
            _ => command.Key,
        };
        return (called, members);
    }

    private static string Line(DeviceCommand command)
    {
        var (name, members) = Words(command);
        return ManagementClient.Write(name, members);
    }

    /// <summary>Reads the next answer. A node that restarts closes the connection, and answers again when it has started.</summary>
    /// <returns>False if nothing has come yet.</returns>
    private bool Advance()
    {
        try
        {
            if (_connection is null)
            {
                _connection = UnixConnection.Open(_socket);
                _connection.WriteLine(ManagementClient.Write("state"));
                _isBack = true;
            }

            var line = _connection.TakeLine(out var isOpen);
            if (line is null && isOpen)
            {
                return false;
            }

            if (line is null)
            {
                Close();
                End(_isRestart ? null : new Outcome.Failed("the node has closed the connection"));
                return _isRestart;
            }

            End(
                ManagementClient.IsRefusal(line) ? new Outcome.Failed(line)
                : !_isRestart || _isBack ? Outcome.Ok
                : null
            );
            return true;
        }
        catch (LinuxException gone)
        {
            Close();
            End(_isRestart ? null : new Outcome.Failed(gone.Message));
            return false;
        }
    }

    private void End(Outcome? result)
    {
        _result = result;
        if (result is not null)
        {
            Close();
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        (_connection, _isBack) = (null, false);
    }
}
