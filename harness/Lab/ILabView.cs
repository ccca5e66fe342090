using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>What the one who watches a lab wants of it.</summary>
internal abstract record LabWish
{
    private LabWish() { }

    /// <param name="Link">Null for none.</param>
    internal sealed record Move(string? Link) : LabWish;

    internal sealed record Echo : LabWish;

    /// <summary>Echo requests until it is wished again.</summary>
    internal sealed record ManyEchoes : LabWish;

    internal sealed record End : LabWish;
}

/// <summary>Shows a lab to the one who started it.</summary>
internal interface ILabView : IDisposable
{
    /// <summary>What it waits for beside the lab.</summary>
    IEnumerable<IReadable> Sources { get; }

    /// <summary>When it wants to be refreshed though nothing happens; null if never.</summary>
    KernelTime? Due { get; }

    void Show(LadderLine line);

    /// <summary>Says something that is not of the ladder: what a command has led to.</summary>
    void Say(string text);

    /// <summary>What has been wished since.</summary>
    IEnumerable<LabWish> TakeWishes();

    /// <summary>Shows what is, after something has changed or come due.</summary>
    void Refresh(LabDomain domain, KernelTime now);
}
