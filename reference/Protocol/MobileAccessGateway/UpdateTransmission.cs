using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>One transmission of a pending request, RFC 5213, Section 6.9.4.</summary>
public sealed class UpdateTransmission
{
    /// <summary>
    /// An answer is accepted to one of this many latest transmissions, minutes at the slowest rate (RFC 5213, Section
    /// 6.9.1.2(5): "recently").
    /// </summary>
    private const int RememberedTransmissions = 8;

    private BindingUpdate? _message;

    private UpdateTransmission(GatewayState gateway, Attachment attachment, PendingUpdate update, Now now)
    {
        Gateway = gateway;
        Attachment = attachment;
        Update = update;
        Now = now;
        _message = update.Message;
    }

    public GatewayState Gateway { get; }

    public Attachment Attachment { get; }

    /// <summary>The request as it was before this transmission.</summary>
    public PendingUpdate Update { get; }

    public Now Now { get; }

    public bool IsFirst => Update.Message is null;

    /// <summary>The draft of the message; null if an earlier message is sent again.</summary>
    public UpdateDraft? Draft { get; private set; }

    /// <summary>The message, which is constructed when it is first asked for.</summary>
    public BindingUpdate Message => _message ?? Rebuild();

    private SignalingTransport Path => Draft?.Path ?? Update.Path!;

    private IPAddress? ProtectedFor => Draft is { } draft ? draft.ProtectedFor : Update.ProtectedFor;

    /// <summary>The timeout before the next transmission; null if there is none.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Sends the pending request of a link and sets the time of the next transmission.</summary>
    public static void Run(GatewayState gateway, LinkId link, Now now)
    {
        if (!gateway.TryFind(link, out var attachment) || attachment.Request is not { } update)
        {
            return;
        }

        var transmission = new UpdateTransmission(gateway, attachment, update, now);
        if (gateway.Rules.Retransmission.Apply(transmission) == RuleOutcome.Continue)
        {
            transmission.Send();
        }
    }

    /// <summary>
    /// Sends the de-registration of a mobile node that is not in the Binding Update List any more; nothing waits for its answer.
    /// </summary>
    public static void RunOnce(GatewayState gateway, Attachment.DeRegistering departed, Now now) =>
        new UpdateTransmission(gateway, departed, departed.Update, now).Transmit();

    /// <summary>Constructs the message again, with a new timestamp and sequence number.</summary>
    public BindingUpdate Rebuild()
    {
        Draft = Construct();
        return _message = Draft.ToMessage();
    }

    private UpdateDraft Construct()
    {
        var draft = new UpdateDraft(Gateway, Attachment, Update, Now);
        Gateway.Rules.Construction.Apply(draft);
        if (Update.Kind == UpdateKind.Extension)
        {
            Gateway.Rules.LifetimeExtension.Apply(draft);
        }
        else if (Update.Kind is UpdateKind.DeRegistration or UpdateKind.Ipv4Release)
        {
            Gateway.Rules.DeRegistration.Apply(draft);
        }
        return draft;
    }

    private BindingUpdate Transmit()
    {
        var (message, mobileNode) = (Message, Attachment.MobileNode);
        Gateway.Actions.Send(Path, message, ProtectedFor);
        Gateway.UpdateRate.Add(mobileNode.Identifier, mobileNode.AnchorAddress, Now.Monotonic);

        // A registration takes the place of a de-registration that was to be sent before.
        Gateway.Departed.Remove(mobileNode.Interface);
        return message;
    }

    private void Send()
    {
        var message = Transmit();
        Gateway.Put(
            Attachment.With(
                Update with
                {
                    Message = message,
                    Path = Path,
                    ProtectedFor = ProtectedFor,
                    SequenceNumbers = [.. Update.SequenceNumbers.TakeLast(RememberedTransmissions - 1), message.SequenceNumber],
                    Timeout = Timeout ?? Update.Timeout,
                }
            )
        );

        if (Update.Kind == UpdateKind.DeRegistration)
        {
            Gateway.Deadlines.Set(
                new GatewayDeadline.EndOfDeRegistration(Attachment.Link),
                Now.Monotonic + Gateway.Settings.InitialBindackTimeout
            );
        }
        else if (Timeout is { } timeout)
        {
            Gateway.Deadlines.Set(new GatewayDeadline.Transmission(Attachment.Link), Now.Monotonic + timeout);
        }
    }
}
