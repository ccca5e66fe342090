namespace Pmip.Protocol.MobileIpv6;

/// <summary>A deadline of a correspondent node.</summary>
public abstract record CorrespondentDeadline
{
    private CorrespondentDeadline() { }

    /// <summary>The granted lifetime of a binding ends.</summary>
    public sealed record EndOfBinding(BindingKey Key) : CorrespondentDeadline;

    /// <summary>A binding ends soon.</summary>
    public sealed record Refresh(BindingKey Key) : CorrespondentDeadline;
}
