using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>The management socket of a node, asked for its state.</summary>
internal sealed class NodeManagement(string node, UnixConnection connection) : IDisposable
{
    private const string Question = """{"command":"state"}""";

    private bool _isAsked;
    private bool _isAskedAgain;

    public string Node => node;

    public IReadable Source => connection;

    /// <summary>False once the node has gone.</summary>
    public bool IsOpen { get; private set; } = true;

    public LabNodeState State { get; private set; } = LabNodeState.None;

    /// <summary>Asks for the state of now, which comes by <see cref="Take"/>.</summary>
    public void Ask()
    {
        if (!IsOpen || _isAsked)
        {
            _isAskedAgain = _isAsked;
            return;
        }

        try
        {
            connection.WriteLine(Question);
            _isAsked = true;
        }
        catch (LinuxException gone) when (gone.ErrorNumber is Errno.BrokenPipe or Errno.TryAgain)
        {
            IsOpen = gone.ErrorNumber == Errno.TryAgain;
        }
    }

    /// <summary>Takes the answer if it has come.</summary>
    /// <returns>True if there is a new state.</returns>
    public bool Take()
    {
        var told = false;
        while (IsOpen && connection.TakeLine(out var isOpen) is var line)
        {
            IsOpen = isOpen;
            if (line is null)
            {
                break;
            }

            State = LabNodeState.Read(line, KernelTime.Now);
            told = true;
            _isAsked = false;
            if (_isAskedAgain)
            {
                _isAskedAgain = false;
                Ask();
            }
        }

        return told;
    }

    public void Dispose() => connection.Dispose();
}
