using System.Diagnostics.CodeAnalysis;
using FluentAssertions;
using Pmip.Benchmarks.DataPath;
using Pmip.Linux.Tunnels;
using Xunit;

namespace Pmip.Reference.Tests.Linux.Tunnels;

/// <summary>Memory is counted for the whole process, so no other test runs in parallel.</summary>
[Collection(nameof(AloneGroup))]
public sealed class TunnelAllocationTests
{
    /// <summary>So many packets that one object for each would far exceed all other allocations of the process.</summary>
    private const int Enough = 20_000;

    /// <summary>A connection has two buffers of 256 KiB; the rest is for test reporting.</summary>
    private const int ConnectionOctets = 600 * 1024;

    private const int SmallestObject = 24;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Packets_AreCarriedWithoutAllocation(bool offloads)
    {
        Privilege.Require();
        using var bed = ForwardingBed.Tunnel(TunnelDeviceKind.Tun);
        bed.SetOffloads(offloads);
        BulkTransfer.Measure(bed, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        var (packets, octets) = (Carried(bed), GC.GetTotalAllocatedBytes(precise: true));
        var connections = 0;
        for (; Carried(bed) - packets < Enough; connections++)
        {
            BulkTransfer.Measure(bed, TimeSpan.Zero, TimeSpan.FromMilliseconds(300));
        }

        packets = Carried(bed) - packets;
        octets = GC.GetTotalAllocatedBytes(precise: true) - octets;
        octets.Should().BeLessThan(connections * ConnectionOctets + packets * SmallestObject / 2);
    }

    private static long Carried(ForwardingBed bed) => ((TunTunnels)bed.Gateway!.Tunnels!).Counters.Decapsulated;
}

[CollectionDefinition(nameof(AloneGroup), DisableParallelization = true)]
[SuppressMessage("Design", "CA1515:Consider making public types internal", Justification = "xUnit wants it public.")]
public sealed class AloneGroup;
