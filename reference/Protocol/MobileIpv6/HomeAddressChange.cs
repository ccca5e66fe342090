using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A change of the bindings of a home address, for which the home agent adapts what it does for it.</summary>
/// <param name="agent">Its Binding Cache has the new bindings.</param>
/// <param name="home">The home address.</param>
public sealed class HomeAddressChange(HomeAgentState agent, IPAddress home)
{
    public HomeAgentState Agent { get; } = agent;

    public IPAddress Home { get; } = home;

    public HomeAddressState State { get; } = agent.Of(home);

    public IReadOnlyList<MobileBinding> Bindings { get; } = agent.Bindings.Of(home);

    /// <summary>The care-of addresses on foreign links, each once, oldest first.</summary>
    public IReadOnlyList<IPAddress> CareOfAddresses =>
        [.. Bindings.Where(binding => !binding.IsHome).Select(binding => binding.CareOf).Distinct()];

    /// <summary>The mobile node is on its home link besides.</summary>
    public bool HasHomeBinding => Bindings.Any(binding => binding.IsHome);
}
