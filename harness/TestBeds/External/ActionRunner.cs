using System.Diagnostics;
using System.Globalization;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>Does what a profile says, each action within its time limit.</summary>
/// <param name="directory">The directory of the profile.</param>
/// <param name="person">Who does what is done by hand; null if nobody is there.</param>
internal sealed class ActionRunner(string directory, Operator? person)
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts an action. If it cannot be started, the returned action has failed.</summary>
    /// <param name="values">The values of the placeholders.</param>
    /// <param name="read">Reads the output of an action that succeeded; null if it does not matter.</param>
    public IPending Start(ProfileAction action, IReadOnlyDictionary<string, string> values, Func<string, Outcome>? read = null)
    {
        var (text, started) = action switch
        {
            ProfileAction.Exec exec => Exec([.. exec.Words.Select(Fill)], read),
            ProfileAction.Ssh ssh => Connect(ssh.Host, Fill(ssh.Line), read),
            ProfileAction.Manual manual => Ask(Fill(manual.Request), manual.Within),
            _ => throw new UnreachableException(),
        };
        return started is Completed ? started : new Limited(text, started, action.Within);

        string Fill(string word) =>
            values.Aggregate(word, (filled, value) => filled.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal));
    }

    /// <summary>Runs an action until it ends or its time limit expires.</summary>
    /// <returns>The reason of a failure; null on success.</returns>
    /// <exception cref="BedLostException">The run was interrupted.</exception>
    public string? Run(ProfileAction action, IReadOnlyDictionary<string, string> values, CancellationToken interruption)
    {
        var pending = Start(action, values);
        using var started = pending as IDisposable;
        while (!pending.IsComplete)
        {
            if (interruption.WaitHandle.WaitOne(_betweenLooks))
            {
                throw new BedLostException(WiredPorts.Interrupted);
            }
        }

        // Ctrl-C on a terminal also ends the command, so that its failure has no meaning.
        var problem = (pending.Result as Outcome.Failed)?.Reason;
        return problem is not null && interruption.IsCancellationRequested ? throw new BedLostException(WiredPorts.Interrupted) : problem;
    }

    private (string Text, IPending Started) Exec(IReadOnlyList<string> words, Func<string, Outcome>? read) =>
        (string.Join(' ', words), ExecCommand.Start(words, directory, read));

    private static (string Text, IPending Started) Connect(SshHost host, string line, Func<string, Outcome>? read) =>
        ($"{line}' at host '{host.Name}", SshProgram.Start(host, line, read));

    private (string Text, IPending Started) Ask(string request, TimeSpan within) =>
        (
            request,
            person?.Ask(request, within) ?? new Completed(new Outcome.Failed($"'{request}' has to be done by hand, and nobody is there"))
        );

    /// <summary>An action that is ended when its time is over.</summary>
    private sealed class Limited(string text, IPending action, TimeSpan within) : IPending, IDisposable
    {
        private readonly DateTimeOffset _until = WiredPorts.Now + within;
        private Outcome? _expired;

        public bool IsLimited => true;

        public bool IsComplete
        {
            get
            {
                if (_expired is not null || action.IsComplete)
                {
                    return true;
                }

                if (WiredPorts.Now < _until)
                {
                    return false;
                }

                Dispose();
                _expired = new Outcome.Expired(
                    string.Create(CultureInfo.InvariantCulture, $"'{text}' did not end within {within.TotalSeconds:0.###} s and was ended")
                );
                return true;
            }
        }

        public Outcome Result => _expired ?? action.Result;

        public void Dispose() => (action as IDisposable)?.Dispose();
    }
}
