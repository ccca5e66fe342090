using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Refresh Request of a correspondent node while it is being constructed, RFC 6275, Section 9.5.5.</summary>
public sealed class RefreshRequestDraft(CorrespondentState node, MobileBinding binding)
{
    public CorrespondentState Node { get; } = node;

    public MobileBinding Binding { get; } = binding;

    /// <summary>The home address, whatever the binding says.</summary>
    public IPAddress Destination { get; set; } = binding.Key.Home;

    public List<MobilityOption> Options { get; } = [];
}
