using System.Globalization;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>
/// The person at the terminal, who does by hand what a profile says, and then presses Enter. What they type before something is asked for,
/// or after it is no longer needed, does not count: taken for an answer, it would say that something is done which nobody has done.
/// </summary>
/// <param name="input">The keyboard. A thread reads it while something is asked for, until its end.</param>
/// <param name="say">Shows a text on the terminal.</param>
/// <param name="dropTyped">Drops what is typed and not read yet; null if the input has none, as it is no keyboard.</param>
public sealed class Operator(TextReader input, Action<string> say, Action? dropTyped = null)
{
    private readonly object _gate = new();

    /// <summary>What is asked for, in order. The thread that reads is told of more by the gate.</summary>
    private readonly List<Request> _open = [];

    /// <summary>The request for which a line is being read, even if it is no longer needed.</summary>
    private Request? _served;
    private Thread? _reader;
    private bool _isGone;

    /// <summary>Asks for something; the action ends with the answer.</summary>
    /// <param name="within">How long it may take; for the operator to know.</param>
    internal IPending Ask(string text, TimeSpan within)
    {
        var request = new Request(this, text);
        lock (_gate)
        {
            if (_isGone)
            {
                request.Answer = Gone(text);
                return request;
            }

            request.HasToWait = _served is not null || _open.Count > 0;
            say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Please do this within {within.TotalSeconds:0.###} s, then press Enter. If it cannot be done, write why: {text}"
                )
            );
            _open.Add(request);
            Monitor.Pulse(_gate);
        }

        if (_reader is null)
        {
            _reader = new Thread(Read) { IsBackground = true, Name = "operator" };
            _reader.Start();
        }

        return request;
    }

    private static Outcome.Failed Gone(string text) => new($"'{text}' has to be done by hand, and nobody answers: the input has ended");

    private void Read()
    {
        while (true)
        {
            Request request;
            lock (_gate)
            {
                while (_open.Count == 0)
                {
                    Monitor.Wait(_gate);
                }

                _served = request = _open[0];
            }

            dropTyped?.Invoke();
            if (request.HasToWait)
            {
                // The last line was for another request, or it cannot be known for which one.
                say($"Press Enter once this is done, too, or write why it cannot be done: {request.Text}");
            }

            if (input.ReadLine() is not { } line)
            {
                End();
                return;
            }

            var why = line.Trim();
            lock (_gate)
            {
                _served = null;
                if (_open.Remove(request))
                {
                    request.Answer = why.Length == 0 ? Outcome.Ok : new Outcome.Failed($"'{request.Text}' could not be done: {why}");
                }
            }
        }
    }

    /// <summary>From now on, nobody answers.</summary>
    private void End()
    {
        lock (_gate)
        {
            _isGone = true;
            _open.ForEach(request => request.Answer = Gone(request.Text));
            _open.Clear();
        }
    }

    private void Withdraw(Request request)
    {
        lock (_gate)
        {
            if (!_open.Remove(request))
            {
                return;
            }

            request.Answer = new Outcome.Failed($"'{request.Text}' was no longer waited for");
        }

        say($"No longer needed: {request.Text}");
    }

    private sealed class Request(Operator person, string text) : IPending, IDisposable
    {
        private volatile Outcome? _answer;

        public string Text => text;

        /// <summary>True if a line was being read for another request when this one was asked for.</summary>
        public bool HasToWait { get; set; }

        public Outcome? Answer
        {
            set => _answer = value;
        }

        public bool IsComplete => _answer is not null;

        public Outcome Result => _answer!;

        public void Dispose() => person.Withdraw(this);
    }
}
