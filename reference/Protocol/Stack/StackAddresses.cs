using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The IPv4 addresses of a simulated node, for <see cref="AddressConflictDetection"/>.</summary>
internal sealed class StackAddresses(StackParts parts) : IAddressHost
{
    public bool IsUp(LinkId link) => parts.Interfaces[link].IsUp;

    public AddressState? StateOf(AddressClaim claim) => parts.Interfaces[claim.Link].Find(claim.Address)?.State;

    public void Set(AddressClaim claim, AddressState state)
    {
        var on = parts.Interfaces[claim.Link];
        on.Set((on.Find(claim.Address) ?? new InterfaceAddress(claim.Address, state)) with { State = state });
    }

    public void Tested(AddressClaim claim, bool isUnique, Now now)
    {
        if (!isUnique)
        {
            parts.Log("AddressConflict", $"another node on {claim.Link} has {claim.Address}");
        }
        parts.Tell(new RoleInput.AddressTested(claim.Link, claim.Address, isUnique), now);
    }

    public void Ask(LinkId link, IPAddress sender, IPAddress target)
    {
        var on = parts.Interfaces[link];
        parts.Output.Send(on, MacAddress.Broadcast, new ArpPacket(ArpOperation.Request, on.MacAddress, sender, default, target));
    }

    public void SetTimer(AddressClaim claim, Instant at) => parts.Timers.Set(new StackTimer.Claim(claim), at);

    public void CancelTimer(AddressClaim claim) => parts.Timers.Cancel(new StackTimer.Claim(claim));
}
