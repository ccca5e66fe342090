using Pmip.Protocol.MobileIpv6;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>Stores the values of an accepted request in the Binding Cache, RFC 5213, Section 5.1.</summary>
internal static class AcceptedValues
{
    /// <summary>Registers the session at the MAG of the request, for the granted lifetime from now on.</summary>
    public static void Register(RegistrationRequest request, SessionId session, Binding binding)
    {
        var expiresAt = request.Now.Monotonic + (request.GrantedLifetimeUnits * LifetimeField.Unit);
        Put(request, new BindingCacheEntry.Registered(session, Updated(request, binding), expiresAt));
    }

    public static void Put(RegistrationRequest request, BindingCacheEntry entry)
    {
        request.Entry = entry;
        request.Anchor.Put(entry);
    }

    private static Binding Updated(RegistrationRequest request, Binding binding) =>
        Ordered(request, binding) with
        {
            ProxyCareOfAddress = request.ProxyCareOfAddress,
            Ipv4Tunnel = request.Ipv4Tunnel,
            LinkLayerIdentifier = request.LinkLayerIdentifier ?? Binding.NoLinkLayerIdentifier,
            AccessTechnology = request.AccessTechnology ?? default,
        };

    /// <summary>
    /// Keeps the highest timestamp or sequence number, with which later requests are compared: a request that waited may be
    /// older than the last accepted one.
    /// </summary>
    public static Binding Ordered(RegistrationRequest request, Binding binding) =>
        request.Timestamp is { } timestamp
            ? binding with
            {
                LastTimestamp = timestamp > binding.LastTimestamp ? timestamp : binding.LastTimestamp,
            }
            : binding with
            {
                LastTimestamp = default,
                LastSequenceNumber = Later(binding.LastSequenceNumber, request.Update.SequenceNumber),
            };

    private static ushort Later(ushort? last, ushort number) =>
        last is { } other && SequenceWindow.IsGreater(other, number) ? other : number;
}
