using Conformance.Reports;
using Conformance.TestBeds.SelfTests;
using Spectre.Console;

namespace Conformance.Cli;

/// <summary>Says how far a self-test is: each wrong device at once, and how many devices are done.</summary>
/// <param name="total">The number of devices.</param>
internal sealed class SelftestProgress(Terminal terminal, int total)
{
    private const int StepsInLog = 10;

    private readonly Lock _gate = new();
    private int _done;

    /// <summary>May be called from any thread.</summary>
    public void Add(DeviceOutcome outcome)
    {
        lock (_gate)
        {
            _done++;
            if (outcome.Problems.Count > 0)
            {
                terminal.Line($"{SelftestReport.WordOf(outcome)}  {outcome.Name}: {outcome.Problems[0]}");
            }

            if (terminal.IsLive)
            {
                terminal.Console.Write(new Text($"{_done} of {total} devices\r"));
            }
            else if (_done * StepsInLog / total > (_done - 1) * StepsInLog / total)
            {
                terminal.Line($"{_done} of {total} devices");
            }
        }
    }
}
