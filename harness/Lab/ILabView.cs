using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>A command that the user gives to the lab view.</summary>
internal abstract record LabWish
{
    private LabWish() { }

    /// <param name="Link">
    /// The access link to move to, or of a mobile node with several interfaces, to attach to or to detach from; null to detach from all.
    /// </param>
    internal sealed record Move(string? Link) : LabWish;

    internal sealed record Echo : LabWish;

    /// <summary>Starts or stops periodic Echo Requests.</summary>
    internal sealed record ManyEchoes : LabWish;

    internal sealed record End : LabWish;
}

/// <summary>Shows a lab to the user who started it.</summary>
internal interface ILabView : IDisposable
{
    /// <summary>The input sources of the view, in addition to those of the lab.</summary>
    IEnumerable<IReadable> Sources { get; }

    /// <summary>When the view must be refreshed even if nothing happens; null if never.</summary>
    KernelTime? Due { get; }

    void Show(LadderLine line);

    /// <summary>Shows the result of a command, which is not part of the ladder.</summary>
    void Say(string text);

    /// <summary>The commands given since the last call.</summary>
    IEnumerable<LabWish> TakeWishes();

    /// <summary>Shows the current state after a change or when <see cref="Due"/> has passed.</summary>
    void Refresh(LabDomain domain, KernelTime now);
}
