using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>The management socket of a node, used to query its state.</summary>
internal sealed class NodeManagement(string node, UnixConnection connection) : IDisposable
{
    private const string Question = """{"command":"state"}""";

    private KernelTime _askedAt;
    private bool _isAsked;
    private bool _isAskedAgain;

    public string Node => node;

    public IReadable Source => connection;

    /// <summary>False after the node has ended.</summary>
    public bool IsOpen { get; private set; } = true;

    public LabNodeState State { get; private set; } = LabNodeState.None;

    /// <summary>The time at which the node was asked for <see cref="State"/>, which is not older.</summary>
    public KernelTime StateSince { get; private set; }

    /// <summary>Requests the current state, which <see cref="Take"/> receives.</summary>
    public void Ask()
    {
        if (!IsOpen || _isAsked)
        {
            _isAskedAgain = _isAsked;
            return;
        }

        try
        {
            _askedAt = KernelTime.Now;
            connection.WriteLine(Question);
            _isAsked = true;
        }
        catch (LinuxException gone) when (gone.ErrorNumber is Errno.BrokenPipe or Errno.TryAgain)
        {
            IsOpen = gone.ErrorNumber == Errno.TryAgain;
        }
    }

    /// <summary>Takes the answer if it is available.</summary>
    /// <returns>True if a new state was received.</returns>
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

            (State, StateSince) = (LabNodeState.Read(line, KernelTime.Now), _askedAt);
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
