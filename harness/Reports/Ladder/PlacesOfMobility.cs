using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;

namespace Conformance.Reports.Ladder;

/// <summary>
/// Names the addresses of mobile nodes of Mobile IPv6: home addresses by the node, care-of addresses also by their number.
/// </summary>
internal static class PlacesOfMobility
{
    /// <summary>
    /// The addresses of nodes of Mobile IPv6 at all their places. The number of an identity precedes the node that got it.
    /// </summary>
    public static void Read(Trace trace, MobilityAddresses mobility, AddressOwners owners)
    {
        var number = 0;
        foreach (var read in trace.Events)
        {
            switch (read)
            {
                case TraceEvent.IdentityTaken taken:
                    number = taken.Number;
                    break;
                case TraceEvent.MobileNode node:
                    var home = mobility.HomeAddressOf(number);
                    owners.HomeAddresses.TryAdd(node.Name, home);
                    owners.ByAddress.TryAdd(home, node.Name);
                    owners.ByAddress.TryAdd(MobileNodePeer.LinkLocalAddressOf(home), node.Name);
                    owners.ByLink.TryAdd((Ports.Home.Name, node.LinkLayer), node.Name);
                    foreach (var place in CareOf.All.Where(place => !place.IsHome))
                    {
                        owners.ByAddress.TryAdd(mobility.CareOfAddressOf(number, place.Index), $"{node.Name} {place}");
                        owners.ByLink.TryAdd((Ports.Core.Name, MobileNodePeer.LinkLayerAt(node.LinkLayer, place)), node.Name);
                    }

                    break;
                default:
                    break;
            }
        }
    }
}
