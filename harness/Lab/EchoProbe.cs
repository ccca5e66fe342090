using System.Globalization;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>Sends Echo Requests from the mobile node to the correspondent node, once or periodically.</summary>
internal sealed class EchoProbe(LabNodes nodes, MobileHost mobile, Action<string> say)
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ushort, KernelTime> _waiting = [];
    private ushort _number;
    private KernelTime? _next;
    private KernelTime _lastReply;
    private TimeSpan _longest;
    private int _sent;
    private int _answered;

    public KernelTime? Due => new[] { _next, _waiting.Count > 0 ? _waiting.Values.Min() + _patience : null }.Min();

    public void Send(KernelTime now)
    {
        _number++;
        _sent++;
        if (mobile.SendEcho(_number) is { } reason)
        {
            Say(now, $"echo {_number} cannot be sent: {reason}");
            return;
        }

        _waiting[_number] = now;
    }

    /// <summary>Starts or stops sending Echo Requests periodically.</summary>
    public void Toggle(KernelTime now)
    {
        if (_next is null)
        {
            (_sent, _answered, _longest, _lastReply, _next) = (0, 0, TimeSpan.Zero, now, now);
        }
        else
        {
            _next = null;
            Say(now, string.Empty);
        }
    }

    public void Advance(KernelTime now)
    {
        while (mobile.TryTakeEcho(out var reply))
        {
            if (_waiting.Remove(reply, out var at))
            {
                _answered++;
                _longest = now - _lastReply > _longest ? now - _lastReply : _longest;
                _lastReply = now;
                Say(now, string.Create(CultureInfo.InvariantCulture, $"echo {reply} answered after {(now - at).TotalMilliseconds:0.0} ms"));
            }
        }

        foreach (var (lost, _) in _waiting.Where(sent => sent.Value + _patience <= now).ToList())
        {
            _waiting.Remove(lost);
            Say(now, $"echo {lost} not answered");
        }

        if (_next <= now)
        {
            _next = now + _interval;
            Send(now);
        }
    }

    private void Say(KernelTime now, string last)
    {
        var isRow = _next is not null || last.Length == 0;
        var gap = _longest > now - _lastReply ? _longest : now - _lastReply;
        say(
            isRow
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"ping {nodes.Correspondent}: {_sent} sent, {_answered} answered, longest time without an answer "
                        + $"{gap.TotalMilliseconds:0} ms{(last.Length > 0 ? $"; {last}" : "")}"
                )
                : $"ping {nodes.Correspondent}: {last}"
        );
    }
}
