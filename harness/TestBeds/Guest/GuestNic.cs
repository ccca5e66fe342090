using System.Globalization;
using Pmip.Wire;

namespace Conformance.TestBeds.Guest;

/// <summary>A network interface of a guest, and the tap at the other end of its cable.</summary>
/// <param name="Number">Counted from 0; the place on the bus and the name for qemu follow from it.</param>
/// <param name="Node">The node in the guest, in lower case.</param>
/// <param name="Name">The name of the interface in the network of the node.</param>
/// <param name="Tap">The name of the tap in the namespace of the tester.</param>
/// <param name="Address">Null for that of qemu.</param>
/// <param name="Mtu">In octets; null for that of the kernel.</param>
/// <param name="IsAccessLink">True if nodes come and go on the link.</param>
internal sealed record GuestNic(int Number, string Node, string Name, string Tap, MacAddress? Address, int? Mtu, bool IsAccessLink)
{
    /// <summary>The bus has 32 places; bridges and the port of the agent have the first.</summary>
    public const int Most = 32 - FirstSlot;

    private const int FirstSlot = 3;

    /// <summary>Leaves a value as it is.</summary>
    private const string AsIs = "-";

    /// <summary>The name for qemu.</summary>
    public string Device => string.Create(CultureInfo.InvariantCulture, $"nic{Number}");

    private string Slot => string.Create(CultureInfo.InvariantCulture, $"{FirstSlot + Number:x2}");

    /// <summary>The line for the agent.</summary>
    public string Line
    {
        get
        {
            var address = Address?.ToString() ?? AsIs;
            var mtu = Mtu?.ToString(CultureInfo.InvariantCulture) ?? AsIs;
            return $"{Slot} {Node} {Name} {address} {mtu} {(IsAccessLink ? "access" : "constant")}";
        }
    }

    /// <summary>The options for qemu. The frames on the tap are those on a wire: no checksum or segment is left to the tap.</summary>
    /// <param name="model">virtio-net-pci or e1000.</param>
    public IEnumerable<string> Options(string model)
    {
        var plain = model.StartsWith("virtio", StringComparison.Ordinal) ? ",vnet_hdr=off" : string.Empty;
        return
        [
            "-netdev",
            $"tap,id=tap{Device},ifname={Tap},script=no,downscript=no{plain}",
            "-device",
            $"{model},netdev=tap{Device},id={Device},addr=0x{Slot},romfile=",
        ];
    }
}
