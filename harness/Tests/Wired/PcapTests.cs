using Conformance.FramePorts;
using Conformance.FramePorts.Pcap;
using Conformance.Harness.Tests.Capture;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Wired;

/// <summary>What the driver over libpcap decides without an interface.</summary>
public sealed class PcapTests : IDisposable
{
    private const int Index = 2;
    private static readonly MacAddress _address = MacAddress.Parse("02:00:00:00:00:01");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("pci", true)]
    [InlineData("usb", true)]
    [InlineData("virtio", false)]
    [InlineData("xen", false)]
    [InlineData(null, false)]
    public void AnInterface_IsPhysical_IfItHasADevice_ThatNoHypervisorMakes(string? bus, bool isPhysical)
    {
        WriteInterface(bus);

        LinuxLink.IsPhysical(_directory.Path, "nic0", Index, _address).Should().Be(isPhysical);
    }

    /// <summary>As where the tester is in a network namespace, and sysfs shows another.</summary>
    [Fact]
    public void AnInterfaceOfTheSameName_IsAnother()
    {
        WriteInterface("pci");

        LinuxLink.IsPhysical(_directory.Path, "nic0", Index + 1, _address).Should().BeFalse();
        LinuxLink.IsPhysical(_directory.Path, "nic0", Index, MacAddress.Parse("02:00:00:00:00:02")).Should().BeFalse();
        LinuxLink.IsPhysical(_directory.Path, "nic1", Index, _address).Should().BeFalse();
    }

    [Fact]
    public void AWaitForWhatIsClosed_Fails()
    {
        var wait = () => PcapWait.Until([], other: int.MaxValue, TimeSpan.FromSeconds(1));

        wait.Should().Throw<FramePortException>().WithMessage("*a descriptor is closed*");
    }

    [Fact]
    public void AWaitForNothing_EndsWithItsTime() => PcapWait.Until([], other: null, TimeSpan.FromMilliseconds(1)).Should().BeFalse();

    private void WriteInterface(string? bus)
    {
        _directory.File("nic0/ifindex", $"{Index}\n");
        _directory.File("nic0/address", $"{_address}\n");
        if (bus is not null)
        {
            _directory.File("nic0/device/vendor", "0x8086\n");
            Directory.CreateDirectory(Path.Combine(_directory.Path, "bus", bus));
            Directory.CreateSymbolicLink(
                Path.Combine(_directory.Path, "nic0", "device", "subsystem"),
                Path.Combine(_directory.Path, "bus", bus)
            );
        }
    }
}
