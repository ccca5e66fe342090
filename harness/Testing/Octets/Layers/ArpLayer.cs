using System.Net;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An ARP packet (RFC 826) with the addresses of Ethernet and IPv4.</summary>
public sealed class ArpLayer : Layer
{
    public const int MinimumLength = 8;
    public const int Request = 1;
    public const int Reply = 2;

    private const int Length = 28;
    private const int EthernetHardware = 1;

    internal ArpLayer(FramePart part)
        : base(part)
    {
        if (HardwareType != EthernetHardware || ProtocolType != EthernetLayer.Ipv4Type || part.Octet(4) != 6 || part.Octet(5) != 4)
        {
            Broken(0, "addresses that are not those of Ethernet and IPv4");
        }
        else if (part.Length < Length)
        {
            Broken(part.Length, "cut off");
        }
    }

    public override string Name => "ARP";

    public int HardwareType => Part.Word(0);

    public int ProtocolType => Part.Word(2);

    /// <summary>The operation: <see cref="Request"/>, <see cref="Reply"/> or another number.</summary>
    public int Operation => Part.Word(6);

    public MacAddress SenderHardwareAddress => Part.LinkLayerAddress(8);

    public IPAddress SenderProtocolAddress => Part.Ipv4Address(14);

    public MacAddress TargetHardwareAddress => Part.LinkLayerAddress(18);

    public IPAddress TargetProtocolAddress => Part.Ipv4Address(24);

    private protected override LayerWords Describe(INodeNames names) =>
        Operation switch
        {
            Request => new LayerWords(
                $"ARP Request for {names.NameOf(TargetProtocolAddress)}",
                $"from {names.NameOf(SenderProtocolAddress)}"
            ),
            Reply => new LayerWords($"ARP Reply of {names.NameOf(SenderProtocolAddress)}", $"at {SenderHardwareAddress}"),
            _ => new LayerWords(FieldReader.Invariant($"ARP operation {Operation}")),
        };

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(Offset, MinimumLength, Name, FieldReader.Invariant($"operation {Operation}, hardware type {HardwareType}"));
        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, Part.End - Fault.Offset, "Addresses", Fault.Reason);
            return;
        }

        reader.Field(Offset + 8, 6, "Sender Hardware Address", SenderHardwareAddress.ToString());
        reader.Field(Offset + 14, 4, "Sender Protocol Address", SenderProtocolAddress.ToString());
        reader.Field(Offset + 18, 6, "Target Hardware Address", TargetHardwareAddress.ToString());
        reader.Field(Offset + 24, 4, "Target Protocol Address", TargetProtocolAddress.ToString());
    }
}
