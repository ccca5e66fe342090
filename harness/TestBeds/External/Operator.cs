using System.Globalization;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>
/// The person at the terminal, who does by hand what a profile says, and then presses Enter. What they type while nothing is asked for does
/// not count.
/// </summary>
/// <param name="input">The keyboard. A thread reads it from the first request on, until its end.</param>
/// <param name="say">Shows a text on the terminal.</param>
public sealed class Operator(TextReader input, Action<string> say)
{
    private readonly Lock _gate = new();
    private readonly List<Request> _open = [];
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

            _open.Add(request);
        }

        say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Please do this within {within.TotalSeconds:0.###} s, then press Enter. If it cannot be done, write why: {text}"
            )
        );
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
        while (input.ReadLine() is { } line)
        {
            var why = line.Trim();
            lock (_gate)
            {
                if (_open is [var first, ..])
                {
                    _open.RemoveAt(0);
                    first.Answer = why.Length == 0 ? Outcome.Ok : new Outcome.Failed($"'{first.Text}' could not be done: {why}");
                }
            }
        }

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

        public Outcome? Answer
        {
            set => _answer = value;
        }

        public bool IsComplete => _answer is not null;

        public Outcome Result => _answer!;

        public void Dispose() => person.Withdraw(this);
    }
}
