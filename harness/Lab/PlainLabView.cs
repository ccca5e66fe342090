using Conformance.Reports;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>Shows a lab line by line, for files and programs.</summary>
internal sealed class PlainLabView(Terminal terminal, LadderDrawing drawing, bool all) : ILabView
{
    public IEnumerable<IReadable> Sources => [];

    public KernelTime? Due => null;

    public void Show(LadderLine line)
    {
        if (all || line.Kind != LineKind.Quiet)
        {
            terminal.Line(drawing.Draw(line) + line.Text);
        }
    }

    public void Say(string text)
    {
        // Only the result of a key command is shown here, and this view has no keys.
    }

    public IEnumerable<LabWish> TakeWishes() => [];

    public void Refresh(LabDomain domain, KernelTime now) { }

    public void Dispose() { }
}
