using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>What the words of an option may refer to.</summary>
/// <param name="node">The mobile node that the message is about; null if it is not known.</param>
public sealed class OptionContext(TestSession session, MobileNode? node)
{
    public TestSession Session { get; } = session;

    /// <summary>The wire formats of the run.</summary>
    public WireEdition Edition => Session.Scenario.Edition.Wire;

    /// <summary>The request that a received message answers; null if it is not an answer.</summary>
    public MobilityOctets? Request { get; init; }

    /// <summary>The packet with the previous message of the same kind; null if there was none.</summary>
    public Packet? Earlier { get; init; }

    /// <summary>When the sender of a received message may have read its clock, on the bed's clock.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) Clock { get; init; }

    /// <summary>When it may have read its clock for <see cref="Earlier"/>.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) EarlierClock { get; init; }

    public Ixit Ixit => Session.Ixit;

    /// <exception cref="ScenarioFaultException">The message is not about a mobile node.</exception>
    public MobileNode Node => node ?? throw new ScenarioFaultException("The message is about no mobile node of the scenario.");

    /// <summary>True for a time that the sender of a received message may have read from its clock.</summary>
    public bool IsTimeOfDay(DateTimeOffset stated) =>
        stated >= Session.Clock.OnDevice(Clock.From) - Session.Clock.Tolerance
        && stated <= Session.Clock.OnDevice(Clock.Until) + Session.Clock.Tolerance;
}
