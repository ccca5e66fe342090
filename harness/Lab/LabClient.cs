using Conformance.Reports;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>Asks the running lab, and shows what it answers.</summary>
internal sealed class LabClient(LabName name, CancellationToken cancellation)
{
    /// <summary>A lab ends its nodes one by one, and has patience with each.</summary>
    private static readonly TimeSpan _endsWithin = TimeSpan.FromSeconds(30);

    /// <summary>Asks, and hands on the lines of the answer until it ends.</summary>
    /// <returns>What the command ends with.</returns>
    /// <exception cref="CannotRunException">No lab is running, or it ended with the question open.</exception>
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
                // Whoever follows has seen all there was.
                return cancellation.IsCancellationRequested || request.Command == LabRequest.Ladder
                    ? ExitCode.Success
                    : throw new CannotRunException("the lab has ended.");
            }

            var answer = LabAnswer.Read(line);
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

    /// <summary>Ends the lab, and waits until it is gone.</summary>
    /// <returns>False if none was running.</returns>
    /// <exception cref="CannotRunException">It does not end.</exception>
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
            // It has nothing to say to that.
        }

        return KernelTime.Now < until
            ? true
            : throw new CannotRunException(
                $"the lab does not end within {_endsWithin.TotalSeconds} s; '{Terminal.Product} lab state' shows its process."
            );
    }

    /// <summary>The next line. Null if there is none any more, or the time has come.</summary>
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
