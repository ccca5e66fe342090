using Conformance.Testing.Edits;

namespace Conformance.Testing.Peers;

/// <summary>How an emulated peer answers the requests that no step answers.</summary>
public abstract record AnswerPolicy
{
    private AnswerPolicy() { }

    /// <summary>The peer answers with status 0; the edits change the answer.</summary>
    public sealed record Accept(EditList Edits) : AnswerPolicy
    {
        public static Accept Plainly { get; } = new(EditList.None);
    }

    /// <summary>The peer rejects with a status.</summary>
    public sealed record Reject(byte Status) : AnswerPolicy;

    /// <summary>The peer does not answer.</summary>
    public sealed record Ignore : AnswerPolicy
    {
        public static Ignore All { get; } = new();
    }
}
