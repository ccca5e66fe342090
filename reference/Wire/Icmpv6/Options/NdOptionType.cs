namespace Pmip.Wire;

/// <summary>Types of neighbour discovery options that have a dedicated record, RFC 4861, Section 4.6.</summary>
public enum NdOptionType : byte
{
    SourceLinkLayerAddress = 1,
    TargetLinkLayerAddress = 2,
    PrefixInformation = 3,
    Mtu = 5,
}
