using System.Net;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Simulated;

/// <summary>
/// A transfer between hosts without TCP: a steady sequence of echo requests, until one is answered that was sent after the end of the
/// transfer was requested.
/// </summary>
internal sealed class SimulatedTransfer
{
    private const ushort ProbeIdentifier = 2;
    private static readonly TimeSpan _givesUpAfter = TimeSpan.FromSeconds(30);

    private readonly SimulatedNetwork _network;
    private readonly SimulatedNode _node;
    private readonly IPAddress _destination;
    private readonly Action _collect;
    private readonly TransferProbes _probes = new();
    private int? _lastOfTransfer;
    private bool _passes;

    /// <param name="collect">Collects the replies that have come.</param>
    public SimulatedTransfer(SimulatedNetwork network, SimulatedNode node, IPAddress destination, Action collect)
    {
        (_network, _node, _destination, _collect) = (network, node, destination, collect);
        Probe();
    }

    /// <summary>Records a reply to one of the requests.</summary>
    public void Answered(ushort number)
    {
        _probes.Answered(number, _network.Now);
        _passes |= number > _lastOfTransfer;
    }

    /// <summary>Ends the transfer. The result is complete when a later request is answered, or after a time limit.</summary>
    public IPending End()
    {
        _lastOfTransfer = _probes.Sent - 1;
        return new Ending(this, _network.Now + _givesUpAfter);
    }

    private void Probe()
    {
        _collect();
        if (_passes)
        {
            return;
        }

        _node.Ping(_destination, ProbeIdentifier, _probes.Next(_network.Now));
        _network.At(_network.Now + TransferProbes.Interval, Probe);
    }

    private sealed class Ending(SimulatedTransfer transfer, DateTimeOffset until) : IPending
    {
        public bool IsComplete
        {
            get
            {
                transfer._collect();
                return transfer._passes || transfer._network.Now >= until;
            }
        }

        public Outcome Result =>
            transfer._passes
                ? transfer._probes.ToOutcome()
                : new Outcome.Failed($"no reply within {_givesUpAfter.TotalSeconds} s after its end");
    }
}
