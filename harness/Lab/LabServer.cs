using System.Text.Json;
using Conformance.Reports;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>A client of a running lab in another terminal.</summary>
internal sealed class LabVisitor(UnixConnection connection) : IDisposable
{
    public IReadable Source => connection;

    /// <summary>The request for the ladder; null if the client does not follow the ladder.</summary>
    public LabRequest? Following { get; set; }

    public bool IsOpen { get; private set; } = true;

    public void Say(string text) => Send(new LabAnswer(text));

    public void End(int exit, string? text = null) => Send(new LabAnswer(text, exit));

    /// <summary>The requests received since the last call.</summary>
    public IEnumerable<LabRequest> Take()
    {
        while (IsOpen && connection.TakeLine(out var isOpen) is var line)
        {
            IsOpen = isOpen;
            if (line is null)
            {
                yield break;
            }

            yield return LabRequest.Read(line);
        }
    }

    public void Dispose() => connection.Dispose();

    private void Send(LabAnswer answer)
    {
        try
        {
            connection.WriteLine(answer.ToLine());
        }
        catch (LinuxException)
        {
            // The client has disconnected, or does not read.
            IsOpen = false;
        }
    }
}

/// <summary>The socket on which a running lab accepts requests.</summary>
internal sealed class LabServer(UnixListener listener, LabName name) : IDisposable
{
    private readonly List<LabVisitor> _visitors = [];

    public IEnumerable<IReadable> Sources => [listener, .. _visitors.Select(visitor => visitor.Source)];

    public IEnumerable<LabVisitor> Followers => _visitors.Where(visitor => visitor.Following is not null);

    /// <summary>Accepts new clients and takes their requests.</summary>
    public IReadOnlyList<(LabVisitor Visitor, LabRequest Request)> Take()
    {
        while (listener.TryAccept(out var connection))
        {
            _visitors.Add(new LabVisitor(connection));
        }

        var asked = _visitors.SelectMany(Take).ToList();
        foreach (var gone in _visitors.Where(visitor => !visitor.IsOpen).ToList())
        {
            _visitors.Remove(gone);
            gone.Dispose();
        }

        return asked;
    }

    public void Dispose()
    {
        listener.Dispose();
        try
        {
            Directory.Delete(name.Directory);
        }
        catch (IOException)
        {
            // The next lab already uses the directory.
        }

        // Closing the connections tells the clients that everything has been removed.
        _visitors.ForEach(visitor => visitor.Dispose());
    }

    private static IEnumerable<(LabVisitor Visitor, LabRequest Request)> Take(LabVisitor visitor)
    {
        try
        {
            return [.. visitor.Take().Select(request => (visitor, request))];
        }
        catch (JsonException)
        {
            visitor.End(ExitCode.CannotRun, "this is not a valid request");
            return [];
        }
    }
}
