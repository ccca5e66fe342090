using Conformance.Testing.Bed;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mag;

/// <summary>The exchanges of a MAG under test with the emulated LMA, and the events to which the MAG may react.</summary>
public sealed class MagExchanges(TestSession session)
{
    private readonly Dictionary<MobileNode, Exchange> _lastOf = [];

    /// <summary>The last update that a step waited for; null if there was none.</summary>
    public Exchange? Current { get; private set; }

    /// <summary>The last update that a step waited for.</summary>
    /// <exception cref="ScenarioFaultException">There was none.</exception>
    public Exchange Latest => Current ?? throw new ScenarioFaultException("The MAG has sent no Proxy Binding Update yet.");

    /// <summary>The last frame before the attachment or detachment of a node; updates up to it do not count.</summary>
    public Frame? AttachmentCause { get; set; }

    /// <summary>The last frame before the event that the MAG answers with an advertisement.</summary>
    public Frame? AdvertisementCause { get; set; }

    public DateTimeOffset AttachedAt { get; set; }

    /// <summary>
    /// The time of the last event that the MAG may react to: a stimulus, an attachment, a detachment, or what the operator has done.
    /// </summary>
    public DateTimeOffset LastEvent =>
        ((DateTimeOffset[])[AttachedAt, session.Device.ToldAt, session.LastStimulus?.At ?? DateTimeOffset.MinValue]).Max();

    public Exchange? LastOf(MobileNode node) => _lastOf.GetValueOrDefault(node);

    public void Open(Exchange exchange)
    {
        _lastOf[exchange.Node!] = exchange;
        Current = exchange;
        session.LastStimulus = exchange.Request.Frame;
    }

    /// <summary>Runs an action, such as a bookend, that leaves no trace in the exchanges of the scenario.</summary>
    public T Apart<T>(Func<T> action)
    {
        var kept = (Current, AttachmentCause, AdvertisementCause, AttachedAt, session.LastStimulus);
        try
        {
            return action();
        }
        finally
        {
            (Current, AttachmentCause, AdvertisementCause, AttachedAt, session.LastStimulus) = kept;
        }
    }
}
