using System.Diagnostics.CodeAnalysis;
using FluentAssertions;
using Pmip.Benchmarks.DataPath;
using Pmip.Linux.Tunnels;
using Xunit;

namespace Pmip.Linux.Tests.Tunnels;

/// <summary>Memory is counted for the whole process: no other test runs beside this one.</summary>
[Collection(nameof(AloneGroup))]
public sealed class TunnelAllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Packets_AreCarriedWithoutAllocation(bool offloads)
    {
        Privilege.Require();
        using var bed = ForwardingBed.Tunnel(TunnelDeviceKind.Tun);
        bed.SetOffloads(offloads);
        BulkTransfer.Measure(bed, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        var before = (Carried(bed), GC.GetTotalAllocatedBytes(precise: true));

        BulkTransfer.Measure(bed, TimeSpan.Zero, TimeSpan.FromMilliseconds(300));

        var packets = Carried(bed) - before.Item1;
        var octets = GC.GetTotalAllocatedBytes(precise: true) - before.Item2;
        packets.Should().BeGreaterThan(100);

        // The connection has buffers of its own, two of 256 KiB.
        octets.Should().BeLessThan(600 * 1024 + packets);
    }

    private static long Carried(ForwardingBed bed) => ((TunTunnels)bed.Gateway!.Tunnels!).Counters.Decapsulated;
}

[CollectionDefinition(nameof(AloneGroup), DisableParallelization = true)]
[SuppressMessage("Design", "CA1515:Consider making public types internal", Justification = "xUnit wants it public.")]
public sealed class AloneGroup;
