using Conformance.Testing.Bed;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.EndToEnd;
using Conformance.Testing.Roles.Mag;
using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>How a mobile node arrives at an access link of a MAG under test; all null for a mobile node as any other.</summary>
/// <param name="Trigger">The only event by which the MAG can notice the node.</param>
/// <param name="Hint">What the access network says of the arrival, as a Handoff Indicator (RFC 5213, Section 8.4).</param>
/// <param name="Ago">How far the time that the node gives is in the past (RFC 5213, Section 5.5).</param>
public sealed record Arrival(AttachmentTrigger? Trigger, int? Hint, TimeSpan? Ago)
{
    public static Arrival Plain { get; } = new(null, null, null);
}

/// <summary>Lets mobile nodes attach to access links, whether the tester plays the mobile nodes or they are real.</summary>
public sealed class Attachments(ScenarioRole role, RealNodes real, DeviceManagement management)
{
    public void Attach(MobileNode node, PortId link, Arrival arrival)
    {
        if (real.Has(node))
        {
            real.Attach(node, link);
            return;
        }

        if (arrival.Hint is { } hint)
        {
            management.Announce(node, link, hint);
        }

        if (arrival.Ago is { } ago)
        {
            management.Announce(node, link, ago);
        }

        role.As<MagUnderTest>().Access.Attach(node, link, arrival.Trigger);
    }
}
