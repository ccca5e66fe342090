using System.Globalization;
using Pmip.Linux;

namespace Conformance.Cli.Lab;

/// <summary>Echo requests from the mobile node to the correspondent node: one, or one after the other.</summary>
internal sealed class EchoProbe(MobileHost mobile, Action<string> say)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ushort, KernelTime> waiting = [];
    private ushort number;
    private KernelTime? next;
    private KernelTime lastReply;
    private TimeSpan longest;
    private int sent;
    private int answered;

    public KernelTime? Due => new[] { next, waiting.Count > 0 ? waiting.Values.Min() + Patience : null }.Min();

    public void Send(KernelTime now)
    {
        number++;
        sent++;
        if (mobile.SendEcho(number) is { } reason)
        {
            Say(now, $"echo {number} cannot be sent: {reason}");
            return;
        }

        waiting[number] = now;
    }

    /// <summary>Begins or ends to send one after the other.</summary>
    public void Toggle(KernelTime now)
    {
        if (next is null)
        {
            (sent, answered, longest, lastReply, next) = (0, 0, TimeSpan.Zero, now, now);
        }
        else
        {
            next = null;
            Say(now, string.Empty);
        }
    }

    public void Advance(KernelTime now)
    {
        while (mobile.TryTakeEcho(out var reply))
        {
            if (waiting.Remove(reply, out var at))
            {
                answered++;
                longest = now - lastReply > longest ? now - lastReply : longest;
                lastReply = now;
                Say(now, string.Create(CultureInfo.InvariantCulture, $"echo {reply} answered after {(now - at).TotalMilliseconds:0.0} ms"));
            }
        }

        foreach (var (lost, _) in waiting.Where(sent => sent.Value + Patience <= now).ToList())
        {
            waiting.Remove(lost);
            Say(now, $"echo {lost} not answered");
        }

        if (next <= now)
        {
            next = now + Interval;
            Send(now);
        }
    }

    private void Say(KernelTime now, string last)
    {
        var isRow = next is not null || last.Length == 0;
        var gap = longest > now - lastReply ? longest : now - lastReply;
        say(isRow
            ? string.Create(CultureInfo.InvariantCulture, $"ping {LabNodes.Correspondent}: {sent} sent, {answered} answered, longest time without an answer {gap.TotalMilliseconds:0} ms{(last.Length > 0 ? $"; {last}" : "")}")
            : $"ping {LabNodes.Correspondent}: {last}");
    }
}
