using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>One binding that a Binding Update is about, and what has been decided of it.</summary>
/// <param name="identity">Its Binding Identifier option; null in a Binding Update without one.</param>
/// <param name="key">The home address and the BID.</param>
public sealed class BindingItem(BindingIdentity? identity, BindingKey key)
{
    public BindingIdentity? Identity { get; } = identity;

    public BindingKey Key { get; } = key;

    /// <summary>The care-of address, once determined; the home address for a home binding.</summary>
    public IPAddress? CareOf { get; set; }

    /// <summary>The UDP ports of the tunnel to the care-of address; null if the tunnel is not in UDP.</summary>
    public TunnelPorts? Ports { get; set; }

    /// <summary>The status of this binding alone.</summary>
    public BindingStatus Status { get; private set; }

    /// <summary>Nothing is registered or removed for this option.</summary>
    public bool HasFailed => (byte)Status >= 128;

    /// <summary>Gives this binding a status of its own, unless it has failed already.</summary>
    public void Settle(BindingStatus status)
    {
        if (!HasFailed)
        {
            Status = status;
        }
    }
}
