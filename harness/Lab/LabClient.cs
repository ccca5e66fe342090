using Conformance.Reports;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>Sends requests to the running lab and shows its answers.</summary>
internal sealed class LabClient(LabName name, CancellationToken cancellation)
{
    /// <summary>Allows for the time that a lab waits for the end of each of its nodes.</summary>
    private static readonly TimeSpan _endsWithin = TimeSpan.FromSeconds(30);

    /// <summary>Sends a request, and passes on the lines of the answer until it ends.</summary>
    /// <returns>The exit code of the command.</returns>
    /// <exception cref="CannotRunException">
    /// No lab is running, the lab ended before it answered, or it cannot do what is asked.
    /// </exception>
    public int Ask(LabRequest request, Action<string> show)
    {
        using var connection =
            TryConnect() ?? throw new CannotRunException($"no lab is running; '{Terminal.Product} lab up' in another terminal starts one.");
        using var interrupted = new WakeUp();
        using var registered = cancellation.Register(interrupted.Set);
        connection.WriteLine(request.ToLine());
        while (true)
        {
            if (Next(connection, interrupted, until: null) is not { } line)
            {
                // For a ladder, the end of the lab is the normal end of the answer.
                return cancellation.IsCancellationRequested || request.Command == LabRequest.Ladder
                    ? ExitCode.Success
                    : throw new CannotRunException("the lab has ended.");
            }

            var answer = LabAnswer.Read(line);
            if (answer is { Exit: ExitCode.CannotRun, Text: { } wrong })
            {
                throw new CannotRunException(wrong);
            }

            if (answer.Text is { } text)
            {
                show(text);
            }

            if (answer.Exit is { } exit)
            {
                return exit;
            }
        }
    }

    /// <summary>Ends the lab and waits until it has ended.</summary>
    /// <returns>False if no lab was running.</returns>
    /// <exception cref="CannotRunException">The lab does not end in time.</exception>
    public bool TryEnd()
    {
        using var connection = TryConnect();
        if (connection is null)
        {
            return false;
        }

        using var interrupted = new WakeUp();
        using var registered = cancellation.Register(interrupted.Set);
        connection.WriteLine(new LabRequest(LabRequest.Down).ToLine());
        var until = KernelTime.Now + _endsWithin;
        while (Next(connection, interrupted, until) is not null)
        {
            // The lab does not answer this request; wait for the end of the connection.
        }

        return KernelTime.Now < until
            ? true
            : throw new CannotRunException(
                $"the lab does not end within {_endsWithin.TotalSeconds} s; '{Terminal.Product} lab state' shows its process."
            );
    }

    /// <summary>The next line. Null if the connection has ended or the time is over.</summary>
    private string? Next(UnixConnection connection, WakeUp interrupted, KernelTime? until)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (connection.TakeLine(out var isOpen) is { } line)
            {
                return line;
            }

            if (!isOpen || Readiness.Wait<IReadable>([connection, interrupted], until).Count == 0)
            {
                return null;
            }
        }

        return null;
    }

    private UnixConnection? TryConnect()
    {
        try
        {
            return UnixConnection.Open(name.Socket);
        }
        catch (LinuxException e) when (e.ErrorNumber is Errno.NoEntry or Errno.ConnectionRefused)
        {
            return null;
        }
    }
}
