using System.Net;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Simulated;

/// <summary>
/// A transfer of hosts that have no TCP: echo requests at a steady pace, from the beginning until one is answered that was sent
/// after the end was asked for.
/// </summary>
internal sealed class SimulatedTransfer
{
    private const ushort ProbeIdentifier = 2;
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromSeconds(30);

    private readonly SimulatedNetwork network;
    private readonly SimulatedNode node;
    private readonly IPAddress destination;
    private readonly Action collect;
    private readonly TransferProbes probes = new();
    private int? lastOfTransfer;
    private bool passes;

    /// <param name="collect">Makes the replies known that have come.</param>
    public SimulatedTransfer(SimulatedNetwork network, SimulatedNode node, IPAddress destination, Action collect)
    {
        (this.network, this.node, this.destination, this.collect) = (network, node, destination, collect);
        Probe();
    }

    /// <summary>A reply to one of its requests came.</summary>
    public void Answered(ushort number)
    {
        probes.Answered(number, network.Now);
        passes |= number > lastOfTransfer;
    }

    /// <summary>Ends it: complete when something passes, or nothing has for too long.</summary>
    public IPending End()
    {
        lastOfTransfer = probes.Sent - 1;
        return new Ending(this, network.Now + GivesUpAfter);
    }

    private void Probe()
    {
        collect();
        if (passes)
        {
            return;
        }

        node.Ping(destination, ProbeIdentifier, probes.Next(network.Now));
        network.At(network.Now + TransferProbes.Interval, Probe);
    }

    private sealed class Ending(SimulatedTransfer transfer, DateTimeOffset until) : IPending
    {
        public bool IsComplete
        {
            get
            {
                transfer.collect();
                return transfer.passes || transfer.network.Now >= until;
            }
        }

        public string Result => transfer.passes ? transfer.probes.ToString() : $"failed: nothing passes {GivesUpAfter.TotalSeconds} s after its end";
    }
}
